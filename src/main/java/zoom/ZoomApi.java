package zoom;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import outbound.Answer;
import outbound.Client;
import outbound.Download;
import outbound.Failure;
import outbound.Failure.Kind;
import outbound.Request;
import settings.Secret;
import settings.ZoomSettings;

/**
 * Calls of Zoom's API: with a good token, at the account's pace, page by page. A token that Zoom
 * refuses is replaced and the call repeated, once. Futures fail with {@link Failure} or {@link
 * NotAuthorized}.
 */
final class ZoomApi {
  private static final int PAGE_SIZE = 300;
  private static final int MOST_PAGES = 200;
  private static final int RESTARTS = 3;

  /** Zoom allows a month; the shortest has 28 days, and the ends count. */
  static final int WINDOW_DAYS = 27;

  private final Client client;
  private final Client downloads;
  private final Tokens tokens;
  private final RateGate gate;
  private final ZoomSettings settings;

  /**
   * @param downloads the client for files, whose attempts may take as long as bytes come
   */
  ZoomApi(Client client, Client downloads, Tokens tokens, RateGate gate, ZoomSettings settings) {
    this.client = client;
    this.downloads = downloads;
    this.tokens = tokens;
    this.gate = gate;
    this.settings = settings;
  }

  /** Whether the token sees the whole account, and not only the user who gave it. */
  Future<Boolean> seesAccount() {
    return settings.serverToServer()
        ? Future.succeededFuture(true)
        : tokens.current().map(AccessToken::accountLevel);
  }

  /** Fails with {@link NoAccess} when the token does not see that teacher's recordings. */
  Future<Void> mayList(String email) {
    return seesAccount()
        .compose(
            account -> {
              boolean own =
                  settings.userEmail().filter(user -> user.equalsIgnoreCase(email)).isPresent();
              if (!account && !own) {
                return Future.failedFuture(
                    new NoAccess(
                        settings.userEmail().isEmpty()
                            ? "Zoom's authorisation sees one user only: set zoom.user-email to say"
                                + " which, or authorise the app for the whole account"
                            : "Zoom's authorisation sees another teacher's recordings only:"
                                + " authorise the app for the whole account"));
              }
              return email.isEmpty()
                  ? Future.failedFuture(
                      new NoAccess("the lesson has no teacher_email and no meeting_id to look for"))
                  : Future.succeededFuture();
            });
  }

  /**
   * The recording of one meeting.
   *
   * @param id a UUID for that instance; a number for the meeting's latest instance
   * @return empty when Zoom has none yet
   */
  Future<Optional<CloudMeeting>> meeting(String id) {
    return get("/meetings/" + MeetingPath.meeting(id) + "/recordings", RateLabel.LIGHT)
        .map(answer -> CloudMeeting.of(answer.json()))
        .recover(
            error ->
                error instanceof Failure failure && failure.kind() == Kind.NOT_READY
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(error));
  }

  /**
   * A user's recordings of these UTC days, both included, however many.
   *
   * @param email whose; ignored when the token sees one user only, who is {@code me} then
   */
  Future<List<CloudMeeting>> ofUser(String email, LocalDate from, LocalDate to) {
    return seesAccount()
        .compose(
            account ->
                windows(
                    "/users/" + (account ? MeetingPath.segment(email) : "me") + "/recordings",
                    from,
                    to,
                    new ArrayList<>()));
  }

  private Future<List<CloudMeeting>> windows(
      String path, LocalDate from, LocalDate to, List<CloudMeeting> found) {
    LocalDate end = from.plusDays(WINDOW_DAYS);
    LocalDate until = end.isAfter(to) ? to : end;
    return window(path, from, until, 0)
        .compose(
            meetings -> {
              found.addAll(meetings);
              return until.isBefore(to)
                  ? windows(path, until.plusDays(1), to, found)
                  : Future.succeededFuture(found);
            });
  }

  /** A page token that has expired can't be renewed: the window is read from its beginning. */
  private Future<List<CloudMeeting>> window(
      String path, LocalDate from, LocalDate to, int restarts) {
    return pages(
            path + "?from=" + from + "&to=" + to + "&page_size=" + PAGE_SIZE,
            "",
            1,
            new ArrayList<>())
        .recover(
            error ->
                error instanceof Failure failure
                        && failure.word().equals(ZoomAnswers.PAGE_TOKEN)
                        && restarts < RESTARTS
                    ? window(path, from, to, restarts + 1)
                    : Future.failedFuture(error));
  }

