package courses.content;

import courses.sources.Segment;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether an answer is in the source, and where. Words are compared by their beginnings, which
 * takes endings off roughly; figures must be there as they are. Without a source, or in another
 * language than the source's, only figures can be held against anything.
 */
final class Grounding {
  /** Share of an answer's longer words that its segments must have. */
  static final double ANSWER = 0.5;

  /** The same of a whole lesson, which explains in words of its own. */
  static final double PROSE = 0.35;

  private static final Pattern FIGURE = Pattern.compile("(?<![\\p{L}\\p{N}])\\d[\\d,.]*\\d");
  private static final int STEM = 6;
  private static final Remembered<Set<String>> STEMS = new Remembered<>(Grounding::readStems);
  private static final Remembered<Set<String>> FIGURES = new Remembered<>(Grounding::readFigures);

  private final Map<Integer, Set<String>> bySegment = new LinkedHashMap<>();
  private final Set<String> all = new HashSet<>();
  private final Set<String> figures = new HashSet<>();
  private final boolean sameLanguage;

  Grounding(List<Segment> segments, boolean sameLanguage) {
    this.sameLanguage = sameLanguage;
    for (Segment segment : segments) {
      Set<String> stems = stems(segment.text());
      bySegment.put(segment.ordinal(), stems);
      all.addAll(stems);
      figures.addAll(figures(segment.text()));
    }
  }

  /** Whether there is a source at all. */
  boolean none() {
    return bySegment.isEmpty();
  }

  /** Those references that the source has, rising. */
  List<Integer> own(List<Integer> refs) {
    return new TreeSet<>(refs).stream().filter(bySegment::containsKey).toList();
  }

  /**
   * The references of an answer: those it names if its words stand there, otherwise the one segment
   * that has most of them; empty when none has enough.
   */
  Optional<List<Integer>> refs(String answer, List<Integer> named) {
    List<Integer> own = own(named);
    if (none() || !sameLanguage) {
      return Optional.of(own);
    }
    Set<String> stems = stems(answer);
    if (stems.isEmpty()) {
      return Optional.of(own);
    }
    Set<String> cited = new HashSet<>();
    own.forEach(ordinal -> cited.addAll(bySegment.get(ordinal)));
    if (share(stems, cited) >= ANSWER) {
      return Optional.of(own);
    }
    return bySegment.entrySet().stream()
        .filter(segment -> share(stems, segment.getValue()) >= ANSWER)
        .max(java.util.Comparator.comparingDouble(segment -> share(stems, segment.getValue())))
        .map(segment -> List.of(segment.getKey()));
  }

  /** The rule a text breaks: too few of its words, or a figure that is not in the source. */
  Optional<String> broken(String text, double least) {
    if (none()) {
      return Optional.empty();
    }
    if (!figures.containsAll(figures(text))) {
      return Optional.of("ungrounded");
    }
    return prose(text, least);
  }

  /** As {@link #broken}, without a look at figures: examples may have their own. */
  Optional<String> prose(String text, double least) {
    Set<String> stems = stems(text);
    return none() || !sameLanguage || stems.isEmpty() || share(stems, all) >= least
        ? Optional.empty()
        : Optional.of("ungrounded");
  }

  private static double share(Set<String> stems, Set<String> known) {
    return (double) stems.stream().filter(known::contains).count() / stems.size();
  }

  private static Set<String> figures(String text) {
    return FIGURES.of(text);
  }

  private static Set<String> readFigures(String text) {
    Set<String> figures = new HashSet<>();
    Matcher matcher = FIGURE.matcher(text);
    while (matcher.find()) {
      figures.add(matcher.group().replaceAll("[,.](?=\\d{3}\\b)", ""));
    }
    return figures;
  }

  /** Words of four letters and more without their endings; numbers. */
  static Set<String> stems(String text) {
    return STEMS.of(text);
  }

  private static Set<String> readStems(String text) {
    Set<String> stems = new HashSet<>();
    for (String word : Sentences.words(text)) {
      if (word.length() > 3 || Character.isDigit(word.charAt(0))) {
        stems.add(
            word.length() > STEM
                ? word.substring(0, STEM)
                : word.length() > 4 && word.endsWith("s")
                    ? word.substring(0, word.length() - 1)
                    : word);
      }
    }
    return stems;
  }
}
