package exercises;

import java.util.List;

/** Plain words of different fields, for learners' languages without a bundled word list. */
final class FallbackWords {
  private static final List<String> NOUNS =
      List.of("table", "apple", "doctor", "river", "morning", "horse", "bread", "shirt", "bridge", "uncle", "cloud",
          "engine", "tooth", "island", "orange", "nurse", "tiger", "button", "summer", "egg", "elbow", "airport",
          "farmer", "kitchen", "onion", "eagle", "mountain", "evening", "ear", "actor", "pencil", "desert");
  private static final List<String> VERBS =
      List.of("sleep", "arrive", "laugh", "smile", "disappear", "rain", "sneeze", "cough", "yawn", "exist", "snow",
          "faint", "kneel", "giggle", "vanish", "sparkle", "shiver", "stumble");

  private FallbackWords() {}

  static List<String> of(PartOfSpeech pos) {
    return pos == PartOfSpeech.NOUN ? NOUNS : pos == PartOfSpeech.VERB ? VERBS : List.of();
  }
}
