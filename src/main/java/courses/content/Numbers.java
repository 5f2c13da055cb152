package courses.content;

import java.time.Year;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one figure of a sentence, and others that could stand in its place. */
final class Numbers {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.,])(\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?)(?![\\p{L}\\p{N}]|[.,]\\d)");
  private static final double[] FACTORS = {0.5, 1.5, 2, 0.25, 3};

  /** Where a lower figure would be true as well. */
  private static final double[] LARGER = {2, 1.5, 3, 2.5, 4};

  private static final double[] SMALLER = {0.5, 0.75, 0.25, 0.4, 0.6};
  private static final Pattern BELOW_TOO =
      Pattern.compile(
          "(?i).*\\b(?:at least|more than|over|above|not less than|no less than|no fewer than"
              + "|exceeds?|beyond|minimum of)\\s+(?:about |around |some )?[^\\p{L}]?$");
  private static final Pattern BEYOND_TOO =
      Pattern.compile(
          "(?i).*\\b(?:up to|at most|less than|fewer than|under|below|within|no more than|not more"
              + " than|maximum of|as (?:much|many) as)\\s+(?:about |around |some )?[^\\p{L}]?$");
  private static final String OR_MORE = "(?is)\\W*(?:\\p{L}+ )?or (?:more|older|later|above)\\b.*";
  private static final String OR_LESS =
      "(?is)\\W*(?:\\p{L}+ )?or (?:less|fewer|younger|below)\\b.*";

  /** "repairs of up to 100 euros are free": of which others that is true nobody is told. */
  private static final Pattern RESTRICTING =
      Pattern.compile(
          "(?i).*\\b(?:of|with|for) (?:at least|more than|over|up to|at most|less than|under"
              + "|no more than|fewer than)\\s+(?:about )?[^\\p{L}]?$");

  /**
   * "After 90 minutes the store is empty": after 180 too, and the Romans' arches after 500 years.
   */
  private static final Pattern LASTING =
      Pattern.compile("(?i).*\\b(?:after|for) (?:about |some |around |another )?$");

  private static final Pattern BEFORE =
      Pattern.compile("(?i).*\\b(?:before|until|till)\\s+(?:about |around )?$");
  private static final Pattern SINCE =
      Pattern.compile("(?i).*\\b(?:after|since|by)\\s+(?:about |around )?$");
  private static final int[] YEARS = {-12, 9, 31, -27, 18};

  private Numbers() {}

  /** The only figure of a text, if it has more than one digit: single ones are often idle. */
  static Optional<MatchResult> only(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.find() || number.group(1).length() < 2) {
      return Optional.empty();
    }
    MatchResult found = number.toMatchResult();
    return text.chars().filter(Character::isDigit).count()
            == found.group(1).chars().filter(Character::isDigit).count()
        ? Optional.of(found)
        : Optional.empty();
  }

  /**
   * Three others of its kind that are not true too: who needs at least 50 needs at least 25. Years
   * stay near, shares stay below 100.
   *
   * @param context the sentence with the figure
   * @param source whose figures are left out: one of them may fit as well
   */
  static List<String> others(String answer, String context, String source) {
    Set<String> said = new HashSet<>();
    NUMBER.matcher(source).results().forEach(found -> said.add(found.group(1).replace(",", "")));
    return others(answer, context).stream()
        .filter(other -> !said.contains(other.replace(",", "")))
        .limit(3)
        .toList();
  }

  /**
   * Whether a wrong option of a gap is true as well: who needs at least 50 needs at least 25.
   *
   * @param question with the gap
   */
  static boolean alsoTrue(String question, String right, List<String> options) {
    if (!right.matches("\\d[\\d,]*(?:\\.\\d+)?")) {
      return false;
    }
    double value = Double.parseDouble(right.replace(",", ""));
    String said = question.replaceFirst("_{3,}", right);
    int open = open(right, said, right.length() == 4 && value >= 1000 && value <= 2100);
    return Math.abs(open) == 1
        && options.stream()
            .filter(option -> option.matches("\\d[\\d,]*(?:\\.\\d+)?"))
            .mapToDouble(option -> Double.parseDouble(option.replace(",", "")))
            .anyMatch(other -> open < 0 ? other < value : other > value);
  }

  /**
   * Whether what is said of the figure is true of all beyond it too: 1; below it: -1; of itself
   * only: 0; greatest where that can't be told.
   */
  private static int open(String answer, String context, boolean year) {
    Matcher number = NUMBER.matcher(context);
    while (number.find()) {
      if (number.group(1).equals(answer)) {
        String before = context.substring(0, number.start());
        String after = context.substring(number.end());
        if (RESTRICTING.matcher(before).matches() || !year && LASTING.matcher(before).matches()) {
          return Integer.MAX_VALUE;
        }
        if (BELOW_TOO.matcher(before).matches()
            || after.matches(OR_MORE)
            || year && BEFORE.matcher(before).matches()) {
          return -1;
        }
        if (BEYOND_TOO.matcher(before).matches()
            || after.matches(OR_LESS)
            || year && SINCE.matcher(before).matches()) {
          return 1;
        }
      }
    }
    return 0;
  }

  /** Others of its kind, some more than three where there are so many. */
  private static List<String> others(String answer, String context) {
    boolean percent = context.matches("(?s).*(?:percent|per cent|%).*");
    boolean commas = answer.contains(",");
    double value = Double.parseDouble(answer.replace(",", ""));
    int decimals = answer.contains(".") ? answer.length() - answer.indexOf('.') - 1 : 0;
    boolean year = value >= 1000 && value <= 2100 && !commas && decimals == 0;
    int now = Year.now(ZoneOffset.UTC).getValue();
    int open = open(answer, context, year);
    if (open == Integer.MAX_VALUE) {
      return List.of();
    }
    double[] factors = open < 0 ? LARGER : open > 0 ? SMALLER : FACTORS;
    boolean mixed = answer.hashCode() % 2 == 0;
    Set<String> wrong = new LinkedHashSet<>();
    for (int i = 0; i < factors.length; i++) {
      int at = mixed ? factors.length - 1 - i : i;
      double other =
          year
              ? value + (open == 0 ? YEARS[at] : -open * Math.abs(YEARS[at]))
              : value * factors[at];
      if (year && value <= now && other > now) {
        if (open != 0) {
          continue;
        }
        // what has happened did not happen in a year to come: everybody would know
        other = value - YEARS[at];
      }
      if (percent && other > 100) {
        other = open < 0 ? value + (100 - value) * (0.2 + 0.15 * i) : value * (0.3 + 0.15 * i);
      }
      if (decimals == 0 && other >= 100 && !year) {
        double unit = Math.pow(10, Math.floor(Math.log10(other)) - 1);
        other = Math.round(other / unit) * unit;
      }
      String text = String.format(Locale.ROOT, (commas ? "%,." : "%.") + decimals + "f", other);
      if (!text.equals(answer) && Double.parseDouble(text.replace(",", "")) > 0) {
        wrong.add(text);
      }
    }
    return List.copyOf(wrong);
  }
}
