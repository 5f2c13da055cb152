package speech;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Audio in MySQL, where every node finds it. The first to store a text in a voice decides what is
 * heard.
 */
public final class AudioStore {
  private static final int DELETED_AT_ONCE = 100;

  private final SecureRandom random = new SecureRandom();
  private final Pool mysql;

  public AudioStore(Pool mysql) {
    this.mysql = mysql;
  }

  /** Under what a text in a voice is found; {@code voice} has no line break. */
  static String key(String voice, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest((voice + "\n" + text).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Finds audio, and notes once a day that it is still wanted. */
  Future<Optional<Audio>> find(String key) {
    return mysql
        .preparedQuery("SELECT id, byte_count, last_used_on FROM speech_audio WHERE text_key = ?")
        .execute(Tuple.of(key))
        .compose(
            rows -> {
              Optional<Row> found = first(rows);
              Optional<Audio> audio = found.map(AudioStore::audio);
              LocalDate today = LocalDate.now(ZoneOffset.UTC);
              return found.isEmpty() || !found.get().getLocalDate("last_used_on").isBefore(today)
                  ? Future.succeededFuture(audio)
                  : mysql
                      .preparedQuery("UPDATE speech_audio SET last_used_on = ? WHERE text_key = ?")
                      .execute(Tuple.of(today, key))
                      .map(audio);
            });
  }

  /**
   * @param own whether it is what was to be stored, rather than another node's
   */
  record Stored(Audio audio, boolean own) {}

  /** Stores audio unless another node was quicker, and gives what is stored now. */
  Future<Stored> store(String key, String engine, Buffer content) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    Audio own = new Audio(HexFormat.of().formatHex(id), content.length());
    return mysql
        .preparedQuery(
            "INSERT IGNORE INTO speech_audio (id, text_key, engine, byte_count, content,"
                + " last_used_on) VALUES (?, ?, ?, ?, ?, ?)")
        .execute(
            Tuple.of(own.id(), key, engine, own.bytes(), content, LocalDate.now(ZoneOffset.UTC)))
        .compose(
            done ->
                done.rowCount() == 1
                    ? Future.succeededFuture(new Stored(own, true))
                    : find(key)
                        .map(
                            stored ->
                                new Stored(
                                    stored.orElseThrow(
                                        () ->
                                            new IllegalStateException(
                                                "audio was removed while it was being stored")),
                                    false)));
  }

  Future<Optional<Buffer>> content(String id) {
    return mysql
        .preparedQuery("SELECT content FROM speech_audio WHERE id = ?")
        .execute(Tuple.of(id))
        .map(rows -> first(rows).map(row -> row.getBuffer("content")));
  }

  /**
   * Removes what has not been wanted for longest until the rest fits.
   *
   * @return how many were removed
   */
  public Future<Integer> trim(long maxBytes) {
    return mysql
        .query("SELECT CAST(COALESCE(SUM(byte_count), 0) AS SIGNED) AS bytes FROM speech_audio")
        .execute()
        .compose(rows -> remove(first(rows).orElseThrow().getLong("bytes") - maxBytes, 0));
  }

  private Future<Integer> remove(long excess, int removed) {
    if (excess <= 0) {
      return Future.succeededFuture(removed);
    }
    return mysql
        .query(
            "SELECT id, byte_count FROM speech_audio ORDER BY last_used_on, id LIMIT "
                + DELETED_AT_ONCE)
        .execute()
        .compose(
            rows -> {
              List<Object> ids = new ArrayList<>();
              long left = excess;
              for (Row row : rows) {
                if (left > 0) {
                  ids.add(row.getString("id"));
                  left -= row.getInteger("byte_count");
                }
              }
              if (ids.isEmpty()) {
                return Future.succeededFuture(removed);
              }
              long still = left;
              return mysql
                  .preparedQuery(
                      "DELETE FROM speech_audio WHERE id IN (" + "?,".repeat(ids.size() - 1) + "?)")
                  .execute(Tuple.from(ids))
                  .compose(done -> remove(still, removed + ids.size()));
            });
  }

  private static Audio audio(Row row) {
    return new Audio(row.getString("id"), row.getInteger("byte_count"));
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
  }
}
