package courses;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import databases.PerPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import messages.Addresses;
import work.WakeUps;

/**
 * Where jobs stand, from memory: clients ask for that all the time, and most of what they are told
 * has not changed since. One per process and database.
 *
 * <p>What is told was read from the database at most {@link #MAX_AGE} ago; whoever finds it older
 * waits for it to be read. So that nobody has to while a job is asked for often, it is read again
 * ahead of that, and as soon as the database says that the job has moved. What this process itself
 * changes is {@linkplain #forget forgotten} before the change is answered, and a read that began
 * before is not kept: who changes something here and then asks here sees it. Of one job one read is
 * on its way at a time, and reads of several jobs share statements, see {@link JobLookup}.
 *
 * <p>The owner is part of what is looked for and is compared with the row's on every read. Safe for
 * use by several threads.
 */
final class JobStatuses {
  /**
   * The oldest that is told. Only what other processes changed can be seen so late, and only while
   * the database is busy or does not tell of changes.
   */
  static final Duration MAX_AGE = Duration.ofSeconds(2);

  /**
   * From this age on what is asked for is read again beside it: late, since most changes are told,
   * and early enough that a busy database has answered when it would be too old.
   */
  private static final Duration AHEAD = MAX_AGE.multipliedBy(3).dividedBy(4);

  private static final int MOST_JOBS = 20_000;
  private static final Duration UNUSED = Duration.ofSeconds(30);
  private static final PerPool<JobStatuses> SHARED = new PerPool<>("courses.statuses");

  private record Name(String owner, String name) {}

  /** A row, and since when it may be out of date. */
  private record Known(CourseJob job, long readAt) {}

  /** What this process knows of one job, and the read of it that is on its way. */
  private static final class Entry {
    private final String owner;
    private Known known;
    private Future<Optional<CourseJob>> reading;
    private long readingSince;
    private long askedAt;
    private boolean again;

    Entry(String owner) {
      this.owner = owner;
    }
  }

  private final BiFunction<String, String, Future<Optional<CourseJob>>> lookup;
  private final LongSupplier nanos;
  private final AtomicLong changes = new AtomicLong();
  private final Cache<Name, UUID> ids = cache();
  private final Cache<UUID, Entry> jobs = cache();

  /**
   * @param lookup reads the job of an owner and any of its names
   * @param nanos the time
   */
  JobStatuses(BiFunction<String, String, Future<Optional<CourseJob>>> lookup, LongSupplier nanos) {
    this.lookup = lookup;
    this.nanos = nanos;
  }

