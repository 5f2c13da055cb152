package exercises.rulebased;

import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.language.WordNet;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import exercises.understanding.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Wrong options for a noun: nouns of the same lesson, of the same form, about the same frequency
 * and another field of meaning.
 */
final class NounDistractors {
  /** Words of these may stand nearly anywhere. */
  private static final Set<String> VAGUE_FIELDS =
      Set.of(
          ("noun.Tops noun.attribute noun.cognition noun.state noun.act "
                  + "noun.quantity noun.relation")
              .split(" "));

  /** "The deadline" against "the banana": what nobody would choose unless the lesson taught it. */
  private static final Set<String> SILLY_FIELDS =
      Set.of(("noun.body noun.food noun.plant noun.time").split(" "));

  /** Things one can touch: seldom right where the answer is an idea. */
  private static final Set<String> CONCRETE =
      Set.of(("noun.artifact noun.object noun.substance noun.person noun.animal").split(" "));

  /** Fields whose words often stand in each other's place. */
  private static final List<Set<String>> NEIGHBOURS =
      List.of(
          Set.of(
              "noun.artifact",
              "noun.object",
              "noun.location",
              "noun.substance",
              "noun.shape",
              "noun.possession",
              "noun.event",
              "noun.phenomenon"),
          Set.of("noun.person", "noun.animal", "noun.group"),
          Set.of("noun.food", "noun.plant"),
          Set.of("noun.time", "noun.event", "noun.phenomenon"));

  /** After a preposition nearly every thing and person fits: "around the ...", "with the ...". */
  private static final Set<String> CAN_BE_A_PLACE =
      Set.of(
          ("noun.artifact noun.object noun.location noun.substance noun.shape "
                  + "noun.possession noun.event noun.phenomenon noun.person noun.animal "
                  + "noun.group noun.food noun.plant")
              .split(" "));

  private final Morphology morphology;
  private final WordNet wordNet;

  /** Not thread-safe. */
  NounDistractors(Morphology morphology, WordNet wordNet) {
    this.morphology = morphology;
    this.wordNet = wordNet;
  }

  /** Up to three; fewer where the lesson has no more that are surely wrong. */
  List<String> of(
      Sentence s, int token, TaughtWord word, List<TaughtWord> taught, List<String> said) {
    String answer = s.lower(token);
    boolean plural = morphology.hasTag(answer, "NNS") && !answer.equals(word.lemma());
    String before = s.lower(token - 1);
    boolean mass = !plural && !morphology.hasTag(answer, "NN");
    if (s.tag(token + 1).equals("NOUN")
        || s.tag(token - 1).equals("NOUN")
        || before.endsWith("-")) {
      return List.of();
    }
    WordNet.Meaning entry = wordNet.entry(word.lemma(), PartOfSpeech.NOUN);
    if (entry.fields().isEmpty() || VAGUE_FIELDS.containsAll(entry.fields())) {
      return List.of();
    }
    boolean placed = afterPreposition(s, token);
    boolean idea = entry.fields().stream().noneMatch(CONCRETE::contains);
    boolean living =
        entry.fields().contains("noun.person") || entry.fields().contains("noun.animal");
    List<String> wrong = new ArrayList<>();
    for (String lemma : pool(word, taught, said)) {
      String form = plural ? morphology.form(lemma, "NNS") : lemma;
      if (form == null || wrong.size() >= 3 || !similar(form, answer) || inSentence(s, lemma)) {
        continue;
      }
      WordNet.Meaning other = wordNet.entry(lemma, PartOfSpeech.NOUN);
      boolean apart =
          !other.fields().isEmpty()
              && apart(entry.fields(), other.fields())
              && other.fields().stream().noneMatch(VAGUE_FIELDS::contains)
              && !(idea && other.fields().stream().noneMatch(CONCRETE::contains))
              && (living
                  || !other.fields().contains("noun.person")
                      && !other.fields().contains("noun.animal"))
              && !(placed && other.fields().stream().anyMatch(CAN_BE_A_PLACE::contains))
              && !wordNet.couldPass(lemma, word.lemma());
      boolean sound =
          before.equals("a") && GrammarCheck.startsWithConsonantSound(form)
              || before.equals("an") && GrammarCheck.startsWithVowelSound(form)
              || !before.matches("an?");
      boolean number =
          plural || (mass ? morphology.hasTagStarting(form, "NN:") : morphology.hasTag(form, "NN"));
      if (apart && sound && number && !morphology.shareLemma(form, answer)) {
        wrong.add(form);
      }
    }
    return wrong;
  }

