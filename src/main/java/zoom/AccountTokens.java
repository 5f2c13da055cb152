package zoom;

import io.vertx.core.Future;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens of the server-to-server grant. Several may live side by side, so each process has its own,
 * in memory only; the row says when and with which scopes, for {@code zoom status}.
 */
final class AccountTokens implements Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(AccountTokens.class);

  private final OAuthClient oauth;
  private final TokenStore store;
  private final String accountId;
  private final SingleFlight<AccessToken> asking = new SingleFlight<>();
  private volatile AccessToken cached;

  AccountTokens(OAuthClient oauth, TokenStore store, String accountId) {
    this.oauth = oauth;
    this.store = store;
    this.accountId = accountId;
  }

  @Override
  public Future<AccessToken> current() {
    AccessToken token = cached;
    return token != null && token.fresh(Instant.now())
        ? Future.succeededFuture(token)
        : asking.run(this::ask);
  }

  @Override
  public Future<AccessToken> insteadOf(AccessToken refused) {
    AccessToken token = cached;
    return token != null && !token.equals(refused)
        ? Future.succeededFuture(token)
        : asking.run(this::ask);
  }

  private Future<AccessToken> ask() {
    Instant issued = Instant.now();
    return oauth
        .forAccount(accountId)
        .map(
            grant -> {
              cached =
                  AccessToken.of(grant.accessToken(), issued, grant.expiresAt(), grant.scopes());
              store
                  .note(grant)
                  .onFailure(error -> LOG.debug("the refresh was not noted: {}", error.toString()));
              return cached;
            })
        .recover(
            failure -> {
              if (!OAuthClient.appRefused(failure)) {
                return Future.failedFuture(failure);
              }
              String reason =
                  "Zoom does not accept the app ("
                      + failure.getMessage()
                      + "): check zoom.account-id, zoom.client-id and zoom.client-secret, and that"
                      + " the server-to-server app is activated";
              return store
                  .noteRefusal(reason)
                  .transform(done -> Future.failedFuture(new NotAuthorized(reason)));
            });
  }
}
