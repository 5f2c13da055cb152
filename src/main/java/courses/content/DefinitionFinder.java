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
              + " (.{12,140}?)[.;!]$");

  /** "the evaporator, a set of tubes inside the walls ..." at the end of a sentence. */
  private static final Pattern APPOSITION =
      Pattern.compile(
          "\\b(an?|the|called|named)\\s+([\\p{L}][\\p{L} '’-]{2,40}),"
              + " (an?\\s(?:[\\p{L}'’-]+\\s){1,3}(?:of|that|which|whose|where|in|for|with|on|between|from|used)\\s[^,;:]{8,110}?)[.;!]$");

  /** "Deflation is the opposite, a fall in ...": said of the subject, not of "opposite". */
  private static final Pattern OPPOSITE =
      Pattern.compile(
          "^(?:(A|An|The)\\s+)?([\\p{L}][\\p{L} '’-]{2,40}?) (?:is|are) the"
              + " (?:opposite|reverse|contrary|same), (an?\\s.{12,140}?)[.;!]$");

  /** "openings in its leaves, which": what is named began before the clause, nobody knows where. */
  private static final Pattern OPEN_ENDED =
      Pattern.compile(
          "(?i).*(?:^|[\\s,])(?:which|that|who|whom|what|and|or|but|it|they|these|this)$");

  private static final Set<String> DEFINING =
      Set.of(
          "a",
          "an",
          "the",
          "any",
          "how",
          "when",
          "where",
          "what",
          "anything",
          "something",
          "somebody",
          "someone",
          "all");
  private static final Pattern NO_DEFINITION =
      Pattern.compile(
          "(?i)(?:a|an|the)"
              + " (?:\\p{L}+est|good|bad|great|big|common|usual|key|main|best|first|second|last|same|only|most|least|more|result|cause|reason|problem|mistake|lot|bit|little|few|much|matter|start|example|case|question|answer|way"
              + " (?!(?:to|of)\\b)|idea|trick|kind of|right|wrong)\\b.*|(?i)(?:that|what"
              + " people)\\b.*");
  private final EnglishText english;
  private final DefinedTerm terms;

  DefinitionFinder(EnglishText english) {
    this.english = english;
    this.terms = new DefinedTerm(english);
  }

  Optional<Definition> in(Unit unit) {
    String text = unit.text();
    if (text.endsWith("?") || Standing.personal(text)) {
      return Optional.empty();
    }
    Matcher colon = COLON.matcher(text);
    if (colon.matches() && colon.group(1).split(" ").length <= 4) {
      return terms.define(colon.group(1), "", colon.group(2), unit, true, "");
    }
    Matcher end = DefinedTerm.CLAUSE.matcher(text);
    Matcher called = CALLED.matcher(end.find() ? text.substring(0, end.start()) : text);
    if (called.matches()
        && called.group(3).split(" ").length <= 4
        && !Standing.leans(called.group(1))
        && !OPEN_ENDED.matcher(called.group(1)).matches()) {
      String meaning =
          called.group(1).replaceFirst("^(?i)(?:and|so|but)\\s+", "").replace(" these ", " ");
      return terms.define(called.group(3), article(called.group(2)), meaning, unit, true, "");
    }
    Matcher happens = HAPPENS.matcher(text);
    if (happens.matches()) {
      return terms.define(
          happens.group(2),
          article(happens.group(1)),
          "what happens " + happens.group(3),
          unit,
          false,
          "");
    }
    Matcher which = WHICH.matcher(text);
    if (which.find()
        && (which.group(4).matches("(?i)(?:an?|the)\\s.*")
            || which.group(3).equals("are") && nounFirst(which.group(4)))
        && !NO_DEFINITION.matcher(which.group(4)).matches()) {
      Optional<Definition> found = aside(which, unit);
      if (found.isPresent()) {
        return found;
      }
    }
    Matcher opposite = OPPOSITE.matcher(text);
    if (opposite.matches()) {
      return terms.define(
          opposite.group(2), article(opposite.group(1)), opposite.group(3), unit, false, "");
    }
    Matcher beside = APPOSITION.matcher(text);
    if (beside.find() && !NO_DEFINITION.matcher(beside.group(3)).matches()) {
      String article = beside.group(1).matches("an?|the") ? article(beside.group(1)) : "";
      Optional<Definition> found =
          terms.define(beside.group(2), article, beside.group(3), unit, false, "");
      if (found.isPresent()) {
        return found;
      }
    }
    Matcher is = IS.matcher(text);
    return is.matches() && !Standing.leans(text) && says(is)
        ? terms.define(is.group(2), article(is.group(1)), is.group(5), unit, false, is.group(4))
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
    return terms.define(
        before.substring(last.start()),
        article.find() ? article(article.group(1)) : "",
        which.group(4),
        unit,
        false,
        which.group(3));
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
        // "Wind is the enemy of long bridges"
        && (verb
            || !first.equals("the")
            || meaning.split(" ").length > 6
            || meaning.matches("(?i).*\\b(?:that|which|who|where|when|between)\\b.*"))
        && !(the
            && !meaning.matches("(?i)(?:an?|the) .*\\b(?:that|which|of|where|who|between)\\b.*"));
  }

  private boolean nounFirst(String meaning) {
    List<Word> words = english.words(meaning);
    return words.size() > 4
        && (words.get(0).isNoun()
            || words.get(0).tag().equals("ADJ")
                && (words.get(1).isNoun()
                    || words.get(1).tag().equals("ADJ") && words.get(2).isNoun()))
        && meaning.matches(".*\\b(?:that|which|who|whose|where|of|in)\\b.*");
  }
}
