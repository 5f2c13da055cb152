package launch;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import lessons.Lesson;
import lessons.LessonFilter;
import lessons.LessonStore;
import lessons.SetStore;
import lessons.StoredSet;
import messages.Addresses;
import messages.LessonProgress;
import settings.Settings;

/**
 * The {@code demo} command: a class ends, and its exercises come about before the watcher's eyes.
 */
final class DemoRun {
  private static final int PATIENCE_SECONDS = 120;
  private static final int STORE_SECONDS = 10;

  private final Settings settings;
  private final boolean exit;
  private final Optional<DemoZoom> zoom;
  private final PrintStream out = System.out;

  /**
   * @param zoom where the recording comes from; empty: the recordings folder
   */
  DemoRun(Settings settings, boolean exit, Optional<DemoZoom> zoom) {
    this.settings = settings;
    this.exit = exit;
    this.zoom = zoom;
  }

  /**
   * @return the exit status
   */
  int run() throws Exception {
    if (!settings.mysql().embedded()) {
      throw new StartFailure(
          "the demo writes a made-up class into the school's table, so it only runs on the embedded"
              + " MySQL: unset MYSQL_HOST",
          null);
    }
    say(
        "Starting lessonweave with embedded MariaDB and PostgreSQL in "
            + settings.dataDir()
            + " (the first start unpacks them) ...");
    Node node = Node.create(settings);
    ShutdownHook.stopAtExit(node);
    node.start().await(10, TimeUnit.MINUTES);
    say("Ready at " + node.url() + " (documentation: " + node.url() + "/docs)");

    LessonStore lessons = new LessonStore(node.databases().postgres());
    SetStore sets = new SetStore(node.databases().postgres());
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<String> failure = new AtomicReference<>();
    node.vertx()
        .eventBus()
        .<JsonObject>consumer(
            Addresses.LESSONS_PROGRESS,
            message -> step(LessonProgress.of(message.body()), lessons, failure, ended));

    DemoClass school =
        new DemoClass(
            node.databases().mysql(), settings.recordings().folder(), settings.monitor().zone());
    DemoClass.Begun begun =
        school.begin(id -> finished(lessons, id)).await(STORE_SECONDS, TimeUnit.SECONDS);
    String recording =
        zoom.isPresent()
            ? zoom.get().record(school.held(begun.classId()).await(STORE_SECONDS, TimeUnit.SECONDS))
            : school.record(begun.classId()).toString();
    say("");
    say(
        begun.resumed()
            ? "Taking up class " + begun.classId() + " of an earlier demo"
            : "Class " + begun.classId() + " is being held; its recording is " + recording);
    school.end(begun.classId()).await(STORE_SECONDS, TimeUnit.SECONDS);
    say("Class " + begun.classId() + " has ended");
    zoom.ifPresent(imitation -> imitation.process(node.url(), this::say));

    Optional<StoredSet> set = await(node, lessons, sets, Long.toString(begun.classId()), ended);
    if (set.isEmpty()) {
      String reason =
          Optional.ofNullable(failure.get())
              .orElse(
                  "the exercises were not there within "
                      + PATIENCE_SECONDS
                      + " s; see the log above");
      System.err.println("lessonweave: demo failed: " + reason);
      node.stop().await(1, TimeUnit.MINUTES);
      return 1;
    }
    say("");
    new ExercisePrinter(out).print(set.get());
    String url = node.url() + "/v1/exercises?class_id=" + begun.classId();
    say("");
    say("Served at " + url);
    if (exit) {
      node.stop().await(1, TimeUnit.MINUTES);
      return 0;
    }
    say("Try:  curl '" + url + "'");
    say("Ctrl-C stops.");
    node.stopped().await();
    return 0;
  }

  private void step(
      LessonProgress progress,
      LessonStore lessons,
      AtomicReference<String> failure,
      CountDownLatch ended) {
    String what =
        switch (progress.stage()) {
          case "fetch" -> "finding the recording";
          case "transcribe" -> "reading the transcript";
          default -> "making exercises";
        };
    String took = progress.took().toMillis() + " ms";
    switch (progress.step()) {
      case "started" -> say("  lesson " + progress.lessonId() + ": " + what + " ...");
      case "next", "completed" ->
          say("  lesson " + progress.lessonId() + ": " + what + " - done in " + took);
      case "not_ready" -> say("  lesson " + progress.lessonId() + ": " + what + " - not there yet");
      default -> say("  lesson " + progress.lessonId() + ": " + what + " - " + progress.step());
    }
    if (progress.step().equals("completed")) {
      ended.countDown();
    } else if (progress.step().equals("failed")) {
      lessons
          .find(progress.lessonId())
          .onComplete(
              found -> {
                failure.set(
                    found.succeeded()
                        ? found.result().flatMap(Lesson::lastError).orElse("the lesson failed")
                        : "the lesson failed");
                ended.countDown();
              });
    }
  }

  /**
   * The step is only announced; what counts is the row, which may have been there before this
   * process listened.
   */
  private static Optional<StoredSet> await(
      Node node, LessonStore lessons, SetStore sets, String classId, CountDownLatch ended)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline) {
      Optional<StoredSet> set =
          newest(lessons, classId)
              .compose(
                  lesson ->
                      lesson
                          .filter(l -> l.status().equals("completed"))
                          .map(l -> sets.ofLesson(l.id()))
                          .orElse(Future.succeededFuture(Optional.empty())))
              .await(STORE_SECONDS, TimeUnit.SECONDS);
      if (set.isPresent()) {
        return set;
      }
      if (ended.await(1, TimeUnit.SECONDS)
          && newest(lessons, classId)
              .await(STORE_SECONDS, TimeUnit.SECONDS)
              .filter(l -> l.status().equals("failed"))
              .isPresent()) {
        return Optional.empty();
      }
      if (node.stopped().isComplete()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Future<Optional<Lesson>> newest(LessonStore lessons, String classId) {
    var filter =
        new LessonFilter(
            Optional.of(classId),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return lessons.list(filter, 1, 1).map(page -> page.rows().stream().findFirst());
  }

  private static Future<Boolean> finished(LessonStore lessons, long classId) {
    return newest(lessons, Long.toString(classId))
        .map(
            lesson ->
                lesson
                    .filter(l -> l.status().equals("completed") || l.status().equals("failed"))
                    .isPresent());
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
