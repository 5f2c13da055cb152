package exercises.understanding;

import exercises.language.Lexicon;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.language.WordNet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

  private final Morphology morphology;
  private final Lexicon lexicon;
  private final WordCandidates candidates;

  /** Not thread-safe. */
  public Vocabulary(Morphology morphology, Lexicon lexicon, WordNet wordNet) {
    this.morphology = morphology;
    this.candidates = new WordCandidates(morphology, lexicon, wordNet);
    this.lexicon = lexicon;
  }

  /**
   * @param sentences the models, which serve as examples; a word taught without one is found as
   *     well
   */
  public List<TaughtWord> of(LessonText lesson, List<Sentence> sentences, TeachingSigns signs) {
    List<String> announced = new ArrayList<>(AnnouncedWords.in(lesson));
    Map<String, Integer> taught = mentions(lesson, true);
    Map<String, Integer> practised = mentions(lesson, false);
    Map<String, TaughtWord> best = new HashMap<>();
    for (Candidate candidate : candidates.in(lesson, sentences, announced, signs.forms())) {
      TaughtWord word = judge(candidate, announced, taught, practised, signs);
      if (word != null) {
        best.merge(word.lemma(), word, this::better);
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

  /** "On the swing" teaches a noun, though "to swing" would score as much. */
  private TaughtWord better(TaughtWord one, TaughtWord other) {
    long first = shown(one);
    long second = shown(other);
    if (one.pos() != other.pos() && first != second) {
      return first > second ? one : other;
    }
    return one.score() >= other.score() ? one : other;
  }

  /** In how many of its sentences the word stands in its class. */
  private long shown(TaughtWord word) {
    return word.examples().stream()
        .filter(
            s -> {
              for (int i = 0; i < s.tokens().size(); i++) {
                if (PartOfSpeech.ofUniversalTag(s.tag(i)) == word.pos()
                    && morphology.lemmas(s.lower(i)).contains(word.lemma())) {
                  return true;
                }
              }
              return false;
            })
        .count();
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
            && !PlainWords.isCalendar(candidate.lemma);
    boolean kept = (strong || used) && (score >= (strong ? 16 : 24) || term);
    // Said and practised, but not taught: good enough to fill a short set of cards.
    boolean filler =
        !candidate.examples.isEmpty()
            && said + repeated >= 2
            && (frequency <= COMMONEST || level >= 2)
            && candidate.pos != PartOfSpeech.ADVERB
            && !PlainWords.isCalendar(candidate.lemma);
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
    return PlainWords.isEmpty(lemma) || ClassroomTalk.isClassroomWord(lemma);
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
