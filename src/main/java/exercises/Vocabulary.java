package exercises;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which words the lesson taught, best first. */
final class Vocabulary {
  static final int MOST = 15;
  private static final int COMMONEST = 14;
  private static final Set<String> EMPTY =
      Set.of(
          "thing",
          "lot",
          "kind",
          "way",
          "bit",
          "okay",
          "time",
          "people",
          "something",
          "someone",
          "one",
          "sort",
          "stuff",
          "guy",
          "yes",
          "no",
          "place",
          "part",
          "maybe",
          "really",
          "very",
          "also",
          "always",
          "never",
          "often",
          "usually",
          "here",
          "there",
          "now",
          "then",
          "today",
          "yesterday",
          "tomorrow",
          "just",
          "too",
          "well",
          "back",
          "away",
          "again",
          "together",
          "still",
          "even",
          "only",
          "first",
          "last",
          "next",
          "new",
          "good",
          "bad",
          "big",
          "small",
          "other",
          "same",
          "right",
          "left",
          "sure",
          "true",
          "fine",
          "great",
          "nice",
          "many",
          "much",
          "more",
          "most",
          "own",
          "able",
          "get",
          "go",
          "have",
          "do",
          "make",
          "take",
          "come",
          "see",
          "look",
          "say",
          "tell",
          "know",
          "think",
          "want",
          "need",
          "like",
          "let",
          "put",
          "give",
          "use",
          "call",
          "try",
          "ask",
          "mean",
          "keep",
          "start",
          "be",
          "can",
          "will",
          "happen",
          "minute",
          "second",
          "everyone",
          "everything",
          "anything",
          "nothing",
          "somebody",
          "everybody",
          "mister",
          "hello",
          "ready",
          "slowly",
          "later",
          "soon",
          "ago",
          "already",
          "almost",
          "enough",
          "exactly",
          "actually",
          "probably",
          "quite",
          "rather",
          "instead",
          "else",
          "ever",
          "once",
          "far",
          "which",
          "understand",
          "remember",
          "learn",
          "speak");

  private static final class Candidate {
    final String lemma;
    final PartOfSpeech pos;
    final List<Sentence> examples = new ArrayList<>();

    Candidate(String lemma, PartOfSpeech pos) {
      this.lemma = lemma;
      this.pos = pos;
    }
  }

  private final Morphology morphology;
  private final Lexicon lexicon;
  private final WordNet wordNet;

  Vocabulary(Morphology morphology, Lexicon lexicon, WordNet wordNet) {
    this.morphology = morphology;
    this.wordNet = wordNet;
    this.lexicon = lexicon;
  }

  List<TaughtWord> of(LessonText lesson, List<Sentence> sentences) {
    List<String> announced = new ArrayList<>(AnnouncedWords.in(lesson));
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    for (Sentence sentence : sentences) {
      for (int i = 0; i < sentence.tokens().size(); i++) {
        collect(sentence, i, lesson, announced, candidates);
      }
      phrases(sentence, announced, candidates);
    }
    Set<String> inPhrases = new HashSet<>();
    candidates.values().stream()
        .filter(c -> c.lemma.contains(" "))
        .forEach(
            c -> {
              for (String part : c.lemma.split(" ")) {
                inPhrases.addAll(morphology.lemmas(part));
              }
            });
    candidates.values().removeIf(c -> inPhrases.contains(c.lemma));
    Map<String, Integer> taught = mentions(lesson, true);
    Map<String, Integer> practised = mentions(lesson, false);
    Map<String, TaughtWord> best = new HashMap<>();
    for (Candidate candidate : candidates.values()) {
      TaughtWord word = judge(candidate, announced, taught, practised);
      if (word != null) {
        best.merge(word.lemma(), word, (a, b) -> a.score() >= b.score() ? a : b);
      }
    }
    return best.values().stream()
        .sorted(
            Comparator.comparingDouble(TaughtWord::score)
                .reversed()
                .thenComparing(TaughtWord::lemma))
        .limit(MOST)
        .toList();
  }

  /**
   * Terms of two words, such as "sleeping bag", that the lesson announced and the dictionary has.
   */
  private void phrases(Sentence sentence, List<String> announced, Map<String, Candidate> into) {
    String words = " " + String.join(" ", Token.words(sentence.text())) + " ";
    for (String form : announced) {
      boolean term =
          form.contains(" ")
              && words.contains(" " + form + " ")
              && !wordNet.entry(form, PartOfSpeech.NOUN).fields().isEmpty();
      if (term) {
        Candidate candidate =
            into.computeIfAbsent(form, k -> new Candidate(form, PartOfSpeech.NOUN));
        candidate.examples.add(sentence);
      }
    }
  }

