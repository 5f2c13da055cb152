package llm;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished replies of models in Postgres, for all nodes, so that a lesson that is taken up again
 * after a crash does not pay for them twice, nor a course that is ordered again (section 4.4 of the
 * courses' contract). Only replies that obeyed the schema and the ask's checks come here. A help,
 * never a condition: when the database does not answer, the model is asked. Rows hold parts of
 * lessons and courses and go after a day.
 */
public final class ReplyCache {
  private static final Logger log = LoggerFactory.getLogger(ReplyCache.class);
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LONGEST = 64 * 1024;

  private final Pool pool;

  public ReplyCache(Pool postgres) {
    this.pool = postgres;
  }

  /** The model with this cache before it. */
  public Model before(Model model) {
    return before(model, prompt -> true);
  }

  /**
   * The model with this cache before it, for some prompts.
   *
   * @param kept by their names
   */
  public Model before(Model model, Predicate<String> kept) {
    return new Model() {
      @Override
      public boolean available(String service) {
        return model.available(service);
      }

      @Override
      public int contextTokens(String service) {
        return model.contextTokens(service);
      }

      @Override
      public Future<JsonObject> complete(Ask ask) {
        if (!kept.test(ask.prompt().name()) || ask.cancellation().cancelled()) {
          return model.complete(ask);
        }
        byte[] key = key(ask);
        return find(key)
            .compose(
                known ->
                    known.isPresent()
                        ? Future.succeededFuture(known.get())
                        // who waits for the reply does not wait for the row, and stays on its
                        // thread
                        : model.complete(ask).onSuccess(reply -> keep(key, reply.copy())));
      }
    };
  }

  private Future<Optional<JsonObject>> find(byte[] key) {
    return pool.preparedQuery(
            "SELECT reply FROM model_replies WHERE key = $1 AND expires_at > now()")
        .execute(Tuple.of(Buffer.buffer(key)))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(row.getJsonObject("reply"));
              }
              return Optional.<JsonObject>empty();
            })
        .recover(
            error -> {
              log.warn("a model's earlier replies can't be looked up: {}", error.toString());
              return Future.succeededFuture(Optional.empty());
            });
  }

  private void keep(byte[] key, JsonObject reply) {
    if (reply.encode().length() > LONGEST) {
      return;
    }
    pool.preparedQuery(
            """
            WITH old AS (
              DELETE FROM model_replies WHERE key IN (
                SELECT key FROM model_replies WHERE expires_at < now() LIMIT 100 FOR UPDATE SKIP LOCKED))
            INSERT INTO model_replies (key, reply, expires_at) VALUES ($1, $2, now() + $3::bigint * interval '1 second')
            ON CONFLICT (key) DO UPDATE SET reply = excluded.reply, expires_at = excluded.expires_at
            """)
        .execute(Tuple.of(Buffer.buffer(key), reply, KEPT.toSeconds()))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(error -> log.warn("a model's reply can't be kept: {}", error.toString()));
  }

  /**
   * Of everything the reply depends on, and of who asks, since nobody gets another's replies; not
   * of when and how long it is asked.
   */
  private static byte[] key(Ask ask) {
    String asker =
        ask.budgets().stream()
            .flatMap(budget -> budget.user().stream())
            .findFirst()
            .orElse(ask.account());
    String content =
        asker
            + '\u0000'
            + ask.prompt().name()
            + '\u0000'
            + ask.prompt().version()
            + '\u0000'
            + ask.prompt().instructions()
            + '\u0000'
            + ask.prompt().schema().encode()
            + '\u0000'
            + ask.data().encode()
            + '\u0000'
            + ask.maxOutputTokens();
    try {
      return MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
