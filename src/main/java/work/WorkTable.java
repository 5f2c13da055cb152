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
 */
public record WorkTable(String name, String idKey, List<Stage> stages) {
  // It goes into SQL as it is, so nothing but a plain identifier may pass.
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  public WorkTable {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a work table's name is a plain lower-case identifier, not '" + name + "'");
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
