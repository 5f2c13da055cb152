package exercises;

import exercises.GateRules.Author;
import exercises.GateRules.Effect;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gate finds on one item after the other, weighed by who made it: a rule that is only a
 * warning for its author is noted and the look goes on. Not thread-safe.
 */
public final class Findings {
  /**
   * One broken rule.
   *
   * @param member of the item that breaks it, such as {@code blank1.options}
   */
  record Finding(String rule, String member) {}

  private final Author author;
  private final List<Finding> warnings = new ArrayList<>();
  private String member = "";

  /** Collects what breaks a rule, judged as the author's work is. */
  public Findings(Author author) {
    this.author = author;
  }

  /** Forgets what was found, before the next item. */
  void next() {
    warnings.clear();
    member = "";
  }

  /** Names the member that is looked at from here on. */
  void at(String name) {
    member = name;
  }

  /**
   * @param rule a broken rule's name or null
   * @return the same when it ends the item, null when the look goes on
   */
  String weigh(String rule) {
    if (rule == null) {
      return null;
    }
    Effect effect = GateRules.effect(rule, author);
    if (effect == Effect.WARNING) {
      Finding finding = new Finding(rule, member);
      if (!warnings.contains(finding)) {
        warnings.add(finding);
      }
    }
    return effect == Effect.REFUSED ? rule : null;
  }

  /** Whether a rule that is broken in this case ends the item. */
  boolean ends(boolean broken, String rule) {
    return broken && weigh(rule) != null;
  }

  String member() {
    return member;
  }

  List<Finding> warnings() {
    return List.copyOf(warnings);
  }
}
