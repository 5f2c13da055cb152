package zoom;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import settings.Secret;

/** The account's row of {@code zoom_tokens}: what all nodes share of the connection to Zoom. */
final class TokenStore {
  /** Stands while nothing is wrong. */
  static final String OK = "ok";

  /** Stands when only a person can go on. */
  static final String AUTHORIZE = "authorize";

  private static final String LOCK_WAIT = "SET LOCAL lock_timeout = '25s'";
  private static final String COLUMNS =
      """
      SELECT grant_type, refresh_token, access_token, version, seed, expires_at, scopes, state, state_reason, refreshed_at,
             refresh_started_at, refresh_by FROM zoom_tokens WHERE account = $1
      """;

  private final Pool pool;
  private final TokenCipher cipher;
  private final String account;

  TokenStore(Pool postgres, TokenCipher cipher, String account) {
    this.pool = postgres;
    this.cipher = cipher;
    this.account = account;
  }

  /**
   * The row, with its tokens opened.
   *
   * @param version +1 with each refresh token
   * @param reason in words for operators, when {@code state} is not {@link #OK}
   * @param startedAt when a refresh was begun whose end nobody stored
   * @param startedBy which node began it
   */
  record Stored(
      Optional<Secret> refreshToken,
      Optional<Secret> accessToken,
      long version,
      Optional<String> seed,
      Optional<Instant> expiresAt,
      String scopes,
      String state,
      Optional<String> reason,
      Optional<Instant> refreshedAt,
      Optional<Instant> startedAt,
      Optional<String> startedBy) {
    boolean dead() {
      return state.equals(AUTHORIZE);
    }
  }

  Future<Optional<Stored>> read() {
    return read(pool, "");
  }

  private Future<Optional<Stored>> read(SqlClient client, String lock) {
    return client
        .preparedQuery(COLUMNS + lock)
        .execute(Tuple.of(account))
        .map(
            rows -> {
              var iterator = rows.iterator();
              return iterator.hasNext() ? Optional.of(of(iterator.next())) : Optional.empty();
            });
  }

  private Stored of(Row row) {
    return new Stored(
        opened(row, "refresh_token"),
        opened(row, "access_token"),
        row.getLong("version"),
        Optional.ofNullable(row.getString("seed")),
        instant(row, "expires_at"),
        row.getString("scopes"),
        row.getString("state"),
        Optional.ofNullable(row.getString("state_reason")),
        instant(row, "refreshed_at"),
        instant(row, "refresh_started_at"),
        Optional.ofNullable(row.getString("refresh_by")));
  }

  private Optional<Secret> opened(Row row, String column) {
    Buffer sealed = row.getBuffer(column);
    return sealed == null
        ? Optional.empty()
        : Optional.of(cipher.open(sealed.getBytes(), belongsTo(column)));
  }

  private Buffer sealed(String value, String column) {
    return Buffer.buffer(cipher.seal(value, belongsTo(column)));
  }

  private String belongsTo(String column) {
    return "zoom_tokens/" + account + "/" + column;
  }

  static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  /**
   * Works under the row's lock, which one process of the fleet has at a time. Waits for it at most
   * 25 s.
   */
  <T> Future<T> locked(Function<Locked, Future<T>> work) {
    return pool.withTransaction(
        connection ->
            connection
                .query(LOCK_WAIT)
                .execute()
                .compose(done -> read(connection, "FOR UPDATE"))
                .compose(
                    row ->
                        work.apply(
                            new Locked(
                                connection,
                                row.orElseThrow(
                                    () -> new IllegalStateException("zoom_tokens has no row"))))));
  }

  /** The row while it is locked. */
  final class Locked {
    private final SqlClient connection;
    private final Stored row;

    private Locked(SqlClient connection, Stored row) {
      this.connection = connection;
      this.row = row;
    }

    Stored row() {
      return row;
    }

    /** Replaces the tokens; stands once the transaction is committed. */
    Future<Boolean> replace(Rotation rotation) {
      return TokenStore.this.replace(connection, rotation);
    }
  }

  /**
   * Stores a rotation unless the row has moved on since.
   *
   * @return false when it had: then nothing was written
   */
  Future<Boolean> replace(Rotation rotation) {
    return replace(pool, rotation);
  }

