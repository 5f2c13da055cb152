package courses.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A first look at a topic, without a model: refuses what plainly asks for instructions to do harm.
 * What is subtler is left to the model's own judgement.
 */
final class TopicSafety {
  private static final String RESOURCE = "/courses/unsafe-topics.txt";
  private static final List<List<Pattern>> RULES = rules();

  private TopicSafety() {}

  /** Whether a course on this subject may be begun. */
  static boolean allowed(String topic) {
    String plain = plain(topic);
    return RULES.stream()
        .noneMatch(rule -> rule.stream().allMatch(group -> group.matcher(plain).find()));
  }

  /** Lower case, accents off, letters and digits only: {@code B-o-m-b} stays a riddle. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }

  private static List<List<Pattern>> rules() {
    try (InputStream in = TopicSafety.class.getResourceAsStream(RESOURCE)) {
      List<List<Pattern>> rules = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\\R")) {
        if (!line.isBlank() && !line.startsWith("#")) {
          List<Pattern> rule = new ArrayList<>();
          for (String group : line.split("\\|")) {
            rule.add(group(group.strip().split("\\s+")));
          }
          rules.add(rule);
        }
      }
      return rules;
    } catch (IOException unreadable) {
      throw new IllegalStateException(RESOURCE + " can't be read from the jar", unreadable);
    }
  }

  private static Pattern group(String[] words) {
    List<String> forms = new ArrayList<>();
    for (String word : words) {
      boolean open = word.endsWith("*");
      String stem = open ? word.substring(0, word.length() - 1) : word;
      forms.add(stem.replace('_', ' ') + (open ? "\\w*" : ""));
    }
    return Pattern.compile("\\b(?:" + String.join("|", forms) + ")\\b");
  }
}
