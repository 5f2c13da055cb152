package lessons;

import exercises.ExerciseSetReader;
import exercises.QualityGate;
import exercises.understanding.LessonMaterial;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A teacher's change to one item of a set. */
public final class ApprovalEdit {
  private static final Map<String, Set<String>> MEMBERS = members();

  private final String itemId;
  private final JsonObject changes;

  /**
   * @param changes members with their new values; members that no item has are ignored
   */
  public ApprovalEdit(String itemId, JsonObject changes) {
    this.itemId = itemId;
    this.changes = new JsonObject();
    changes.forEach(
        member -> {
          if (MEMBERS.values().stream().anyMatch(names -> names.contains(member.getKey()))) {
            this.changes.put(member.getKey(), member.getValue());
          }
        });
  }

  /** Whether there is nothing to change. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** No item of the set has the id. */
  public static final class NoSuchItem extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchItem() {
      super("the set has no item with this id", null, false, false);
    }
  }

  /** The item would break rules. */
  public static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Map<String, String> reasons;

    Broken(Map<String, String> reasons) {
      super(String.valueOf(reasons), null, false, false);
      this.reasons = reasons;
    }

    /** Member to what is wrong with it. */
    public Map<String, String> reasons() {
      return reasons;
    }
  }

  private static Map<String, Set<String>> members() {
    Map<String, Set<String>> members = new LinkedHashMap<>();
    members.put(
        "flashcards",
        Set.of("word", "translation", "example_sentence", "part_of_speech", "hint", "difficulty"));
    members.put("spelling", Set.of("word", "translation", "sample_sentence", "hint", "difficulty"));
    members.put(
        "fill_blank",
        Set.of(
            "sentence",
            "options",
            "correct_answer",
            "explanation",
            "hint",
            "concept",
            "difficulty"));
    members.put(
        "sentence_builder",
        Set.of(
            "english", "tokens", "accepted", "distractors", "translation", "hint", "difficulty"));
    members.put(
        "grammar_challenge",
        Set.of(
            "prompt", "options", "correct_answer", "explanation", "hint", "concept", "difficulty"));
    members.put(
        "advanced_cloze",
        Set.of("sentence", "blank1", "blank2", "explanation", "concept", "difficulty"));
    return members;
  }

  /**
   * A change that was made.
   *
   * @param set with the change in it
   * @param item as it is now, marked {@code edited}
   * @param warnings rules that the item breaks since this change, for the teacher to judge
   */
  public record Edited(JsonObject set, JsonObject item, List<QualityGate.BrokenRule> warnings) {}

  /**
   * Makes the change and has the quality gate judge it. Blocks for some milliseconds of CPU.
   *
   * @param set is changed, also when this throws
   * @param lesson the set was made from, as far as it is known
   * @throws NoSuchItem when there is none
   * @throws Broken when the change names members that items of this kind don't have, or breaks a
   *     rule that also binds teachers
   */
  public Edited in(JsonObject set, QualityGate gate, LessonMaterial lesson) {
    String kind = kind(set);
    JsonObject item = find(set.getJsonArray(kind));
    List<QualityGate.BrokenRule> before = judge(set, gate, lesson).warnings();
    change(kind, item);
    QualityGate.Judgement judgement = judge(set, gate, lesson);
    judgement
        .refused()
        .ifPresent(
            broken -> {
              throw new Broken(
                  Map.of(
                      broken.member(),
                      "breaks the rule " + broken.rule() + ": " + broken.reason()));
            });
    item.put("edited", true);
    return new Edited(
        set, item, judgement.warnings().stream().filter(w -> !before.contains(w)).toList());
  }

  private QualityGate.Judgement judge(JsonObject set, QualityGate gate, LessonMaterial lesson) {
    return gate.judge(ExerciseSetReader.read(set), lesson, itemId);
  }

  private String kind(JsonObject set) {
    return MEMBERS.keySet().stream()
        .filter(kind -> set.getValue(kind) instanceof JsonArray items && find(items) != null)
        .findFirst()
        .orElseThrow(NoSuchItem::new);
  }

  private JsonObject find(JsonArray items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.getValue(i) instanceof JsonObject item && itemId.equals(item.getValue("id"))) {
        return item;
      }
    }
    return null;
  }

  private void change(String kind, JsonObject item) {
    Map<String, String> foreign = new LinkedHashMap<>();
    for (String member : changes.fieldNames()) {
      if (!MEMBERS.get(kind).contains(member)) {
        foreign.put(
            member,
            "is no member of a "
                + kind
                + " item; it has "
                + String.join(", ", MEMBERS.get(kind).stream().sorted().toList()));
      }
    }
    if (!foreign.isEmpty()) {
      throw new Broken(foreign);
    }
    changes.forEach(
        member -> {
          if (member.getValue() instanceof JsonObject part
              && item.getValue(member.getKey()) instanceof JsonObject before) {
            before.mergeIn(part);
          } else {
            item.put(member.getKey(), member.getValue());
          }
        });
  }
}
