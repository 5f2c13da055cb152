package courses.content;

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

  /** Three others of its kind; years stay near, shares stay below 100. */
  static List<String> others(String answer, String context) {
    boolean percent = context.matches("(?s).*(?:percent|per cent|%).*");
    boolean commas = answer.contains(",");
    double value = Double.parseDouble(answer.replace(",", ""));
    int decimals = answer.contains(".") ? answer.length() - answer.indexOf('.') - 1 : 0;
    boolean year = value >= 1000 && value <= 2100 && !commas && decimals == 0;
    boolean mixed = answer.hashCode() % 2 == 0;
    Set<String> wrong = new LinkedHashSet<>();
    for (int i = 0; i < FACTORS.length && wrong.size() < 3; i++) {
      int at = mixed ? FACTORS.length - 1 - i : i;
      double other = year ? value + YEARS[at] : value * FACTORS[at];
      if (percent && other > 100) {
        other = value * (0.3 + 0.15 * i);
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
