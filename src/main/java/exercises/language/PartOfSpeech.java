package exercises.language;

import java.util.Locale;

/** The four open word classes; only these carry vocabulary. */
public enum PartOfSpeech {
  NOUN,
  VERB,
  ADJECTIVE,
  ADVERB;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** From a Universal Dependencies tag; null for closed classes, auxiliaries and names. */
  public static PartOfSpeech ofUniversalTag(String tag) {
    return switch (tag) {
      case "NOUN" -> NOUN;
      case "VERB" -> VERB;
      case "ADJ" -> ADJECTIVE;
      case "ADV" -> ADVERB;
      default -> null;
    };
  }

  /** From a Penn tag as the form dictionary writes it; null for closed classes. */
  static PartOfSpeech ofPennTag(String tag) {
    if (tag.startsWith("NN") && !tag.startsWith("NNP")) {
      return NOUN;
    }
    if (tag.startsWith("VB")) {
      return VERB;
    }
    if (tag.startsWith("JJ")) {
      return ADJECTIVE;
    }
    return tag.startsWith("RB") ? ADVERB : null;
  }

  /** Null for a word that names none. */
  public static PartOfSpeech parse(String word) {
    return switch (word) {
      case "n", "noun" -> NOUN;
      case "v", "verb" -> VERB;
      case "adj", "adjective" -> ADJECTIVE;
      case "adv", "adverb" -> ADVERB;
      default -> null;
    };
  }
}
