package courses.content;

import courses.content.SourceText.Unit;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fact and why it is so.
 *
 * @param question that asks for the reason
 */
record Reason(String fact, String because, String question, Unit unit) {
  private static final Pattern BECAUSE =
      Pattern.compile("^([^,;:]{15,140}?),?\\s+because\\s+(?!of\\b)(.{10,160}?)[.!]$");
  private static final Pattern SINCE =
      Pattern.compile("^([^,;:]{15,140}?),\\s+since\\s+(?!\\d)(.{10,160}?)[.!]$");
  private static final Pattern FIRST =
      Pattern.compile("^Because\\s+(?!of\\b)([^,;:]{10,140}?),\\s+([^;:]{15,140}?)[.!]$");
  private static final String IS_IT_THAT = "Why is it that ";
  private static final Set<String> AUXILIARY =
      Set.of(
          "is", "are", "was", "were", "can", "could", "must", "will", "would", "should", "may",
          "might", "do", "does", "did", "has", "have", "had");
  private static final Set<String> CLAUSE =
      Set.of(
          "that", "which", "who", "whose", "when", "if", "as", "because", "where", "while",
          "whether", ",", ";", ":");

  /** The reason a sentence gives that can stand alone. */
  static Optional<Reason> in(Unit unit, EnglishText english) {
    Matcher last = BECAUSE.matcher(unit.text());
    Matcher since = SINCE.matcher(unit.text());
    Matcher first = FIRST.matcher(unit.text());
    if (last.matches()) {
      return of(last.group(1), last.group(2), unit, english);
    }
    if (since.matches()) {
      return of(since.group(1), since.group(2), unit, english);
    }
    return first.matches() ? of(first.group(2), first.group(1), unit, english) : Optional.empty();
  }

  private static Optional<Reason> of(String fact, String because, Unit unit, EnglishText english) {
    if (leans(because) || leans(fact) || Standing.commands(unit)) {
      return Optional.empty();
    }
    Word opening = english.words(fact).get(0);
    boolean name = opening.tag().equals("PROPN") && english.frequency(opening.text()) == 0;
    String lowered =
        name || opening.text().equals("I")
            ? fact
            : Character.toLowerCase(fact.charAt(0)) + fact.substring(1);
    String why = why(lowered, english);
    // no verb behind a subject: an order ("stir in the colour"), which has reasons but is no fact
    return why.startsWith(IS_IT_THAT) && !opening.tag().matches("ADP|SCONJ|ADV")
        ? Optional.empty()
        : Optional.of(new Reason(lowered, because, why, unit));
  }

  private static boolean leans(String clause) {
    return clause.matches("(?i)(?:it|they|this|that|these|those|he|she|we|you|i|there|so)\\b.*");
  }

  String answer() {
    return "Because " + because + ".";
  }

  /** Turns "tyres lose air" to "Why do tyres lose air?" where the verb is easily found. */
  static String why(String fact, EnglishText english) {
    List<Word> words = english.words(fact);
    if (!words.isEmpty() && words.get(0).tag().matches("ADP|SCONJ|ADV")) {
      // "in autumn the workers drive ...": the subject comes later
      return IS_IT_THAT + fact + "?";
    }
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String text = word.text().toLowerCase(Locale.ROOT);
      boolean auxiliary = AUXILIARY.contains(text) || text.equals("cannot");
      if (CLAUSE.contains(text)) {
        break;
      }
      if (auxiliary || word.tag().equals("VERB") || word.tag().equals("AUX")) {
        String subject = fact.substring(0, word.start()).strip();
        String rest = fact.substring(word.end()).strip();
        if (i == 0 || rest.isEmpty()) {
          break;
        }
        if (text.equals("cannot")) {
          return "Why can " + subject + " not " + rest + "?";
        }
        boolean has = text.startsWith("ha");
        boolean helps =
            auxiliary
                && (!has
                    || i + 1 < words.size() && words.get(i + 1).tag().matches("VERB|AUX|ADV|PART"));
        if (helps) {
          return "Why " + text + " " + subject + " " + rest + "?";
        }
        String lemma = has ? "have" : word.lemma();
        if (lemma.isEmpty() || text.endsWith("ing")) {
          break;
        }
        String helper = text.equals(lemma) ? "do" : text.endsWith("s") ? "does" : "did";
        return "Why " + helper + " " + subject + " " + lemma + " " + rest + "?";
      }
    }
    return IS_IT_THAT + fact + "?";
  }
}
