package load;

import courses.content.Replies;
import fakes.FakeModel;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The scripted model of the courses' benchmark: a second for every call, several keys with limits
 * that are enforced, a fifth of the replies spoilt. Knows of each course how long it was busy with
 * it.
 */
final class CourseModel implements AutoCloseable {
  static final int KEYS = 8;
  static final int PER_KEY = 16;
  static final int REQUESTS_A_MINUTE = 1_200;
  static final int TOKENS_A_MINUTE = 20_000_000;
  static final double SPOILT = 0.2;
  private static final long SLOT = TimeUnit.SECONDS.toNanos(5);
  private static final Duration THINKING = Duration.ofSeconds(1);
  private static final Pattern TITLE = Pattern.compile("\"title\":\"(Course [0-9a-z-]+)");
  private static final Set<String> BEFORE_LESSONS =
      Set.of("course-validate", "course-summary", "course-outline");
  // parts of one lesson begin when that lesson ends: not on the way from the last lesson
  private static final Set<String> OF_A_LESSON = Set.of("course-exercises", "course-concepts");

  final FakeModel fake;

  CourseModel(Vertx vertx) {
    fake =
        Replies.speak(FakeModel.start(vertx), "")
            .takes(THINKING)
            .atATime(PER_KEY)
            .limits(60_000, REQUESTS_A_MINUTE, TOKENS_A_MINUTE)
            .spoils(SPOILT, 41)
            .labels(CourseModel::title);
    fake.service().forget();
  }

  private static String title(JsonObject request) {
    Matcher matcher =
        TITLE.matcher(request.getJsonArray("messages").getJsonObject(1).getString("content"));
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The settings of a service that asks this model. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("LANGUAGE_MODEL_ORDER", "openai");
    environment.put("LANGUAGE_MODEL_AUDIO_ORDER", "openai");
    environment.put("LANGUAGE_MODEL_OPENAI_BASE_URL", fake.address().toString());
    environment.put("LANGUAGE_MODEL_OPENAI_MODEL", "model-a");
    environment.put("LANGUAGE_MODEL_OPENAI_QUOTA", "per-key");
    environment.put("LANGUAGE_MODEL_OPENAI_CONCURRENCY", Integer.toString(PER_KEY));
    environment.put(
        "LANGUAGE_MODEL_OPENAI_REQUESTS_PER_MINUTE", Integer.toString(REQUESTS_A_MINUTE));
    environment.put("LANGUAGE_MODEL_OPENAI_TOKENS_PER_MINUTE", Integer.toString(TOKENS_A_MINUTE));
    environment.put("LANGUAGE_MODEL_OPENAI_REQUESTS_PER_DAY", "0");
    for (int i = 1; i <= KEYS; i++) {
      environment.put("OPENAI_API_KEY_" + i, "test-key-" + i);
    }
    return environment;
  }

  /** Seconds that the model worked on all courses, by as many calls as it takes at a time. */
  double busySeconds(long from) {
    return fake.served().stream()
            .filter(call -> call.begun() >= from)
            .mapToLong(call -> call.ended() - call.begun())
            .sum()
        / 1e9
        / (KEYS * PER_KEY);
  }

  /** Calls that it had at a time, on average over each five seconds since. */
  String atATime(long from) {
    TreeMap<Long, Double> busy = new TreeMap<>();
    for (FakeModel.Served call : fake.served()) {
      for (long at = Math.max(call.begun(), from); at < call.ended(); ) {
        long slot = (at - from) / SLOT;
        long until = Math.min(call.ended(), from + (slot + 1) * SLOT);
        busy.merge(slot, (double) (until - at) / SLOT, Double::sum);
        at = until;
      }
    }
    return busy.values().stream()
        .map(calls -> String.format("%.0f", calls))
        .collect(Collectors.joining(" "));
  }

  /**
   * Seconds of the longest chain of calls of one course that had to follow one another: verdict,
   * structure, the longest lesson, the longest of the parts that need all lessons. What was asked
   * again counts to what was asked.
   */
  double chain(String title) {
    List<FakeModel.Served> own =
        fake.served().stream().filter(call -> call.label().equals(title)).toList();
    double seconds = 0;
    for (String prompt : BEFORE_LESSONS) {
      seconds += longest(own, prompt::equals);
    }
    seconds += longest(own, "course-lesson"::equals);
    Set<String> first = new HashSet<>(BEFORE_LESSONS);
    first.addAll(OF_A_LESSON);
    first.addAll(Set.of("course-lesson", "course-categorise"));
    return seconds + longest(own, prompt -> !first.contains(prompt));
  }

  /** The same up to the first lesson that was there. */
  double chainToFirstLesson(String title) {
    List<FakeModel.Served> own =
        fake.served().stream().filter(call -> call.label().equals(title)).toList();
    double seconds = 0;
    for (String prompt : BEFORE_LESSONS) {
      seconds += longest(own, prompt::equals);
    }
    double[] lessons =
        conversations(own, "course-lesson"::equals).values().stream()
            .mapToDouble(nanos -> nanos / 1e9)
            .toArray();
    return seconds + Arrays.stream(lessons).min().orElse(0);
  }

  private static double longest(List<FakeModel.Served> calls, Predicate<String> prompt) {
    return conversations(calls, prompt).values().stream().mapToLong(n -> n).max().orElse(0) / 1e9;
  }

  private static Map<Integer, Long> conversations(
      List<FakeModel.Served> calls, Predicate<String> prompt) {
    Map<Integer, Long> sums = new HashMap<>();
    for (FakeModel.Served call : calls) {
      if (prompt.test(call.prompt())) {
        sums.merge(call.conversation(), call.ended() - call.begun(), Long::sum);
      }
    }
    return sums;
  }

  @Override
  public void close() {
    fake.close();
  }
}
