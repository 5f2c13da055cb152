package lessons;

import exercises.QualityGate;
import exercises.TextRules;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules of the quality gate that an item as a teacher changed it must obey: those of its form.
 * What the gate asks of the machine but not of a teacher (that every word was said in the lesson,
 * that distractors don't fit) is left out. Rule names and texts are the gate's.
 */
final class ApprovalRules {
  private static final Map<String, String> TEXTS = QualityGate.rules();
  private static final Pattern BLANK = Pattern.compile("_{2,}");
  private static final Pattern BLANK_IN_WORD =
      Pattern.compile("[\\p{L}\\p{N}]_{2,}|_{2,}[\\p{L}\\p{N}]");
  private static final Pattern DOUBLED = Pattern.compile("[.!?,;:]\\s*[.!?,;:]|\\.{2,}|…");
  private static final Pattern FILLER =
      Pattern.compile("(?i)^(?:okay|ok|um|uh|hmm|yeah|right|so|well)\\b");
  private static final Pattern STAMP =
      Pattern.compile(
          "\\b\\d{1,2}:\\d{2}:\\d{2}\\b|-->|^(?i:teacher|student|speaker)(?: \\w+)?:\\s");
  private static final Pattern ENGLISH = Pattern.compile("\\p{IsLatin}+(?:[ '’-]\\p{IsLatin}+)*");
  private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}'’-]+");

  /** Forms that don't begin with their word's letter. */
  private static final Map<String, Set<String>> FORMS =
      Map.of(
          "go",
          Set.of("went"),
          "be",
          Set.of("am", "is", "are", "was", "were"),
          "eat",
          Set.of("ate"),
          "good",
          Set.of("better", "best"),
          "bad",
          Set.of("worse", "worst"),
          "i",
          Set.of("me", "my", "mine"),
          "she",
          Set.of("her", "hers"),
          "we",
          Set.of("us", "our", "ours"));

  private static final int LONGEST_FORM = 4;

  private final JsonObject item;
  private final Map<String, String> broken = new LinkedHashMap<>();

  private ApprovalRules(JsonObject item) {
    this.item = item;
  }

  /**
   * What an item breaks: member to reason, empty when nothing.
   *
   * @param kind its list's name in the set
   * @param others the list's other items
   */
  static Map<String, String> broken(String kind, JsonObject item, List<JsonObject> others) {
    ApprovalRules rules = new ApprovalRules(item);
    switch (kind) {
      case "flashcards" -> rules.word("example_sentence", 1, others);
      case "spelling" -> rules.word("sample_sentence", 3, others);
      case "fill_blank" -> rules.gap("sentence", 5, others);
      case "grammar_challenge" -> rules.gap("prompt", 4, others);
      case "advanced_cloze" -> rules.cloze(others);
      case "sentence_builder" -> rules.builder(others);
      default -> throw new IllegalArgumentException("no rules for items of kind " + kind);
    }
    return rules.broken;
  }

  private void breaks(String field, String rule) {
    broken.putIfAbsent(field, "breaks the rule " + rule + ": " + TEXTS.get(rule));
  }

  private Optional<String> text(String member) {
    return PublishMapping.text(item, member);
  }

  private void word(String example, int fewestLetters, List<JsonObject> others) {
    String word = text("word").map(String::strip).orElse("");
    if (word.isEmpty()) {
      breaks("word", "word_or_translation_missing");
    } else if (word.length() < fewestLetters) {
      breaks("word", "word_length");
    } else if (TextRules.isNoise(word)) {
      breaks("word", "answer_noise");
    } else if (!ENGLISH.matcher(word).matches()) {
      breaks("word", "not_english");
    } else if (others.stream()
        .anyMatch(
            other ->
                PublishMapping.text(other, "word")
                    .map(PublishWord::key)
                    .filter(PublishWord.key(word)::equals)
                    .isPresent())) {
      breaks("word", "duplicate_word");
    }
    readable("word", word);
    text("translation").ifPresent(translation -> readable("translation", translation));
    if (text("translation").isEmpty()) {
      breaks("translation", "word_or_translation_missing");
    }
    String sentence = sentence(example, text(example).orElse(""), 3, 30);
    if (!sentence.isEmpty()
        && !word.isEmpty()
        && words(sentence).stream().noneMatch(said -> isForm(said, word))) {
      breaks(example, "example_without_word");
    }
    hint("hint", item, word);
  }

  /**
   * A guess without a dictionary: the same first letter and about the same length, or one of the
   * forms that look like nothing.
   */
  private static boolean isForm(String said, String word) {
    String head = word.toLowerCase(Locale.ROOT).split("[ -]")[0];
    return said.equals(head)
        || FORMS.getOrDefault(head, Set.of()).contains(said)
        || (said.charAt(0) == head.charAt(0)
            && Math.abs(said.length() - head.length()) <= LONGEST_FORM);
  }

  private void gap(String member, int fewestWords, List<JsonObject> others) {
    String text = text(member).orElse("");
    String answer = text("correct_answer").orElse("");
    List<String> options = options("options", item, answer, 4, 4, "correct_answer");
    if (blanks(member, text, 1) && options.contains(answer)) {
      sentence(member, filled(text, List.of(answer)), fewestWords, 30);
      unique(member, text, others);
      hint("hint", item, answer);
    }
  }

  private void cloze(List<JsonObject> others) {
    String text = text("sentence").orElse("");
    List<String> answers = new ArrayList<>();
    for (String name : List.of("blank1", "blank2")) {
      JsonObject blank =
          item.getValue(name) instanceof JsonObject object ? object : new JsonObject();
      String answer = PublishMapping.text(blank, "correct").orElse("");
      options(name + ".options", blank, answer, 3, 6, name + ".correct");
      hint(name + ".hint", blank, answer);
      answers.add(answer);
    }
    if (blanks("sentence", text, 2) && broken.isEmpty()) {
      sentence("sentence", filled(text, answers), 6, 30);
      unique("sentence", text, others);
    }
  }

  private void builder(List<JsonObject> others) {
    String english = sentence("english", text("english").orElse(""), 4, 12);
    List<String> tokens = strings(item.getValue("tokens"));
    List<String> sorted = tokens.stream().sorted().toList();
    List<List<String>> accepted =
        item.getValue("accepted") instanceof JsonArray sequences
            ? sequences.stream().map(ApprovalRules::strings).toList()
            : List.of();
    if (!joined(tokens).equals(squeezed(english))
        || tokens.stream().anyMatch(token -> token.isBlank() || token.contains(" "))) {
      breaks("tokens", "tokens");
    }
    if (!accepted.contains(tokens)
        || accepted.stream()
            .anyMatch(sequence -> !sequence.stream().sorted().toList().equals(sorted))) {
      breaks("accepted", "tokens");
    }
    if (text("hint").filter(hint -> hint.contains(english) && !english.isEmpty()).isPresent()) {
      breaks("hint", "hint_gives_answer");
    }
    unique("english", english, others);
  }

  private List<String> options(
      String field, JsonObject holder, String answer, int fewest, int most, String answerField) {
    List<String> options = strings(holder.getValue("options"));
    if (options.size() < fewest
        || options.size() > most
        || options.stream().anyMatch(String::isBlank)) {
      breaks(field, "options");
    } else if (!options.contains(answer)) {
      breaks(answerField, "options");
    }
    if (!answer.isBlank() && TextRules.isNoise(answer)) {
      breaks(answerField, "answer_noise");
    }
    options.forEach(option -> readable(field, option));
    Set<String> distinct = new HashSet<>();
    if (options.stream().anyMatch(option -> !distinct.add(PublishWord.key(option)))) {
      breaks(field, "duplicate_options");
    }
    return options;
  }

  private boolean blanks(String field, String text, int wanted) {
    if (BLANK.matcher(text).results().count() != wanted) {
      breaks(field, "blank_count");
      return false;
    }
    if (BLANK_IN_WORD.matcher(text).find()) {
      breaks(field, "blank_in_word");
    }
    return true;
  }

  /**
   * @return the sentence, empty when it is none
   */
  private String sentence(String field, String sentence, int fewest, int most) {
    if (sentence.isBlank()) {
      breaks(field, "sentence_missing");
      return "";
    }
    readable(field, sentence);
    if (TextRules.hesitates(sentence)) {
      breaks(field, "hesitation");
    }
    if (STAMP.matcher(sentence).find()) {
      breaks(field, "clock_stamp_or_label");
    }
    int first = sentence.codePointAt(0);
    boolean opens = Character.isUpperCase(first) || Character.isDigit(first);
    if (!opens
        || !sentence.matches("(?s).*[^.!?][.!?]")
        || DOUBLED.matcher(sentence).find()
        || FILLER.matcher(sentence).find()) {
      breaks(field, "sentence_form");
    }
    int count = words(sentence).size();
    if (count < fewest || count > most) {
      breaks(field, "sentence_length");
    }
    return sentence;
  }

  private void readable(String field, String text) {
    String rule = TextRules.broken(text);
    if (rule != null) {
      breaks(field, rule);
    }
  }

  private void hint(String field, JsonObject holder, String answer) {
    String hint = PublishMapping.text(holder, "hint").orElse("").toLowerCase(Locale.ROOT);
    String wanted = answer.toLowerCase(Locale.ROOT);
    if (wanted.length() > 3
        && Pattern.compile("(?<!\\p{L})" + Pattern.quote(wanted) + "(?!\\p{L})")
            .matcher(hint)
            .find()) {
      breaks(field, "hint_gives_answer");
    }
  }

  private void unique(String field, String text, List<JsonObject> others) {
    if (!text.isEmpty() && others.stream().anyMatch(other -> text.equals(other.getValue(field)))) {
      breaks(field, "duplicate_item");
    }
  }

  private static String filled(String text, List<String> answers) {
    String[] parts = BLANK.split(text, -1);
    StringBuilder whole = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      // a dash is "no word here"
      whole.append(answers.get(i - 1).equals("—") ? "" : answers.get(i - 1)).append(parts[i]);
    }
    return whole.toString().replaceAll("\\s+", " ").strip();
  }

  /** Without spaces, so that how punctuation is set does not matter. */
  private static String joined(List<String> tokens) {
    return squeezed(String.join("", tokens));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static List<String> words(String sentence) {
    return Arrays.stream(NOT_A_WORD.split(sentence.toLowerCase(Locale.ROOT)))
        .filter(word -> !word.isBlank())
        .toList();
  }

  private static List<String> strings(Object list) {
    return list instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)
        ? array.stream().map(String.class::cast).toList()
        : List.of();
  }
}
