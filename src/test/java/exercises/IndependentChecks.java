package exercises;

import exercises.language.NlpModels;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opennlp.tools.postag.POSTaggerME;

/**
 * A second opinion on finished items, written without the gate: it reads the set's JSON, the raw
 * transcript and the hand-made key, and shares none of the gate's rules, word lists or classes.
 */
final class IndependentChecks {
  private static final Pattern GLOSSED =
      Pattern.compile("(\\p{IsLatin}[\\p{IsLatin}'-]+)\\s*\\((\\p{IsLatin}[^)]*)\\)");
  private static final int WINDOW = 4;
  private final QualityLesson lesson;
  private final POSTaggerME tagger;
  private final List<String> spoken = new ArrayList<>();
  private final String teacher;
  private final Set<String> names = new HashSet<>();
  private final Set<String> foreign = new HashSet<>();
  private final Map<String, List<String>> failures = new TreeMap<>();
  private int items;
  private int passed;

  IndependentChecks(QualityLesson lesson, NlpModels models) {
    this.lesson = lesson;
    this.tagger = new POSTaggerME(models.tags);
    StringBuilder said = new StringBuilder(" ");
    for (var turn : lesson.material().utterances()) {
      spoken.addAll(words(turn.text()));
      if (!turn.role().word().equals("student")) {
        said.append(String.join(" ", words(turn.text()))).append(" . ");
      }
    }
    teacher = said.toString();
    for (String word : lesson.never()) {
      if (Character.isUpperCase(word.charAt(0))) {
        names.add(word);
      } else {
        foreign.add(word);
      }
    }
    Matcher glossed = GLOSSED.matcher(lesson.text());
    while (glossed.find()) {
      String gloss = glossed.group(2).toLowerCase(Locale.ROOT);
      if (!gloss.contains(glossed.group(1).toLowerCase(Locale.ROOT))) {
        foreign.add(glossed.group(1).toLowerCase(Locale.ROOT));
      }
    }
    // A word that is taught elsewhere as English is none of the other language.
    lesson.taught().forEach(foreign::remove);
    lesson.mayCount().forEach(foreign::remove);
  }

  /** Looks at every item of all six kinds. */
  void check(JsonObject set) {
    each(set, "flashcards", item -> word(item, "example_sentence", 1));
    each(set, "spelling", item -> word(item, "sample_sentence", 3));
    each(set, "fill_blank", item -> gap(item, "sentence"));
    each(set, "grammar_challenge", item -> gap(item, "prompt"));
    each(set, "advanced_cloze", this::cloze);
    each(set, "sentence_builder", this::builder);
  }

  int items() {
    return items;
  }

  int passed() {
    return passed;
  }

  /** Check to the items that failed it. */
  Map<String, List<String>> failures() {
    return failures;
  }

  private interface Opinion {
    /** What is wrong, or nothing. */
    List<String> of(JsonObject item);
  }

  private void each(JsonObject set, String kind, Opinion opinion) {
    for (Object entry : set.getJsonArray(kind)) {
      JsonObject item = (JsonObject) entry;
      List<String> wrong = opinion.of(item);
      items++;
      passed += wrong.isEmpty() ? 1 : 0;
      wrong.forEach(
          w ->
              failures
                  .computeIfAbsent(w, k -> new ArrayList<>())
                  .add(lesson.name() + " " + kind + ": " + shown(item)));
    }
  }

  private static String shown(JsonObject item) {
    for (String member : List.of("word", "sentence", "prompt", "english")) {
      if (item.containsKey(member)) {
        return item.getString(member)
            + (item.containsKey("options") ? " " + item.getJsonArray("options").encode() : "")
            + (item.containsKey("example_sentence")
                ? " | " + item.getString("example_sentence")
                : "");
      }
    }
    return item.encode();
  }

