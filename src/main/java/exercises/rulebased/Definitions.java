package exercises.rulebased;

import exercises.language.Morphology;
import exercises.understanding.Sentence;

/**
 * Tells sentences that explain a word: "A drill makes holes in the wall." To ask for the verb's
 * ending there would miss what the sentence is for; the word explained is what to ask.
 */
final class Definitions {
  private final Morphology morphology;

  Definitions(Morphology morphology) {
    this.morphology = morphology;
  }

  /** The index of the noun that the sentence explains, or -1. */
  int explained(Sentence s) {
    if (s.isQuestion() || s.wordCount() < 5) {
      return -1;
    }
    int first = atStart(s);
    return first >= 0 ? first : atEnd(s);
  }

  /** "A queue is a line of people", "The landlord is the owner of the flat". */
  private int atStart(Sentence s) {
    String article = s.lower(0);
    if (!article.matches("an?|the")
        || !s.tag(1).equals("NOUN")
        || morphology.hasTag(s.lower(1), "NNS") && !morphology.hasTag(s.lower(1), "NN")) {
      return -1;
    }
    String verb = s.lower(2);
    boolean names =
        verb.equals("is")
            && (article.equals("the")
                ? s.lower(3).matches("the|an?") && s.wordCount() >= 7
                : s.tag(3).matches("DET|NOUN|PRON|ADP|SCONJ")
                    || s.lower(3).matches("like|for|more|when|something|everything"))
            && s.wordCount() >= 5;
    boolean does =
        article.matches("an?")
            && s.tag(2).equals("VERB")
            && morphology.hasTag(verb, "VBZ")
            && !verb.matches("has|is");
    return names || does ? 1 : -1;
  }

  /** "The owner of the flat you rent is the landlord." */
  private static int atEnd(Sentence s) {
    int noun = s.tokens().size() - 2;
    boolean ends =
        noun >= 4
            && s.tag(noun).equals("NOUN")
            && s.lower(noun - 1).matches("an?|the")
            && s.lower(noun - 2).equals("is")
            && s.lower(0).matches("the|an?|this");
    if (!ends) {
      return -1;
    }
    for (int i = 1; i < noun - 2; i++) {
      if (s.tag(i).equals("AUX") || s.tag(i).equals("PUNCT") || s.tag(i).equals("CCONJ")) {
        return -1;
      }
    }
    return noun;
  }
}