  /** Its upkeep takes less than waking another thread for it, thousands of times a second. */
  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder()
        .maximumSize(MOST_JOBS)
        .expireAfterAccess(UNUSED)
        .executor(Runnable::run)
        .build();
  }

  /**
   * The one of this process and database.
   *
   * @param looks connections that it reads by, for whoever makes it
   */
  static JobStatuses of(Vertx vertx, Pool postgres, Pool looks) {
    return SHARED.of(
        vertx, postgres, () -> new JobStatuses(new JobLookup(looks)::find, System::nanoTime));
  }

  /**
   * Hears from now on what the database tells of jobs, as long as the calling context lives. May be
   * called more than once.
   */
  void listen(Vertx vertx) {
    vertx
        .eventBus()
        .<JsonObject>localConsumer(
            Addresses.COURSES_EVENTS,
            message ->
                CourseJobs.uuid(message.body().getString(WakeUps.ABOUT))
                    .ifPresentOrElse(this::moved, this::missed));
  }

  /**
   * The owner's job of any of its names.
   *
   * @param name job id, task id or process id
   */
  Future<Optional<CourseJob>> find(String owner, String name) {
    UUID id = ids.getIfPresent(new Name(owner, name));
    Entry entry = id == null ? null : jobs.getIfPresent(id);
    if (entry == null || !entry.owner.equals(owner)) {
      return first(owner, name);
    }
    synchronized (entry) {
      entry.askedAt = nanos.getAsLong();
      long age = entry.known == null ? Long.MAX_VALUE : entry.askedAt - entry.known.readAt();
      if (age >= MAX_AGE.toNanos()) {
        return read(id, entry);
      }
      Future<Optional<CourseJob>> known = Future.succeededFuture(Optional.of(entry.known.job()));
      if (age >= AHEAD.toNanos()) {
        read(id, entry);
      }
      return known;
    }
  }

  /**
   * As it stands now or later, for who was told of a change; {@link #find} tells nothing older from
   * then on.
   */
  Future<Optional<CourseJob>> now(String owner, UUID id) {
    Entry entry = jobs.getIfPresent(id);
    if (entry == null || !entry.owner.equals(owner)) {
      return first(owner, id.toString());
    }
    synchronized (entry) {
      entry.reading = null;
      return read(id, entry);
    }
  }

  private Future<Optional<CourseJob>> first(String owner, String name) {
    long began = nanos.getAsLong();
    long before = changes.get();
    return lookup
        .apply(owner, name)
        .map(
            found -> {
              found.ifPresent(
                  job -> {
                    Entry entry = jobs.get(job.id(), none -> new Entry(owner));
                    ids.put(new Name(owner, name), job.id());
                    synchronized (entry) {
                      // what was changed here meanwhile may have been this one
                      if (changes.get() == before
                          && (entry.known == null || entry.known.readAt() - began < 0)) {
                        entry.known = new Known(job, began);
                      }
                    }
                  });
              return found;
            });
  }

  /** A mark of now, for {@link #made}. */
  Mark mark() {
    return new Mark(nanos.getAsLong(), changes.get());
  }

  /** A moment, and what had been changed here until then. */
  record Mark(long nanos, long changes) {}

  /**
   * Knows a job that this process has just made: whoever is told of it asks at once where it
   * stands.
   *
   * @param before it was made
   */
  void made(CourseJob job, Mark before) {
    Entry entry = jobs.get(job.id(), none -> new Entry(job.ownerId()));
    synchronized (entry) {
      if (entry.known == null && changes.get() == before.changes()) {
        entry.known = new Known(job, before.nanos());
        entry.askedAt = nanos.getAsLong();
      }
    }
    for (String name :
        List.of(job.id().toString(), job.taskId().toString(), job.generationProcessId())) {
      ids.put(new Name(job.ownerId(), name), job.id());
    }
  }

  /** The read on its way if it is a fresh one, or a new one. The caller holds the entry. */
  private Future<Optional<CourseJob>> read(UUID id, Entry entry) {
    long began = nanos.getAsLong();
    // one that is on its way for so long may bring what is older than promised
    if (entry.reading != null && began - entry.readingSince < MAX_AGE.toNanos()) {
      return entry.reading;
    }
    Future<Optional<CourseJob>> mine = lookup.apply(entry.owner, id.toString());
    entry.again = false;
    entry.reading = mine;
    entry.readingSince = began;
    mine.onComplete(done -> answered(id, entry, began, mine));
    return mine;
  }

  private void answered(UUID id, Entry entry, long began, Future<Optional<CourseJob>> done) {
    synchronized (entry) {
      if (entry.reading != done) {
        return; // something was changed since it began
      }
      entry.reading = null;
      if (done.failed()) {
        return;
      }
      if (done.result().isEmpty()) {
        entry.known = null;
        jobs.invalidate(id);
        return;
      }
      entry.known = new Known(done.result().get(), began);
      if (entry.again) {
        read(id, entry);
      }
    }
  }

  /** The database says that a job is not what it was. */
  private void moved(UUID id) {
    Entry entry = jobs.getIfPresent(id);
    if (entry == null) {
      return;
    }
    synchronized (entry) {
      if (nanos.getAsLong() - entry.askedAt >= MAX_AGE.toNanos()) {
        entry.known = null; // nobody asks for it at present
      } else if (entry.reading != null) {
        entry.again = true;
      } else {
        read(id, entry);
      }
    }
  }

  /** It may have said so of any while nobody listened. */
  private void missed() {
    changes.incrementAndGet();
    jobs.asMap().values().forEach(JobStatuses::drop);
  }

  /** To be called after each change of this process and before it is answered. */
  void forget(UUID id) {
    changes.incrementAndGet();
    Entry entry = jobs.getIfPresent(id);
    if (entry != null) {
      drop(entry);
    }
  }

  /** As {@link #forget}, of all jobs of a course. */
  void forgetCourse(UUID course) {
    changes.incrementAndGet();
    for (Entry entry : jobs.asMap().values()) {
      synchronized (entry) {
        // of one that is being read for the first time nobody knows yet which it is of
        if (entry.known == null || entry.known.job().courseId().equals(course)) {
          drop(entry);
        }
      }
    }
  }

  private static void drop(Entry entry) {
    synchronized (entry) {
      entry.known = null;
      entry.reading = null;
    }
  }
}
