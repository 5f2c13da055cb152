package courses.content;

import courses.content.SourceText.Unit;
import courses.content.Terms.Found;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the sentence at the beginning of a part says that happens, as a title. */
final class TopicSentence {
  /** Verbs of which "how" asks for nothing. */
  private static final Set<String> STILL =
      Set.of(
          ("be have consist contain hold mean cost stand lie belong seem look stay remain depend"
                  + " matter differ include become own need want know like love hate live suffer"
                  + " come say tell call accept fear owe count think use gain lose appear"
                  + " account feel waste")
              .split(" "));

  private static final Set<String> ENDS =
      Set.of(
          ",",
          ";",
          ":",
          "because",
          "so",
          "which",
          "who",
          "when",
          "until",
          "where",
          "while",
          "that",
          "although",
          "since",
          "and",
          "but",
          "or",
          "if",
          "as");

  private TopicSentence() {}

  /**
   * "How water travels up from the roots".
   *
   * @return empty where the sentence tells nothing that happens, or leans on another
   */
  static Optional<String> how(Unit unit, EnglishText english) {
    List<Word> words = unit.words();
    int article = words.get(0).tag().equals("DET") ? words.get(0).end() + 1 : 0;
    Optional<Found> subject =
        Terms.phrases(words, unit.text(), english).stream()
            .filter(found -> found.start() == article)
            .findFirst();
    if (subject.isEmpty() || Terms.GENERIC.contains(subject.get().lemma())) {
      return Optional.empty();
    }
    int at = 0;
    while (at < words.size() && words.get(at).start() < subject.get().end()) {
      at++;
    }
    if (at + 1 >= words.size()
        || !words.get(at).tag().equals("VERB")
        || STILL.contains(words.get(at).lemma())
        || words.get(at).text().endsWith("ing")) {
      return Optional.empty();
    }
    int end = at + 1;
    while (end < words.size()
        && !ENDS.contains(words.get(end).text())
        && end < LessonTitle.MOST_WORDS) {
      end++;
    }
    boolean whole =
        end == words.size()
            || !words.get(end).tag().matches("NOUN|PROPN|VERB|ADJ|NUM|PRON") && !lists(words, end);
    // back to a noun or a verb that can stand at the end
    while (end > at + 1
        && (!whole && words.get(end - 1).tag().matches("ADP|DET|ADJ|NUM|PRON|ADV|NOUN|PROPN")
            || words.get(end - 1).tag().matches("PUNCT|ADP|DET|ADJ|NUM|PRON|SCONJ|CCONJ|PART"))
        && !words.get(end - 1).text().matches(".*sel(?:f|ves)")) {
      whole |= words.get(end - 1).tag().equals("ADP");
      end--;
    }
    String said = unit.text().substring(0, words.get(end - 1).end());
    boolean name = subject.get().name() && words.get(0).tag().equals("PROPN");
    String lower = name ? said : Character.toLowerCase(said.charAt(0)) + said.substring(1);
    return LessonTitle.POINTING.matcher(lower).matches()
            || lower.split(" ").length < 3 && !lower.startsWith("the ")
        ? Optional.empty()
        : Optional.of("How " + lower);
  }

  /** Whether a comma stands between the members of a list. */
  private static boolean lists(List<Word> words, int at) {
    return at + 2 < words.size()
        && words.get(at).text().equals(",")
        && words.get(at + 1).isNoun()
        && words.get(at + 2).text().matches(",|and|or");
  }
}
