package courses.content;

import courses.sources.Segment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import llm.Ask;
import llm.Model;
import llm.Prompt;

/**
 * How models are asked for courses: what the gate would drop is told to the model, which then
 * answers again; where items are missing, only those are asked for.
 */
final class ModelAsks {
  private static final int OVERHEAD_TOKENS = 1_500;
  private static final int LEAST_CONTEXT = 1_000;
  private static final double ENOUGH = 0.6;

  /** Prompts that were changed since they were first used. */
  private static final Map<String, Integer> VERSIONS =
      Map.of("course-flashcards", 2, "course-game", 2, "course-questions", 2);

  private final Model model;
  private final Map<String, Prompt> prompts;

  /**
   * @param prompts those that were read already, and those that will be; safe for several threads
   */
  ModelAsks(Model model, Map<String, Prompt> prompts) {
    this.model = model;
    this.prompts = prompts;
  }

  static Prompt prompt(String name) {
    return Prompt.load(name, VERSIONS.getOrDefault(name, 1));
  }

  static JsonObject order(Brief brief) {
    return new JsonObject().put("order", ModelMaterial.order(brief));
  }

  static List<Segment> source(List<WrittenLesson> lessons) {
    return lessons.stream().flatMap(lesson -> lesson.source().stream()).toList();
  }

  /** The order with the lessons, each with its own segments. */
  JsonObject lessons(CourseSoFar course, String service, int output) {
    return order(course.brief())
        .put("lessons", ModelMaterial.lessons(course.lessons(), room(service, output)));
  }

  /** Tokens that are left for the source. */
  int room(String service, int output) {
    return Math.max(LEAST_CONTEXT, model.contextTokens(service) - output - OVERHEAD_TOKENS);
  }

  /**
   * Content of which the gate leaves enough.
   *
   * @param source what the gate holds it against
   * @param wanted items; 1 for what is no list
   * @param size items of a content
   * @param reading from a reply that obeys the schema
   */
  <T extends Record & Content> Future<T> write(
      String service,
      Brief brief,
      List<Segment> source,
      String prompt,
      JsonObject data,
      int output,
      Duration within,
      int wanted,
      ToIntFunction<T> size,
      Function<JsonObject, T> reading) {
    return ask(
            service,
            brief,
            prompt,
            data,
            output,
            within,
            reply -> {
              T draft = reading.apply(reply);
              int left = new CourseGate(brief, source).check(draft).map(size::applyAsInt).orElse(0);
              if (left >= ENOUGH * wanted) {
                return List.of();
              }
              List<String> faults = new ArrayList<>(CourseGate.complaints(brief, source, draft));
              faults.add(
                  "too little of the answer can be used: "
                      + left
                      + " of "
                      + wanted
                      + "; it must be complete, long enough and name its segments");
              return faults;
            })
        .map(reading);
  }

  /**
   * A list of which the gate leaves all that is wanted: what is missing is asked for once more,
   * with what is there already; a list that stays short is taken as it is.
   *
   * @param count how a prompt is told the number: puts it into the data
   * @param text an item in short, so that it is not written again
   * @param with two lists as one
   */
  <T extends Record & Content> Future<T> fill(
      String service,
      Brief brief,
      List<Segment> source,
      String prompt,
      BiFunction<Integer, JsonArray, JsonObject> data,
      int output,
      Duration within,
      int wanted,
      ToIntFunction<T> size,
      Function<T, List<String>> text,
      Function<JsonObject, T> reading,
      BiFunction<T, T, T> with) {
    long began = System.nanoTime();
    return write(
            service,
            brief,
            source,
            prompt,
            data.apply(wanted, new JsonArray()),
            output,
            within,
            wanted,
            size,
            reading)
        .compose(
            draft -> {
              T kept = new CourseGate(brief, source).check(draft).orElse(draft);
              int missing = wanted - size.applyAsInt(kept);
              Duration left = within.minusNanos(System.nanoTime() - began);
              if (missing <= 0 || left.isNegative() || left.isZero()) {
                return Future.succeededFuture(draft);
              }
              return write(
                      service,
                      brief,
                      source,
                      prompt,
                      data.apply(missing, new JsonArray(text.apply(kept))),
                      output,
                      left,
                      1,
                      size,
                      reading)
                  .map(more -> with.apply(kept, more))
                  .otherwise(draft);
            });
  }

  /** One list after the other, at most so many. */
  static <I> List<I> both(List<I> one, List<I> more, int most) {
    return Stream.concat(one.stream(), more.stream()).limit(most).toList();
  }

  /** An object that obeys the prompt's schema and in which {@code checks} finds no fault. */
  Future<JsonObject> ask(
      String service,
      Brief brief,
      String prompt,
      JsonObject data,
      int output,
      Duration within,
      Function<JsonObject, List<String>> checks) {
    return model.complete(
        new Ask(
            service,
            brief.account(),
            prompts.computeIfAbsent(prompt, ModelAsks::prompt),
            data,
            output,
            within,
            checks));
  }
}
