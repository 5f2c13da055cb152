package exercises.rulebased;

import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.language.WordNet;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import exercises.understanding.Translator;
import exercises.understanding.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes a taught noun or verb out of a sentence that leaves no doubt which word it was. Distractors
 * for nouns are nouns of the same lesson, of the same form, about the same frequency and another
 * field of meaning; where the sentence is too open or the lesson has too few, there is no gap.
 */
public final class VocabularyGaps {
  /** Verbs nearly any noun goes with: they tell nothing about the missing one. */
  private static final Set<String> OPEN_VERBS =
      Set.of(
          "have",
          "be",
          "like",
          "love",
          "want",
          "need",
          "see",
          "get",
          "make",
          "buy",
          "find",
          "take",
          "bring",
          "give",
          "do",
          "know",
          "look",
          "use",
          "think",
          "talk",
          "tell",
          "say",
          "hate",
          "show",
          "choose",
          "remember",
          "forget",
          "watch",
          "put",
          "call",
          "keep",
          "lose",
          "hear",
          "mean",
          "help",
          "paint",
          "draw",
          "describe",
          "go",
          "come",
          "start",
          "enjoy",
          "prefer",
          "miss",
          "share",
          "change",
          "leave",
          "visit",
          "reach",
          "add",
          "hope",
          "wait",
          "ask",
          "try",
          "receive",
          "affect",
          "order",
          "send",
          "sell");

  /** Verbs that alone tell what kind of thing they go with. */
  private static final Set<String> SELECTIVE =
      Set.of(
          "eat", "drink", "cook", "bake", "peel", "wear", "ride", "drive", "climb", "read", "write",
          "pour", "feed", "plant", "grill", "light", "lock", "brush", "fry", "boil", "spell",
          "sail", "park", "sew", "chew", "wash");

  /** Verbs that never take an object. */
  private static final List<String> WITHOUT_OBJECT =
      List.of(
          "listen",
          "look",
          "go",
          "come",
          "arrive",
          "fall",
          "agree",
          "complain",
          "apologise",
          "laugh",
          "smile",
          "wait",
          "sleep",
          "belong",
          "appear",
          "disappear",
          "happen",
          "exist");

  /** Verbs without object that learners take for those with one. */
  private static final Map<String, List<String>> CONFUSED =
      Map.ofEntries(
          Map.entry("hear", List.of("listen")),
          Map.entry("see", List.of("look")),
          Map.entry("watch", List.of("look")),
          Map.entry("find", List.of("look")),
          Map.entry("notice", List.of("look")),
          Map.entry("reach", List.of("arrive", "come")),
          Map.entry("visit", List.of("go", "come")),
          Map.entry("leave", List.of("go")),
          Map.entry("bring", List.of("come")),
          Map.entry("drop", List.of("fall")),
          Map.entry("accept", List.of("agree")),
          Map.entry("regret", List.of("apologise", "complain")),
          Map.entry("own", List.of("belong")),
          Map.entry("expect", List.of("wait")));

  /** Fields a noun and its distractor may not share even though their names differ. */
  private static final Set<String> VAGUE_FIELDS =
      Set.of(
          "noun.Tops",
          "noun.attribute",
          "noun.cognition",
          "noun.state",
          "noun.act",
          "noun.quantity",
          "noun.relation");

  /** "The deadline" against "the banana": what nobody would choose unless the lesson taught it. */
  private static final Set<String> SILLY_FIELDS =
      Set.of("noun.body", "noun.food", "noun.plant", "noun.time");

  /** Things one can touch: seldom right where the answer is an idea. */
  private static final Set<String> CONCRETE =
      Set.of("noun.artifact", "noun.object", "noun.substance", "noun.person", "noun.animal");

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
          "noun.artifact",
          "noun.object",
          "noun.location",
          "noun.substance",
          "noun.shape",
          "noun.possession",
          "noun.event",
          "noun.phenomenon",
          "noun.person",
          "noun.animal",
          "noun.group",
          "noun.food",
          "noun.plant");

  private final Morphology morphology;
  private final WordNet wordNet;

  /** Not thread-safe. */
  public VocabularyGaps(Morphology morphology, WordNet wordNet) {
    this.morphology = morphology;
    this.wordNet = wordNet;
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
    List<String> wrong =
        switch (word.pos()) {
          case NOUN -> constrained(s, token) ? nouns(s, token, word, taught, said) : List.of();
          case VERB -> objectFollows(s, token) ? intransitives(s, token, word) : List.of();
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

  private List<String> nouns(
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
              && !wordNet.related(lemma, word.lemma(), PartOfSpeech.NOUN);
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

  /** Transitive use rules out verbs that never take an object, whatever they mean. */
  private List<String> intransitives(Sentence s, int token, TaughtWord word) {
    String answer = s.lower(token);
    List<String> tags = new ArrayList<>();
    for (String tag : List.of("VBD", "VBZ", "VBG", "VBN", "VB")) {
      if (morphology.hasTag(answer, tag)) {
        tags.add(tag);
      }
    }
    if (tags.isEmpty()) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    for (String lemma : likely(word.lemma())) {
      String form = tags.get(0).equals("VB") ? lemma : morphology.form(lemma, tags.get(0));
      boolean allForms = form != null;
      for (String tag : tags) {
        allForms &=
            allForms
                && (tag.equals("VB")
                    ? lemma.equals(form)
                    : morphology.forms(lemma, tag).contains(form));
      }
      if (allForms
          && wrong.size() < 3
          && !inSentence(s, lemma)
          && !wordNet.related(lemma, word.lemma(), PartOfSpeech.VERB)) {
        wrong.add(form);
      }
    }
    return wrong;
  }

  /**
   * Those a learner may take for the verb first, then those about the same thing ("listen" for
   * "hear"), then the others, from another one on for each verb.
   */
  private List<String> likely(String verb) {
    Set<String> fields = wordNet.entry(verb, PartOfSpeech.VERB).fields();
    Set<String> all = new LinkedHashSet<>(CONFUSED.getOrDefault(verb, List.of()));
    WITHOUT_OBJECT.stream()
        .filter(
            v -> wordNet.entry(v, PartOfSpeech.VERB).fields().stream().anyMatch(fields::contains))
        .forEach(all::add);
    int from = Math.floorMod(verb.hashCode(), WITHOUT_OBJECT.size());
    for (int i = 0; i < WITHOUT_OBJECT.size(); i++) {
      all.add(WITHOUT_OBJECT.get((from + i) % WITHOUT_OBJECT.size()));
    }
    return List.copyOf(all);
  }

  private boolean objectFollows(Sentence s, int token) {
    String next = s.lower(token + 1);
    boolean determiner =
        next.matches(
            "the|a|an|my|your|his|her|our|their|this|these|those|some|two|three|it|them|him|us|me");
    boolean time = s.lower(token + 2).matches("lot|little|bit|while|moment|few");
    for (int i = token + 2; i <= token + 3; i++) {
      time |=
          s.tag(i).equals("NOUN")
              && wordNet
                  .entry(morphology.lemma(s.lower(i), PartOfSpeech.NOUN), PartOfSpeech.NOUN)
                  .fields()
                  .contains("noun.time");
    }
    return determiner && !time && !s.tag(token - 1).equals("PART");
  }

  /**
   * The common nouns of a lesson's sentences, in order: what distractors are made of. Words from
   * anywhere else stand out as nothing the lesson was about.
   */
  public List<String> nounsOf(List<Sentence> sentences) {
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
