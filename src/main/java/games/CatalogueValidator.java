package games;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules that authored content keeps: shapes of section 1.13 of the wire contract, quality of
 * section 5.8.
 */
final class CatalogueValidator {
  private static final Pattern SLUG = Pattern.compile("[a-z]{2,4}[a-z]*(-[a-z0-9]+)+");
  private static final Set<String> DIFFICULTIES = Set.of("easy", "medium", "hard");
  private static final int LONGEST_ID = 64;
  // Shorter words stand in a hint by chance ("a", "to", "is") and give nothing away.
  private static final int TELLING_WORD = 4;

  private final List<String> problems = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private CatalogueValidator() {}

  /** What is wrong, in words that name the row; empty when nothing is. */
  static List<String> problems(List<CatalogueTopic> topics) {
    CatalogueValidator validator = new CatalogueValidator();
    topics.forEach(validator::topic);
    return List.copyOf(validator.problems);
  }

  private void topic(CatalogueTopic topic) {
    id(topic.id());
    check(topic.id(), topic.icon().length() <= 20, "has no icon but a text");
    check(topic.id(), topic.lessons().size() >= 2, "has fewer than two lessons");
    for (CatalogueTopic.Lesson lesson : topic.lessons()) {
      id(lesson.id());
      check(lesson.id(), lesson.id().startsWith(topic.id() + "-"), "is not named after its topic");
      check(lesson.id(), DIFFICULTIES.contains(lesson.difficulty()), "has an unknown difficulty");
      lesson.items().forEach(item -> item(topic, item));
    }
  }

  private void item(CatalogueTopic topic, CatalogueItem item) {
    String id = item.id();
    id(id);
    check(id, id.startsWith(topic.id() + "-"), "is not named after its topic");
    check(
        id,
        DIFFICULTIES.contains(item.json().getString("difficulty")),
        "has an unknown difficulty");
    check(id, item.hint().matches("[A-Z\"].*[.?!]"), "has a hint that is no sentence");
    String explanation = item.explanation();
    check(
        id,
        explanation == null || explanation.matches("[A-Z\"].*[.!]"),
        "has an explanation that is no sentence");
    if (item instanceof ClozeItem cloze) {
      cloze(cloze);
    } else if (item instanceof GrammarQuestion question) {
      grammar(question);
    } else if (item instanceof SentenceItem sentence) {
      sentence(sentence);
    }
  }

  private void cloze(ClozeItem item) {
    String id = item.id();
    int gaps = item.textParts().size() - 1;
    check(id, gaps >= 1, "has no gap");
    check(
        id,
        item.options().size() == gaps && item.correct().size() == gaps,
        "has not as many lists of options and answers as gaps");
    if (item.options().size() == gaps && item.correct().size() == gaps) {
      for (int i = 0; i < gaps; i++) {
        options(id, item.options().get(i), 3);
        check(
            id,
            item.options().get(i).contains(item.correct().get(i)),
            "has an answer that is none of its options: " + item.correct().get(i));
        hidden(id, item.hint(), item.correct().get(i));
      }
      wellFormed(id, item.solved());
      check(id, SentenceTokens.of(item.solved()).size() >= 6, "is shorter than six words");
    }
  }

  private void grammar(GrammarQuestion question) {
    String id = question.id();
    check(
        id,
        question.prompt().split("_{2,}", -1).length == 2 && question.prompt().contains("____"),
        "needs exactly one gap of underscores");
    options(id, question.options(), 4);
    check(id, question.options().size() == 4, "needs four options");
    hidden(id, question.hint(), question.answer());
    wellFormed(id, question.solved());
  }

  private void sentence(SentenceItem item) {
    String id = item.id();
    check(
        id,
        SentenceTokens.join(item.tokens()).equals(item.english()),
        "has tokens that do not join to its sentence");
    long words =
        item.tokens().stream().filter(token -> Character.isLetterOrDigit(token.charAt(0))).count();
    check(id, words >= 4 && words <= 12, "has " + words + " words, not 4 to 12");
    List<String> once = item.tokens().stream().sorted().toList();
    Set<List<String>> orders = new HashSet<>();
    for (List<String> order : item.accepted()) {
      check(
          id,
          order.stream().sorted().toList().equals(once),
          "accepts an order with other words: " + order);
      check(id, orders.add(order), "accepts an order twice: " + order);
    }
    for (String distractor : item.distractors()) {
      check(
          id,
          !distractor.isBlank() && item.tokens().stream().noneMatch(distractor::equalsIgnoreCase),
          "has a distractor that belongs: " + distractor);
    }
    check(
        id,
        new HashSet<>(item.distractors()).size() == item.distractors().size(),
        "has a distractor twice");
    check(
        id,
        item.translation().codePoints().anyMatch(c -> c >= 0x590 && c <= 0x5FF),
        "has no Hebrew translation");
    check(
        id,
        !item.hint().contains(item.english().substring(0, item.english().length() - 1)),
        "has a hint that is the answer");
    wellFormed(id, item.english());
  }

  private void options(String id, List<String> options, int fewest) {
    check(id, options.size() >= fewest, "has fewer than " + fewest + " options: " + options);
    check(id, options.stream().noneMatch(String::isBlank), "has an empty option");
    check(
        id,
        options.stream().map(option -> option.toLowerCase(Locale.ROOT)).distinct().count()
            == options.size(),
        "has an option twice: " + options);
  }

  private void hidden(String id, String hint, String answer) {
    boolean told =
        answer.length() >= TELLING_WORD
            && Pattern.compile(
                    "(?<![\\p{L}'])" + Pattern.quote(answer) + "(?![\\p{L}'])",
                    Pattern.CASE_INSENSITIVE)
                .matcher(hint)
                .find();
    check(id, !told, "has a hint that says the answer: " + answer);
  }

  private void wellFormed(String id, String sentence) {
    check(
        id,
        Character.isUpperCase(sentence.codePointAt(0)),
        "does not begin with a capital letter: " + sentence);
    check(id, sentence.matches(".*[^.?!,;][.?!]"), "does not end with one mark: " + sentence);
    check(
        id,
        !sentence.contains("  ") && !sentence.matches(".*\\s[.,?!].*"),
        "has a blank too many: " + sentence);
  }

  private void id(String id) {
    check(id, SLUG.matcher(id).matches() && id.length() <= LONGEST_ID, "is no readable id");
    check(id, ids.add(id), "is used twice");
  }

  private void check(String id, boolean good, String problem) {
    if (!good) {
      problems.add(id + " " + problem);
    }
  }
}
