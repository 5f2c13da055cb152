package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.Tagger;
import exercises.language.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The student's slips as the lesson itself shows them: what the teacher put right in so many words,
 * what the teacher said again in the right form, what the student mended, and made-up regular
 * forms. Finds few rather than wrong ones.
 */
public final class MistakeFinder {
  /** How many mistakes a set holds at most. */
  public static final int MOST = 15;

  /** How many are found at most; a lesson that shows more is one long correction. */
  private static final int MOST_FOUND = 40;

  /** Words; more without a full stop is no sentence anybody could learn from. */
  public static final int LONGEST_SENTENCE = 80;

  /**
   * "in this on a project": two attempts run together; "the meeting about Tuesday": the next topic.
   */
  private static final Pattern MISHEARD =
      Pattern.compile(
          "\\b(?:in|on|at|to|for|of|with|from|by) (?:this|that|the|an?)"
              + " (?:in|on|at|to|for|of|with|from|by)\\b|\\babout"
              + " (?:mon|tues|wednes|thurs|fri|satur|sun)day\\b"
              + "|\\b(?:one|my|your|his|her|our|their|the|this|that) an?\\b|\\ban? \\p{L}+ an? ");

  private static final Pattern OTHER_HELPER =
      Pattern.compile(
          "(?:.* )?(?:do|does|did|no|not|isn't|aren't|wasn't|don't|doesn't|didn't)(?: .*)?");

  /** What a short answer or a question needs, but no statement: "I do need it". */
  private static final Pattern HELPER = Pattern.compile("do|does|did|don't|doesn't|didn't");

  /** "Is going to buy": put right in one place, and still no sentence. */
  private static final Pattern NO_SUBJECT = Pattern.compile("^(?:Am|Is|Are|Was|Were)\\b");

  private final Morphology morphology;
  private final GrammarCheck grammar;
  private final EditClassifier classifier;
  private final SpokenCorrections spoken;
  private final Recasts recasts;
  private final Uptakes uptakes;
  private final LocalRecasts local;
  private final TellingSlips telling;
  private final OwnCorrections own;
  private final CorrectionTrim trim;

  /** Not thread-safe. */
  public MistakeFinder(Morphology morphology, Tagger tagger) {
    this.morphology = morphology;
    this.grammar = new GrammarCheck(morphology);
    this.classifier = new EditClassifier(morphology);
    MistakeWriter writer = new MistakeWriter(morphology, classifier);
    this.spoken = new SpokenCorrections(classifier, writer);
    this.recasts = new Recasts(grammar, classifier, writer);
    this.uptakes = new Uptakes(morphology, grammar, classifier, writer);
    this.local = new LocalRecasts(morphology, grammar, classifier, writer);
    this.telling = new TellingSlips(morphology, writer);
    this.own = new OwnCorrections(morphology, classifier, writer);
    this.trim = new CorrectionTrim(morphology, grammar, classifier, tagger);
  }

