package courses.content;

import courses.content.SourceText.Unit;
import courses.content.Terms.Found;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences that say what a term means: "An X is a ...", "... is called X", "X: ...", "an X, which
 * is a ..." (after the patterns of Hearst 1992, turned to definitions).
 */
final class DefinitionFinder {
  private static final Pattern IS =
      Pattern.compile(
          "^(?:(A|An|The)\\s+)?([\\p{L}][\\p{L}"
              + " '’-]{2,45}?)(?:\\s*\\(([^)]{2,40})\\))?,?\\s+(is|are|refers to|means|is defined"
              + " as|is the name for)\\s+(?:called\\s+)?(.{12,220}?)[.!]?$");
  private static final Pattern CALLED =
      Pattern.compile(
          "^(.{15,160}?)\\s+(?:is|are)\\s+(?:called|known"
              + " as|termed)\\s+(?:(a|an|the)\\s+)?([\\p{L}][\\p{L} '’-]{2,40}?)[.!]?$");
  private static final Pattern COLON =
      Pattern.compile("^([\\p{Lu}][\\p{L} '’-]{2,40}?)\\s*(?::|–|—)\\s+(.{15,220}?)[.!]?$");
  private static final Pattern HAPPENS =
      Pattern.compile(
          "^(A|An|The)\\s+([\\p{L}][\\p{L} '’-]{2,45}?)\\s+(?:happens|occurs) (when"
              + " .{15,160}?)[.!]$");
  private static final Pattern WHICH =
      Pattern.compile(
          "(?:\\b(a|an|the)\\s+)?([\\p{L}][\\p{L} '’-]{2,40}), which (is|are)"
              + " ((?:an?|the)\\s.{12,140}?)[.;!]$");

  /** "openings in its leaves, which": what is named began before the clause, nobody knows where. */
  private static final Pattern OPEN_ENDED =
      Pattern.compile(
          "(?i).*(?:^|[\\s,])(?:which|that|who|whom|what|and|or|but|it|they|these|this)$");

  private static final Set<String> DEFINING =
      Set.of("a", "an", "the", "any", "how", "when", "where", "what", "anything", "all");
  private static final Pattern NO_DEFINITION =
      Pattern.compile(
          "(?i)(?:a|an|the)"
              + " (?:good|bad|great|big|common|usual|key|main|best|first|second|last|same|only|most|least|more|result|cause|reason|problem|mistake|lot|bit|little|few|much|matter|start|example|case|question|answer|way"
              + " (?!to\\b)|idea|trick|kind of|right|wrong)\\b.*|(?i)(?:that|what people)\\b.*");
  private static final Pattern CLAUSE =
      Pattern.compile("(?:,|;)\\s+(?:and|but|so|yet|because|while)\\s");

  private final EnglishText english;

  DefinitionFinder(EnglishText english) {
    this.english = english;
  }

  Optional<Definition> in(Unit unit) {
    String text = unit.text();
    if (text.endsWith("?") || Standing.personal(text)) {
      return Optional.empty();
    }
    Matcher colon = COLON.matcher(text);
    if (colon.matches() && colon.group(1).split(" ").length <= 4) {
      return define(colon.group(1), "", colon.group(2), unit, true);
    }
    Matcher end = CLAUSE.matcher(text);
    Matcher called = CALLED.matcher(end.find() ? text.substring(0, end.start()) : text);
    if (called.matches()
        && called.group(3).split(" ").length <= 4
        && !Standing.leans(called.group(1))
        && !OPEN_ENDED.matcher(called.group(1)).matches()) {
      String meaning =
          called.group(1).replaceFirst("^(?i)(?:and|so|but)\\s+", "").replace(" these ", " ");
      return define(called.group(3), article(called.group(2)), meaning, unit, true);
    }
    Matcher happens = HAPPENS.matcher(text);
    if (happens.matches()) {
      return define(
          happens.group(2),
          article(happens.group(1)),
          "what happens " + happens.group(3),
          unit,
          false);
    }
    Matcher which = WHICH.matcher(text);
    if (which.find() && !NO_DEFINITION.matcher(which.group(4)).matches()) {
      Optional<Definition> found = aside(which, unit);
      if (found.isPresent()) {
        return found;
      }
    }
    Matcher is = IS.matcher(text);
    return is.matches() && !Standing.leans(text) && says(is)
        ? define(is.group(2), article(is.group(1)), is.group(5), unit, false)
        : Optional.empty();
  }

  private static String article(String found) {
    return found == null ? "" : found.toLowerCase(Locale.ROOT) + " ";
  }

