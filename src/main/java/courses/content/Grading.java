package courses.content;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How answers are judged: contract 1.5 as pure functions. */
public final class Grading {
  /** Longest expression and longest answer that are looked at, in characters. */
  public static final int LONGEST_EXPRESSION = 500;

  public static final int LONGEST_ANSWER = 10_000;

  /** Share of an accepted answer's words that a free answer must have, and the other way round. */
  static final double OVERLAP = 0.8;

  private static final java.util.regex.Pattern BLANK =
      java.util.regex.Pattern.compile("_{3,}|\\{blank}");
  private static final Set<String> SMALL =
      Set.of("the", "a", "an", "of", "is", "are", "it", "to", "and", "in", "because", "that");

  /** What became of one answer. */
  public enum Outcome {
    CORRECT,
    PARTLY,
    WRONG,
    UNANSWERED,
    /** Neither clearly right nor clearly wrong: a model or a person must say. */
    PENDING_REVIEW
  }

  /**
   * A question to be graded.
   *
   * @param id as answers name it
   * @param options in the order shown, so that letters mean them
   */
  public record Item(
      String id, QuestionType type, String text, List<Option> options, AnswerKey key, int points) {}

  /**
   * One graded answer.
   *
   * @param earned points, 0 to the question's
   */
  public record Grade(String questionId, Outcome outcome, double earned, int points)
      implements Content {}

  /**
   * A graded test.
   *
   * @param percentage of all points, two decimals
   * @param pendingReview some answers still have to be judged; the score may rise
   * @param warnings e.g. of answers to unknown questions, which count for nothing
   */
  public record Result(
      List<Grade> grades,
      double score,
      int maxScore,
      double percentage,
      boolean passed,
      boolean pendingReview,
      int correct,
      int incorrect,
      int unanswered,
      List<String> warnings)
      implements Content {}

  private Grading() {}

  /**
   * Grades a whole test.
   *
   * @param answers by question id: texts, truths, numbers, lists, or objects of pairs
   * @param passingScore percentage, 0 to 100
   * @param language BCP 47 tag of the course
   */
  public static Result grade(
      List<Item> items, Map<String, Object> answers, int passingScore, String language) {
    return total(
        items,
        items.stream().map(item -> grade(item, answers.get(item.id()), language)).toList(),
        answers.keySet(),
        passingScore);
  }

  /**
   * The test as a whole.
   *
   * @param grades of all items, in their order
   * @param answered ids that answers were given to, also of questions that there are not
   * @param passingScore percentage, 0 to 100
   */
  public static Result total(
      List<Item> items, List<Grade> grades, Set<String> answered, int passingScore) {
    Set<String> ids = new HashSet<>();
    items.forEach(item -> ids.add(item.id()));
    List<String> warnings = new ArrayList<>();
    long unknown = answered.stream().filter(id -> !ids.contains(id)).count();
    if (unknown > 0) {
      warnings.add(
          unknown
              + (unknown == 1 ? " answer belongs" : " answers belong")
              + " to no question of this test and "
              + (unknown == 1 ? "counts" : "count")
              + " for nothing.");
    }
    double score = grades.stream().mapToDouble(Grade::earned).sum();
    int most = items.stream().mapToInt(Item::points).sum();
    double percentage = most == 0 ? 0 : Math.round(score * 10_000 / most) / 100.0;
    return new Result(
        grades,
        score,
        most,
        percentage,
        most > 0 && percentage >= passingScore,
        grades.stream().anyMatch(g -> g.outcome() == Outcome.PENDING_REVIEW),
        count(grades, Outcome.CORRECT),
        count(grades, Outcome.WRONG) + count(grades, Outcome.PARTLY),
        count(grades, Outcome.UNANSWERED),
        warnings);
  }

  private static int count(List<Grade> grades, Outcome outcome) {
    return (int) grades.stream().filter(grade -> grade.outcome() == outcome).count();
  }

  /** Grades one answer; an absent or blank one is unanswered. */
  public static Grade grade(Item item, Object answer, String language) {
    if (blank(answer)) {
      return new Grade(item.id(), Outcome.UNANSWERED, 0, item.points());
    }
    double share =
        switch (item.type()) {
          case MULTIPLE_CHOICE -> choice(item, answer) ? 1 : 0;
          case TRUE_FALSE ->
              TruthWords.read(String.valueOf(answer), language)
                  .map(t -> t == Boolean.parseBoolean(item.key().correct()) ? 1.0 : 0)
                  .orElse(0.0);
          case FILL_BLANK -> GapAnswers.right(item, answer) ? 1 : 0;
          case CODE -> code(item.key(), answer);
          case DRAG_DROP -> paired(item.key().pairs(), answer);
          case SHORT_ANSWER, FREE_TEXT -> free(item.key(), String.valueOf(answer));
        };
    return Double.isNaN(share)
        ? new Grade(item.id(), Outcome.PENDING_REVIEW, 0, item.points())
        : grade(item, share);
  }

  /** Whether an answer is a text of the learner's own, which rules can accept and never refuse. */
  public static boolean isFree(QuestionType type) {
    return type == QuestionType.SHORT_ANSWER || type == QuestionType.FREE_TEXT;
  }

  /**
   * A grade by a share of the points.
   *
   * @param share 0 to 1
   */
  public static Grade grade(Item item, double share) {
    Outcome outcome = share >= 1 ? Outcome.CORRECT : share > 0 ? Outcome.PARTLY : Outcome.WRONG;
    return new Grade(item.id(), outcome, share * item.points(), item.points());
  }

