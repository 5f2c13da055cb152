package zoom;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import settings.ZoomSettings;

/**
 * How the connection to Zoom stands, for people; nothing of a token is in it.
 *
 * @param grant in words
 * @param ok false when a person must do something
 * @param reason then, what happened and what to do
 * @param scopes what the token may do, as Zoom said
 * @param expiresAt of the present access token
 * @param refreshedAt when Zoom last gave tokens
 * @param unfinished a refresh whose end was never stored: by whom and since when
 * @param keyId of the key that encrypts what is stored; empty when nothing is
 * @param lastEvent when the last webhook came in
 */
public record TokenHealth(
    String account,
    String grant,
    boolean ok,
    Optional<String> reason,
    List<String> scopes,
    Optional<Instant> expiresAt,
    Optional<Instant> refreshedAt,
    Optional<String> unfinished,
    Optional<String> keyId,
    Optional<Instant> lastEvent) {

  static TokenHealth of(String account, ZoomSettings settings, RowSet<Row> rows) {
    String grant =
        settings.serverToServer() ? "server-to-server OAuth" : "user OAuth with a refresh token";
    for (Row row : rows) {
      var sealed = row.getBuffer("refresh_token");
      return new TokenHealth(
          account,
          grant,
          row.getString("state").equals(TokenStore.OK),
          Optional.ofNullable(row.getString("state_reason")),
          Arrays.stream(row.getString("scopes").split("[ ,]+"))
              .filter(scope -> !scope.isEmpty())
              .sorted()
              .toList(),
          TokenStore.instant(row, "expires_at"),
          TokenStore.instant(row, "refreshed_at"),
          TokenStore.instant(row, "refresh_started_at")
              .map(when -> row.getString("refresh_by") + " since " + when),
          sealed == null ? Optional.empty() : Optional.of(TokenCipher.keyId(sealed.getBytes())),
          TokenStore.instant(row, "last_event"));
    }
    return new TokenHealth(
        account,
        grant,
        settings.serverToServer() || settings.refreshToken().isPresent(),
        settings.serverToServer() || settings.refreshToken().isPresent()
            ? Optional.empty()
            : Optional.of(
                "there is no refresh token yet: give one by 'lessonweave zoom authorize'"),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A few lines to be printed. */
  public List<String> lines() {
    return List.of(
        "account       " + account,
        "grant         " + grant,
        "state         " + (ok ? "ok" : "needs authorisation"),
        "reason        " + reason.orElse("-"),
        "scopes        " + (scopes.isEmpty() ? "-" : String.join(" ", scopes)),
        "token until   " + expiresAt.map(Instant::toString).orElse("-"),
        "last refresh  " + refreshedAt.map(Instant::toString).orElse("never"),
        "unfinished    " + unfinished.orElse("-"),
        "stored with   " + keyId.map(id -> "key " + id).orElse("nothing is stored"),
        "last webhook  " + lastEvent.map(Instant::toString).orElse("never"));
  }
}
