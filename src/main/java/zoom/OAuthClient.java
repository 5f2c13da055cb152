package zoom;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import outbound.Answer;
import outbound.Classifier;
import outbound.Client;
import outbound.Failure;
import outbound.Failure.Kind;
import outbound.Request;
import settings.Secret;
import settings.ZoomSettings;

/** Zoom's token service: two grants, one address. */
final class OAuthClient {
  /** The word of a refusal that a new refresh token alone can heal. */
  static final String INVALID_GRANT = "invalid_grant";

  // 4700 to 4741 are Zoom's own words for what is wrong with an app or its authorisation.
  private static final Set<String> APP_WORDS =
      Set.of("invalid_client", "unauthorized_client", "4702", "4704", "4705", "4706", "4717");
  private static final Set<String> GRANT_WORDS =
      Set.of(INVALID_GRANT, "4733", "4734", "4735", "4737", "4738", "4740", "4741");

  private static final Classifier CLASSIFIER =
      answer ->
          Classifier.BY_STATUS
              .classify(answer)
              .or(
                  () ->
                      Grant.of(answer.json(), Instant.now()).isPresent()
                          ? Optional.empty()
                          : empty(answer))
              .map(failure -> failure.kind() == Kind.REFRESH ? refusal(answer, failure) : failure);

  private final Client client;
  private final ZoomSettings settings;

  OAuthClient(Client client, ZoomSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  private static Optional<Failure> empty(Answer answer) {
    return Optional.of(
        Failure.of(Kind.RETRY, answer, answer.error().word(), "there is no access token in it"));
  }

  /** The client's own credentials are what is refused here: none to refresh. */
  private static Failure refusal(Answer answer, Failure failure) {
    return Failure.of(Kind.PERMANENT, answer, failure.word(), "");
  }

  /** A token of the app's own account. */
  Future<Grant> forAccount(String accountId) {
    return ask(Map.of("grant_type", "account_credentials", "account_id", accountId), true);
  }

  /**
   * The next pair of tokens. Not repeated when the answer is lost: the token sent may be dead then.
   */
  Future<Grant> refresh(Secret refreshToken) {
    return ask(
        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken.reveal()), false);
  }

  private Future<Grant> ask(Map<String, String> form, boolean harmless) {
    String pair =
        settings.clientId().orElseThrow() + ":" + settings.clientSecret().orElseThrow().reveal();
    return client
        .send(
            Request.post(settings.tokenUrl().toString())
                .withHeader(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .withHeader("Accept", "application/json")
                .withForm(form)
                .withIdempotent(harmless)
                .withClassifier(CLASSIFIER))
        .map(answer -> Grant.of(answer.json(), Instant.now()).orElseThrow());
  }

  /** Whether a failure says that the refresh token is dead. */
  static boolean grantRefused(Throwable failure) {
    return failure instanceof Failure known
        && known.status() >= 400
        && known.status() < 500
        && GRANT_WORDS.contains(known.word());
  }

  /** Whether a failure says that the app itself is not accepted. */
  static boolean appRefused(Throwable failure) {
    return failure instanceof Failure known
        && known.kind() == Kind.PERMANENT
        && (APP_WORDS.contains(known.word()) || known.status() == 401 || known.status() == 400);
  }
}
