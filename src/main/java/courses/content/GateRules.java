package courses.content;

import courses.sources.LanguageGuess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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

  /** A course about a language quotes it. */
  private static final Pattern LANGUAGE_COURSE =
      Pattern.compile(
          "(?i)\\b(?:english|spanish|french|german|italian|portuguese|dutch|russian|polish|turkish"
              + "|arabic|hebrew|hindi|chinese|mandarin|japanese|korean|latin|greek|swedish|ukrainian"
              + "|grammar|vocabulary|translation|language)\\b");

  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\b(?:https?|ftp)://[^\\s)>\\]\"'`]+|\\bwww\\.[^\\s)>\\]\"'`]+");

  /** "Fifty" is 50. */
  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("eleven", "11"),
          Map.entry("twelve", "12"),
          Map.entry("fifteen", "15"),
          Map.entry("twenty", "20"),
          Map.entry("thirty", "30"),
          Map.entry("forty", "40"),
          Map.entry("fifty", "50"),
          Map.entry("sixty", "60"),
          Map.entry("seventy", "70"),
          Map.entry("eighty", "80"),
          Map.entry("ninety", "90"));

  private static final Optional<String> FOREIGN_ADDRESS = Optional.of("foreign_address");
  private static final Remembered<Look> USUAL = new Remembered<>(text -> Look.at(text, false));
  private static final Remembered<Look> ABOUT_MODELS =
      new Remembered<>(text -> Look.at(text, true));
  private static final Remembered<Boolean> FOREIGN = new Remembered<>(GateRules::foreignTo);

  private final String source;
  private final String language;
  private final boolean aboutModels;
  private final boolean aboutLanguage;

  /**
   * @param source all text of the source, to know which addresses are its own
   */
  GateRules(Brief brief, String source) {
    this(brief.title(), brief.targetLanguage(), source);
  }

  /**
   * @param subject what the texts are about
   * @param language they are to be in; BCP 47 tag
   */
  GateRules(String subject, String language, String source) {
    this.source = source.toLowerCase(Locale.ROOT);
    this.language = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    this.aboutModels = Orders.isSubject(subject);
    this.aboutLanguage = LANGUAGE_COURSE.matcher(subject).find();
  }

  /** Whether prose is in the course's language, as far as so many words can tell. */
  Optional<String> foreign(String text) {
    return !aboutLanguage && FOREIGN.of(language + '\n' + text)
        ? Optional.of("wrong_language")
        : Optional.empty();
  }

  private static boolean foreignTo(String languageAndText) {
    int end = languageAndText.indexOf('\n');
    String prose = languageAndText.substring(end + 1).replaceAll("(?s)```.*?```|`[^`]*`", " ");
    return LanguageGuess.isForeign(prose, languageAndText.substring(0, end));
  }

  /** The rule a text breaks; texts may be Markdown. */
  Optional<String> broken(String text) {
    Look look = (aboutModels ? ABOUT_MODELS : USUAL).of(text);
    return look.broken().isPresent() || look.addresses().stream().allMatch(source::contains)
        ? look.broken()
        : FOREIGN_ADDRESS;
  }

  /**
   * What can be said of a text without its source.
   *
   * @param addresses in plain text, lower-case: the source's own may stand there
   */
  private record Look(Optional<String> broken, List<String> addresses) {
    static Look at(String text, boolean aboutModels) {
      if (text.isBlank()) {
        return broken("empty");
      }
      if (ERROR_TEXT.matcher(text).find()) {
        return broken("error_text");
      }
      if (Orders.given(text) || !aboutModels && Orders.toModel(text)) {
        return broken("instruction");
      }
      SafeHtml.Carried carried = SafeHtml.carried(text);
      if (carried.markup()) {
        return broken("markup");
      }
      // Addresses of the source are its own words, but as a link a stranger's address is bait.
      for (String address : carried.addresses()) {
        if (!address.isEmpty() && !address.startsWith("#")) {
          return new Look(FOREIGN_ADDRESS, List.of());
        }
      }
      return new Look(
          Optional.empty(),
          ADDRESS
              .matcher(text)
              .results()
              .map(found -> found.group().toLowerCase(Locale.ROOT))
              .filter(address -> !address.matches(".*\\bexample\\.(?:com|org|net)\\b.*"))
              .toList());
    }

    private static Look broken(String rule) {
      return new Look(Optional.of(rule), List.of());
    }
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
      if (!distinct.add(essence(option))) {
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

  /** The first rule that is broken; later ones are not looked at then. */
  @SafeVarargs
  static Optional<String> first(Supplier<Optional<String>>... rules) {
    for (Supplier<Optional<String>> rule : rules) {
      Optional<String> broken = rule.get();
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  /** Code may have signs of markup, but no orders. */
  Optional<String> brokenCode(String code) {
    return Orders.given(code.replaceAll("(?i)javascript:", ""))
        ? Optional.of("instruction")
        : Optional.empty();
  }

  static Optional<String> given(String question, String answer) {
    return givenAway(question, answer) ? Optional.of("given_away") : Optional.empty();
  }

  /** An option without case, marks and articles: "The yeast" is "yeast". */
  private static String essence(String option) {
    List<String> words = new ArrayList<>(Sentences.words(option));
    words.replaceAll(word -> NUMBERS.getOrDefault(word, word));
    if (!words.isEmpty() && words.get(0).matches("\\d+")) {
      words.removeAll(List.of("percent", "per", "cent"));
    }
    if (words.size() > 1 && Set.of("a", "an", "the").contains(words.get(0))) {
      words.remove(0);
    }
    return words.isEmpty() ? option.strip() : String.join(" ", words);
  }

  /** Whether a right answer stands in the question itself. */
  static boolean givenAway(String question, String answer) {
    String asked = " " + String.join(" ", Sentences.words(question)) + " ";
    String given = String.join(" ", Sentences.words(answer));
    return given.length() > 2 && asked.contains(" " + given + " ");
  }
}
