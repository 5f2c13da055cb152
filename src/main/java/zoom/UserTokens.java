package zoom;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import outbound.Failure;
import settings.Secret;
import zoom.TokenStore.Stored;

/**
 * Tokens of the refresh grant, where every refresh kills the refresh token it was made with. One
 * process of the fleet refreshes at a time, under the row's lock; what Zoom gives is kept on disk
 * and then in the database before anybody uses it.
 */
final class UserTokens implements Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(UserTokens.class);
  private static final int STORE_ATTEMPTS = 5;
  private static final Duration STORE_PAUSE = Duration.ofMillis(300);

  private final Vertx vertx;
  private final OAuthClient oauth;
  private final TokenStore store;
  private final RotationJournal journal;
  private final TokenCipher cipher;
  private final Optional<Secret> seed;
  private final String node;
  private final Duration grace;
  private final WorkerExecutor disk;
  private final SingleFlight<AccessToken> asking = new SingleFlight<>();
  private volatile AccessToken cached;

  /**
   * @param seed the refresh token of the settings
   * @param node this node's name, for who looks for an unfinished refresh
   * @param grace how long the holder of an unfinished refresh may take to bring its result into the
   *     database
   */
  UserTokens(
      Vertx vertx,
      OAuthClient oauth,
      TokenStore store,
      RotationJournal journal,
      TokenCipher cipher,
      Optional<Secret> seed,
      String node,
      Duration grace) {
    this.vertx = vertx;
    this.oauth = oauth;
    this.store = store;
    this.journal = journal;
    this.cipher = cipher;
    this.seed = seed;
    this.node = node;
    this.grace = grace;
    // Its own thread: between Zoom's answer and the disk the authorisation hangs on this process's
    // life, so the answer must not wait behind the work of others.
    this.disk = vertx.createSharedWorkerExecutor("zoom-rotation", 1);
  }

  @Override
  public Future<AccessToken> current() {
    AccessToken token = cached;
    return token != null && token.fresh(Instant.now())
        ? Future.succeededFuture(token)
        : asking.run(() -> get(null));
  }

  @Override
  public Future<AccessToken> insteadOf(AccessToken refused) {
    AccessToken token = cached;
    return token != null && !token.value().equals(refused.value())
        ? Future.succeededFuture(token)
        : asking
            .run(() -> get(refused))
            // Whoever asked before us may not have known that this one was refused.
            .compose(
                got ->
                    got.value().equals(refused.value())
                        ? asking.run(() -> get(refused))
                        : Future.succeededFuture(got));
  }

  /** Refreshes though the token still works, to keep the refresh token alive. */
  Future<AccessToken> renew() {
    return store
        .read()
        .compose(row -> asking.run(() -> get(row.flatMap(UserTokens::token).orElse(null))));
  }

  /**
   * Takes up a refresh token that an operator gives. One that Zoom does not take changes nothing
   * where there is one already.
   */
  Future<Void> authorize(Secret given) {
    return settle()
        .compose(settled -> store.read())
        .recover(
            error ->
                error instanceof UnreadableTokenException
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(error))
        .compose(
            row ->
                row.filter(stored -> stored.refreshToken().isPresent()).isEmpty()
                    ? store.plant(given).compose(done -> current())
                    : exchange(given))
        .mapEmpty();
  }

  /** Has Zoom renew a token that is not ours yet, and stores what it gives in place of ours. */
  private Future<AccessToken> exchange(Secret given) {
    return disk.executeBlocking(
            () -> {
              journal.rehearse();
              return null;
            },
            false)
        .compose(
            ready ->
                store.locked(
                    locked ->
                        oauth
                            .refresh(given)
                            .recover(
                                failure -> Future.failedFuture(new Refused(locked.row(), failure)))
                            .compose(grant -> keep(locked.row(), grant.orKeep(given)))
                            .compose(locked::replace)))
        .compose(done -> settled())
        .recover(
            failure -> {
              if (failure instanceof Refused refusal) {
                return Future.failedFuture(
                    OAuthClient.grantRefused(refusal.getCause())
                        ? new NotAuthorized(
                            "Zoom does not accept the given refresh token, so nothing was changed:"
                                + " it was used before, or belongs to another app")
                        : refusal.getCause());
              }
              return settle()
                  .compose(
                      rescued -> rescued ? Future.succeededFuture() : Future.failedFuture(failure));
            })
        .compose(done -> stored(null));
  }

  private Future<AccessToken> get(AccessToken refused) {
    return settle()
        .compose(settled -> store.read())
        .compose(this::planted)
        .compose(
            row -> {
              Optional<AccessToken> usable = usable(row, refused);
              if (usable.isPresent()) {
                return Future.succeededFuture(use(usable.get()));
              }
              if (row.dead()) {
                return Future.failedFuture(new NotAuthorized(row.reason().orElse("")));
              }
              return disk.executeBlocking(
                      () -> {
                        journal.rehearse();
                        return null;
                      },
                      false)
                  .compose(ready -> store.announce(row.version(), node))
                  .compose(done -> refresh(refused));
            });
  }

  /** The row, made or renewed from the settings' refresh token where that is due. */
  private Future<Stored> planted(Optional<Stored> row) {
    boolean wanted =
        seed.isPresent()
            && (row.isEmpty()
                || row.get().refreshToken().isEmpty()
                || (row.get().dead() && !row.get().seed().equals(seed.map(this::fingerprint))));
    if (wanted) {
      return store.plant(seed.get()).compose(done -> store.read()).map(Optional::orElseThrow);
    }
    return row.filter(stored -> stored.refreshToken().isPresent())
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                Future.failedFuture(
                    new NotAuthorized(
                        "there is no refresh token yet: give one by 'lessonweave zoom authorize' or"
                            + " by zoom.refresh-token")));
  }

  private String fingerprint(Secret token) {
    return cipher.fingerprint(token.reveal());
  }

  private static Optional<AccessToken> token(Stored row) {
    return row.accessToken()
        .flatMap(
            value ->
                row.expiresAt()
                    .map(
                        end ->
                            AccessToken.of(
                                value,
                                row.refreshedAt().orElse(end.minus(Duration.ofHours(1))),
                                end,
                                row.scopes())));
  }

  private static Optional<AccessToken> usable(Stored row, AccessToken refused) {
    return token(row)
        .filter(token -> refused == null || !token.value().equals(refused.value()))
        .filter(token -> token.fresh(Instant.now()));
  }

  private AccessToken use(AccessToken token) {
    cached = token;
    return token;
  }

  private Future<AccessToken> refresh(AccessToken refused) {
    return store
        .locked(
            locked -> {
              Stored row = locked.row();
              Optional<AccessToken> theirs = usable(row, refused);
              if (theirs.isPresent()) {
                return Future.succeededFuture(theirs);
              }
              return oauth
                  .refresh(row.refreshToken().orElseThrow())
                  .recover(failure -> Future.failedFuture(new Refused(row, failure)))
                  .compose(grant -> keep(row, grant.orKeep(row.refreshToken().orElseThrow())))
                  .compose(locked::replace)
                  .map(Optional.<AccessToken>empty());
            })
        .map(theirs -> theirs.map(this::use))
        .compose(
            theirs ->
                theirs
                    .map(Future::succeededFuture)
                    .orElseGet(() -> settled().compose(done -> stored(refused))))
        .recover(
            failure ->
                failure instanceof Refused
                    ? refused((Refused) failure)
                    : settle()
                        .compose(
                            rescued -> rescued ? stored(refused) : Future.failedFuture(failure)));
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Stored row;

    Refused(Stored row, Throwable failure) {
      super(failure.getMessage(), failure, false, false);
      this.row = row;
    }
  }

  /** From here on until the journal is settled the new token must not get lost. */
  private Future<Rotation> keep(Stored row, Grant grant) {
    Rotation rotation = new Rotation(row.version(), grant);
    return disk.executeBlocking(
        () -> {
          journal.keep(rotation);
          return rotation;
        },
        false);
  }

  private Future<Void> settled() {
    return vertx.executeBlocking(
        () -> {
          journal.settled();
          return null;
        },
        false);
  }

  private Future<AccessToken> stored(AccessToken refused) {
    return store
        .read()
        .compose(
            row ->
                usable(row.orElseThrow(), refused)
                    .map(token -> Future.succeededFuture(use(token)))
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                Failure.of(
                                    Failure.Kind.RETRY,
                                    "Zoom's new token was replaced meanwhile, ask again"))));
  }

  /**
   * Brings a rotation that was kept but not stored into the database.
   *
   * @return whether there was one; it fails when there is one and the database can't take it
   */
  private Future<Boolean> settle() {
    return vertx
        .executeBlocking(journal::pending, false)
        .compose(
            pending ->
                pending.map(rotation -> settle(rotation, 1)).orElse(Future.succeededFuture(false)));
  }

  private Future<Boolean> settle(Rotation rotation, int attempt) {
    return store
        .replace(rotation)
        .compose(
            taken -> {
              if (taken) {
                LOG.info("Zoom's new tokens, kept since an interrupted refresh, are stored now");
              }
              // Not taken: the row has moved on, by the commit whose answer was lost or by a new
              // authorisation.
              return settled().map(true);
            })
        .recover(
            error -> {
              if (attempt >= STORE_ATTEMPTS) {
                LOG.warn("Zoom's new tokens are kept on disk until the database takes them");
                return Future.failedFuture(error);
              }
              return vertx
                  .timer(STORE_PAUSE.toMillis() * attempt, TimeUnit.MILLISECONDS)
                  .compose(fired -> settle(rotation, attempt + 1));
            });
  }

  private Future<AccessToken> refused(Refused refusal) {
    Stored sent = refusal.row;
    Throwable failure = refusal.getCause();
    if (OAuthClient.grantRefused(failure)) {
      return store
          .read()
          .compose(
              now -> {
                Stored row = now.orElse(sent);
                Optional<AccessToken> theirs = usable(row, null);
                if (row.version() != sent.version() && theirs.isPresent()) {
                  return Future.succeededFuture(use(theirs.get()));
                }
                return row.version() != sent.version() ? Future.failedFuture(failure) : giveUp(row);
              });
    }
    if (OAuthClient.appRefused(failure)) {
      return store
          .retract(sent.version(), node)
          .transform(
              done ->
                  Future.failedFuture(
                      new NotAuthorized(
                          "Zoom does not accept the app ("
                              + failure.getMessage()
                              + "): check zoom.client-id and zoom.client-secret")));
    }
    boolean perhapsRotated = !(failure instanceof Failure known) || known.perhapsDone();
    return perhapsRotated
        ? Future.failedFuture(failure)
        : store.retract(sent.version(), node).transform(done -> Future.failedFuture(failure));
  }

  private Future<AccessToken> giveUp(Stored row) {
    Instant now = Instant.now();
    boolean others =
        row.startedBy().isPresent()
            && !row.startedBy().get().equals(node)
            && row.startedAt().orElse(now).plus(grace).isAfter(now);
    if (others) {
      return Future.failedFuture(
          Failure.of(
              Failure.Kind.RETRY,
              "Zoom's tokens were just renewed by "
                  + row.startedBy().get()
                  + ", which has not stored them yet"));
    }
    boolean interrupted =
        row.startedAt().filter(start -> start.plusSeconds(2).isBefore(now)).isPresent();
    String how =
        interrupted
            ? "A renewal that "
                + row.startedBy().orElse("a node")
                + " began at "
                + row.startedAt().get().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                + " was never finished, so Zoom's new refresh token is lost unless that node still"
                + " has it: start it again with the same data folder. If that does not help, "
            : "Zoom does not accept the stored refresh token any more: it was used elsewhere,"
                + " expired, or the app was removed. ";
    String todo =
        (interrupted ? "authorise" : "Authorise")
            + " the app anew and give its refresh token by 'lessonweave zoom authorize'";
    String reason = how + todo;
    LOG.error("Zoom is not connected: {}", reason);
    return store
        .giveUp(row.version(), reason)
        .compose(done -> Future.failedFuture(new NotAuthorized(reason)));
  }
}