  /**
   * The student's mistakes that were corrected, in the order of the lesson; ids derive from the
   * seed.
   */
  public List<Mistake> find(String seed, LessonText lesson) {
    Map<String, Mistake> found = new LinkedHashMap<>();
    List<Turn> turns = lesson.turns();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (turn.isStudent()) {
        own.in(seed, turn).forEach(mistake -> put(found, mistake));
      } else if (turn.teaching()) {
        correctedBy(seed, turns, i, found);
      }
    }
    List<Mistake> kept =
        distinct(found.values()).stream()
            .filter(
                m ->
                    !lesson.names().occursIn(m.correct())
                        && !lesson.names().occursIn(m.incorrect()))
            .filter(m -> Token.words(m.correct()).stream().noneMatch(lesson.glosses()::isForeign))
            .filter(m -> !MISHEARD.matcher(m.correct().toLowerCase(Locale.ROOT)).find())
            .filter(m -> !answersOnly(m) && !onlyDenied(m) && !partOfName(m) && !halfMended(m))
            .map(trim::of)
            .filter(m -> m != null)
            .toList();
    return surest(
        completed(kept).stream()
            .filter(m -> m.correct().endsWith("?") || !NO_SUBJECT.matcher(m.correct()).find())
            .toList(),
        MOST_FOUND);
  }

  /** Where two slips of one sentence were put right apart, the right form of each has both. */
  private static List<Mistake> completed(List<Mistake> mistakes) {
    List<Mistake> all = new ArrayList<>(mistakes);
    for (int i = 0; i < all.size(); i++) {
      for (Mistake piece : mistakes) {
        Mistake whole = all.get(i);
        String wrong = Expressions.replaceAll(piece.incorrect(), "[.?!]$", "");
        String right = Expressions.replaceAll(piece.correct(), "[.?!]$", "");
        int at = whole.correct().toLowerCase(Locale.ROOT).indexOf(wrong.toLowerCase(Locale.ROOT));
        boolean inside =
            piece != whole
                && piece.provenance().utterance() == whole.provenance().utterance()
                && wrong.length() < whole.correct().length() - 1
                && at >= 0;
        if (inside) {
          String put =
              at == 0 ? right : right.substring(0, 1).toLowerCase(Locale.ROOT) + right.substring(1);
          put = put.startsWith("i ") || put.startsWith("i'") ? "I" + put.substring(1) : put;
          all.set(
              i,
              whole.with(
                  whole.incorrect(),
                  whole.correct().substring(0, at)
                      + put
                      + whole.correct().substring(at + wrong.length())));
        }
      }
    }
    // "Is next" says nothing beside "Is next the bed".
    return all.stream()
        .filter(
            m ->
                all.stream()
                    .noneMatch(
                        other ->
                            other != m
                                && other.provenance().utterance() == m.provenance().utterance()
                                && other.incorrect().length() > m.incorrect().length()
                                && holds(other.incorrect(), m.incorrect())
                                && holds(other.correct(), m.correct())))
        .toList();
  }

  private static boolean holds(String whole, String piece) {
    return Parts.indexOf(Parts.of(whole).parts(), Parts.of(piece).parts()) >= 0;
  }

  /** The surest of the mistakes, at most so many, in the order of the lesson. */
  public static List<Mistake> surest(List<Mistake> mistakes, int most) {
    return mistakes.stream()
        .sorted(Comparator.comparingDouble(Mistake::confidence).reversed())
        .limit(most)
        .sorted(Comparator.comparingInt(m -> m.provenance().utterance()))
        .toList();
  }

  /**
   * A statement does not get its "do" from a correction: the teacher asked or answered instead, "Do
   * you?" - "Unless I do". Only another form of it, or "not", is put right that way.
   */
  private static boolean answersOnly(Mistake mistake) {
    String student = mistake.provenance().text();
    boolean stated =
        !mistake.correct().endsWith("?")
            || Expressions.matches(
                    student, "(?is)(?:i|you|he|she|it|we|they|my|your|his|her|the)\\b.*[.!].*")
                && !student.contains("?");
    return HELPER.matcher(mistake.rightPart()).matches()
        && stated
        && !OTHER_HELPER.matcher(mistake.wrongPart()).matches();
  }

  private void correctedBy(String seed, List<Turn> turns, int at, Map<String, Mistake> found) {
    Turn student = lastStudentTurn(turns, at);
    if (student == null) {
      return;
    }
    Turn teacher = turns.get(at);
    List<String> said = new ArrayList<>();
    student.sentences().forEach(s -> said.add(Speech.statement(s)));
    said.removeIf(
        s ->
            Token.words(s).size() < 2
                || s.length() > LONGEST_SENTENCE * 8
                || s.endsWith("?") && s.length() < 12);
    List<CorrectionPhrases.Correction> corrections =
        said.isEmpty() ? List.of() : CorrectionPhrases.in(teacher.text());
    for (int k = said.size() - 1; k >= 0; k--) {
      Parts words = Parts.of(said.get(k));
      if (words.parts().size() == 3 && said.size() > 1) {
        local.find(seed, words, false, student, teacher).stream()
            .filter(m -> EditClassifier.PREPOSITIONS.contains(m.wrongPart()))
            .filter(this::isMadeOfWords)
            .forEach(m -> put(found, m));
      }
      boolean clause =
          words.parts().size() >= 4
              || words.parts().size() >= 2 && said.size() == 1
              || words.parts().size() >= 2
                  && Expressions.matches(words.parts().get(0), "i|you|he|she|it|we|they");
      if (!clause) {
        continue;
      }
      Mistake told = spoken.find(seed, words, student, teacher, corrections);
      Mistake repeated =
          told != null && isClean(told.correct())
              ? null
              : recasts.find(seed, words, student, teacher, uptake(turns, at));
      Mistake mistake = repeated != null ? repeated : told;
      if (mistake == null && at + 1 < turns.size() && turns.get(at + 1).isStudent()) {
        mistake = uptakes.find(seed, words, student, teacher, turns.get(at + 1).sentences());
      }
      if (mistake != null && isMadeOfWords(mistake)) {
        put(found, mistake);
      }
      boolean asked = student.sentences().stream().anyMatch(s -> s.strip().endsWith("?"));
      for (Mistake piece : local.find(seed, words, asked && said.size() == 1, student, teacher)) {
        boolean known = mistake != null && sameSlip(mistake, piece);
        if (!known && isMadeOfWords(piece)) {
          put(found, mistake == null ? piece : trim.narrow(piece));
        }
      }
      for (Mistake piece : telling.find(seed, words, student, teacher)) {
        boolean known = mistake != null && sameSlip(mistake, piece);
        if (!known && isMadeOfWords(piece)) {
          put(found, trim.narrow(piece));
        }
      }
    }
  }

  private boolean isMadeOfWords(Mistake mistake) {
    return Token.words(mistake.correct()).stream().allMatch(w -> classifier.regularised(w) == null);
  }

  /** Whether a change is among those that another finding about the sentence made. */
  private static boolean sameSlip(Mistake whole, Mistake piece) {
    List<String> mended = Parts.of(whole.correct()).parts();
    List<String> window = List.of(piece.wrongWindow().split(" "));
    return Parts.indexOf(mended, window) < 0
        || whole.rightPart().equals(piece.rightPart()) && !piece.rightPart().isEmpty();
  }

  /** The teacher says the opposite of another thing: "It can fly." - "But it can't fly." */
  private static boolean onlyDenied(Mistake mistake) {
    boolean denied =
        Expressions.matches(
            mistake.incorrect().toLowerCase(Locale.ROOT),
            ".*(?:n't|\\b(?:not?|never|nothing|nobody|none)\\b).*");
    return !denied
        && Parts.of(mistake.correct()).parts().stream()
            .anyMatch(w -> Expressions.matches(w, "n't|not"));
  }

  /** "Since two months" without "since" is as wrong. */
  private static boolean halfMended(Mistake mistake) {
    return mistake.wrongPart().equals("since") && mistake.rightPart().isEmpty();
  }

  /** "On the bus" and "at the bus stop" are two places. */
  private boolean partOfName(Mistake mistake) {
    String right = mistake.rightPart().split(" ")[0];
    List<String> words = Token.words(mistake.correct());
    int at = words.lastIndexOf(right);
    if (!EditClassifier.PREPOSITIONS.contains(right) || at < 0 || words.size() - at > 4) {
      return false;
    }
    String phrase = String.join(" ", words.subList(at, words.size()));
    String context = mistake.context().toLowerCase(Locale.ROOT);
    Matcher longer =
        Pattern.compile(Pattern.quote(phrase) + " (\\p{L}+)(?=[.,!?])").matcher(context);
    return longer.find()
        && morphology.hasTagStarting(longer.group(1), "NN")
        && !Pattern.compile(Pattern.quote(phrase) + "(?:[.,!?]|$)").matcher(context).find();
  }

  private boolean isClean(String sentence) {
    return grammar.fault(Token.split(sentence), List.of()) == null
        && Token.words(sentence).stream().allMatch(w -> classifier.regularised(w) == null);
  }

  /**
   * Of two findings about the same words the surer one: the other leaves a slip in its sentence.
   */
  private static List<Mistake> distinct(Iterable<Mistake> all) {
    Map<String, Mistake> best = new LinkedHashMap<>();
    for (Mistake mistake : all) {
      boolean hollow =
          Expressions.matches(mistake.wrongPart(), "is|are|am|was|were")
              && mistake.rightPart().equals("not");
      if (!hollow) {
        best.merge(
            mistake.provenance().utterance() + mistake.incorrect(),
            mistake,
            (a, b) -> a.confidence() >= b.confidence() ? a : b);
      }
    }
    return List.copyOf(best.values());
  }

  /** A later, surer finding about the same words replaces an earlier one. */
  private static void put(Map<String, Mistake> found, Mistake mistake) {
    String key =
        mistake.provenance().utterance() + " " + mistake.wrongPart() + ">" + mistake.rightPart();
    Mistake known = found.get(key);
    if (known == null || known.confidence() < mistake.confidence()) {
      found.put(key, mistake);
    }
  }

  private static Turn lastStudentTurn(List<Turn> turns, int at) {
    for (int i = at - 1; i >= Math.max(0, at - 2); i--) {
      if (turns.get(i).isStudent()) {
        return turns.get(i);
      }
    }
    return null;
  }

  private static List<String> uptake(List<Turn> turns, int at) {
    boolean follows = at + 1 < turns.size() && turns.get(at + 1).isStudent();
    return follows ? Parts.of(turns.get(at + 1).text()).parts() : List.of();
  }
}
