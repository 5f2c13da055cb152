package exercises.understanding;

import exercises.language.Difficulty;
import exercises.language.Morphology;
import exercises.language.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes the record of a mistake from an aligned correction. */
public final class MistakeWriter {
  private static final int LONGEST_CLAUSE = 16;
  private final Morphology morphology;
  private final EditClassifier classifier;

  /** Not thread-safe. */
  public MistakeWriter(Morphology morphology, EditClassifier classifier) {
    this.morphology = morphology;
    this.classifier = classifier;
  }

  /** "yesterday I go": the time before the clause is part of what is wrong with it. */
  private static int timeBefore(List<String> parts, int from) {
    if (from > 0 && parts.get(from - 1).matches("yesterday|today|tomorrow")) {
      return from - 1;
    }
    boolean two = from > 1 && parts.get(from - 2).matches("last|next|every");
    return two ? from - 2 : from;
  }

  /**
   * Capital letters inside a sentence as the teacher's turn has them: "english" becomes "English".
   */
  private static String cased(String sentence, String context) {
    String out = sentence;
    List<Token> tokens = Token.split(context);
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean inside =
          tokens.get(i - 1).isWord() && token.isCapitalised() && token.text().length() > 2;
      if (inside) {
        out =
            out.replaceAll(
                "(?<![\\p{L}'])" + Pattern.quote(token.lower()) + "(?![\\p{L}'])", token.text());
      }
    }
    return out;
  }

  /** "He can not swim" where the teacher said "can't". */
  private static String contracted(String sentence, String context) {
    String out = sentence;
    for (String helper :
        List.of(
            "can", "is", "are", "do", "does", "did", "was", "were", "has", "have", "should",
            "must")) {
      String form = helper.equals("can") ? "can't" : helper + "n't";
      if (context.contains(form)) {
        out = out.replace(" " + helper + " not ", " " + form + " ");
      }
    }
    return out;
  }

  /** "The Doctor said": a word that no longer comes first loses its capital letter. */
  private String lowered(String sentence, Alignment alignment, int from) {
    Edit first = alignment.edits().get(0);
    if (first.from() != from || first.right().isEmpty()) {
      return sentence;
    }
    List<Token> tokens = Token.split(sentence);
    int at = first.right().size();
    boolean ordinary =
        at < tokens.size()
            && tokens.get(at).isCapitalised()
            && tokens.get(at).text().length() > 1
            && morphology.isEnglish(tokens.get(at).lower())
            && !morphology.readings(tokens.get(at).lower()).isEmpty();
    if (!ordinary || !first.wrong().isEmpty()) {
      return sentence;
    }
    Token token = tokens.get(at);
    return sentence.substring(0, token.start()) + token.lower() + sentence.substring(token.end());
  }

  /** "How many days I should": what one edit takes out another puts in earlier. */
  private static Edit movedTo(List<Edit> edits) {
    for (Edit in : edits) {
      for (Edit out : edits) {
        boolean same =
            in.wrong().isEmpty()
                && out.right().isEmpty()
                && in.right().equals(out.wrong())
                && in.from() < out.from();
        if (same) {
          return in;
        }
      }
    }
    return null;
  }

  /** Null when the result would not differ from what the student said, or says nothing. */
  public Mistake write(
      String seed,
      Parts words,
      Alignment alignment,
      Turn student,
      String context,
      double confidence,
      String source) {
    if (alignment == null || alignment.edits().isEmpty()) {
      return null;
    }
    List<String> parts = words.parts();
    // Speech without marks runs on; then only the clause the teacher said again is one sentence.
    int covered = alignment.to() - alignment.from();
    boolean joined =
        alignment.to() < parts.size()
            && parts.get(alignment.to()).matches("and|but|because|so|then");
    boolean clause = covered >= 4 || covered == 3 && joined;
    boolean runsOn = alignment.from() >= 3 || parts.size() - alignment.to() >= 3;
    boolean whole = parts.size() <= LONGEST_CLAUSE && !(clause && runsOn);
    int from =
        whole
            ? 0
            : clause ? timeBefore(parts, alignment.from()) : Math.max(0, alignment.from() - 4);
    int to =
        whole ? parts.size() : clause ? alignment.to() : Math.min(parts.size(), alignment.to() + 4);
    List<Token> marks = words.tokens();
    String mended = lowered(words.rewrite(from, to, alignment.edits()), alignment, from);
    boolean question =
        whole && marks.get(marks.size() - 1).text().equals("?") || ModelSentences.asks(mended);
    String incorrect = cased(Speech.written(words.rewrite(from, to, List.of()), question), context);
    String correct = contracted(cased(Speech.written(mended, question), context), context);
    if (correct.isEmpty() || incorrect.equalsIgnoreCase(correct)) {
      return null;
    }
    Edit main = alignment.edits().get(0);
    MistakeType type = classifier.type(main, parts);
    for (Edit edit : alignment.edits()) {
      MistakeType other = classifier.type(edit, parts);
      boolean telling =
          type == MistakeType.GENERAL && other != MistakeType.GENERAL
              || main.right().isEmpty() && !edit.right().isEmpty();
      if (telling) {
        main = edit;
        type = other;
      }
    }
    String rule = RuleText.rule(type, main, parts, morphology);
    Edit moved = movedTo(alignment.edits());
    if (moved != null) {
      main = moved;
      type = MistakeType.WORD_ORDER;
      rule = RuleText.moved(moved, parts);
    }
    List<String> window =
        new ArrayList<>(
            parts.subList(Math.max(0, main.from() - 1), Math.min(parts.size(), main.to() + 1)));
    int length = to - from;
    Difficulty difficulty =
        length <= 5
            ? Difficulty.BEGINNER
            : length <= 10 ? Difficulty.INTERMEDIATE : Difficulty.ADVANCED;
    return new Mistake(
        Ids.of(seed, "mistake", student.utterance().index() + incorrect),
        Provenance.bounded(incorrect),
        Provenance.bounded(correct),
        type,
        RuleText.show(main.wrong()).toLowerCase(Locale.ROOT),
        RuleText.show(main.right()).toLowerCase(Locale.ROOT),
        String.join(" ", window),
        rule,
        Provenance.bounded(context),
        difficulty,
        Math.round(confidence * 100) / 100.0,
        source,
        RuleText.hint(type),
        student.source());
  }
}