  private Future<List<CloudMeeting>> pages(
      String query, String token, int number, List<CloudMeeting> found) {
    String page = token.isEmpty() ? "" : "&next_page_token=" + MeetingPath.segment(token);
    return get(query + page, RateLabel.MEDIUM)
        .compose(
            answer -> {
              JsonObject body = answer.json();
              if (body.getValue("meetings") instanceof JsonArray meetings) {
                for (Object each : meetings) {
                  if (each instanceof JsonObject meeting) {
                    CloudMeeting.of(meeting).ifPresent(found::add);
                  }
                }
              }
              String next = CloudFile.text(body, "next_page_token");
              if (next.isEmpty()) {
                return Future.succeededFuture(found);
              }
              return number >= MOST_PAGES || next.equals(token)
                  ? Future.failedFuture(
                      Failure.of(Kind.PERMANENT, "Zoom's list of recordings does not end"))
                  : pages(query, next, number + 1, found);
            });
  }

  private Future<Answer> get(String target, RateLabel label) {
    return tokens
        .current()
        .compose(
            token ->
                authorized(
                    token,
                    good ->
                        gate.pass(label)
                            .compose(
                                passed ->
                                    client.send(
                                        Request.get(target)
                                            .withHeader("Accept", "application/json")
                                            .withBearer(good.reveal())
                                            .withClassifier(ZoomAnswers.API)))
                            .recover(error -> blocked(label, error))));
  }

  private <T> Future<T> authorized(AccessToken token, Function<Secret, Future<T>> call) {
    return call.apply(token.value())
        .recover(
            error ->
                error instanceof Failure failure && failure.kind() == Kind.REFRESH
                    ? tokens.insteadOf(token).compose(renewed -> call.apply(renewed.value()))
                    : Future.failedFuture(error));
  }

  /** What Zoom says of the account's limit holds for all of its nodes. */
  private <T> Future<T> blocked(RateLabel label, Throwable error) {
    Optional<Instant> until =
        error instanceof Failure failure && failure.status() == 429
            ? failure.retryAt()
            : Optional.empty();
    return until
        .map(when -> gate.block(label, when).transform(done -> Future.<T>failedFuture(error)))
        .orElseGet(() -> Future.failedFuture(error));
  }

  /**
   * Fetches a file of a recording.
   *
   * @param webhookToken the token that a webhook brought for it; tried first, while it is good
   */
  Future<Download> download(
      CloudFile file, Optional<Secret> webhookToken, Path target, long maxBytes, Duration within) {
    Optional<URI> address = address(file.downloadUrl());
    if (address.isEmpty()) {
      return Future.failedFuture(
          Failure.of(
              Kind.PERMANENT,
              "the recording's address is not one of zoom.download-domains, so it was not given the"
                  + " token"));
    }
    Function<Secret, Future<Download>> fetch =
        token ->
            downloads.download(
                Request.get(address.get().toString())
                    .withBearer(token.reveal())
                    .within(within)
                    .withClassifier(ZoomAnswers.DOWNLOAD),
                target,
                maxBytes);
    Future<Download> withWebhook =
        webhookToken
            .map(fetch)
            .orElseGet(() -> Future.failedFuture(Failure.of(Kind.REFRESH, "no webhook token")));
    return withWebhook.recover(
        error -> {
          boolean refused =
              error instanceof Failure failure
                  && (failure.kind() == Kind.REFRESH || failure.kind() == Kind.PERMANENT);
          return refused
              ? tokens.current().compose(token -> authorized(token, fetch))
              : Future.failedFuture(error);
        });
  }

  /** Rows and answers may be made by others: the token goes to Zoom's own hosts only. */
  private Optional<URI> address(String url) {
    try {
      URI address = URI.create(url);
      String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
      URI api = settings.apiUrl();
      boolean own = host.equals(api.getHost()) && address.getPort() == api.getPort();
      boolean zoom =
          "https".equals(address.getScheme())
              && settings.downloadDomains().stream()
                  .anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
      return (own || zoom) && address.getUserInfo() == null
          ? Optional.of(address)
          : Optional.empty();
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** See {@link Tokens#current}. */
  Future<AccessToken> token() {
    return tokens.current();
  }
}
