package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody did: "Christopher Wren drew a plan of wide avenues ...".
 *
 * @param who the person's name as the sentence has it
 * @param did the verb and what follows it, without a full stop
 */
record Deed(String who, String did, Unit unit) {
  private static final String NAME = "\\p{Lu}[\\p{L}.'’-]*";

  /** A name's last word, or the last with what goes before it: "De la Beche". */
  private static final String SURNAME =
      "(?: (?:[Dd]e(?: [Ll]a)?|[Dd]el|[Dd]i|[Dd]u|[Dd]a|[Vv]an(?: [Dd]e[rn]?)?|[Vv]on)(?="
          + " \\p{Lu}))? \\p{Lu}\\p{Ll}+";

  /** A name of two words or more, what stands beside it, and a verb. */
  private static final Pattern TOLD =
      Pattern.compile(
          "^((?:(?:King|Queen|Sir|Lady|Dr\\.?|Captain|President|Emperor|Pope) )?"
              + NAME
              + "(?: (?:van|von|de|da|di|du|of|[Dd]e la))?(?: "
              + NAME
              + "){1,3})(, (?:an?|the|then|who)\\b[^,]{3,60},)? (\\p{Ll}.+)[.]$");

  private static final Pattern BY_SURNAME =
      Pattern.compile("^(\\p{Lu}\\p{Ll}+)(, (?:an?|the|then|who)\\b[^,]{3,60},)? (\\p{Ll}.+)[.]$");

  /** Names of what is nobody. */
  private static final Pattern NOBODY =
      Pattern.compile(
          ".*\\b(?:Act|Amendment|Bank|Board|Bridge|Cathedral|Church|City|College|Commons|Company|Convention|Council"
              + "|Court|Declaration|Empire|Fire|Hall|House|Institute|Island|Islands|Lake|Lane|League|Ministry"
              + "|Museum|Ocean|Office|Palace|Parliament|Party|Prize|Republic|River|Road|Sea|Society|State|States|Street"
              + "|System|Tower|Treaty|Union|University|War|Zealand|America|Britain|Kingdom|London|York|Protocol|Code|Rule|Law|Standard)\\b.*");

  /** A first name that is common for people is not known here: two capitals within a sentence. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?<=[\\p{Ll},] )(?:Sir |Lady |King |Queen )?\\p{Lu}\\p{Ll}+(?: \\p{Lu}[.])?(?:"
              + SURNAME
              + "){1,2}\\b(?!['’]s \\p{Lu})|^\\p{Lu}\\p{Ll}+(?: \\p{Lu}[.])?(?:"
              + SURNAME
              + "){1,2}(?="
              + " (?:\\p{Ll}+ed|was|had|drew|wrote|became|led|took|built|gave|found|made|saw|won)\\b)");

  private static final Pattern LEANS =
      Pattern.compile(
          "(?i).*\\b(?:it|they|them|him|her|his|she|he|this|that|these|those|their|its|such|there|also|later|then|too)\\b.*");
  private static final int LONGEST = 100;

  /**
   * What a sentence says that somebody did.
   *
   * @param people full names by surname, for sentences that have the surname alone
   */
  static Optional<Deed> in(Unit unit, Map<String, String> people, EnglishText english) {
    Matcher told = TOLD.matcher(unit.text());
    if (!told.matches()) {
      told = BY_SURNAME.matcher(unit.text());
    }
    if (!told.matches() || NOBODY.matcher(told.group(1)).matches()) {
      return Optional.empty();
    }
    String who = people.getOrDefault(told.group(1), told.group(1));
    if (!who.contains(" ")) {
      return Optional.empty();
    }
    int verb = told.start(3);
    Optional<Word> first = unit.words().stream().filter(word -> word.start() == verb).findFirst();
    String did =
        told.group(3)
            .split(
                "(?:[;:]|, (?:and|but|which|who|because|so|while|where)\\b| (?:because|so"
                    + " that|although) )",
                2)[0]
            .strip();
    boolean past =
        first.isPresent()
            && (first.get().tag().matches("VERB|AUX")
                && (first.get().text().matches("was|were|had|.*ed")
                    || !first.get().text().equals(first.get().lemma())
                        && !first.get().text().endsWith("s")));
    return past
            && did.length() <= LONGEST
            && did.split(" ").length >= 4
            && !LEANS.matcher(did).matches()
            && !did.endsWith(",")
            && english.words(who).stream().anyMatch(word -> word.tag().equals("PROPN"))
        ? Optional.of(new Deed(who, did, unit))
        : Optional.empty();
  }

  /** Full names of people in the text by surname, in its order. */
  static Map<String, String> people(List<Unit> units) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Unit unit : units) {
      Matcher name = NAMED.matcher(unit.kind() == Kind.SENTENCE ? unit.text() : "");
      while (name.find()) {
        String before = unit.text().substring(0, name.start());
        boolean place = before.matches("(?i).*\\b(?:in|at|from|to|near|the|through|across|into) $");
        if (!place && !NOBODY.matcher(name.group()).matches()) {
          String[] parts = name.group().split(" ");
          names.putIfAbsent(parts[parts.length - 1], name.group());
        }
      }
    }
    return names;
  }

  String question() {
    return "Who " + did + "?";
  }

  /** The name with what it did, as a sentence. */
  String answer() {
    return who + " " + did + ".";
  }

  /** The last word of the name. */
  String surname() {
    return who.substring(who.lastIndexOf(' ') + 1);
  }
}
