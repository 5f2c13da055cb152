package exercises.model;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import llm.Ask;
import llm.Prompt;

/** What a model is asked about a lesson, and what each answer may cost. */
enum LessonPrompts {
  /** One piece of the transcript in, notes out. */
  ANALYSE("lesson-analyse", 1_800),
  /** Taught words in, translations and hints out. */
  WORDS("lesson-words", 1_400),
  /** Sentences and mistakes in, single gaps out. */
  GAPS("lesson-gaps", 2_900),
  /** Sentences in, translations, orders and double gaps out. */
  SENTENCES("lesson-sentences", 2_200),
  /** Gaps without their answers in, every option that fits out. */
  SOLVE("lesson-solve", 900);

  /** The pool of keys that lessons are paid from. */
  static final String SERVICE = "lesson";

  private static final String DATA = "data";

  final int maxOutputTokens;
  private final Prompt prompt;

  LessonPrompts(String name, int maxOutputTokens) {
    this.prompt = Prompt.load(name, 1);
    this.maxOutputTokens = maxOutputTokens;
  }

  Prompt prompt() {
    return prompt;
  }

  /** Tokens of everything but the data: instructions, schema, and what providers add. */
  int overhead() {
    return TranscriptChunks.tokens(prompt.instructions())
        + TranscriptChunks.tokens(prompt.schema().encode())
        + 200;
  }

  /**
   * @param account the lesson the usage is booked on
   */
  Ask ask(
      String account,
      JsonObject data,
      Duration deadline,
      Function<JsonObject, List<String>> checks) {
    return new Ask(
        SERVICE,
        account,
        prompt,
        new JsonObject().put(DATA, data),
        maxOutputTokens,
        deadline,
        checks);
  }
}
