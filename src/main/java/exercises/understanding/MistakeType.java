package exercises.understanding;

import java.util.Locale;

/** What kind of slip a correction mends; the words clients know. */
public enum MistakeType {
  VERB_TENSE,
  ARTICLE,
  PLURAL,
  PREPOSITION,
  SUBJECT_VERB_AGREEMENT,
  WORD_FORM,
  GERUND_INFINITIVE,
  WORD_ORDER,
  SPELLING,
  PRONUNCIATION,
  GENERAL;

  /** As written in sets, such as {@code verb_tense}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
