package exercises.model;

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
import llm.Ask;
import llm.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished replies of models in Postgres, so that a lesson that is taken up again after a crash
 * does not pay for them twice. A help, never a condition: when the database does not answer, the
 * model is asked. Rows hold parts of lessons and go after a day.
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
  Model before(Model model) {
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
        byte[] key = key(ask);
        return find(key)
            .compose(
                known ->
                    known.isPresent()
                        ? Future.succeededFuture(known.get())
                        : model.complete(ask).compose(reply -> keep(key, reply).map(reply)));
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

  private Future<Void> keep(byte[] key, JsonObject reply) {
    if (reply.encode().length() > LONGEST) {
      return Future.succeededFuture();
    }
    return pool.preparedQuery(
            """
            WITH old AS (
              DELETE FROM model_replies WHERE key IN (
                SELECT key FROM model_replies WHERE expires_at < now() LIMIT 100 FOR UPDATE SKIP LOCKED))
            INSERT INTO model_replies (key, reply, expires_at) VALUES ($1, $2, now() + $3::bigint * interval '1 second')
            ON CONFLICT (key) DO UPDATE SET reply = excluded.reply, expires_at = excluded.expires_at
            """)
        .execute(Tuple.of(Buffer.buffer(key), reply, KEPT.toSeconds()))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .recover(
            error -> {
              log.warn("a model's reply can't be kept: {}", error.toString());
              return Future.succeededFuture();
            });
  }

  /** Of everything the reply depends on, but not of when, for whom and how long it is asked. */
  private static byte[] key(Ask ask) {
    String content =
        ask.prompt().name()
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
