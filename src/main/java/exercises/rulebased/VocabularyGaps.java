package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.language.WordNet;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import exercises.understanding.Translator;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a taught noun or verb out of a sentence that leaves no doubt which word it was; where the
 * sentence is too open or the lesson has too few words to offer, there is no gap.
 */
public final class VocabularyGaps {
  /** Verbs nearly any noun goes with: they tell nothing about the missing one. */
  private static final Set<String> OPEN_VERBS =
      Set.of(
          ("have be like love want need see get make buy find take bring give do "
                  + "know look use think talk tell say hate show choose remember forget watch "
                  + "put call keep lose hear mean help paint draw describe go come start "
                  + "enjoy prefer miss share change leave visit reach add hope wait ask try "
                  + "receive affect order send sell")
              .split(" "));

  /** Verbs that alone tell what kind of thing they go with. */
  private static final Set<String> SELECTIVE =
      Set.of(
          ("eat drink cook bake peel wear ride drive climb read write pour feed "
                  + "plant grill light lock brush fry boil spell sail park sew chew wash")
              .split(" "));

  private final Morphology morphology;
  private final NounDistractors nouns;
  private final VerbDistractors verbs;
  private final Definitions definitions;

  /** Not thread-safe. */
  public VocabularyGaps(Morphology morphology, WordNet wordNet) {
    this.morphology = morphology;
    this.nouns = new NounDistractors(morphology, wordNet);
    this.verbs = new VerbDistractors(morphology, wordNet);
    this.definitions = new Definitions(morphology);
  }

  /**
   * The gap for a word in one of its sentences, or null when fewer than three distractors are fit.
   *
   * @param taught the words of the lesson, best first
   * @param said its other nouns, by {@link #nounsOf}
   */
  public Gap at(
      Sentence s,
      TaughtWord word,
      List<TaughtWord> taught,
      List<String> said,
      Translator.Translation translation) {
    int token = find(s, word);
    if (token < 0 || s.wordCount() < 5 || occurrences(s, word) != 1) {
      return null;
    }
    if (token == definitions.explained(s)) {
      return explained(s, token, word, taught, said);
    }
    List<String> wrong =
        switch (word.pos()) {
          case NOUN -> constrained(s, token) ? nouns.of(s, token, word, taught, said) : List.of();
          case VERB -> verbs.objectFollows(s, token) ? verbs.of(s, token, word) : List.of();
          default -> List.of();
        };
    String meaning = translation == null ? "" : " (" + translation.text() + ")";
    String answer = s.lower(token);
    String why =
        "\""
            + s.tokens().get(token).text()
            + "\""
            + meaning
            + " completes the sentence: "
            + s.text();
    String clue = clue(s, token);
    String hint =
        clue == null
            ? Token.capitalised(word.pos().word())
                + " from the lesson, "
                + answer.length()
                + " letters."
            : "Think of \"" + clue + "\". The word has " + answer.length() + " letters.";
    return wrong.size() < 3
        ? null
        : Gap.of(s, token, wrong, "vocabulary", evidence(s, token), why, hint);
  }

  /** "A _____ is a line of people." */
  private Gap explained(
      Sentence s, int token, TaughtWord word, List<TaughtWord> taught, List<String> said) {
    List<String> wrong = nouns.forDefinition(s, token, word, taught, said);
    Set<Integer> rest = new LinkedHashSet<>();
    for (int i = 0; i < s.tokens().size(); i++) {
      if (i != token && s.tokens().get(i).isWord()) {
        rest.add(i);
      }
    }
    return wrong.size() < 3
        ? null
        : Gap.of(
            s,
            token,
            wrong,
            "vocabulary",
            rest,
            "The sentence tells what \"" + s.lower(token) + "\" means.",
            "Which word of the lesson means this? It has " + s.lower(token).length() + " letters.");
  }

  /** The index of the word in the sentence, or -1. */
  public int find(Sentence s, TaughtWord word) {
    for (int i = 0; i < s.tokens().size(); i++) {
      boolean same =
          PartOfSpeech.ofUniversalTag(s.tag(i)) == word.pos()
              && morphology.lemma(s.lower(i), word.pos()).equals(word.lemma());
      if (same) {
        return i;
      }
    }
    return -1;
  }

  private int occurrences(Sentence s, TaughtWord word) {
    return (int)
        s.tokens().stream()
            .filter(t -> morphology.lemmas(t.lower()).contains(word.lemma()))
            .count();
  }

  private boolean isContent(Sentence s, int i) {
    String pos = s.tag(i);
    if (pos.equals("VERB")) {
      return !OPEN_VERBS.contains(morphology.lemma(s.lower(i), PartOfSpeech.VERB));
    }
    return pos.equals("NOUN") && morphology.frequency(s.lower(i)) <= 15
        || pos.equals("ADJ") && morphology.frequency(s.lower(i)) <= 13;
  }

  /** Everything else that carries meaning stays, or the gap is open again. */
  private Set<Integer> evidence(Sentence s, int token) {
    Set<Integer> all = new LinkedHashSet<>();
    for (int i = 0; i < s.tokens().size(); i++) {
      if (i != token && isContent(s, i)) {
        all.add(i);
      }
    }
    return all;
  }

  private String clue(Sentence s, int token) {
    return evidence(s, token).stream()
        .min(
            Comparator.comparingInt(
                i -> morphology.frequency(s.lower(i)) * 10 + Math.abs(i - token)))
        .map(i -> s.tokens().get(i).lower())
        .orElse(null);
  }

  private boolean constrained(Sentence s, int token) {
    int content = evidence(s, token).size();
    int verb = governing(s, token);
    boolean telling =
        verb >= 0
            && !s.lower(verb).contains("'")
            && !OPEN_VERBS.contains(morphology.lemma(s.lower(verb), PartOfSpeech.VERB));
    boolean selective =
        telling && SELECTIVE.contains(morphology.lemma(s.lower(verb), PartOfSpeech.VERB));
    return selective || telling && content >= 2;
  }

  private static int governing(Sentence s, int token) {
    for (int i = token - 1; i >= 0 && i >= token - 4; i--) {
      if (s.tag(i).equals("VERB")) {
        return i;
      }
      if (s.tag(i).matches("NOUN|PUNCT|AUX")) {
        break;
      }
    }
    for (int i = token + 1; i < s.tokens().size() && i <= token + 3; i++) {
      if (s.tag(i).equals("VERB")) {
        return i;
      }
      if (s.tag(i).matches("NOUN|PUNCT|AUX|ADP")) {
        break;
      }
    }
    return -1;
  }

  /** The common nouns of a lesson's sentences, in order: what distractors are made of. */
  public List<String> nounsOf(List<Sentence> sentences) {
    return nouns.in(sentences);
  }
}
