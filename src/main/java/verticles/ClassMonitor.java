package verticles;

import databases.TableChanges;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import lessons.ClassIntake;
import lessons.HostClasses;
import lessons.LessonStages;
import lessons.LessonStore;
import lessons.WorkflowPayload;
import lessons.WorkflowStages;
import lessons.WorkflowTriggers;
import messages.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Settings;

/**
 * Notices that classes have ended. Woken by its poll and by {@link Addresses#CLASSES_ENDED}; takes
 * ended classes from the host's table; leaves a lesson for each, and {@code ai_triggered} set;
 * stops after the batch it is at.
 *
 * <p>Where the host lets us read its binary log, that wakes it as well, and the poll is only the
 * safety net. Otherwise the poll adapts: short pauses while classes are ending, growing to the
 * longest after a quiet while, and never less than ten times what a look usually costs the host's
 * database.
 */
public final class ClassMonitor extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(ClassMonitor.class);
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long LOOK_LIMIT_MILLIS = 30_000;
  private static final int LOAD_FACTOR = 10;

  private final ActorParts parts;
  private ClassIntake intake;
  private MessageConsumer<Object> wakeUps;
  private Future<Void> looking = Future.succeededFuture();
  private long timer = -1;
  private long pauseMillis;
  private long lastCostNanos;
  private long lastSeen = System.nanoTime();
  private boolean failing;
  private boolean stopping;
  private boolean again;
  private long earliest = System.nanoTime();
  private TableChanges changes;

  public ClassMonitor(ActorParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    var settings = parts.settings().monitor();
    intake =
        new ClassIntake(
            new HostClasses(parts.databases().mysql()),
            opening(),
            settings.batch(),
            settings.notBefore(),
            settings.maxAttempts());
    pauseMillis = settings.pollMin().toMillis();
    wakeUps = vertx.eventBus().consumer(Addresses.CLASSES_ENDED, message -> lookNow());
    look();
    return wakeUps.completion().compose(listening -> watch());
  }

  /**
   * Reads the host's binary log where that is wanted and allowed. Whatever it says, looking at the
   * table decides; without it the table is just looked at more often.
   */
  private Future<Void> watch() {
    Settings.Monitor settings = parts.settings().monitor();
    if (settings.source() == Settings.Source.POLL) {
      return Future.succeededFuture();
    }
    return TableChanges.obstacle(parts.databases().mysql())
        .timeout(LOOK_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(error -> Optional.of("it can't be asked (" + error.getMessage() + ")"))
        .onSuccess(
            obstacle -> {
              if (obstacle.isEmpty()) {
                changes =
                    TableChanges.start(
                        vertx,
                        parts.settings().mysql(),
                        HostClasses.TABLE,
                        parts.registry(),
                        this::announce);
              } else if (settings.source() == Settings.Source.BINLOG) {
                log.warn(
                    "monitor.source is binlog, but the school's binary log can't be read: {};"
                        + " classes are polled instead",
                    obstacle.get());
              } else {
                log.info("classes are polled, not read from the binary log: {}", obstacle.get());
              }
            })
        .mapEmpty();
  }

  /** Every monitor looks, on whichever node the log is read. */
  private void announce() {
    vertx.eventBus().publish(Addresses.CLASSES_ENDED, null);
  }

  private ClassIntake.Opening opening() {
    LessonStore lessons = new LessonStore(parts.databases().postgres());
    WorkflowTriggers triggers = new WorkflowTriggers(parts.databases().postgres());
    ZoneId host = parts.settings().monitor().zone();
    ZoneId wanted = parts.settings().workflow().zone();
    ClassIntake.Opening tellWorkflow =
        classes -> triggers.openAll(classes, lesson -> WorkflowPayload.of(lesson, host, wanted));
    return switch (parts.settings().workflow().trigger()) {
      case INTERNAL -> lessons::openAll;
      case N8N -> tellWorkflow;
      case BOTH ->
          classes -> lessons.openAll(classes).compose(ids -> tellWorkflow.open(classes).map(ids));
    };
  }

  private String openedKey() {
    return parts.settings().workflow().trigger() == Settings.Trigger.N8N
        ? WorkflowStages.TABLE.idKey()
        : LessonStages.TABLE.idKey();
  }

  private void lookNow() {
    if (timer < 0 || !vertx.cancelTimer(timer)) {
      again = true; // what changed may be too late for the look that is on its way
      return;
    }
    long wait = TimeUnit.NANOSECONDS.toMillis(earliest - System.nanoTime());
    if (wait <= 0) {
      look();
    } else {
      timer = vertx.setTimer(wait, id -> look());
    }
  }

  private void look() {
    timer = -1;
    again = false;
    long begun = System.nanoTime();
    looking =
        intake
            .take()
            .timeout(LOOK_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
            .map(this::took)
            .otherwise(this::failed)
            .onSuccess(seen -> plan(seen, System.nanoTime() - begun))
            .mapEmpty();
  }

  /**
   * @return how many classes there were
   */
  private int took(ClassIntake.Intake taken) {
    if (failing) {
      failing = false;
      log.info("the school's classes can be read again");
    }
    if (taken.seen() > 0) {
      parts.stageMetrics().classes("seen", taken.seen());
      parts.stageMetrics().classes("opened", taken.opened().size());
      parts.stageMetrics().classes("invalid", taken.invalid().size());
      taken.opened().forEach(id -> log.atInfo().addKeyValue(openedKey(), id).log("opened"));
      taken
          .invalid()
          .forEach(
              (id, reason) ->
                  log.atWarn()
                      .addKeyValue("class_id", id)
                      .log("no lesson can be opened: {}", reason));
      if (!taken.opened().isEmpty()) {
        vertx.eventBus().publish(LessonStages.FETCH.address(), null);
        vertx.eventBus().publish(WorkflowStages.TRIGGER.address(), null);
      }
    }
    return taken.seen();
  }

  private int failed(Throwable cause) {
    parts.stageMetrics().classes("failed", 1);
    if (!failing) {
      failing = true;
      log.warn("the school's classes can't be read or opened, trying on: {}", cause.toString());
    }
    return 0;
  }

  private void plan(int seen, long costNanos) {
    if (stopping) {
      return;
    }
    var settings = parts.settings().monitor();
    long now = System.nanoTime();
    boolean covered = changes != null && changes.covered();
    if (covered) {
      pauseMillis = settings.safetyPoll().toMillis();
    } else if (seen > 0) {
      pauseMillis = settings.pollMin().toMillis();
    } else if (failing || now - lastSeen > QUIET_NANOS) {
      pauseMillis = Math.min(settings.pollMax().toMillis(), pauseMillis * 2);
    }
    if (seen > 0) {
      lastSeen = now;
    }
    // One slow look says more about this machine than about the host's database.
    long usualCost = Math.min(costNanos, lastCostNanos);
    lastCostNanos = costNanos;
    long shortest =
        Math.max(
            settings.pollMin().toMillis(), TimeUnit.NANOSECONDS.toMillis(usualCost) * LOAD_FACTOR);
    // However often the host changes its classes.
    earliest = now + TimeUnit.MILLISECONDS.toNanos(shortest);
    // A full batch means there are more; otherwise several monitors should not look in step.
    long pause = seen >= settings.batch() ? 1 : again ? shortest : Math.max(pauseMillis, shortest);
    long jitter = pause < 10 ? 0 : ThreadLocalRandom.current().nextLong(pause / 5) - pause / 10;
    timer = vertx.setTimer(Math.max(1, pause + jitter), id -> look());
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    return wakeUps
        .unregister()
        .transform(done -> changes == null ? Future.succeededFuture() : changes.stop())
        .transform(done -> looking);
  }
}