  /**
   * Wrong options where the sentence explains the word: any other word of the lesson that means
   * neither this nor what the explanation begins with.
   */
  List<String> forDefinition(
      Sentence s, int token, TaughtWord word, List<TaughtWord> taught, List<String> said) {
    String answer = s.lower(token);
    String before = s.lower(token - 1);
    Set<String> fields = wordNet.entry(word.lemma(), PartOfSpeech.NOUN).fields();
    List<String> near = new ArrayList<>();
    List<String> far = new ArrayList<>();
    for (String lemma : pool(word, taught, said)) {
      boolean sound =
          before.equals("a") && GrammarCheck.startsWithConsonantSound(lemma)
              || before.equals("an") && GrammarCheck.startsWithVowelSound(lemma)
              || !before.matches("an?");
      WordNet.Meaning other = wordNet.entry(lemma, PartOfSpeech.NOUN);
      boolean named = s.tokens().stream().anyMatch(t -> other.related().contains(t.lower()));
      boolean fits =
          sound
              && countable(lemma, before)
              && !morphology.hasTag(lemma, "NNS")
              && !morphology.hasTagStarting(lemma, "JJ")
              && !morphology.hasTag(lemma, "IN")
              && !lemma.contains(" ")
              && !other.fields().isEmpty()
              && !named
              && !inSentence(s, lemma)
              && !morphology.shareLemma(lemma, answer)
              && !wordNet.couldPass(lemma, word.lemma());
      if (fits) {
        (other.fields().stream().anyMatch(fields::contains) ? near : far).add(lemma);
      }
    }
    near.addAll(far);
    return List.copyOf(near.subList(0, Math.min(3, near.size())));
  }

  /** "A luggage" can be told wrong without reading on. */
  private boolean countable(String noun, String before) {
    return before.matches("an?")
        ? morphology.hasTag(noun, "NN") || morphology.hasTag(noun, "NN:UN")
        : morphology.hasTagStarting(noun, "NN");
  }

  private static boolean afterPreposition(Sentence s, int token) {
    int i = token - 1;
    while (i >= 0 && s.tag(i).matches("DET|ADJ|PRON|NUM")) {
      i--;
    }
    return s.tag(i).equals("ADP") || s.lower(i).equals("to");
  }

  private static boolean apart(Set<String> one, Set<String> other) {
    return one.stream().noneMatch(other::contains)
        && NEIGHBOURS.stream()
            .noneMatch(
                n -> one.stream().anyMatch(n::contains) && other.stream().anyMatch(n::contains));
  }

  /**
   * The common nouns of a lesson's sentences, in order: what distractors are made of. Words from
   * anywhere else stand out as nothing the lesson was about.
   */
  List<String> in(List<Sentence> sentences) {
    Set<String> nouns = new LinkedHashSet<>();
    for (Sentence s : sentences) {
      for (int i = 0; i < s.tokens().size(); i++) {
        Token token = s.tokens().get(i);
        String lemma = morphology.lemma(token.lower(), PartOfSpeech.NOUN);
        boolean common =
            s.tag(i).equals("NOUN")
                && !token.isCapitalised()
                && lemma.matches("[a-z]{3,}")
                && morphology.isEnglish(lemma)
                && !Vocabulary.isHollow(lemma);
        Set<String> fields = wordNet.entry(lemma, PartOfSpeech.NOUN).fields();
        if (common && !fields.isEmpty() && fields.stream().noneMatch(SILLY_FIELDS::contains)) {
          nouns.add(lemma);
        }
      }
    }
    return List.copyOf(nouns);
  }

  /** The words taught first, then the lesson's other nouns, the nearest in frequency first. */
  private List<String> pool(TaughtWord word, List<TaughtWord> taught, List<String> said) {
    Set<String> pool = new LinkedHashSet<>();
    taught.stream().filter(t -> t.pos() == word.pos()).forEach(t -> pool.add(t.lemma()));
    int frequency = morphology.frequency(word.lemma());
    said.stream()
        .sorted(Comparator.comparingInt(n -> Math.abs(morphology.frequency(n) - frequency)))
        .forEach(pool::add);
    pool.remove(word.lemma());
    return List.copyOf(pool);
  }

  private boolean similar(String form, String answer) {
    return Math.abs(morphology.frequency(form) - morphology.frequency(answer)) <= 5;
  }

  private boolean inSentence(Sentence s, String lemma) {
    return s.tokens().stream().anyMatch(t -> morphology.lemmas(t.lower()).contains(lemma));
  }
}