  private List<String> word(JsonObject item, String example, int fewestLetters) {
    List<String> wrong = new ArrayList<>();
    String word = item.getString("word");
    text(wrong, word, 30);
    if (word.length() < fewestLetters || words(word).size() > 4) {
      wrong.add("length");
    }
    if (words(word).stream().noneMatch(this::occurs)) {
      wrong.add("answer not in the lesson");
    }
    if (words(word).stream().anyMatch(foreign::contains)) {
      wrong.add("word of another language or of running the lesson");
    }
    sentence(wrong, item.getString(example), 3);
    hint(wrong, item.getString("hint"), word);
    boolean english = "en".equals(item.getString("translation_language"));
    if (!english && !script(item.getString("translation"))) {
      wrong.add("translation's script");
    }
    return wrong;
  }

  private List<String> gap(JsonObject item, String member) {
    List<String> wrong = new ArrayList<>();
    String answer = item.getString("correct_answer");
    List<String> options = strings(item.getJsonArray("options"));
    options(wrong, options, answer);
    String text = item.getString(member);
    int at = text.indexOf("_____");
    if (at < 0 || text.indexOf("_____", at + 5) >= 0) {
      wrong.add("blanks");
      return wrong;
    }
    sentence(wrong, text.replace("_____", answer.equals("—") ? "" : answer).replace("  ", " "), 4);
    onlyOne(wrong, text.substring(0, at), text.substring(at + 5), options, answer);
    hint(wrong, item.getString("hint"), answer);
    return wrong;
  }

  private List<String> cloze(JsonObject item) {
    List<String> wrong = new ArrayList<>();
    String text = item.getString("sentence");
    String whole = text;
    for (String name : List.of("blank1", "blank2")) {
      JsonObject blank = item.getJsonObject(name);
      options(wrong, strings(blank.getJsonArray("options")), blank.getString("correct"));
      hint(wrong, blank.getString("hint"), blank.getString("correct"));
      whole = whole.replaceFirst("_____", Matcher.quoteReplacement(blank.getString("correct")));
    }
    if (text.split("_____", -1).length != 3) {
      wrong.add("blanks");
    }
    sentence(wrong, whole, 6);
    return wrong;
  }

  private List<String> builder(JsonObject item) {
    List<String> wrong = new ArrayList<>();
    String english = item.getString("english");
    sentence(wrong, english, 4);
    String joined = String.join("", strings(item.getJsonArray("tokens")));
    if (!joined.equals(english.replace(" ", ""))) {
      wrong.add("tokens");
    }
    if (item.getString("hint").contains(english)) {
      wrong.add("hint says the answer");
    }
    return wrong;
  }

  private void options(List<String> wrong, List<String> options, String answer) {
    Set<String> distinct = new HashSet<>();
    options.forEach(o -> distinct.add(o.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}—]", "")));
    if (distinct.size() != options.size()) {
      wrong.add("options not distinct");
    }
    if (options.size() < 3 || !options.contains(answer)) {
      wrong.add("answer not among the options");
    }
    if (!answer.equals("—") && words(answer).stream().noneMatch(this::occurs)) {
      wrong.add("answer not in the lesson");
    }
    options.forEach(o -> text(wrong, o, 40));
  }

  /** A wrong option that the teacher says between the same neighbours would be right as well. */
  private void onlyOne(
      List<String> wrong, String before, String after, List<String> options, String answer) {
    List<String> left = words(before);
    List<String> right = words(after);
    String from = String.join(" ", left.subList(Math.max(0, left.size() - 2), left.size()));
    String to = String.join(" ", right.subList(0, Math.min(2, right.size())));
    for (String option : options) {
      if (!option.equals(answer) && !option.equals("—") && left.size() > 1 && right.size() > 1) {
        String whole = " " + from + " " + String.join(" ", words(option)) + " " + to + " ";
        if (teacher.contains(whole)) {
          wrong.add("another option is said in the lesson");
        }
      }
    }
  }

