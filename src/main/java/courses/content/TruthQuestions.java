package courses.content;

import courses.content.SourceText.Unit;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/** Sentences of a lesson as they are, and with one word, one figure or one thing made another. */
final class TruthQuestions {
  private static final int BEST = 24;
  private static final int LONGEST = 24;
  private static final Map<String, String> OPPOSITES = new HashMap<>();

  static {
    String[] pairs = {
      "increases decreases", "more less", "higher lower", "always never", "before after",
      "faster slower", "warm cold", "rises falls", "inside outside", "largest smallest",
      "raises lowers", "strong weak", "northern southern", "above below", "stronger weaker",
      "larger smaller", "heavier lighter", "slowly quickly", "harder softer", "longer shorter",
      "thick thin", "highest lowest", "easy difficult", "loosen tighten", "clockwise anticlockwise"
    };
    for (String pair : pairs) {
      String[] words = pair.split(" ");
      OPPOSITES.put(words[0], words[1]);
      OPPOSITES.put(words[1], words[0]);
    }
    OPPOSITES.put("hotter", "cooler");
    OPPOSITES.put("cannot", "can");
  }

  private final RuleLesson lesson;
  private final List<Role> roles;
  private final Rivals rivals;

  /**
   * @param course what all lessons know, to put one thing in another's place
   */
  TruthQuestions(RuleLesson lesson, List<Knowledge> course, Rivals rivals) {
    this.lesson = lesson;
    this.roles = course.stream().flatMap(one -> one.roles().stream()).toList();
    this.rivals = rivals;
  }

  /** The word that says the opposite, if there is one. */
  static Optional<String> opposite(String word) {
    return Optional.ofNullable(OPPOSITES.get(word));
  }

  /** True and false in turn; which comes first depends on the text only. */
  List<RawQuestion> all() {
    List<RawQuestion> right = new ArrayList<>();
    List<RawQuestion> wrong = new ArrayList<>();
    for (Unit unit : lesson.claims(BEST)) {
      Optional<String> changed = falsified(unit);
      if (changed.isPresent()) {
        wrong.add(truth(changed.get(), false, unit));
      } else if (unit.length() <= LONGEST) {
        right.add(truth(unit.text(), true, unit));
      }
    }
    for (Role role : lesson.knowledge().roles()) {
      Optional<RawQuestion> swapped = swapped(role);
      if (swapped.isPresent()
          && wrong.stream().noneMatch(q -> q.fact().equals(role.unit().text()))) {
        wrong.add(swapped.get());
        right.removeIf(q -> q.fact().equals(role.unit().text()) && right.size() > wrong.size());
      }
    }
    boolean first = !right.isEmpty() && right.get(0).text().length() % 2 == 0;
    List<RawQuestion> list = new ArrayList<>();
    for (int i = 0; i < Math.max(right.size(), wrong.size()); i++) {
      List<List<RawQuestion>> turn = first ? List.of(right, wrong) : List.of(wrong, right);
      for (List<RawQuestion> one : turn) {
        if (i < one.size()) {
          list.add(one.get(i));
        }
      }
    }
    return list;
  }

  private RawQuestion truth(String text, boolean right, Unit unit) {
    return new RawQuestion(
        QuestionType.TRUE_FALSE,
        text,
        List.of(),
        String.valueOf(right),
        List.of(),
        right ? lesson.place(unit) : "The source says: " + unit.text(),
        "",
        right ? Level.BEGINNER : Level.INTERMEDIATE,
        unit.segment(),
        unit.text());
  }

  /** The sentence with one word turned into its opposite or its only figure made another. */
  private Optional<String> falsified(Unit unit) {
    String text = unit.text();
    List<Word> turning =
        unit.words().stream().filter(w -> OPPOSITES.containsKey(w.text())).toList();
    if (turning.size() == 1) {
      Word word = turning.get(0);
      String before = text.substring(0, word.start());
      String after = text.substring(word.end());
      boolean idiom =
          before.matches(
                  "(?i).*\\b(?:no|not|never|any|or|and|once|the|no longer|as|a"
                      + " little|takes?|took|taken) $")
              || after.matches(
                  "(?i)^ (?:or|and|like|than (?:one|once|about|\\d+)|the other|about \\d+)\\b.*")
              || word.text().matches("before|after")
                  && !before.matches(
                      "(?i).*\\b(?:shortly|just|long|right|immediately|soon|seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
                          + " $")
              || word.text().equals("cannot") && after.matches("(?i).*\\b(?:any|either|yet)\\b.*")
              // what may be longer may be shorter too
              || before.matches("(?i).*\\b(?:may|might|can|could)\\b[^,;]*$")
              // "at its lower end", "that you never wrote to"
              || before.matches("(?i).*\\b(?:its|their|an?|you|who|that) $")
                  && word.text().matches("lower|higher|never|always|inside|outside");
      if (!idiom) {
        return Optional.of(before + OPPOSITES.get(word.text()) + after);
      }
    }
    Optional<MatchResult> number = Numbers.only(text);
    if (number.isPresent()
        && !text.matches(
            "(?i).*\\bor (?:more|less|so)\\b.*|.*\\b(?:than|over|under|most|least|up"
                + " to|between|until|before|after|since|by) (?:about )?\\d.*")) {
      List<String> others = Numbers.others(number.get().group(1), text, lesson.said());
      return others.isEmpty()
          ? Optional.empty()
          : Optional.of(
              text.substring(0, number.get().start(1))
                  + others.get(others.size() - 1)
                  + text.substring(number.get().end(1)));
    }
    return Optional.empty();
  }

  private Optional<RawQuestion> swapped(Role role) {
    return roles.stream()
        .filter(
            other ->
                other.plural() == role.plural()
                    && !Sentences.shareWord(other.term(), role.term())
                    && !Sentences.shareWord(other.term(), role.doing())
                    && !Sentences.shareWord(other.doing(), role.doing())
                    && !rivals.alike(role.lemma(), other.lemma())
                    && !rivals.saidOf(other.lemma(), role.unit(), role.lemma()))
        .findFirst()
        .map(
            other -> {
              String subject = other.article() + other.term();
              String text =
                  Character.toUpperCase(subject.charAt(0))
                      + subject.substring(1)
                      + " "
                      + role.doing()
                      + ".";
              return truth(text, false, role.unit());
            });
  }
}
