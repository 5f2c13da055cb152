package zoom;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import messages.Addresses;
import settings.Secret;
import work.WakeUps;

/** Zoom's webhooks in Postgres, from their arrival until the lessons they concern were woken. */
public final class EventStore {
  private static final String TOKEN_OF = "zoom_events/";

  private final Pool pool;
  private final TokenCipher cipher;

  /**
   * @param cipher seals download tokens; without a key they are not stored, and recordings are
   *     fetched with tokens of our own
   */
  public EventStore(Pool postgres, TokenCipher cipher) {
    this.pool = postgres;
    this.cipher = cipher;
  }

  /**
   * An event that nobody has handled yet.
   *
   * @param startedAt when the meeting began
   */
  public record Pending(
      long id, String uuid, String number, String hostEmail, Optional<Instant> startedAt) {}

  /**
   * Stores an event and wakes whoever handles it.
   *
   * @return false when it was there already
   */
  public Future<Boolean> store(WebhookEvent event) {
    Buffer token =
        event
            .downloadToken()
            .filter(secret -> cipher.available())
            .map(secret -> Buffer.buffer(cipher.seal(secret.reveal(), TOKEN_OF + event.uuid())))
            .orElse(null);
    return pool.preparedQuery(
            """
            WITH stored AS (
              INSERT INTO zoom_events (dedupe_key, event, meeting_uuid, meeting_number, host_email, started_at, download_token, token_until)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
              ON CONFLICT (dedupe_key) DO NOTHING RETURNING id)
            SELECT id, pg_notify($9, $10) FROM stored
            """)
        .execute(
            Tuple.of(
                event.dedupeKey(),
                event.name(),
                event.uuid(),
                event.number(),
                event.hostEmail(),
                event.startedAt().map(EventStore::utc).orElse(null),
                token,
                utc(event.tokenUntil()),
                WakeUps.CHANNEL,
                Addresses.ZOOM_EVENTS))
        .map(rows -> rows.size() == 1);
  }

  static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /** Events that are not handled, the oldest first. */
  public Future<List<Pending>> pending(int most) {
    return pool.preparedQuery(
            """
            SELECT id, meeting_uuid, meeting_number, host_email, started_at FROM zoom_events
            WHERE handled_at IS NULL ORDER BY id LIMIT $1
            """)
        .execute(Tuple.of(most))
        .map(
            rows -> {
              List<Pending> pending = new ArrayList<>();
              for (Row row : rows) {
                pending.add(
                    new Pending(
                        row.getLong("id"),
                        row.getString("meeting_uuid"),
                        row.getString("meeting_number"),
                        row.getString("host_email"),
                        TokenStore.instant(row, "started_at")));
              }
              return pending;
            });
  }

  /** The lessons that these events concern have been woken. */
  public Future<Void> handled(List<Long> ids) {
    return pool.preparedQuery("UPDATE zoom_events SET handled_at = now() WHERE id = ANY($1)")
        .execute(Tuple.of((Object) ids.toArray(Long[]::new)))
        .mapEmpty();
  }

  /** The newest token that a webhook brought for this meeting's files, while it is good. */
  Future<Optional<Secret>> downloadToken(String uuid) {
    if (!cipher.available()) {
      return Future.succeededFuture(Optional.empty());
    }
    return pool.preparedQuery(
            """
            SELECT download_token FROM zoom_events
            WHERE meeting_uuid = $1 AND download_token IS NOT NULL AND token_until > now() ORDER BY id DESC LIMIT 1
            """)
        .execute(Tuple.of(uuid))
        .map(
            rows -> {
              for (Row row : rows) {
                byte[] sealed = row.getBuffer("download_token").getBytes();
                return Optional.of(cipher.open(sealed, TOKEN_OF + uuid));
              }
              return Optional.<Secret>empty();
            })
        // A key that was taken away costs nothing here: our own token does as well.
        .otherwise(Optional.empty());
  }

  /** Forgets events of long ago. */
  public Future<Void> forget(Duration older) {
    return pool.preparedQuery(
            "DELETE FROM zoom_events WHERE received_at < now() - make_interval(secs => $1)")
        .execute(Tuple.of((double) older.toSeconds()))
        .mapEmpty();
  }
}
