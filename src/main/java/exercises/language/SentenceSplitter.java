package exercises.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import opennlp.tools.sentdetect.SentenceDetectorME;

/** Splits a turn into sentences. One per thread. */
public final class SentenceSplitter {
  /** The model breaks after titles and the like; what ends so goes on in the next piece. */
  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "(?i).*(?:^|[\\s(])(?:mrs?|ms|dr|prof|st|vs|etc|e\\.g|i\\.e|approx|no|a\\.m|p\\.m|jr|sr)\\.$",
          Pattern.DOTALL);

  /** A mark the model sometimes reads over when the next word has no capital letter. */
  private static final Pattern HARD_STOP =
      Pattern.compile("(?<=[?!])\\s+|(?<=\\p{Ll}\\.)\\s+(?=\\p{Lu})|[\\r\\n]+");

  private final SentenceDetectorME detector;

  /** Not thread-safe; shares the loaded models. */
  public SentenceSplitter(NlpModels models) {
    detector = new SentenceDetectorME(models.sentences);
  }

  /** The sentences of a text in order, without the space around them. */
  public List<String> split(String text) {
    List<String> merged = new ArrayList<>();
    for (String piece : detector.sentDetect(text)) {
      int last = merged.size() - 1;
      boolean continues =
          last >= 0
              && (ABBREVIATION.matcher(merged.get(last)).matches()
                  || Character.isLowerCase(piece.codePointAt(0)));
      if (continues && !merged.get(last).matches("(?s).*[?!]$")) {
        merged.set(last, merged.get(last) + " " + piece);
      } else {
        merged.add(piece);
      }
    }
    List<String> sentences = new ArrayList<>();
    for (String sentence : merged) {
      splitHard(sentence, sentences);
    }
    return sentences;
  }

  private static void splitHard(String sentence, List<String> into) {
    StringBuilder open = new StringBuilder();
    for (String part : HARD_STOP.split(sentence)) {
      if (part.isBlank()) {
        continue;
      }
      open.append(open.isEmpty() ? "" : " ").append(part.strip());
      if (!ABBREVIATION.matcher(part).matches()) {
        into.add(open.toString());
        open.setLength(0);
      }
    }
    if (!open.isEmpty()) {
      into.add(open.toString());
    }
  }
}