  /** How many gaps a text has. */
  public static int blanks(String text) {
    return (int) BLANK.matcher(text).results().count();
  }

  /** The letter of an option's position, {@code A} for the first, as C's clients have it. */
  public static String letter(int position) {
    return String.valueOf((char) ('A' + position));
  }

  private static boolean blank(Object answer) {
    if (answer instanceof JsonArray array) {
      return array.stream().allMatch(Grading::blank);
    }
    if (answer instanceof List<?> list) {
      return list.stream().allMatch(Grading::blank);
    }
    if (answer instanceof JsonObject object) {
      return object.isEmpty();
    }
    return answer == null || String.valueOf(answer).isBlank();
  }

  /** By id; a letter means the option at its place where no option has it as id. */
  private static boolean choice(Item item, Object answer) {
    String given = String.valueOf(answer).strip();
    List<String> ids = item.options().stream().map(Option::id).toList();
    String id = given;
    if (!ids.contains(given)) {
      Optional<String> same = ids.stream().filter(one -> one.equalsIgnoreCase(given)).findFirst();
      char letter = given.length() == 1 ? Character.toUpperCase(given.charAt(0)) : 0;
      int place = letter - 'A';
      id = same.orElse(place >= 0 && place < ids.size() ? ids.get(place) : "");
    }
    return !id.isEmpty() && id.equals(item.key().correct());
  }

  /**
   * A model's expression in RE2 syntax, whose time is linear in the answer, whatever it is; a
   * leading group of flags is dropped. Empty when it can't be read or is too long.
   */
  static Optional<Pattern> expression(String text) {
    String bare = text.strip().replaceFirst("^\\(\\?[a-zA-Z]+\\)", "");
    if (bare.isEmpty() || bare.length() > LONGEST_EXPRESSION) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pattern.compile(bare, Pattern.CASE_INSENSITIVE));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private static double code(AnswerKey key, Object answer) {
    String given =
        cut(
            answer instanceof JsonArray array
                ? String.join("\n", array.stream().map(String::valueOf).toList())
                : String.valueOf(answer));
    Optional<Pattern> expression = key.regex().flatMap(Grading::expression);
    if (expression.isPresent() && expression.get().matcher(given).find()) {
      return 1;
    }
    boolean same =
        !key.correct().isBlank()
            && given.replaceAll("\\s+", "").equals(key.correct().replaceAll("\\s+", ""));
    return same ? 1 : expression.isPresent() ? 0 : Double.NaN;
  }

  private static double paired(List<Pair> pairs, Object answer) {
    Map<String, String> given = new HashMap<>();
    if (answer instanceof JsonObject object) {
      object.forEach(entry -> given.put(entry.getKey(), String.valueOf(entry.getValue())));
    } else if (answer instanceof Map<?, ?> map) {
      map.forEach((item, target) -> given.put(String.valueOf(item), String.valueOf(target)));
    } else if (answer instanceof JsonArray array) {
      for (Object entry : array) {
        if (entry instanceof JsonObject pair) {
          given.put(pair.getString("item", ""), pair.getString("target", ""));
        }
      }
    }
    long right =
        pairs.stream().filter(pair -> pair.target().equals(given.get(pair.item()))).count();
    return pairs.isEmpty() ? Double.NaN : (double) right / pairs.size();
  }

  /** 1 when it is an accepted answer or has its words, unknown otherwise: no rule says "wrong". */
  private static double free(AnswerKey key, String answer) {
    List<String> accepted = new ArrayList<>(key.accepted());
    accepted.add(key.correct());
    for (String one : accepted) {
      if (!one.isBlank()
          && (normal(one).equals(normal(answer)) || overlap(one, answer) >= OVERLAP)) {
        return 1;
      }
    }
    return Double.NaN;
  }

  /** Words in common by the words of the longer (Dice would forgive an answer of all words). */
  static double overlap(String accepted, String given) {
    Map<String, Integer> left = new LinkedHashMap<>();
    List<String> wanted = content(accepted);
    List<String> said = content(given);
    wanted.forEach(word -> left.merge(word, 1, Integer::sum));
    int common = 0;
    for (String word : said) {
      Integer count = left.get(word);
      if (count != null && count > 0) {
        left.put(word, count - 1);
        common++;
      }
    }
    // Negated and plain statements share all their words but one.
    boolean negated = negations(accepted) != negations(given);
    return wanted.isEmpty() || said.isEmpty() || negated
        ? 0
        : (double) common / Math.max(wanted.size(), said.size());
  }

  private static long negations(String text) {
    return java.util.regex.Pattern.compile(
            "(?i)\\b(?:not|no|never|none|nothing|without|cannot)\\b|n['’]t\\b")
        .matcher(text)
        .results()
        .count();
  }

  private static List<String> content(String text) {
    return Sentences.words(cut(normal(text))).stream()
        .filter(word -> !SMALL.contains(word))
        .toList();
  }

  /** As answers are compared: trimmed, NFKC, without case, one space between words. */
  public static String normal(String text) {
    return Normalizer.normalize(cut(text), Normalizer.Form.NFKC)
        .strip()
        .replaceAll("\\s+", " ")
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT)
        .replace('’', '\'');
  }

  static String cut(String text) {
    return text.length() > LONGEST_ANSWER ? text.substring(0, LONGEST_ANSWER) : text;
  }
}
