package courses.content;

import courses.content.Knowledge.Definition;
import courses.content.Knowledge.Reason;
import courses.content.SourceText.Unit;
import courses.content.Terms.Found;
import courses.content.Terms.Term;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Questions on one lesson, each on a sentence of its source; wrong answers come from the same
 * course.
 */
final class RuleQuestions {
  /** A question before it has a place: the right answer first among the options. */
  record Raw(
      QuestionType type,
      String text,
      List<String> options,
      String correct,
      List<String> accepted,
      String explanation,
      String hint,
      Level difficulty,
      int segment,
      String fact) {}

  static final String BLANK = "_____";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.,])(\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?)(?![\\p{L}\\p{N}]|[.,]\\d)");
  private static final Map<String, String> OPPOSITES =
      Map.ofEntries(
          Map.entry("increases", "decreases"),
          Map.entry("decreases", "increases"),
          Map.entry("more", "less"),
          Map.entry("less", "more"),
          Map.entry("higher", "lower"),
          Map.entry("lower", "higher"),
          Map.entry("always", "never"),
          Map.entry("never", "always"),
          Map.entry("before", "after"),
          Map.entry("after", "before"),
          Map.entry("faster", "slower"),
          Map.entry("slower", "faster"),
          Map.entry("warm", "cold"),
          Map.entry("cold", "warm"),
          Map.entry("rises", "falls"),
          Map.entry("falls", "rises"),
          Map.entry("inside", "outside"),
          Map.entry("outside", "inside"),
          Map.entry("largest", "smallest"),
          Map.entry("smallest", "largest"),
          Map.entry("raises", "lowers"),
          Map.entry("lowers", "raises"),
          Map.entry("hotter", "cooler"),
          Map.entry("strong", "weak"),
          Map.entry("weak", "strong"),
          Map.entry("northern", "southern"),
          Map.entry("southern", "northern"),
          Map.entry("above", "below"),
          Map.entry("below", "above"),
          Map.entry("stronger", "weaker"),
          Map.entry("weaker", "stronger"),
          Map.entry("larger", "smaller"),
          Map.entry("smaller", "larger"),
          Map.entry("heavier", "lighter"),
          Map.entry("lighter", "heavier"),
          Map.entry("slowly", "quickly"),
          Map.entry("quickly", "slowly"),
          Map.entry("cannot", "can"),
          Map.entry("without", "with"));

  private final RuleLesson lesson;
  private final List<Term> pool;
  private final List<Definition> definitions;
  private final List<Reason> reasons;
  private final EnglishText english;
  private final Map<String, Integer> used = new HashMap<>();

  /**
   * @param course what the whole course knows, for wrong answers
   */
  RuleQuestions(RuleLesson lesson, List<Knowledge> course) {
    this.lesson = lesson;
    this.english = lesson.english();
    this.pool =
        course.stream()
            .flatMap(one -> one.terms().stream())
            .sorted(Comparator.comparingDouble(Term::score).reversed())
            .toList();
    this.definitions = course.stream().flatMap(one -> one.definitions().stream()).toList();
    this.reasons = course.stream().flatMap(one -> one.reasons().stream()).toList();
  }

  /** Questions of one type, best first; none on the same sentence twice. */
  List<Raw> of(QuestionType type) {
    List<Raw> raw =
        switch (type) {
          case MULTIPLE_CHOICE -> choices();
          case TRUE_FALSE -> truths();
          case FILL_BLANK -> blanks();
          case SHORT_ANSWER, FREE_TEXT -> open(type);
          case CODE, DRAG_DROP -> List.of();
        };
    Set<String> facts = new HashSet<>();
    return raw.stream().filter(question -> facts.add(question.fact())).toList();
  }

  private List<Raw> choices() {
    List<Raw> list = new ArrayList<>();
    List<Raw> clozes = new ArrayList<>();
    for (Definition definition : lesson.knowledge().definitions()) {
      if (definition.meaning().length() > 170) {
        continue;
      }
      List<String> wrong =
          distractors(
              definition.lemma(),
              definition.term(),
              definition.plural(),
              definition.unit(),
              definition.meaning());
      if (wrong.size() == 3) {
        List<String> options = new ArrayList<>(List.of(definition.term()));
        options.addAll(wrong);
        list.add(
            new Raw(
                QuestionType.MULTIPLE_CHOICE,
                "Which term fits this description: “" + definition.meaning() + "”?",
                options,
                definition.term(),
                List.of(),
                definition.unit().text(),
                "",
                Level.BEGINNER,
                definition.unit().segment(),
                definition.unit().text()));
      }
    }
    for (Reason reason : lesson.knowledge().reasons()) {
      List<String> wrong =
          reasons.stream()
              .filter(other -> !other.fact().equals(reason.fact()))
              .map(Reason::answer)
              .filter(answer -> Math.abs(answer.length() - reason.answer().length()) < 50)
              .distinct()
              .limit(3)
              .toList();
      if (wrong.size() == 3) {
        List<String> options = new ArrayList<>(List.of(reason.answer()));
        options.addAll(wrong);
        list.add(
            new Raw(
                QuestionType.MULTIPLE_CHOICE,
                reason.question(),
                options,
                reason.answer(),
                List.of(),
                reason.unit().text(),
                "",
                Level.INTERMEDIATE,
                reason.unit().segment(),
                reason.unit().text()));
      }
    }
    for (Blank blank : blanked()) {
      List<String> wrong =
          blank.number()
              ? numbers(blank.answer(), percent(blank.unit().text()))
              : distractors(
                  blank.lemma(), blank.answer(), blank.plural(), blank.unit(), blank.unit().text());
      if (wrong.size() == 3) {
        List<String> options = new ArrayList<>(List.of(blank.answer()));
        options.addAll(wrong);
        clozes.add(
            new Raw(
                QuestionType.MULTIPLE_CHOICE,
                "Which completes the sentence? " + blank.text(),
                options,
                blank.answer(),
                List.of(),
                blank.unit().text(),
                "",
                blank.number() ? Level.ADVANCED : Level.INTERMEDIATE,
                blank.unit().segment(),
                blank.unit().text()));
      }
    }
    list.addAll(clozes);
    return list;
  }

  private record Blank(
      String text, String answer, String lemma, boolean plural, boolean number, Unit unit) {}

  /** Sentences with their most telling word or number taken out, the most central first. */
  private List<Blank> blanked() {
    List<Blank> blanks = new ArrayList<>();
    List<Unit> order = lesson.best(14);
    List<Unit> rest = new ArrayList<>(lesson.knowledge().statements());
    rest.removeAll(order);
    order = new ArrayList<>(order);
    order.addAll(rest);
    for (Unit unit : order) {
      String text = unit.text();
      Matcher number = NUMBER.matcher(text);
      if (number.find() && number.group(1).length() > 1 && !number.find()) {
        number.find(0);
        String answer = number.group(1);
        blanks.add(
            new Blank(
                blank(text, number.start(1), number.end(1)), answer, answer, false, true, unit));
        continue;
      }
      bestTerm(unit).ifPresent(blanks::add);
    }
    return blanks;
  }

  private Optional<Blank> bestTerm(Unit unit) {
    List<Term> terms = lesson.knowledge().terms();
    Blank best = null;
    double score = 0;
    List<Found> phrases = Terms.phrases(unit.words(), unit.text(), english);
    for (int i = 0; i < phrases.size(); i++) {
      Found found = phrases.get(i);
      String surface = unit.text().substring(found.start(), found.end());
      long same =
          phrases.stream().filter(p -> Sentences.shareWord(p.lemma(), found.lemma())).count();
      // What comes last in a sentence is its news; what it begins with is known already.
      double news = found.start() == 0 ? 0.4 : 0.8 + 0.6 * i / phrases.size();
      for (Term term : terms) {
        double worth = term.score() / term.count() * (1 + Math.log(term.count())) * news;
        worth *= lesson.knowledge().definition(term.lemma()).isPresent() ? 2.5 : 1;
        if (term.lemma().equals(found.lemma()) && same == 1 && worth > score) {
          score = worth;
          best =
              new Blank(
                  blank(unit.text(), found.start(), found.end()),
                  lower(surface, found),
                  found.lemma(),
                  found.plural(),
                  false,
                  unit);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static String lower(String surface, Found found) {
    return found.name() || found.start() > 0
        ? surface
        : Character.toLowerCase(surface.charAt(0)) + surface.substring(1);
  }

  /** Also hides whether the answer begins with a vowel. */
  private static String blank(String text, int from, int to) {
    String before = text.substring(0, from).replaceFirst("\\b([Aa])n? $", "$1(n) ");
    return before + BLANK + text.substring(to);
  }

  /** Three other terms of the course that look as likely, and that the sentence doesn't have. */
  private List<String> distractors(
      String lemma, String answer, boolean plural, Unit unit, String context) {
    Set<String> near = unit.terms();
    Set<String> wrong = new LinkedHashSet<>();
    boolean name = pool.stream().anyMatch(t -> t.lemma().equals(lemma) && t.name());
    for (int strict = 1; strict >= 0 && wrong.size() < 3; strict--) {
      for (Term term : candidates()) {
        boolean fits =
            term.plural() == plural
                && term.name() == name
                && !term.lemma().equals(lemma)
                && !Sentences.shareWord(term.surface(), answer)
                && !Sentences.shareWord(term.lemma(), lemma)
                && !Sentences.shareWord(term.surface(), context)
                && near.stream().noneMatch(word -> Sentences.shareWord(word, term.lemma()))
                && Math.abs(term.surface().length() - answer.length()) <= (strict == 1 ? 9 : 15)
                && (strict == 0 || term.surface().split(" ").length == answer.split(" ").length)
                && wrong.stream().noneMatch(one -> Sentences.shareWord(one, term.surface()))
                && !english.related(last(lemma), last(term.lemma()));
        if (fits && wrong.size() < 3) {
          wrong.add(term.surface());
        }
      }
    }
    wrong.forEach(one -> used.merge(one, 1, Integer::sum));
    return List.copyOf(wrong);
  }

  /** Terms the course explains first, and of those what was least often a wrong answer yet. */
  private List<Term> candidates() {
    Set<String> defined = new HashSet<>();
    definitions.forEach(definition -> defined.add(definition.lemma()));
    return pool.stream()
        .sorted(
            Comparator.comparingInt(
                term ->
                    3 * used.getOrDefault(term.surface(), 0)
                        + (defined.contains(term.lemma()) ? 0 : 2)))
        .toList();
  }

  private static String last(String lemma) {
    return lemma.substring(lemma.lastIndexOf(' ') + 1);
  }

  private static List<String> numbers(String answer, boolean percent) {
    boolean commas = answer.contains(",");
    double value = Double.parseDouble(answer.replace(",", ""));
    int decimals = answer.contains(".") ? answer.length() - answer.indexOf('.') - 1 : 0;
    boolean year = value >= 1000 && value <= 2100 && !commas && decimals == 0;
    double[] factors = {0.5, 1.5, 2, 0.25, 3};
    int[] years = {-12, 9, 31, -27, 18};
    boolean mixed = answer.hashCode() % 2 == 0;
    Set<String> wrong = new LinkedHashSet<>();
    for (int i = 0; i < factors.length && wrong.size() < 3; i++) {
      int at = mixed ? factors.length - 1 - i : i;
      double other = year ? value + years[at] : value * factors[at];
      if (percent && other > 100) {
        other = value * (0.3 + 0.15 * i);
      }
      if (decimals == 0 && other >= 100 && !year) {
        double unit = Math.pow(10, Math.floor(Math.log10(other)) - 1);
        other = Math.round(other / unit) * unit;
      }
      String text = String.format(Locale.ROOT, (commas ? "%,." : "%.") + decimals + "f", other);
      if (!text.equals(answer)) {
        wrong.add(text);
      }
    }
    return List.copyOf(wrong);
  }

  private static boolean percent(String text) {
    return text.contains("percent") || text.contains("per cent") || text.contains("%");
  }

  private List<Raw> truths() {
    List<Raw> list = new ArrayList<>();
    List<Unit> right = new ArrayList<>();
    List<Raw> wrong = new ArrayList<>();
    for (Unit unit : lesson.best(20)) {
      Optional<String> changed = falsified(unit);
      if (changed.isPresent()) {
        wrong.add(truth(changed.get(), false, unit));
      } else if (unit.length() <= 24) {
        right.add(unit);
      }
    }
    if (!right.isEmpty() && right.get(0).text().length() % 2 == 0) {
      Unit first = right.remove(0);
      list.add(truth(first.text(), true, first));
    }
    for (int i = 0; i < Math.max(right.size(), wrong.size()); i++) {
      if (i < wrong.size()) {
        list.add(wrong.get(i));
      }
      if (i < right.size()) {
        list.add(truth(right.get(i).text(), true, right.get(i)));
      }
    }
    return list;
  }

  private static Raw truth(String text, boolean right, Unit unit) {
    return new Raw(
        QuestionType.TRUE_FALSE,
        text,
        List.of(),
        String.valueOf(right),
        List.of(),
        right ? "The source says so." : "The source says: " + unit.text(),
        "",
        right ? Level.BEGINNER : Level.INTERMEDIATE,
        unit.segment(),
        unit.text());
  }

  /** The sentence with one word turned into its opposite or one number made another. */
  private static Optional<String> falsified(Unit unit) {
    String text = unit.text();
    for (var word : unit.words()) {
      String opposite = OPPOSITES.get(word.text());
      boolean only =
          unit.words().stream().filter(w -> OPPOSITES.containsKey(w.text())).count() == 1;
      boolean negated = text.substring(0, word.start()).matches("(?i).*\\b(?:no|not|never|any) $");
      if (opposite != null && only && !negated) {
        return Optional.of(text.substring(0, word.start()) + opposite + text.substring(word.end()));
      }
    }
    Matcher number = NUMBER.matcher(text);
    if (number.find() && number.group(1).length() > 1) {
      List<String> others = numbers(number.group(1), percent(text));
      return Optional.of(
          text.substring(0, number.start(1))
              + others.get(others.size() - 1)
              + text.substring(number.end(1)));
    }
    return Optional.empty();
  }

  private List<Raw> blanks() {
    List<Raw> list = new ArrayList<>();
    for (Blank blank : blanked()) {
      List<String> accepted =
          blank.number()
              ? List.of(blank.answer().replace(",", ""))
              : blank.plural() ? List.of() : List.of(blank.lemma());
      String hint =
          blank.number()
              ? "It is a number."
              : "It begins with “"
                  + blank.answer().charAt(0)
                  + "”"
                  + (blank.answer().contains(" ")
                      ? " and has " + blank.answer().split(" ").length + " words."
                      : " and has " + blank.answer().length() + " letters.");
      list.add(
          new Raw(
              QuestionType.FILL_BLANK,
              blank.text(),
              List.of(),
              blank.answer(),
              accepted.stream().filter(a -> !a.equals(blank.answer())).toList(),
              blank.unit().text(),
              hint,
              Level.INTERMEDIATE,
              blank.unit().segment(),
              blank.unit().text()));
    }
    return list;
  }

  private List<Raw> open(QuestionType type) {
    List<Raw> list = new ArrayList<>();
    for (Reason reason : lesson.knowledge().reasons()) {
      list.add(
          new Raw(
              type,
              reason.question(),
              List.of(),
              reason.answer(),
              List.of(reason.because()),
              reason.unit().text(),
              "",
              Level.ADVANCED,
              reason.unit().segment(),
              reason.unit().text()));
    }
    for (Definition definition : lesson.knowledge().definitions()) {
      list.add(
          new Raw(
              type,
              definition.question(),
              List.of(),
              definition.answer(),
              List.of(definition.meaning()),
              definition.unit().text(),
              "",
              Level.INTERMEDIATE,
              definition.unit().segment(),
              definition.unit().text()));
    }
    return list;
  }

  /** Terms and meanings to be put together, when the lesson defines at least three. */
  Optional<Exercise> matching() {
    List<Definition> own =
        lesson.knowledge().definitions().stream()
            .filter(d -> d.meaning().length() <= 160)
            .limit(4)
            .toList();
    if (own.size() < 3) {
      return Optional.empty();
    }
    List<Option> options = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    List<Integer> refs = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      options.add(new Option("i" + (i + 1), own.get(i).term()));
    }
    for (int i = 0; i < own.size(); i++) {
      // A turn by two places, or one for three: no item stands beside its own meaning.
      int of = (i + (own.size() > 3 ? 2 : 1)) % own.size();
      options.add(new Option("t" + (i + 1), own.get(of).meaning()));
      pairs.add(new Pair("i" + (of + 1), "t" + (i + 1)));
      refs.add(own.get(of).unit().segment());
    }
    return Optional.of(
        new Exercise(
            "Match terms and meanings",
            "",
            QuestionType.DRAG_DROP,
            "Put each term beside its meaning.",
            options,
            new AnswerKey("", List.of(), Optional.empty(), pairs),
            "The meanings are the source's own words.",
            List.of(),
            own.size(),
            Optional.empty(),
            refs.stream().distinct().sorted().toList()));
  }
}
