package work;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table whose rows are work; {@code V1__work.sql} lists the columns, indexes and trigger it
 * needs.
 *
 * @param name the table's name, unquoted and lower case
 * @param idKey what a row's id is called in logs, such as {@code lesson_id}
 * @param stages every stage an item of this table can be in, in pipeline order; at least one
 * @param order the column that says whose turn it is among due items, lowest first; it needs an
 *     index on {@code (stage, order, id)}
 */
public record WorkTable(String name, String idKey, List<Stage> stages, String order) {
  // It goes into SQL as it is, so nothing but a plain identifier may pass.
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  /** A table whose items are taken in the order in which they fall due. */
  public WorkTable(String name, String idKey, List<Stage> stages) {
    this(name, idKey, stages, "due_at");
  }

  public WorkTable {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a work table's name is a plain lower-case identifier, not '" + name + "'");
    }
    if (!IDENTIFIER.matcher(order).matches()) {
      throw new IllegalArgumentException(
          "a column's name is a plain lower-case identifier, not '" + order + "'");
    }
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException(
          "work table " + name + " has no stages: name at least one");
    }
    Set<String> names = new HashSet<>();
    for (Stage stage : stages) {
      if (!names.add(stage.name())) {
        throw new IllegalArgumentException(
            "work table " + name + " names stage " + stage.name() + " twice");
      }
    }
  }

  /** Refuses a stage that items of this table never reach: they would wait there for ever. */
  void require(Stage stage) {
    if (!stages.contains(stage)) {
      throw new IllegalArgumentException(
          "stage " + stage.name() + " is not among the stages of work table " + name);
    }
  }
}
