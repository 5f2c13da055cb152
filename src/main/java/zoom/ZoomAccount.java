package zoom;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import outbound.Client;
import outbound.Failure;
import outbound.Service;
import settings.Secret;
import settings.Settings;
import settings.ZoomSettings;

/**
 * The school's Zoom account as one process uses it: one token manager, one pace, one set of
 * connections, however many verticles ask. May be used from any thread.
 */
public final class ZoomAccount {
  private static final int CONCURRENCY = 16;
  private static final int QUEUE = 2_000;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration WHOLE_CALL = Duration.ofSeconds(90);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration KEEP_ALIVE = Duration.ofDays(7);

  private final Vertx vertx;
  private final Pool postgres;
  private final Settings settings;
  private final String account;
  private final TokenStore store;
  private final Tokens tokens;
  private final ZoomApi api;
  private final EventStore events;
  private final TokenCipher cipher;
  private final AudioFolder downloaded;
  private final Client oauthClient;
  private final Client client;
  private final Client downloads;
  private volatile TokenHealth seen;

  private ZoomAccount(
      Vertx vertx, Settings settings, Pool postgres, MeterRegistry registry, String node) {
    ZoomSettings zoom = settings.zoom();
    this.vertx = vertx;
    this.postgres = postgres;
    this.settings = settings;
    this.account = name(zoom);
    this.downloaded = new AudioFolder(zoom.audioFolder());
    this.cipher = new TokenCipher(zoom.tokenKeys());
    this.store = new TokenStore(postgres, cipher, account);
    this.events = new EventStore(postgres, cipher);
    this.oauthClient =
        Client.of(
            vertx,
            Service.of("zoom-oauth", origin(zoom.tokenUrl()))
                .withTimeouts(CONNECT, zoom.tokenTimeout(), zoom.tokenTimeout())
                .withConcurrency(2, QUEUE),
            registry);
    this.client =
        Client.of(
            vertx,
            Service.of("zoom", zoom.apiUrl())
                .withTimeouts(CONNECT, zoom.requestTimeout(), WHOLE_CALL)
                .withRetries(3, Duration.ofMillis(300), RateGate.LONGEST_WAIT)
                .withConcurrency(CONCURRENCY, QUEUE),
            registry);
    this.downloads =
        Client.of(
            vertx,
            Service.of("zoom-files", origin(zoom.apiUrl()))
                .withTimeouts(CONNECT, SILENCE, Duration.ofMinutes(30))
                .withRetries(4, Duration.ofMillis(300), RateGate.LONGEST_WAIT)
                .withConcurrency(CONCURRENCY, QUEUE),
            registry);
    OAuthClient oauth = new OAuthClient(oauthClient, zoom);
    this.tokens =
        zoom.accountId().isPresent()
            ? new AccountTokens(oauth, store, zoom.accountId().get())
            : new UserTokens(
                vertx,
                oauth,
                store,
                new RotationJournal(settings.dataDir(), cipher, account),
                cipher,
                zoom.refreshToken(),
                node,
                zoom.renewalGrace());
    this.api =
        new ZoomApi(client, downloads, tokens, new RateGate(vertx, postgres, account, zoom), zoom);
    Gauge.builder("lessonweave.zoom.authorized", this, ZoomAccount::authorized)
        .description("1 while Zoom gives tokens, 0 when a person must authorise the app anew")
        .register(registry);
    Gauge.builder("lessonweave.zoom.token.age", this, ZoomAccount::age)
        .description("Seconds since Zoom last gave a token")
        .baseUnit("seconds")
        .register(registry);
  }

  /** Empty when the settings name no account. */
  public static Optional<ZoomAccount> open(
      Vertx vertx, Settings settings, Pool postgres, MeterRegistry registry, String node) {
    return settings.zoom().configured()
        ? Optional.of(new ZoomAccount(vertx, settings, postgres, registry, node))
        : Optional.empty();
  }

  /** The account's name in tables; no secret. */
  private static String name(ZoomSettings zoom) {
    return zoom.accountId().orElseGet(() -> "app:" + zoom.clientId().orElseThrow());
  }

  private static URI origin(URI address) {
    return address.resolve("/");
  }

  private double authorized() {
    TokenHealth health = seen;
    return health == null || health.ok() ? 1 : 0;
  }

