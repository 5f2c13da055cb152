package exercises;

import java.util.List;

/**
 * Plain words for distractors: nouns of different fields, for languages without a bundled word
 * list, and verbs that never take an object.
 */
final class FallbackWords {
  private static final List<String> NOUNS =
      List.of(
          "table",
          "apple",
          "doctor",
          "river",
          "morning",
          "horse",
          "bread",
          "shirt",
          "bridge",
          "uncle",
          "cloud",
          "engine",
          "tooth",
          "island",
          "orange",
          "nurse",
          "tiger",
          "button",
          "summer",
          "egg",
          "elbow",
          "airport",
          "farmer",
          "kitchen",
          "onion",
          "eagle",
          "mountain",
          "evening",
          "ear",
          "actor",
          "pencil",
          "desert");
  private static final List<String> VERBS =
      List.of(
          "arrive",
          "laugh",
          "listen",
          "sleep",
          "disappear",
          "happen",
          "wait",
          "cough",
          "sneeze",
          "agree",
          "exist",
          "belong",
          "yawn",
          "snow");

  private FallbackWords() {}

  static List<String> of(PartOfSpeech pos) {
    return pos == PartOfSpeech.NOUN ? NOUNS : pos == PartOfSpeech.VERB ? VERBS : List.of();
  }
}
