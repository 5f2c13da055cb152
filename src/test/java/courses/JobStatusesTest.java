package courses;

import static lessons.LessonDatabases.await;
import static org.assertj.core.api.Assertions.assertThat;

import databases.Databases;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import lessons.LessonDatabases;
import messages.Addresses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import work.WakeUps;

/** What is told of jobs from memory: never another's, never older than said. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobStatusesTest {
  private static final long MAX_AGE = JobStatuses.MAX_AGE.toNanos();

  private LessonDatabases databases;
  private Node one;
  private Node other;

  /** A process of its own, as far as jobs are concerned. */
  private static final class Node implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final Databases own;
    final WakeUps wakeUps;
    final CourseJobs jobs;
    final JobControl control;

    Node(LessonDatabases databases, boolean hears) {
      own = await(Databases.open(vertx, databases.settings));
      wakeUps =
          hears
              ? WakeUps.listening(vertx, own.listenOptions(), List.of(Addresses.COURSES_EVENTS))
              : WakeUps.none();
      await(wakeUps.start());
      jobs = CourseJobs.listening(vertx, own.postgres(), own.looks());
      control = new JobControl(own.postgres(), jobs::changed);
    }

    String status(String owner, UUID job) {
      return await(jobs.find(owner, job.toString())).orElseThrow().status();
    }

    @Override
    public void close() {
      await(wakeUps.stop());
      await(own.close());
      await(vertx.close());
    }
  }

  @BeforeAll
  void open() {
    databases = new LessonDatabases();
    one = new Node(databases, true);
    other = new Node(databases, true);
  }

  @AfterAll
  void close() {
    one.close();
    other.close();
    databases.close();
  }

  private CourseJob job(String owner) {
    return await(
            one.jobs.open(
                owner,
                Optional.empty(),
                CourseRequest.read(
                    new JsonObject()
                        .put(
                            "source",
                            new JsonObject().put("type", "topic").put("topic", "Rivers"))),
                true,
                10_000))
        .job();
  }

  /** Asks again and again until the answer may not be an old one any more. */
  private static String lastAllowed(Node node, String owner, UUID job, long changedBy) {
    String status;
    do {
      LockSupport.parkNanos(1_000_000);
      status = node.status(owner, job);
    } while (System.nanoTime() - changedBy < MAX_AGE);
    return node.status(owner, job);
  }

  @Test
  void whatOneNodeChangesTheOtherShowsInTime() {
    UUID job = job("two-nodes").id();
    for (int i = 0; i < 3; i++) {
      assertThat(other.status("two-nodes", job)).isEqualTo("queued");
    }
    assertThat(await(one.control.pause("two-nodes", job))).isEqualTo(JobControl.Result.DONE);
    assertThat(lastAllowed(other, "two-nodes", job, System.nanoTime())).isEqualTo("paused");
  }

  @Test
  void whatWasJustMadeIsKnownByAllItsNamesWithoutALook() {
    List<String> looked = new ArrayList<>();
    AtomicLong clock = new AtomicLong();
    JobStatuses statuses =
        new JobStatuses(
            (owner, name) -> {
              looked.add(name);
              return Future.succeededFuture(Optional.empty());
            },
            clock::get);
    CourseJob job = job("made");
    JobStatuses.Mark before = statuses.mark();
    clock.addAndGet(MAX_AGE / 8);
    statuses.made(job, before);
    for (String name :
        List.of(job.id().toString(), job.taskId().toString(), job.generationProcessId())) {
      assertThat(await(statuses.find("made", name))).contains(job);
      assertThat(await(statuses.find("somebody else", name))).isEmpty();
    }
    assertThat(looked).hasSize(3); // for the other one
    clock.addAndGet(MAX_AGE * 7 / 8); // now it is too long since the mark
    assertThat(await(statuses.find("made", job.id().toString()))).isEmpty();
  }

  @Test
  void whatWasChangedWhileItWasMadeIsLookedFor() {
    AtomicLong clock = new AtomicLong();
    JobStatuses statuses =
        new JobStatuses((owner, name) -> Future.succeededFuture(Optional.empty()), clock::get);
    CourseJob job = job("changed-meanwhile");
    JobStatuses.Mark before = statuses.mark();
    statuses.forget(job.id());
    statuses.made(job, before);

    assertThat(await(statuses.find("changed-meanwhile", job.id().toString()))).isEmpty();
  }

  @Test
  void aNodeThatHearsNothingShowsItInTimeToo() {
    try (Node deaf = new Node(databases, false)) {
      UUID job = job("deaf").id();
      assertThat(deaf.status("deaf", job)).isEqualTo("queued");
      assertThat(await(one.control.cancel("deaf", job, false))).isEqualTo(JobControl.Result.DONE);
      assertThat(lastAllowed(deaf, "deaf", job, System.nanoTime())).isEqualTo("cancelled");
    }
  }

  @Test
  void whoChangesAJobSeesItWithTheNextRead() {
    try (Node deaf = new Node(databases, false)) {
      UUID job = job("own-write").id();
      // as another instance of the server in the same process has it
      CourseJobs beside = CourseJobs.listening(deaf.vertx, deaf.own.postgres(), deaf.own.looks());
      for (int i = 0; i < 10; i++) {
        await(deaf.control.pause("own-write", job));
        assertThat(await(beside.find("own-write", job.toString())).orElseThrow().status())
            .isEqualTo("paused");
        await(deaf.control.resume("own-write", job));
        assertThat(await(beside.find("own-write", job.toString())).orElseThrow().status())
            .isNotEqualTo("paused");
      }
    }
  }

  @Test
  void nobodyFindsAnothersJobByAnyName() {
    CourseJob job = job("mine");
    for (String name :
        List.of(job.id().toString(), job.taskId().toString(), job.generationProcessId())) {
      for (int i = 0; i < 3; i++) {
        assertThat(await(one.jobs.find("mine", name)).orElseThrow().id()).isEqualTo(job.id());
        assertThat(await(one.jobs.find("stranger", name))).isEmpty();
        assertThat(await(one.jobs.now("stranger", job.id()))).isEmpty();
      }
    }
  }

  // What follows has its reads answered by hand.

  private final AtomicLong time = new AtomicLong();
  private final List<Promise<Optional<CourseJob>>> reads = new ArrayList<>();

  private JobStatuses byHand() {
    reads.clear();
    return new JobStatuses(
        (owner, name) -> {
          Promise<Optional<CourseJob>> read = Promise.promise();
          reads.add(read);
          return read.future();
        },
        time::get);
  }

  private static final UUID JOB = UUID.randomUUID();

  private static Optional<CourseJob> standing(String status) {
    OffsetDateTime now = OffsetDateTime.now();
    return Optional.of(
        new CourseJob(
            JOB,
            UUID.randomUUID(),
            "o",
            UUID.randomUUID(),
            "p",
            "h",
            status,
            5,
            new JsonObject(),
            0,
            0,
            1,
            "t",
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            now,
            Optional.empty(),
            Optional.empty(),
            now));
  }

  private static String status(Future<Optional<CourseJob>> answer) {
    return answer.result().orElseThrow().status();
  }

  private JobStatuses knowing(String status) {
    JobStatuses statuses = byHand();
    statuses.find("o", JOB.toString());
    reads.get(0).complete(standing(status));
    return statuses;
  }

  @Test
  void manyReadersOfAnOldAnswerShareOneRead() {
    JobStatuses statuses = knowing("running");
    time.addAndGet(MAX_AGE);
    List<Future<Optional<CourseJob>>> readers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      readers.add(statuses.find("o", JOB.toString()));
    }
    assertThat(reads).hasSize(2);
    assertThat(readers).noneMatch(Future::isComplete);
    reads.get(1).complete(standing("completed"));
    assertThat(readers).allSatisfy(reader -> assertThat(status(reader)).isEqualTo("completed"));
  }

  @Test
  void nobodyJoinsAReadThatTakesTooLong() {
    JobStatuses statuses = knowing("running");
    time.addAndGet(MAX_AGE);
    statuses.find("o", JOB.toString());
    time.addAndGet(MAX_AGE);
    Future<Optional<CourseJob>> later = statuses.find("o", JOB.toString());
    assertThat(reads).hasSize(3);
    reads.get(1).complete(standing("running"));
    assertThat(later.isComplete()).isFalse();
    reads.get(2).complete(standing("completed"));
    assertThat(status(later)).isEqualTo("completed");
  }

  @Test
  void aJobThatIsAskedForOftenIsReadAheadAndNobodyWaits() {
    JobStatuses statuses = knowing("running");
    for (int i = 0; i < 20; i++) {
      time.addAndGet(MAX_AGE / 8);
      assertThat(statuses.find("o", JOB.toString()).isComplete()).isTrue();
      reads.get(reads.size() - 1).tryComplete(standing("running"));
    }
    assertThat(reads).hasSizeBetween(4, 6);
  }

  @Test
  void whatWasReadBeforeAChangeIsNotKept() {
    JobStatuses statuses = knowing("running");
    time.addAndGet(MAX_AGE);
    Future<Optional<CourseJob>> before = statuses.find("o", JOB.toString());
    statuses.forget(JOB);
    Future<Optional<CourseJob>> after = statuses.find("o", JOB.toString());
    reads.get(2).complete(standing("paused"));
    reads.get(1).complete(standing("running"));
    assertThat(status(before)).isEqualTo("running");
    assertThat(status(after)).isEqualTo("paused");
    assertThat(status(statuses.find("o", JOB.toString()))).isEqualTo("paused");
  }

  @Test
  void aFirstReadThatAChangeOvertookIsNotKeptEither() {
    JobStatuses statuses = byHand();
    statuses.find("o", JOB.toString());
    statuses.forget(JOB);
    reads.get(0).complete(standing("running"));
    Future<Optional<CourseJob>> after = statuses.find("o", JOB.toString());
    assertThat(after.isComplete()).isFalse();
    reads.get(1).complete(standing("paused"));
    assertThat(status(after)).isEqualTo("paused");
  }

  @Test
  void aJobThatIsGoneIsNotFoundAnyMore() {
    JobStatuses statuses = knowing("running");
    time.addAndGet(MAX_AGE);
    Future<Optional<CourseJob>> gone = statuses.find("o", JOB.toString());
    reads.get(1).complete(Optional.empty());
    assertThat(gone.result()).isEmpty();
    statuses.find("o", JOB.toString());
    assertThat(reads).hasSize(3);
  }
}