  /** "... with a quick link, which is a pair of plates ...": the last phrase is what is meant. */
  private Optional<Definition> aside(Matcher which, Unit unit) {
    String before = which.group(2);
    List<Found> phrases = Terms.phrases(english.words(before), before, english);
    if (phrases.isEmpty() || phrases.get(phrases.size() - 1).end() != before.length()) {
      return Optional.empty();
    }
    Found last = phrases.get(phrases.size() - 1);
    Matcher article =
        Pattern.compile("(?i)\\b(an?|the)\\s+$")
            .matcher(
                which.group().substring(0, which.start(2) - which.start())
                    + before.substring(0, last.start()));
    return define(
        before.substring(last.start()),
        article.find() ? article(article.group(1)) : "",
        which.group(4),
        unit,
        false);
  }

  /** Whether what stands after "is" tells what something is, not just something about it. */
  private boolean says(Matcher is) {
    String meaning = is.group(5);
    String first = meaning.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    boolean verb = !is.group(4).equals("is") && !is.group(4).equals("are");
    boolean plural = is.group(4).equals("are");
    boolean the = "The".equals(is.group(1));
    // "The X is the Y" tells which, not what: only a noun that is explained by "a ..." or a clause.
    return (verb || DEFINING.contains(first) || plural && nounFirst(meaning))
        && !NO_DEFINITION.matcher(meaning).matches()
        && !(the
            && !meaning.matches("(?i)(?:an?|the) .*\\b(?:that|which|of|where|who|between)\\b.*"));
  }

  private boolean nounFirst(String meaning) {
    List<Word> words = english.words(meaning);
    return words.size() > 4
        && (words.get(0).isNoun() || words.get(0).tag().equals("ADJ") && words.get(1).isNoun())
        && meaning.matches(".*\\b(?:that|which|who|where|of|in)\\b.*");
  }

  /** "Wet lubricant": the one word before a noun that the tagger does not take for a part of it. */
  private static boolean describes(List<Word> tagged, Found noun) {
    return noun.start() > 4
        && tagged.size() == 3
        && tagged.get(1).tag().matches("VERB|ADJ|ADV|NUM")
        && tagged.get(1).text().matches("\\p{L}{3,}");
  }

  /**
   * @param loose the term may have words before it that don't belong to it
   */
  private Optional<Definition> define(
      String written, String article, String said, Unit unit, boolean loose) {
    boolean common =
        article.isEmpty()
            && english.frequency(written.split("[ -]")[0].toLowerCase(Locale.ROOT)) > 0;
    String term =
        common ? Character.toLowerCase(written.charAt(0)) + written.substring(1) : written;
    // The tagger knows a noun by its article: "Truing", "bead" and "wet" are verbs to it otherwise.
    String phrase = "the " + term;
    List<Word> tagged = english.words(phrase);
    List<Found> phrases = Terms.phrases(tagged, phrase, english);
    if (!loose && phrases.size() == 1 && describes(tagged, phrases.get(0))) {
      Found noun = phrases.get(0);
      phrases =
          List.of(
              new Found(
                  phrase.substring(4, noun.start()) + noun.lemma(),
                  4,
                  noun.end(),
                  noun.plural(),
                  noun.name()));
    }
    boolean gerund = phrases.isEmpty() && term.matches("\\p{L}{3,}ing");
    if (phrases.size() != 1 && !gerund) {
      return Optional.empty();
    }
    Found found =
        gerund
            ? new Found(term.toLowerCase(Locale.ROOT), 4, phrase.length(), false, false)
            : phrases.get(0);
    String meaning = said.strip();
    Matcher clause = CLAUSE.matcher(meaning);
    if (clause.find() && meaning.substring(0, clause.start()).split(" ").length >= 4) {
      meaning = meaning.substring(0, clause.start());
    }
    boolean whole = found.end() == phrase.length() && (found.start() == 4 || loose);
    // "This pull", "a different danger": the words lean on what stood before.
    if (!whole
        || meaning.matches(
            "(?i).*\\b(?:this|these|those|they|them|their|it|its|there|here|he|she|him|her|his|different|another)\\b.*")
        || meaning.split(" ").length < (loose ? 4 : 5)) {
      return Optional.empty();
    }
    String head = phrase.substring(found.start(), found.end());
    if (meaning.toLowerCase(Locale.ROOT).contains(head.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    boolean name = english.words(meaning).get(0).tag().equals("PROPN");
    String lower =
        Character.isUpperCase(meaning.charAt(0)) && !name
            ? Character.toLowerCase(meaning.charAt(0)) + meaning.substring(1)
            : meaning;
    return Optional.of(new Definition(found.lemma(), head, article, found.plural(), lower, unit));
  }
}
