package courses.content;

import courses.content.SourceText.Announcement;
import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import courses.content.Terms.Term;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part without a heading is called, as a teacher would: by what it announces, by the
 * question it asks, by the terms it explains, by what its first sentence says; by its two most
 * telling terms where there is nothing better. No two parts get the same name.
 */
final class LessonTitle {
  private static final int OPENING = 2;
  private static final int MOST_TERMS = 3;
  private static final int LONGEST = 60;
  static final int MOST_WORDS = 9;

  private static final Pattern BEGINS =
      Pattern.compile(
          "(?i).*?\\b(?:let['’]s|let me|we['’]ll|we will|i['’]ll|i want to|i['’]m going"
              + " to)\\s+(?:now\\s+|just\\s+|first\\s+|also\\s+)?(?:(?:start|begin|go"
              + " on|continue)(?: with| by looking at)?|look at|take a look at|talk about|turn"
              + " to|move on to|go to|explain(?: to you)?|show you|tell you(?:"
              + " about)?)\\s+(.{4,60}?)(?:[.;:!?]|, |$).*");

  static final Pattern POINTING =
      Pattern.compile(
          "(?i)(?:it|its|this|that|these|those|them|they|some|an example|one|something|what i|how"
              + " i|you|the (?:first|next|last) one|a"
              + " (?:few|couple|quick|short|little))\\b.*|.*\\b(?:this|these|those|they|them|it|its|here|there|me|my)\\b.*");

  private static final Pattern IDLE =
      Pattern.compile(
          "(?i)\\s+(?:itself|themselves|first|now|then|next|today|quickly|briefly|together|actually|really)\\b");

  private static final Pattern YEAR =
      Pattern.compile("(?i)(?:in|on|by|during)\\b.{0,25}\\b(1\\d{3}|20\\d{2})\\b.*");

  private final SourceText text;
  private final EnglishText english;
  private final Set<String> taken = new HashSet<>();

  LessonTitle(SourceText text, EnglishText english) {
    this.text = text;
    this.english = english;
  }

  /** Keeps a title from being given to another part. */
  String took(String title) {
    taken.add(title.toLowerCase(Locale.ROOT));
    return title;
  }

  /** A title for these units, which no other part has. */
  String of(List<Unit> units, Knowledge knowledge) {
    return took(
        announced(units)
            .or(() -> asked(units))
            .or(() -> happens(units))
            .or(() -> explained(knowledge))
            .or(() -> reason(units, knowledge))
            .or(() -> defined(units, knowledge))
            .or(() -> later(units))
            .orElseGet(() -> (knowledge.instructs() ? "Step by step: " : "") + topics(units)));
  }

  /** A title of a whole text that has none and speaks of nothing at its beginning. */
  String ofAll(List<Unit> units, Knowledge knowledge) {
    return dated(units).or(() -> explained(knowledge)).orElseGet(() -> topics(units));
  }

  /** What the first sentence of a text says that happens. */
  Optional<String> opening(List<Unit> units) {
    return happens(units.subList(0, Math.min(1, units.size())));
  }

  /** "The fire of 1666": what is named most, in the year that the first sentence is set in. */
  private Optional<String> dated(List<Unit> units) {
    Matcher year = YEAR.matcher(units.get(0).text());
    return year.matches()
        ? often(units).stream()
            .limit(1)
            .filter(term -> !term.plural() && !term.name() && term.count() > 3)
            .map(term -> "The " + term.surface() + " of " + year.group(1))
            .findFirst()
        : Optional.empty();
  }

  /** Terms by how many sentences name them, those that are named twice before any other. */
  private List<Term> often(List<Unit> units) {
    return Terms.of(units, english).stream()
        .sorted(
            Comparator.comparingInt((Term term) -> -term.units().size())
                .thenComparingDouble(term -> -term.score()))
        .toList();
  }

  private Optional<String> free(String title) {
    String clean = titled(title.strip());
    return clean.length() <= LONGEST && !taken.contains(clean.toLowerCase(Locale.ROOT))
        ? Optional.of(clean)
        : Optional.empty();
  }