  private void collect(
      Sentence sentence,
      int i,
      LessonText lesson,
      List<String> announced,
      Map<String, Candidate> into) {
    Token token = sentence.tokens().get(i);
    String lower = token.lower();
    // "exhausted" taught as a word is an adjective, not a form of "to exhaust".
    boolean participle =
        lower.endsWith("ed") && morphology.hasTag(lower, "JJ") && announced.contains(lower);
    PartOfSpeech pos =
        participle ? PartOfSpeech.ADJECTIVE : PartOfSpeech.ofUniversalTag(sentence.tag(i));
    boolean word =
        pos != null
            && token.isWord()
            && lower.length() >= 3
            && lower.matches("[a-z]+")
            && !(token.isCapitalised() && i > 0)
            && !lesson.names().isParticipant(lower)
            && !lesson.glosses().isForeign(lower);
    if (!word || morphology.readings(lower).stream().noneMatch(r -> r.pos() == pos)) {
      return;
    }
    String lemma = morphology.lemma(lower, pos);
    boolean usable = lemma.length() >= 3 && lemma.matches("[a-z]+") && morphology.isEnglish(lemma);
    if (usable) {
      Candidate candidate =
          into.computeIfAbsent(pos.ordinal() + lemma, k -> new Candidate(lemma, pos));
      if (!candidate.examples.contains(sentence)) {
        candidate.examples.add(sentence);
      }
    }
  }

  /** How often each lemma was said, by the teacher or by the others. */
  private Map<String, Integer> mentions(LessonText lesson, boolean teaching) {
    Map<String, Integer> counts = new HashMap<>();
    for (Turn turn : lesson.turns()) {
      if (turn.teaching() == teaching) {
        for (String word : Token.words(turn.text())) {
          for (String lemma : morphology.lemmas(word)) {
            counts.merge(lemma, 1, Integer::sum);
          }
        }
      }
    }
    return counts;
  }

  private TaughtWord judge(
      Candidate candidate,
      List<String> announced,
      Map<String, Integer> taught,
      Map<String, Integer> practised) {
    int at = announcedAt(candidate, announced);
    boolean presented = at >= 0;
    int frequency = Math.max(morphology.frequency(candidate.lemma), 1);
    int said = taught.getOrDefault(candidate.lemma, 0);
    int repeated = practised.getOrDefault(candidate.lemma, 0);
    boolean plain = frequency > COMMONEST && lexicon.level(candidate.lemma, candidate.pos) < 2;
    boolean hollow =
        EMPTY.contains(candidate.lemma) || ClassroomTalk.isClassroomWord(candidate.lemma);
    boolean practisedEnough = said >= 2 || repeated >= 1 || frequency <= 13;
    boolean weakClass = candidate.pos == PartOfSpeech.ADVERB && !presented;
    if (hollow || plain && !presented || !presented && (!practisedEnough || weakClass)) {
      return null;
    }
    double score = presented ? 100 - at * 0.5 : 0;
    score += 8 * Math.min(4, said - 1) + (repeated > 0 ? 10 + 2 * Math.min(4, repeated) : 0);
    score += Math.max(0, 16 - Math.max(8, frequency)) * 1.5;
    score += lexicon.level(candidate.lemma, candidate.pos) > 0 ? 6 : 0;
    score += candidate.pos == PartOfSpeech.NOUN ? 4 : candidate.pos == PartOfSpeech.VERB ? 2 : 0;
    List<Sentence> examples = new ArrayList<>(candidate.examples);
    examples.sort(Comparator.comparingDouble((Sentence s) -> s.rank()).reversed());
    return new TaughtWord(
        candidate.lemma, candidate.pos, presented, List.copyOf(examples), said + repeated, score);
  }

  private int announcedAt(Candidate candidate, List<String> announced) {
    for (int i = 0; i < announced.size(); i++) {
      String form = announced.get(i);
      boolean same =
          form.equals(candidate.lemma)
              || !candidate.lemma.contains(" ")
                  && morphology.readings(form).stream()
                      .anyMatch(r -> r.lemma().equals(candidate.lemma) && r.pos() == candidate.pos);
      if (same) {
        return i;
      }
    }
    return -1;
  }
}
