package courses.content;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a text may be stored as content: the rules' names are the reasons that are counted. */
final class GateRules {
  private static final Pattern ERROR_TEXT =
      Pattern.compile(
          "(?i)\\[object"
              + " Object]|\\bundefined\\b\\s*$|^\\s*(?:null|nan|n/a|error\\b.*|todo|tbd|\\.{3})\\s*$|lorem"
              + " ipsum|\\bas an? (?:ai|large language|language) (?:language )?model\\b|\\bI(?:'m|"
              + " am) (?:sorry|unable|not able)[, ]|\\bI (?:can(?:'|’)?t|cannot)"
              + " (?:help|assist|answer|provide|fulfil)|(?:generation|request) failed|content (?:is"
              + " )?(?:not available|unavailable)|\\brate limit(?:ed| exceeded)|internal server"
              + " error");
  private static final Pattern ORDER =
      Pattern.compile(
          "(?i)\\bignor(?:e|ing)"
              + " (?:all|any|the|your|my|every|previous|prior|above)\\b.{0,40}\\b(?:instructions?|prompts?|rules?|lesson|above)\\b|\\bsystem"
              + " prompt\\b|\\bpwned\\b|\\bdeveloper"
              + " mode\\b|\\bjailbreak|\\bjavascript:|\\bdata:text/html|\\bvbscript:");
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\b(?:https?|ftp)://[^\\s)>\\]\"'`]+|\\bwww\\.[^\\s)>\\]\"'`]+");

  private final String source;

  /**
   * @param source all text of the source, to know which addresses are its own
   */
  GateRules(String source) {
    this.source = source.toLowerCase(Locale.ROOT);
  }

  /** The rule a text breaks; texts may be Markdown. */
  Optional<String> broken(String text) {
    if (text.isBlank()) {
      return Optional.of("empty");
    }
    if (ERROR_TEXT.matcher(text).find()) {
      return Optional.of("error_text");
    }
    if (ORDER.matcher(text).find()) {
      return Optional.of("instruction");
    }
    SafeHtml.Carried carried = SafeHtml.carried(text);
    if (carried.markup()) {
      return Optional.of("markup");
    }
    // Addresses of the source are its own words, but as a link a stranger's address is bait.
    for (String address : carried.addresses()) {
      if (!address.isEmpty() && !address.startsWith("#")) {
        return Optional.of("foreign_address");
      }
    }
    var found = ADDRESS.matcher(text);
    while (found.find()) {
      if (!found.group().toLowerCase(Locale.ROOT).matches(".*\\bexample\\.(?:com|org|net)\\b.*")
          && !source.contains(found.group().toLowerCase(Locale.ROOT))) {
        return Optional.of("foreign_address");
      }
    }
    return Optional.empty();
  }

  Optional<String> broken(List<String> texts) {
    return texts.stream().flatMap(text -> broken(text).stream()).findFirst();
  }

  /** Rules of a question with options, of which exactly one is right. */
  static Optional<String> options(List<String> options, int correct, int fewest, int most) {
    if (options.size() < fewest
        || options.size() > most
        || correct < 0
        || correct >= options.size()) {
      return Optional.of("option_count");
    }
    Set<String> distinct = new HashSet<>();
    for (String option : options) {
      if (!distinct.add(
          String.join(" ", Sentences.words(option)).isEmpty()
              ? option.strip()
              : String.join(" ", Sentences.words(option)))) {
        return Optional.of("equal_options");
      }
      if (option.matches(
          "(?i)\\s*(?:all|none|both|neither) of (?:the above|these|them).*|\\s*(?:a and b|a, b and"
              + " c)\\s*")) {
        return Optional.of("meta_option");
      }
    }
    int right = options.get(correct).length();
    double others =
        (options.stream().mapToInt(String::length).sum() - right) / (options.size() - 1.0);
    return right > 2 * others + 15 || others > 3.0 * right + 25
        ? Optional.of("option_length")
        : Optional.empty();
  }

  /** Whether a right answer stands in the question itself. */
  static boolean givenAway(String question, String answer) {
    String asked = " " + String.join(" ", Sentences.words(question)) + " ";
    String given = String.join(" ", Sentences.words(answer));
    return given.length() > 2 && asked.contains(" " + given + " ");
  }
}