  /** "Let's start with how you get tired." */
  private Optional<String> announced(List<Unit> units) {
    int first = units.get(0).index();
    int last = first + Math.max(1, units.size() / 3);
    for (Announcement said : text.announced()) {
      Matcher begins = BEGINS.matcher(said.text());
      if (said.before() >= first && said.before() <= last && begins.matches()) {
        String subject = IDLE.matcher(begins.group(1)).replaceAll("").strip();
        if (!POINTING.matcher(subject).matches()
            && english.words(subject).stream().anyMatch(w -> w.isContent())) {
          Optional<String> title = free(subject.replaceFirst("^(?:the|a|an) ", ""));
          if (title.isPresent()) {
            return title;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** A question near the beginning that says what it is about. */
  private Optional<String> asked(List<Unit> units) {
    return units.stream()
        .limit(OPENING)
        .filter(
            unit -> unit.text().matches("(?:How|What|Why|Where|When|Who|Which)\\b[^,]{10,70}\\?"))
        .map(unit -> IDLE.matcher(unit.text()).replaceAll(""))
        .filter(question -> !POINTING.matcher(question).matches())
        .filter(question -> english.words(question).stream().filter(this::telling).count() > 1)
        .flatMap(question -> free(question).stream())
        .findFirst();
  }

  private boolean telling(Word word) {
    return word.isContent() && word.lemma().length() > 2 && !Terms.GENERIC.contains(word.lemma());
  }

  /** The terms it explains, if those are two at least. */
  private Optional<String> explained(Knowledge knowledge) {
    List<String> terms = new ArrayList<>();
    for (Definition definition : knowledge.definitions()) {
      String term = many(definition.term());
      if (terms.size() < MOST_TERMS
          && terms.stream().noneMatch(one -> Sentences.shareWord(one, term))) {
        terms.add(term);
      }
    }
    return terms.size() < 2 ? Optional.empty() : free(Sentences.list(terms));
  }

  /** "How water travels up from the roots", of a sentence that says so at the beginning. */
  private Optional<String> happens(List<Unit> units) {
    return units.stream()
        .filter(unit -> unit.kind() == Kind.SENTENCE)
        .limit(OPENING)
        .filter(Standing::opens)
        .filter(unit -> !Standing.commands(unit) && !Standing.personal(unit.text()))
        .flatMap(unit -> TopicSentence.how(unit, english).stream())
        .flatMap(title -> free(title).stream())
        .findFirst();
  }

  /** "Why cacti open their stomata only at night", where it is much of what is said. */
  private Optional<String> reason(List<Unit> units, Knowledge knowledge) {
    return knowledge.reasons().stream()
        .filter(reason -> units.indexOf(reason.unit()) < Math.max(OPENING, units.size() / 2))
        .map(reason -> "Why " + reason.fact())
        .filter(
            title -> title.split(" ").length <= MOST_WORDS && !POINTING.matcher(title).matches())
        .flatMap(title -> free(title).stream())
        .findFirst();
  }

  /** The only term it explains, if that is spoken of more than once. */
  private Optional<String> defined(List<Unit> units, Knowledge knowledge) {
    return knowledge.definitions().stream()
        .filter(
            d ->
                units.stream().filter(unit -> Sentences.shareWord(unit.text(), d.term())).count()
                    > 1)
        .map(d -> "What " + (d.plural() ? d.term() + " are" : d.article() + d.term() + " is"))
        .flatMap(title -> free(title).stream())
        .findFirst();
  }

  /** What a later sentence says of one of the things that it names most. */
  private Optional<String> later(List<Unit> units) {
    List<String> told = often(units).stream().limit(MOST_TERMS).map(Term::surface).toList();
    return units.stream()
        .filter(unit -> unit.kind() == Kind.SENTENCE && Standing.alone(unit))
        .filter(unit -> !Standing.commands(unit))
        .flatMap(unit -> TopicSentence.how(unit, english).stream())
        .filter(title -> told.stream().anyMatch(term -> Sentences.shareWord(term, title)))
        .flatMap(title -> free(title).stream())
        .findFirst();
  }

  /** "Antibiotics" of "antibiotic", where the text has the plural too. */
  private String many(String term) {
    String plural = term + "s";
    return text.body().stream()
            .anyMatch(unit -> unit.words().stream().anyMatch(w -> w.text().equals(plural)))
        ? plural
        : term;
  }

  /** The two terms that stand out, not one that another part is named by. */
  String topics(List<Unit> units) {
    List<String> chosen = new ArrayList<>();
    for (Term term : often(units)) {
      boolean overlapping =
          chosen.stream().anyMatch(one -> Sentences.shareWord(one, term.surface()));
      boolean told = taken.stream().anyMatch(title -> Sentences.shareWord(title, term.surface()));
      if (!overlapping && !told) {
        chosen.add(term.surface());
      }
      if (chosen.size() == 2) {
        break;
      }
    }
    return chosen.isEmpty() ? "Part " + (taken.size() + 1) : titled(String.join(" and ", chosen));
  }

  private static String titled(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
