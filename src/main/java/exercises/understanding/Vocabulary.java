package exercises.understanding;

import exercises.language.Lexicon;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.language.WordNet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which words the lesson taught, best first. */
public final class Vocabulary {
  /** How many words a lesson teaches at most. */
  public static final int MOST = 15;

  /** With fewer taught words, words only practised make up the number. */
  private static final int ENOUGH = 8;

  /** Puts words only practised behind all that were taught. */
  static final double FILLER = 1_000;

  /** The score that a word needs to count as taught beside {@link #ENOUGH} others. */
  private static final double CLEAR = 34;

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

  private static final Set<String> CALENDAR =
      Set.of(
          "day",
          "week",
          "month",
          "year",
          "morning",
          "evening",
          "afternoon",
          "night",
          "hour",
          "monday",
          "tuesday",
          "wednesday",
          "thursday",
          "friday",
          "saturday",
          "sunday",
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december",
          "weekend",
          "boy",
          "girl",
          "man",
          "woman",
          "child",
          "person",
          "room",
          "home");

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

  /** Not thread-safe. */
  public Vocabulary(Morphology morphology, Lexicon lexicon, WordNet wordNet) {
    this.morphology = morphology;
    this.wordNet = wordNet;
    this.lexicon = lexicon;
  }

  /**
   * @param sentences the models, which serve as examples; a word taught without one is found as
   *     well
   */
  public List<TaughtWord> of(LessonText lesson, List<Sentence> sentences, TeachingSigns signs) {
    List<String> announced = new ArrayList<>(AnnouncedWords.in(lesson));
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    Set<String> terms = terms(lesson);
    for (Sentence sentence : sentences) {
      for (int i = 0; i < sentence.tokens().size(); i++) {
        collect(sentence, i, lesson, announced, signs.forms(), candidates);
      }
      phrases(sentence, announced, terms, candidates);
    }
    Map<String, Integer> taught = mentions(lesson, true);
    Map<String, Integer> practised = mentions(lesson, false);
    Set<String> presented = new LinkedHashSet<>(signs.forms());
    presented.addAll(announced);
    // A rare word that keeps coming back is what the talk is about.
    surface(lesson)
        .forEach(
            (form, n) -> {
              if (n >= 3 && morphology.frequency(form) <= 9) {
                presented.add(form);
              }
            });
    withoutExample(lesson, presented, candidates);
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
    Map<String, TaughtWord> best = new HashMap<>();
    for (Candidate candidate : candidates.values()) {
      TaughtWord word = judge(candidate, announced, taught, practised, signs);
      if (word != null) {
        best.merge(word.lemma(), word, (a, b) -> a.score() >= b.score() ? a : b);
      }
    }
    List<TaughtWord> ranked =
        best.values().stream()
            .sorted(
                Comparator.comparingDouble(TaughtWord::score)
                    .reversed()
                    .thenComparing(TaughtWord::lemma))
            .limit(MOST)
            .toList();
    long shown = ranked.stream().filter(w -> w.taught() && !w.examples().isEmpty()).count();
    long fillers = Math.max(0, ENOUGH - shown);
    List<TaughtWord> chosen = new ArrayList<>();
    for (TaughtWord word : ranked) {
      if (word.taught() || fillers-- > 0) {
        chosen.add(word);
      }
    }
    return weakLast(chosen);
  }

  /**
   * A lesson that shows plainly what it teaches has no need of guesses: once enough words bear a
   * sign of teaching, those only used, and those with little else to show, are no more than
   * practised. Items may still be made of them.
   */
  private static List<TaughtWord> weakLast(List<TaughtWord> words) {
    long shown = words.stream().filter(w -> w.taught() && !w.teaching().isEmpty()).count();
    return words.stream()
        .map(
            w ->
                shown >= ENOUGH && w.taught() && (w.teaching().isEmpty() || w.score() < CLEAR)
                    ? w.practised()
                    : w)
        .sorted(Comparator.comparingDouble(TaughtWord::score).reversed())
        .toList();
  }

