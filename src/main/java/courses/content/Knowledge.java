package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import courses.content.Terms.Found;
import courses.content.Terms.Term;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text says outright: definitions ("An X is a ...", after Hearst's patterns, 1992), reasons
 * ("... because ..."), and sentences that can stand alone.
 */
final class Knowledge {
  /**
   * A definition found in the text.
   *
   * @param article with which the term is asked for: {@code "a "}, {@code "an "}, {@code "the "} or
   *     nothing
   * @param meaning without a full stop, beginning with a small letter
   * @param sentence the whole sentence
   */
  record Definition(
      String lemma, String term, String article, boolean plural, String meaning, Unit unit) {
    String question() {
      return "What " + (plural ? "are " : "is ") + article + term + "?";
    }

    /** The definition as a sentence of its own. */
    String answer() {
      return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
    }

    String titled() {
      return Character.toUpperCase(term.charAt(0)) + term.substring(1);
    }
  }

  /** A fact and why it is so. */
  record Reason(String fact, String because, Unit unit) {
    String question() {
      return "Why is it that " + fact + "?";
    }

    String answer() {
      return "Because " + because + ".";
    }
  }

  private static final Pattern IS =
      Pattern.compile(
          "^(?:(A|An|The)\\s+)?([\\p{L}][\\p{L}"
              + " '’-]{2,45}?)(?:\\s*\\(([^)]{2,40})\\))?,?\\s+(is|are|refers to|means|is defined"
              + " as|is the name for)\\s+(?:called\\s+)?(.{12,220}?)[.!]?$");
  private static final Pattern CALLED =
      Pattern.compile(
          "^(.{15,160}?)\\s+(?:is|are)\\s+(?:called|known"
              + " as|termed)\\s+(?:(?:a|an|the)\\s+)?([\\p{L}][\\p{L} '’-]{2,40}?)[.!]?$");
  private static final Pattern COLON =
      Pattern.compile("^([\\p{Lu}][\\p{L} '’-]{2,40}?)\\s*(?::|–|—)\\s+(.{15,220}?)[.!]?$");
  private static final Pattern BECAUSE =
      Pattern.compile("^([^,;:]{15,140}?),?\\s+because\\s+(?!of\\b)(.{10,160}?)[.!]$");

  /** "openings in its leaves, which": what is named began before the clause, nobody knows where. */
  private static final Pattern OPEN_ENDED =
      Pattern.compile(
          "(?i).*(?:^|[\\s,])(?:which|that|who|whom|what|and|or|but|it|they|these|this)$");

  private static final Pattern LEANING =
      Pattern.compile(
          "(?i)^(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|here|there|both|neither|either|another"
              + "|others?|then|however|therefore|thus|also|instead|meanwhile|still|yet|again|first|second|third|finally|next|later|similarly|likewise|moreover|furthermore|otherwise|in"
              + " other words|for example|for instance|as a result|in contrast|by contrast|on the"
              + " other hand|that's|it's|we|i|you|i'm|we're|you're|let's|let|if you|when"
              + " you|because of this|after that|before that|at this|in this|for this|from"
              + " this|with this|to this|one|some|all of|most"
              + " of|none|each|what|which|who|why|how|where|like|to|or|nor|not|even"
              + " so|once|again)\\b.*");
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(?i).*\\b(?:i|we|us|our|you|your|i'm|i'll|we'll|let's|today|tonight|video|chapter|figure|above|below|slide|screen|earlier|later"
              + " on|as (?:we|you)|just saw|in this way|these two|those two|the former|the"
              + " latter|said|mentioned|told)\\b.*");
  private static final Set<String> DEFINING =
      Set.of("a", "an", "the", "any", "how", "when", "where", "what", "anything", "one", "all");

  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final List<Reason> reasons = new ArrayList<>();
  private final List<Unit> statements = new ArrayList<>();
  private final List<Term> terms;

  Knowledge(List<Unit> units, EnglishText english) {
    terms = Terms.of(units, english);
    Map<String, Term> known = new HashMap<>();
    terms.forEach(term -> known.put(term.lemma(), term));
    for (Unit unit : units) {
      if (unit.kind() == Kind.HEADING) {
        continue;
      }
      define(unit, known, english);
      if (unit.kind() == Kind.SENTENCE && standsAlone(unit)) {
        statements.add(unit);
        Matcher because = BECAUSE.matcher(unit.text());
        if (because.matches() && !leans(because.group(2))) {
          reasons.add(
              new Reason(
                  lowered(because.group(1), unit.words().get(0), english), because.group(2), unit));
        }
      }
    }
  }

  /** Definitions in the order of the text, one a term. */
  List<Definition> definitions() {
    return List.copyOf(definitions.values());
  }

  Optional<Definition> definition(String lemma) {
    return Optional.ofNullable(definitions.get(lemma));
  }

  List<Reason> reasons() {
    return reasons;
  }

  /** Sentences that say something complete about the subject. */
  List<Unit> statements() {
    return statements;
  }

  /** Terms worth knowing: said twice, or defined. */
  List<Term> terms() {
    return terms.stream()
        .filter(term -> term.count() > 1 || definitions.containsKey(term.lemma()))
        .toList();
  }

  private static boolean leans(String clause) {
    return clause.matches("(?i)(?:it|they|this|that|these|those|he|she|we|you|i|there)\\b.*");
  }

  static boolean standsAlone(Unit unit) {
    String text = unit.text();
    int length = unit.length();
    return length >= 7
        && length <= 32
        && text.endsWith(".")
        && !LEANING.matcher(text).matches()
        && !PERSONAL.matcher(text).matches()
        && text.chars().filter(c -> c == '"' || c == '“' || c == '(' || c == ')').count() % 2 == 0
        && unit.words().stream().anyMatch(w -> w.tag().equals("VERB") || w.tag().equals("AUX"));
  }

  private void define(Unit unit, Map<String, Term> known, EnglishText english) {
    String text = unit.text();
    if (text.endsWith("?") || PERSONAL.matcher(text).matches()) {
      return;
    }
    Matcher colon = COLON.matcher(text);
    if (colon.matches() && colon.group(1).split(" ").length <= 4) {
      put(colon.group(1), "", colon.group(2), unit, english, true);
      return;
    }
    Matcher called = CALLED.matcher(text);
    if (called.matches() && called.group(2).split(" ").length <= 4 && !leans(called.group(1))) {
      if (OPEN_ENDED.matcher(called.group(1)).matches()) {
        return;
      }
      String meaning = called.group(1).replaceFirst("^(?i)(?:and|so|but)\\s+", "");
      put(called.group(2), "", meaning, unit, english, true);
      return;
    }
    Matcher is = IS.matcher(text);
    if (!is.matches() || LEANING.matcher(text).matches()) {
      return;
    }
    String meaning = is.group(5);
    String first = meaning.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    boolean verb = !is.group(4).equals("is") && !is.group(4).equals("are");
    boolean plural = is.group(4).equals("are");
    boolean defining = verb || DEFINING.contains(first) || plural && nounFirst(meaning, english);
    boolean the = "The".equals(is.group(1));
    // "The X is the Y" tells which, not what: only a noun that is explained by "a ..." or a clause.
    if (!defining
        || first.equals("one")
        || the
            && !meaning.matches("(?i)(?:a|an|the) .*\\b(?:that|which|of|where|who|between)\\b.*")) {
      return;
    }
    if (meaning.matches(
        "(?i)(?:a|an|the)"
            + " (?:good|bad|great|big|common|key|main|best|first|last|same|only|most|least|more|result|reason|problem|mistake|lot|bit|little|few|much|number|matter|start|example|case|question|answer|way|kind"
            + " of)\\b.*")) {
      return;
    }
    put(
        is.group(2),
        is.group(1) == null ? "" : is.group(1).toLowerCase(Locale.ROOT) + " ",
        meaning,
        unit,
        english,
        false);
  }

  private static boolean nounFirst(String meaning, EnglishText english) {
    List<Word> words = english.words(meaning);
    return words.size() > 4
        && (words.get(0).isNoun() || words.get(0).tag().equals("ADJ") && words.get(1).isNoun())
        && meaning.matches(".*\\b(?:that|which|who|where|of|in)\\b.*");
  }

  private void put(
      String term, String article, String meaning, Unit unit, EnglishText english, boolean loose) {
    List<Word> words = english.words(term);
    List<Found> phrases = Terms.phrases(words, term, english);
    // "Kneading is the ...": the tagger takes such a word for a verb.
    boolean gerund = phrases.isEmpty() && term.matches("\\p{L}{3,}ing");
    if (phrases.size() != 1 && !gerund) {
      return;
    }
    Found found =
        gerund
            ? new Found(term.toLowerCase(Locale.ROOT), 0, term.length(), false, false)
            : phrases.get(0);
    boolean whole = found.end() == term.length() && found.start() == 0;
    if (!whole && !(loose && found.end() == term.length()) || meaning.length() < 12) {
      return;
    }
    String cut = meaning.strip();
    // "This pull", "a different danger": the words lean on what stood before.
    if (cut.matches("(?i).*\\b(?:this|these|those|they|it|different|another)\\b.*")
        || cut.split(" ").length < 4) {
      return;
    }
    String head = term.substring(found.start(), found.end());
    if (cut.toLowerCase(Locale.ROOT).contains(head.toLowerCase(Locale.ROOT))) {
      return;
    }
    if (!found.name() && english.frequency(head.split(" ")[0]) > 0) {
      head = Character.toLowerCase(head.charAt(0)) + head.substring(1);
    }
    String lower =
        Character.isUpperCase(cut.charAt(0)) && !english.words(cut).get(0).tag().equals("PROPN")
            ? Character.toLowerCase(cut.charAt(0)) + cut.substring(1)
            : cut;
    definitions.putIfAbsent(
        found.lemma(), new Definition(found.lemma(), head, article, found.plural(), lower, unit));
  }

  private static String lowered(String clause, Word first, EnglishText english) {
    boolean name = first.tag().equals("PROPN") && english.frequency(first.text()) == 0;
    return name || first.text().equals("I")
        ? clause
        : Character.toLowerCase(clause.charAt(0)) + clause.substring(1);
  }
}
