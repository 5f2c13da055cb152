package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import fakes.FakeModel;
import fakes.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import llm.FakePools;
import llm.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A model on a real socket that spoils a fifth of its replies, or says nothing at all. */
class ModelResilienceTest {
  private static final int COURSES = 100;

  /** As often as the engine runs a task ({@code courses.max-attempts}). */
  private static final int ATTEMPTS = 3;

  private static Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** Rules that never help, so that only what a model wrote counts. */
  private static CourseAuthor noRules() {
    return (CourseAuthor)
        Proxy.newProxyInstance(
            CourseAuthor.class.getClassLoader(),
            new Class<?>[] {CourseAuthor.class},
            (proxy, method, arguments) ->
                method.getName().equals("available")
                    ? (Object) true
                    : method.getName().equals("name")
                        ? Written.RULES
                        : Future.failedFuture(new CannotWrite("no rules in this test")));
  }

  /** The author that the engine would run again. */
  private static CourseAuthor persistent(CourseAuthor author) {
    return (CourseAuthor)
        Proxy.newProxyInstance(
            CourseAuthor.class.getClassLoader(),
            new Class<?>[] {CourseAuthor.class},
            (proxy, method, arguments) -> {
              if (!method.getReturnType().equals(Future.class)
                  || method.getName().equals("validate")) {
                return method.invoke(author, arguments);
              }
              Future<Object> result = run(author, method, arguments);
              for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                result = result.recover(failed -> run(author, method, arguments));
              }
              return result;
            });
  }

  @SuppressWarnings("unchecked")
  private static Future<Object> run(
      CourseAuthor author, java.lang.reflect.Method method, Object[] arguments) {
    try {
      return (Future<Object>) method.invoke(author, arguments);
    } catch (ReflectiveOperationException e) {
      return Future.failedFuture(e.getCause());
    }
  }

  private static Material small() {
    List<courses.sources.Segment> segments = new ArrayList<>();
    for (var segment : Sources.bread().segments().subList(11, 17)) {
      segments.add(courses.sources.Segment.of(segments.size(), segment.text()));
    }
    return new Material(Sources.brief("Yeast at work"), segments);
  }

  @Test
  @Tag("slow")
  void ninetyNineOfAHundredCoursesAreWholeThoughAFifthOfTheRepliesIsSpoilt() throws Exception {
    try (FakeModel fake = Replies.speak(FakeModel.start(vertx), "").spoils(0.2, 7)) {
      Model model = FakePools.hurried(vertx, fake);
      Authors authors = new Authors(Optional.of(persistent(new ModelAuthor(model))), noRules());
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Callable<WholeCourse>> writing = new ArrayList<>();
        for (int i = 0; i < COURSES; i++) {
          writing.add(() -> WholeCourse.whatCanBe(authors, small()));
        }
        int whole = 0;
        int parts = 0;
        List<String> missing = new ArrayList<>();
        for (var written : threads.invokeAll(writing)) {
          try {
            WholeCourse course = written.get();
            parts += course.parts().size();
            missing.addAll(course.missing());
            whole += course.missing().isEmpty() ? 1 : 0;
            assertThat(course.parts().toString())
                .doesNotContain("PWNED")
                .doesNotContain("can't help")
                .doesNotContainPattern("\\p{IsCyrillic}");
          } catch (java.util.concurrent.ExecutionException e) {
            missing.add(e.getCause().toString());
          }
        }
        System.out.printf(
            "%d of %d courses whole, %d parts, %d calls (%.2f a part), spoilt %s, missing %s%n",
            whole,
            COURSES,
            parts,
            fake.completions(),
            (double) fake.completions() / parts,
            fake.spoilt(),
            missing.stream().distinct().limit(5).toList());
        assertThat(whole).as(missing.toString()).isGreaterThanOrEqualTo(99);
        assertThat(fake.spoilt()).hasSize(FakeModel.Spoilt.values().length);
        assertThat((double) fake.completions() / parts).isLessThan(1.8);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void aVerdictIsThereWithinThreeSecondsThoughTheSocketIsSilent() throws Exception {
    try (FakeModel fake = Replies.speak(FakeModel.start(vertx), "")) {
      fake.service().faults.share(1, 1, Fault.silence());
      Authors authors =
          new Authors(Optional.of(new ModelAuthor(FakePools.over(vertx, fake))), noRules());
      // the model's time is what is bounded; the rest takes longer on a busy machine
      assertThat(Authors.VERDICT_WAIT).isLessThan(Duration.ofSeconds(3));
      Written<Verdict> verdict =
          authors.validate(Sources.bread(), Duration.ofSeconds(30)).await(15, TimeUnit.SECONDS);
      assertThat(fake.service().received("/v1/chat/completions")).isNotEmpty();
      assertThat(verdict.content().degraded()).isTrue();
      assertThat(verdict.content().suitable()).isTrue();
      assertThat(verdict.content().confidence()).isLessThanOrEqualTo(0.5);
      assertThat(verdict.author()).isEqualTo(Written.RULES);
    }
  }

  @Test
  void aRejectionHasConfidenceAndAReasonThatCanBeShown() throws Exception {
    try (FakeModel fake = FakeModel.start(vertx)) {
      fake.says(
          "course-validate",
          request ->
              new io.vertx.core.json.JsonObject(
                  "{\"suitable\":false,\"confidence\":0.92,\"reasoning\":\"It is *gaming* chat,"
                      + " <b>no</b> lesson.\",\"category\":\"gaming\",\"language\":\"en\","
                      + "\"level\":\"beginner\",\"warnings\":[\"<script>x</script>\",\"noisy\"]}"));
      Authors authors =
          new Authors(Optional.of(new ModelAuthor(FakePools.over(vertx, fake))), noRules());
      Verdict verdict =
          authors
              .validate(Sources.bread(), Duration.ofSeconds(30))
              .await(15, TimeUnit.SECONDS)
              .content();
      assertThat(verdict.rejects()).isTrue();
      assertThat(verdict.confidence()).isEqualTo(0.92);
      assertThat(verdict.reasoning()).contains("gaming").doesNotContain("<");
      assertThat(verdict.warnings()).containsExactly("noisy");
    }
  }
}
