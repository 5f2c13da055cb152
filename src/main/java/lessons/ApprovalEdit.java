package lessons;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
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
   * The set with the change in it; the item is marked {@code edited}.
   *
   * @throws NoSuchItem when there is none
   * @throws Broken when the change names members that items of this kind don't have, or breaks the
   *     quality rules of its form
   */
  public JsonObject in(JsonObject set) {
    for (String kind : MEMBERS.keySet()) {
      List<JsonObject> others = new ArrayList<>();
      JsonObject found = null;
      if (set.getValue(kind) instanceof JsonArray items) {
        for (int i = 0; i < items.size(); i++) {
          if (items.getValue(i) instanceof JsonObject item) {
            if (found == null && itemId.equals(item.getValue("id"))) {
              found = item;
            } else {
              others.add(item);
            }
          }
        }
      }
      if (found != null) {
        change(kind, found, others);
        return set;
      }
    }
    throw new NoSuchItem();
  }

  /** The changed item of a set that {@link #in} returned. */
  public JsonObject item(JsonObject set) {
    return MEMBERS.keySet().stream()
        .filter(kind -> set.getValue(kind) instanceof JsonArray)
        .flatMap(kind -> set.getJsonArray(kind).stream())
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(item -> itemId.equals(item.getValue("id")))
        .findFirst()
        .orElseThrow(NoSuchItem::new);
  }

  private void change(String kind, JsonObject item, List<JsonObject> others) {
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
    Map<String, String> broken = ApprovalRules.broken(kind, item, others);
    if (!broken.isEmpty()) {
      throw new Broken(broken);
    }
    item.put("edited", true);
  }
}