  /**
   * Terms of two words, such as "sleeping bag", that the lesson announced and the dictionary has.
   */
  private void phrases(
      Sentence sentence, List<String> announced, Set<String> terms, Map<String, Candidate> into) {
    String words = " " + String.join(" ", Token.words(sentence.text())) + " ";
    Set<String> forms = new LinkedHashSet<>(announced);
    forms.addAll(terms);
    for (String form : forms) {
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

  /** Pairs of words said at least three times that the dictionary lists as one noun. */
  private Set<String> terms(LessonText lesson) {
    Map<String, Integer> pairs = new HashMap<>();
    for (Turn turn : lesson.turns()) {
      List<String> words = Token.words(turn.text());
      for (int i = 0; i + 1 < words.size(); i++) {
        if (words.get(i).length() > 2 && words.get(i + 1).length() > 2) {
          pairs.merge(words.get(i) + " " + words.get(i + 1), 1, Integer::sum);
        }
      }
    }
    Set<String> found = new LinkedHashSet<>();
    pairs.forEach(
        (pair, said) -> {
          String[] words = pair.split(" ");
          boolean open =
              said >= 3
                  && morphology.hasTagStarting(words[1], "NN")
                  && morphology.readings(words[0]).stream()
                      .anyMatch(r -> r.tag().matches("NN.*|JJ|VBG"))
                  && !TeachingSigns.isFunctionWord(words[0], morphology)
                  && !EMPTY.contains(words[0]);
          if (open && !wordNet.entry(pair, PartOfSpeech.NOUN).fields().isEmpty()) {
            found.add(pair);
          }
        });
    return found;
  }

  private void collect(
      Sentence sentence,
      int i,
      LessonText lesson,
      List<String> announced,
      Set<String> taughtForms,
      Map<String, Candidate> into) {
    Token token = sentence.tokens().get(i);
    String lower = token.lower();
    // "exhausted" taught as a word is an adjective, not a form of "to exhaust".
    boolean participle =
        lower.endsWith("ed")
            && morphology.hasTag(lower, "JJ")
            && (announced.contains(lower) || taughtForms.contains(lower));
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

  /** Words presented although no sentence around them is fit to be a model. */
  private void withoutExample(LessonText lesson, Set<String> forms, Map<String, Candidate> into) {
    for (String form : forms) {
      boolean word =
          form.matches("[a-z]{3,}")
              && morphology.isEnglish(form)
              && morphology.frequency(form) >= 5
              && !TeachingSigns.isFunctionWord(form, morphology)
              && !CALENDAR.contains(form)
              && !lesson.names().isParticipant(form)
              && !lesson.glosses().isForeign(form);
      if (!word) {
        continue;
      }
      PartOfSpeech pos = mainClass(form);
      if (pos != null) {
        String lemma = morphology.lemma(form, pos);
        boolean known =
            into.values().stream().anyMatch(c -> c.lemma.equals(lemma) || c.lemma.equals(form));
        if (!known && lemma.length() >= 3) {
          into.put(pos.ordinal() + lemma, new Candidate(lemma, pos));
        }
      }
    }
  }

  private static Map<String, Integer> surface(LessonText lesson) {
    Map<String, Integer> counts = new HashMap<>();
    lesson
        .turns()
        .forEach(turn -> Token.words(turn.text()).forEach(w -> counts.merge(w, 1, Integer::sum)));
    return counts;
  }

  /** The class a word alone most likely has: the one the word list or WordNet knows it in first. */
  private PartOfSpeech mainClass(String form) {
    if (form.endsWith("ing")
        && morphology.hasTag(form, "VBG")
        && lexicon.level(form, PartOfSpeech.NOUN) == 0) {
      return PartOfSpeech.VERB;
    }
    if (form.endsWith("ed") && morphology.hasTag(form, "JJ")) {
      return PartOfSpeech.ADJECTIVE;
    }
    PartOfSpeech first = null;
    for (PartOfSpeech pos : PartOfSpeech.values()) {
      boolean read = morphology.readings(form).stream().anyMatch(r -> r.pos() == pos);
      if (read && lexicon.level(morphology.lemma(form, pos), pos) > 0) {
        return pos;
      }
      first = read && first == null ? pos : first;
    }
    return first;
  }

  private TaughtWord judge(
      Candidate candidate,
      List<String> announced,
      Map<String, Integer> taught,
      Map<String, Integer> practised,
      TeachingSigns teaching) {
    int at = announcedAt(candidate, announced);
    boolean presented = at >= 0;
    int frequency = Math.max(morphology.frequency(candidate.lemma), 1);
    int said = taught.getOrDefault(candidate.lemma, 0);
    int repeated = practised.getOrDefault(candidate.lemma, 0);
    int level = lexicon.level(candidate.lemma, candidate.pos);
    if (isHollow(candidate.lemma) || said + repeated == 0 && !candidate.lemma.contains(" ")) {
      return null;
    }
    boolean common = frequency > 13;
    TeachingSigns.Signs signs = teaching.of(candidate.lemma, candidate.pos, morphology);
    if (presented) {
      signs.seen.merge(Understanding.Teaching.ANNOUNCED, 1, Integer::sum);
    }
    double score = signs.weight(common) * 6;
    score += 3 * Math.min(4, said - 1) + (repeated > 0 ? 4 + 2 * Math.min(4, repeated) : 0);
    // Rare words are worth teaching, and everybody knows the commonest.
    score += (14 - Math.max(8, Math.min(19, frequency))) * 2.5;
    score += level >= 2 ? 6 : 0;
    score += candidate.pos == PartOfSpeech.NOUN ? 4 : candidate.pos == PartOfSpeech.VERB ? 2 : 0;
    boolean term = candidate.lemma.contains(" ");
    boolean known = level == 1 && frequency > 13 || frequency > 15;
    boolean strong = signs.weight(common) >= (known ? 4.2 : 3) || term;
    boolean used =
        said + repeated >= 3
            && repeated >= 1
            && (frequency <= (level == 0 ? 10 : 9) || level >= 2 && frequency <= 12)
            && candidate.pos != PartOfSpeech.ADVERB
            && !CALENDAR.contains(candidate.lemma);
    boolean kept = (strong || used) && (score >= (strong ? 16 : 24) || term);
    // Said and practised, but not taught: good enough to fill a short set of cards.
    boolean filler =
        !candidate.examples.isEmpty()
            && said + repeated >= 2
            && (frequency <= COMMONEST || level >= 2)
            && candidate.pos != PartOfSpeech.ADVERB
            && !CALENDAR.contains(candidate.lemma);
    if (!kept && !filler) {
      return null;
    }
    if (!kept) {
      score -= FILLER;
    }
    List<Sentence> examples = new ArrayList<>(candidate.examples);
    examples.sort(Comparator.comparingDouble((Sentence s) -> s.rank()).reversed());
    Set<Integer> turns = new TreeSet<>(signs.turns);
    examples.forEach(s -> turns.add(s.source().utterance()));
    return new TaughtWord(
        candidate.lemma,
        candidate.pos,
        presented,
        List.copyOf(examples),
        said + repeated,
        score,
        Set.copyOf(signs.seen.keySet()),
        turns.stream().limit(10).toList());
  }

  /** A word that says too little to be taught, or that belongs to running a lesson. */
  public static boolean isHollow(String lemma) {
    return EMPTY.contains(lemma) || ClassroomTalk.isClassroomWord(lemma);
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