  private void sentence(List<String> wrong, String sentence, int fewest) {
    text(wrong, sentence, 300);
    List<String> words = words(sentence);
    if (words.size() < fewest || words.size() > 30) {
      wrong.add("length");
    }
    boolean opens =
        Character.isUpperCase(sentence.charAt(0)) || Character.isDigit(sentence.charAt(0));
    if (!opens || !sentence.matches(".*[\\p{L}\\p{N}\"')][.!?]")) {
      wrong.add("sentence not written as one");
    }
    String[] tags =
        tagger.tag(
            sentence
                .replaceAll("([.,!?])", " $1")
                .replaceAll("(n't|'(?:s|m|re|ve|ll|d))\\b", " $1")
                .split("\\s+"));
    if (Arrays.stream(tags).noneMatch(t -> t.equals("VERB") || t.equals("AUX"))) {
      wrong.add("sentence without a verb");
    }
    if (!nearLesson(words)) {
      wrong.add("sentence not from the lesson");
    }
    String flat = " " + String.join(" ", words) + " ";
    for (QualityLesson.KeyMistake mistake : lesson.mistakes()) {
      List<String> slip = words(mistake.incorrect());
      if (slip.size() > 2 && flat.contains(" " + String.join(" ", slip) + " ")) {
        wrong.add("shows what the student said wrong");
      }
    }
    if (words.stream().anyMatch(w -> foreign.contains(w) && isNoEnglish(w))) {
      wrong.add("word of another language or of running the lesson");
    }
  }

  /** Some of the key's words to avoid are plain English and only unfit to be taught. */
  private boolean isNoEnglish(String word) {
    return GLOSSED
        .matcher(lesson.text())
        .results()
        .anyMatch(r -> r.group(1).equalsIgnoreCase(word));
  }

  private void hint(List<String> wrong, String hint, String answer) {
    if (hint == null || hint.isBlank()) {
      wrong.add("no hint");
      return;
    }
    String lower = " " + String.join(" ", words(hint)) + " ";
    String wanted = String.join(" ", words(answer));
    if (wanted.length() > 3 && lower.contains(" " + wanted + " ")) {
      wrong.add("hint says the answer");
    }
  }

  private void text(List<String> wrong, String text, int longest) {
    if (text == null || text.isBlank() || text.length() > longest) {
      wrong.add("length");
      return;
    }
    for (String name : names) {
      if (Pattern.compile("(?<!\\p{L})" + Pattern.quote(name) + "(?!\\p{L})")
          .matcher(text)
          .find()) {
        wrong.add("name");
      }
    }
    if (text.matches(".*(?:\\d\\d:\\d\\d|-->|<[^>]*>|[{}]|\\b(?:null|undefined|NaN)\\b).*")) {
      wrong.add("markup");
    }
  }

  private boolean script(String translation) {
    String wanted =
        switch (lesson.material().language()) {
          case "he" -> "\\p{IsHebrew}";
          case "ar" -> "\\p{IsArabic}";
          default -> "\\p{IsLatin}";
        };
    return translation != null && translation.matches("(?:" + wanted + "|\\P{L})*" + wanted + ".*");
  }

  /** Three of four words close together somewhere in the lesson. */
  private boolean nearLesson(List<String> words) {
    int span = words.size() + WINDOW * 2;
    for (int from = 0; from < Math.max(1, spoken.size() - words.size()); from += WINDOW) {
      List<String> rest = new ArrayList<>(words);
      for (int i = from; i < Math.min(spoken.size(), from + span); i++) {
        rest.remove(spoken.get(i));
      }
      if (rest.size() * 4 <= words.size()) {
        return true;
      }
    }
    return false;
  }

  private boolean occurs(String word) {
    String stem = word.substring(0, Math.max(Math.min(3, word.length()), word.length() - 3));
    return spoken.stream().anyMatch(s -> s.equals(word) || s.startsWith(stem));
  }

  private static List<String> words(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT).replace('’', '\'').replaceAll("[^\\p{L}\\p{N}']+", " ");
    return plain.isBlank() ? List.of() : Arrays.asList(plain.strip().split(" "));
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