  private Future<Boolean> replace(SqlClient client, Rotation rotation) {
    Grant grant = rotation.grant();
    return client
        .preparedQuery(
            """
            UPDATE zoom_tokens SET refresh_token = $3, access_token = $4, version = version + 1, expires_at = $5, scopes = $6,
                   state = 'ok', state_reason = NULL, refreshed_at = now(), refresh_started_at = NULL, refresh_by = NULL,
                   updated_at = now()
            WHERE account = $1 AND version = $2
            """)
        .execute(
            Tuple.of(
                account,
                rotation.replaces(),
                sealed(grant.refreshToken().orElseThrow().reveal(), "refresh_token"),
                sealed(grant.accessToken().reveal(), "access_token"),
                OffsetDateTime.ofInstant(grant.expiresAt(), ZoneOffset.UTC),
                grant.scopes()))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Says, for whoever finds the old token refused later, who is asking Zoom for a new one. */
  Future<Void> announce(long version, String node) {
    return pool.preparedQuery(
            """
            UPDATE zoom_tokens SET refresh_started_at = coalesce(refresh_started_at, now()), refresh_by = coalesce(refresh_by, $3)
            WHERE account = $1 AND version = $2
            """)
        .execute(Tuple.of(account, version, node))
        .mapEmpty();
  }

  /** Takes the announcement back: Zoom has said no, so nothing was rotated. */
  Future<Void> retract(long version, String node) {
    return pool.preparedQuery(
            """
            UPDATE zoom_tokens SET refresh_started_at = NULL, refresh_by = NULL
            WHERE account = $1 AND version = $2 AND refresh_by = $3
            """)
        .execute(Tuple.of(account, version, node))
        .mapEmpty();
  }

  /** Nobody but an operator can go on; unless the row has moved on meanwhile. */
  Future<Void> giveUp(long version, String reason) {
    return pool.preparedQuery(
            """
            UPDATE zoom_tokens SET state = 'authorize', state_reason = $3, updated_at = now()
            WHERE account = $1 AND version = $2
            """)
        .execute(Tuple.of(account, version, reason))
        .mapEmpty();
  }

  /** Takes up a first refresh token, or one that an operator has given anew. */
  Future<Void> plant(Secret refreshToken) {
    return pool.preparedQuery(
            """
            INSERT INTO zoom_tokens AS t (account, grant_type, refresh_token, seed) VALUES ($1, 'refresh_token', $2, $3)
            ON CONFLICT (account) DO UPDATE SET grant_type = 'refresh_token', refresh_token = $2, seed = $3, access_token = NULL,
              expires_at = NULL, version = t.version + 1, state = 'ok', state_reason = NULL, refresh_started_at = NULL,
              refresh_by = NULL, updated_at = now()
            """)
        .execute(
            Tuple.of(
                account,
                sealed(refreshToken.reveal(), "refresh_token"),
                cipher.fingerprint(refreshToken.reveal())))
        .mapEmpty();
  }

  /** What a server-to-server grant gave, without the token: it is never stored. */
  Future<Void> note(Grant grant) {
    return pool.preparedQuery(
            """
            INSERT INTO zoom_tokens AS t (account, grant_type, expires_at, scopes, refreshed_at)
            VALUES ($1, 'account_credentials', $2, $3, now())
            ON CONFLICT (account) DO UPDATE SET grant_type = 'account_credentials', expires_at = $2, scopes = $3, refresh_token = NULL,
              access_token = NULL, refreshed_at = now(), state = 'ok', state_reason = NULL, updated_at = now()
            """)
        .execute(
            Tuple.of(
                account,
                OffsetDateTime.ofInstant(grant.expiresAt(), ZoneOffset.UTC),
                grant.scopes()))
        .mapEmpty();
  }

  /** A server-to-server grant was refused. */
  Future<Void> noteRefusal(String reason) {
    return pool.preparedQuery(
            """
            INSERT INTO zoom_tokens (account, grant_type, state, state_reason) VALUES ($1, 'account_credentials', 'authorize', $2)
            ON CONFLICT (account) DO UPDATE SET state = 'authorize', state_reason = $2, updated_at = now()
            """)
        .execute(Tuple.of(account, reason))
        .mapEmpty();
  }
}