  private double age() {
    TokenHealth health = seen;
    return health == null
        ? Double.NaN
        : health
            .refreshedAt()
            .map(when -> (double) Duration.between(when, Instant.now()).toSeconds())
            .orElse(Double.NaN);
  }

  public CloudRecordings recordings(CloudRecordings.LessonFacts facts) {
    return new CloudRecordings(
        vertx,
        api,
        events,
        settings.zoom(),
        settings.recordings().maxBytes(),
        settings.zoom().audio() && !settings.speechToText().available().isEmpty(),
        facts);
  }

  /**
   * A teacher's recordings of these UTC days, both included. Fails with {@link Failure}, whose
   * message says what a person can do.
   */
  public Future<TeacherRecordings> recordingsOf(String email, LocalDate from, LocalDate to) {
    return api.mayList(email)
        .compose(may -> api.ofUser(email, from, to))
        .map(TeacherRecordings::new)
        .recover(
            error ->
                Future.failedFuture(
                    error instanceof NoAccess
                            || error instanceof NotAuthorized
                            || error instanceof UnreadableTokenException
                        ? Failure.of(
                            Failure.Kind.PERMANENT, "Zoom is not connected: " + error.getMessage())
                        : error));
  }

  /** Deletes what was downloaded for a lesson whose transcript is stored. */
  public Future<Void> forgetDownloads(long lessonId) {
    return vertx.executeBlocking(
        () -> {
          downloaded.remove(lessonId);
          return null;
        },
        false);
  }

  /**
   * Deletes downloads that nobody needs any more: those of lessons that are past transcription, and
   * what killed processes left.
   *
   * @param needing tells which of these lessons still need theirs
   */
  public Future<Void> sweepDownloads(Function<Set<Long>, Future<Set<Long>>> needing) {
    return vertx
        .executeBlocking(downloaded::lessons, false)
        .compose(
            there ->
                (there.isEmpty() ? Future.succeededFuture(there) : needing.apply(there))
                    .compose(
                        needed ->
                            vertx.executeBlocking(
                                () -> {
                                  for (long lesson : there) {
                                    if (!needed.contains(lesson)) {
                                      downloaded.remove(lesson);
                                    }
                                  }
                                  downloaded.sweep();
                                  return null;
                                },
                                false)));
  }

  public EventStore events() {
    return events;
  }

  /** What finds recordings whose webhook never came. */
  public Reconciler reconciler() {
    return new Reconciler(vertx, api, postgres, account, settings.zoom(), events);
  }

  /** How the connection stands, from the database alone. */
  public Future<TokenHealth> health() {
    return postgres
        .preparedQuery(
            """
            SELECT grant_type, state, state_reason, scopes, expires_at, refreshed_at, refresh_started_at, refresh_by, access_token,
                   refresh_token, (SELECT max(received_at) FROM zoom_events) AS last_event
            FROM zoom_tokens WHERE account = $1
            """)
        .execute(Tuple.of(account))
        .map(rows -> TokenHealth.of(account, settings.zoom(), rows))
        .onSuccess(health -> seen = health);
  }

  /** Asks for a token, which proves that the account can be used. */
  public Future<Void> check() {
    return tokens.current().mapEmpty();
  }

  /**
   * Takes up a refresh token that an operator gives, in place of what was there before, unless Zoom
   * does not take it: then nothing changes.
   */
  public Future<Void> authorize(Secret refreshToken) {
    return tokens instanceof UserTokens users
        ? users.authorize(refreshToken)
        : Future.failedFuture(
            new NotAuthorized(
                "zoom.account-id is set: a server-to-server app needs no refresh token"));
  }

  /**
   * Renews a refresh token that was not used for a week: unused ones die after some time that Zoom
   * does not promise. To be called now and then.
   */
  public Future<TokenHealth> keepAlive() {
    return health()
        .compose(
            health -> {
              boolean old =
                  health
                      .refreshedAt()
                      .filter(when -> when.plus(KEEP_ALIVE).isBefore(Instant.now()))
                      .isPresent();
              return old && health.ok() && tokens instanceof UserTokens user
                  ? user.renew().compose(done -> health())
                  : Future.succeededFuture(health);
            });
  }

  /** Lets go of its connections. */
  public Future<Void> close() {
    return Future.join(oauthClient.close(), client.close(), downloads.close()).mapEmpty();
  }
}
