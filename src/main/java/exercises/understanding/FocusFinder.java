package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.Morphology;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which grammar point a lesson practised: named by the teacher, or shown far more often than plain
 * talk shows it (a one-sided score against {@link GrammarPoint#usual}, the standard error of a
 * share as its unit).
 */
public final class FocusFinder {
  /** Standard errors above the usual share that tell a taught point from a used one. */
  private static final double SURE = 3.5;

  private static final double SHARE = 0.09;
  private static final int EVIDENCE = 20;

  /** Usual share from which a point is in nearly all talk. */
  private static final double EVERYWHERE = 0.25;

  /** Worth of three corrected slips of the point's own kind. */
  private static final double MANY_SLIPS = 2.4;

  /** From here on a still higher score says little more. */
  private static final double FULL = 14;

  /** Points that another point is made of: where the whole is shown, its parts prove nothing. */
  private static final Map<GrammarPoint, Set<GrammarPoint>> PART_OF =
      Map.of(
          GrammarPoint.USED_TO,
          Set.of(GrammarPoint.PAST_SIMPLE),
          GrammarPoint.FIRST_CONDITIONAL,
          Set.of(GrammarPoint.FUTURE_WILL, GrammarPoint.PRESENT_SIMPLE),
          GrammarPoint.SECOND_CONDITIONAL,
          Set.of(GrammarPoint.PAST_SIMPLE));

  private static final Set<GrammarPoint> CONDITIONS =
      Set.of(
          GrammarPoint.ZERO_CONDITIONAL,
          GrammarPoint.FIRST_CONDITIONAL,
          GrammarPoint.SECOND_CONDITIONAL);

  private final Constructions constructions;

  /** Not thread-safe. */
  public FocusFinder(Morphology morphology) {
    this.constructions = new Constructions(morphology);
  }

  /**
   * @param clauses the lesson without classroom and small talk
   */
  public Optional<GrammarPoint> grammar(
      LessonText lesson,
      List<LessonSentence> clauses,
      List<Understanding.Frame> frames,
      List<Mistake> mistakes,
      List<Integer> evidence) {
    Map<GrammarPoint, Double> counts = new EnumMap<>(GrammarPoint.class);
    Map<GrammarPoint, Set<Integer>> shown = new EnumMap<>(GrammarPoint.class);
    Set<Integer> drilled = new HashSet<>();
    frames.forEach(frame -> drilled.addAll(frame.utterances()));
    double total = 0;
    for (LessonSentence clause : clauses) {
      double weight = drilled.contains(clause.turn()) ? 1.4 : 1;
      total += weight;
      Set<GrammarPoint> points =
          new HashSet<>(constructions.in(clause.parts(), clause.question()).keySet());
      PART_OF.forEach(
          (whole, part) -> {
            if (points.contains(whole)) {
              points.removeAll(part);
            }
          });
      points.forEach(
          point -> {
            counts.merge(point, weight, Double::sum);
            shown.computeIfAbsent(point, k -> new TreeSet<>()).add(clause.turn());
          });
    }
    Map<GrammarPoint, Double> named = named(lesson);
    GrammarPoint best = null;
    double most = 0;
    for (GrammarPoint point : GrammarPoint.values()) {
      double count = counts.getOrDefault(point, 0.0);
      double expected = total * point.usual;
      double score = (count - expected) / Math.sqrt(expected + 1);
      double share = total == 0 ? 0 : count / total;
      double said = named.getOrDefault(point, 0.0);
      boolean enough = said >= 2 || score >= SURE && share >= SHARE && count >= 6;
      enough |= CONDITIONS.contains(point) && leadsConditions(point, counts, total);
      // Who tells of the week speaks of the past, whatever the lesson is about.
      enough &= point != GrammarPoint.PAST_SIMPLE || said > 0;
      double slips = slips(point, mistakes);
      // What every sentence shows can't stand out by its count: there the slips put right tell.
      enough |= point.usual >= EVERYWHERE && slips >= MANY_SLIPS && said > 0;
      double worth = (score <= FULL ? score : FULL + Math.log(score / FULL) * 4) + said * 3 + slips;
      if (enough && worth > most) {
        most = worth;
        best = point;
      }
    }
    if (best != null) {
      shown.getOrDefault(best, Set.of()).stream().limit(EVIDENCE).forEach(evidence::add);
    }
    return Optional.ofNullable(best);
  }

  /** A lesson on "if" has several kinds of conditions, none of them often enough alone. */
  private static boolean leadsConditions(
      GrammarPoint point, Map<GrammarPoint, Double> counts, double total) {
    double all = 0;
    double most = 0;
    double expected = 0;
    for (GrammarPoint one : CONDITIONS) {
      double count = counts.getOrDefault(one, 0.0);
      all += count;
      most = Math.max(most, count);
      expected += total * one.usual;
    }
    boolean often = (all - expected) / Math.sqrt(expected + 1) >= SURE && all >= SHARE * total;
    return often && all >= 6 && counts.getOrDefault(point, 0.0) >= most;
  }

  /** How often the teacher names each point, an announcement more than a mention. */
  private Map<GrammarPoint, Double> named(LessonText lesson) {
    Map<GrammarPoint, Double> named = new EnumMap<>(GrammarPoint.class);
    for (Turn turn : lesson.turns()) {
      if (!turn.teaching()) {
        continue;
      }
      for (String sentence : turn.sentences()) {
        boolean announced =
            Expressions.matches(
                sentence,
                "(?is).*\\b(?:today|this lesson|we(?:'re| are| will|'ll)? (?:going to )?"
                    + "(?:learn|talk about|practi[sc]e|do|study|continue|start|review)\\w*)\\b.*");
        for (GrammarPoint point : GrammarPoint.values()) {
          if (point.named.matcher(sentence).find()) {
            double known = named.getOrDefault(point, 0.0);
            // A teacher names many things in passing; the announcement counts, repetition a little.
            named.put(point, Math.min(5, known + (announced ? 2.5 : 0.7)));
          }
        }
      }
    }
    return named;
  }

  private static double slips(GrammarPoint point, List<Mistake> mistakes) {
    double worth = 0;
    for (Mistake mistake : mistakes) {
      boolean same =
          switch (mistake.type()) {
            case VERB_TENSE ->
                point == GrammarPoint.PAST_SIMPLE
                    || point == GrammarPoint.PRESENT_PERFECT
                    || point == GrammarPoint.PRESENT_CONTINUOUS;
            case PLURAL -> point == GrammarPoint.PLURALS;
            case ARTICLE -> point == GrammarPoint.ARTICLES;
            case SUBJECT_VERB_AGREEMENT -> point == GrammarPoint.PRESENT_SIMPLE;
            case GERUND_INFINITIVE -> point == GrammarPoint.GERUND_INFINITIVE;
            default -> false;
          };
      boolean owned =
          point == GrammarPoint.POSSESSIVE_PRONOUNS
              && Expressions.matches(mistake.rightPart(), "mine|yours|his|hers|ours|theirs");
      worth += same || owned ? 0.8 : 0;
    }
    return Math.min(worth, 3);
  }
}
