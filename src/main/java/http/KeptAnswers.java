package http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import databases.PerPool;
import games.LearnerChanges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Answers to what apps ask for again and again while nothing changes: start pages, lists,
 * catalogues, statistics. Before one is given out, the database is asked for the number of the
 * learner's changes, a single row by its key; another number than the one it was kept under, and it
 * is made anew. What depends on lessons alone goes by the number of their changes, and outlasts a
 * game. So nobody is ever shown what was there before a change that was answered, whichever node
 * made it; only what somebody else writes into the tables, past this program, may stay unseen for
 * the age given.
 *
 * <p>An answer is kept when it is asked for a second time without a change in between that this
 * node has seen: during a game hardly anything is, and then nothing is asked twice. Safe for use by
 * several threads; one per process and database.
 */
final class KeptAnswers {
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  /** What an entry takes beside its texts, roughly. */
  private static final int ENTRY_BYTES = 300;

  private static final int LONGEST_ANSWER = 256 * 1024;
  private static final int LONGEST_URI = 512;
  private static final int MOST_LEARNERS = 50_000;
  private static final PerPool<KeptAnswers> SHARED = new PerPool<>("http.kept");

  /**
   * What an answer depends on beside the database: the address says the rendering, the scopes what
   * of a class may be seen.
   */
  private record Key(String learner, Set<String> scopes, String uri) {}

  /**
   * @param change the last one of the learner's that this node had seen; 0 where games change
   *     nothing
   * @param changes the database's number; nothing without a reply
   * @param reply null while it was asked for once only
   */
  private record Entry(long change, long changes, Reply reply) {
    int bytes() {
      return reply == null ? 0 : reply.bytes().length();
    }
  }

  private final boolean keeps;
  private final Function<String, Future<LearnerChanges.Numbers>> changes;
  private final Cache<Key, Entry> entries;
  private final Cache<String, Long> seen;
  private final AtomicLong change = new AtomicLong();
  private final Counter given;
  private final Counter made;

  /**
   * @param changes the database's numbers for a learner
   * @param age the oldest that is given out, whatever the number says; zero keeps nothing
   */
  KeptAnswers(
      Function<String, Future<LearnerChanges.Numbers>> changes,
      Duration age,
      MeterRegistry registry) {
    this.changes = changes;
    this.keeps = !age.isZero();
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Key key, Entry entry) -> ENTRY_BYTES + 2 * key.uri.length() + entry.bytes())
            .expireAfterWrite(age)
            // its upkeep is short, and waking another thread for it costs more
            .executor(Runnable::run)
            .build();
    this.seen =
        Caffeine.newBuilder()
            .maximumSize(MOST_LEARNERS)
            .expireAfterWrite(age)
            .executor(Runnable::run)
            .build();
    this.given = counter(registry, "kept");
    this.made = counter(registry, "made");
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("lessonweave.http.repeated.reads")
        .description("Reads repeated without a change: answered from memory, or made once more")
        .tag("answer", outcome)
        .register(registry);
  }

  /** The one of this process and database. */
  static KeptAnswers of(Vertx vertx, Pool mysql, Duration age, MeterRegistry registry) {
    if (age.isZero()) {
      return new KeptAnswers(learner -> LearnerChanges.now(mysql, learner), age, registry);
    }
    return SHARED.of(
        vertx,
        mysql,
        () -> new KeptAnswers(learner -> LearnerChanges.now(mysql, learner), age, registry));
  }

  /** A request of this learner's that may change something has come. */
  void changing(String learner) {
    if (keeps) {
      seen.put(learner, change.incrementAndGet());
    }
  }

  /**
   * The answer to a read.
   *
   * @param learner whose changes it depends on, and nobody else's
   * @param part of these changes
   * @param uri path and query as they came
   * @param work makes the answer, as it goes out: nobody changes it any more
   */
  Future<Reply> answer(
      String learner,
      LearnerChanges.Part part,
      Set<String> scopes,
      String uri,
      Supplier<Future<Reply>> work) {
    if (!keeps || uri.length() > LONGEST_URI) {
      return work.get();
    }
    // which of the requests changed lessons is not known here, and hardly any does
    Long last = part == LearnerChanges.Part.LESSONS ? null : seen.getIfPresent(learner);
    long now = last == null ? 0 : last;
    Key key = new Key(learner, scopes, uri);
    Entry entry = entries.getIfPresent(key);
    if (entry == null || entry.change != now) {
      entries.put(key, new Entry(now, 0, null));
      return work.get();
    }
    return changes
        .apply(learner)
        .compose(
            numbers -> {
              long number = numbers.of(part);
              if (entry.reply != null && entry.changes == number) {
                given.increment();
                return Future.succeededFuture(entry.reply);
              }
              made.increment();
              // the number was asked for first: what is made now is not older than that
              return work.get().map(reply -> keep(key, now, number, reply));
            });
  }

  private Reply keep(Key key, long change, long number, Reply reply) {
    Buffer body = reply.bytes();
    if (reply.status() == 200 && body != null && body.length() <= LONGEST_ANSWER) {
      entries.put(key, new Entry(change, number, reply));
    }
    return reply;
  }

  /**
   * A reply with everything done to it that would be done on its way out.
   *
   * @param tagged with its {@code ETag}
   */
  static Reply ready(Reply reply, boolean tagged) {
    if (reply.json() == null) {
      return reply;
    }
    Buffer body = JsonBody.of(reply.json());
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.put("Content-Type", "application/json");
    if (tagged) {
      headers.putIfAbsent("ETag", EntityTags.of(body));
    }
    return new Reply(reply.status(), null, body, Map.copyOf(headers));
  }
}
