package settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The school's one Zoom account. Without client id and secret there is none, and recordings come
 * from the folder alone.
 *
 * @param accountId present: server-to-server OAuth; empty: user OAuth with a refresh token
 * @param refreshToken the first one, from the settings; those that Zoom gives later are in Postgres
 * @param apiUrl without a slash at the end
 * @param userEmail whose recordings a user-level token sees; needed to find them by time
 * @param downloadDomains hosts that may be sent the token: these and everything below them
 * @param webhookSecret the secret token of the app's event subscription; empty: webhooks are
 *     refused
 * @param webhookTolerance how far a webhook's timestamp may be off
 * @param tokenKeys 32 bytes each, base64; the first seals what is stored, all of them open it
 * @param plan which decides Zoom's rate limits
 * @param ratePercent share of those limits that lessonweave takes, 1 to 100
 * @param transcriptWait how long after a recording is there its transcript is waited for before the
 *     audio is taken
 * @param audio whether audio is taken at all when there is no transcript
 * @param audioFolder where audio is kept until it is transcribed
 * @param maxAudioBytes larger recordings are refused
 * @param reconcileInterval pause between looks for recordings whose webhook never came
 * @param longestPause between two questions for one recording
 * @param tokenTimeout for one call of the token service
 * @param requestTimeout for one call of the API
 * @param renewalGrace how long a node may take to store the tokens of a renewal it began before
 *     another one says that they are lost
 */
public record ZoomSettings(
    Optional<String> accountId,
    Optional<String> clientId,
    Optional<Secret> clientSecret,
    Optional<Secret> refreshToken,
    URI apiUrl,
    URI tokenUrl,
    Optional<String> userEmail,
    List<String> downloadDomains,
    Optional<Secret> webhookSecret,
    Duration webhookTolerance,
    List<Secret> tokenKeys,
    Plan plan,
    int ratePercent,
    Duration transcriptWait,
    boolean audio,
    Path audioFolder,
    long maxAudioBytes,
    Duration reconcileInterval,
    Duration longestPause,
    Duration tokenTimeout,
    Duration requestTimeout,
    Duration renewalGrace) {

  /** Whether there is an account to ask. */
  public boolean configured() {
    return clientId.isPresent() && clientSecret.isPresent();
  }

  /** Whether tokens come by the server-to-server grant, which has no refresh token. */
  public boolean serverToServer() {
    return accountId.isPresent();
  }

  /** Zoom's plans, by what they allow (section 1.7 of the contract on outside services). */
  public enum Plan {
    /** 4 light, 2 medium calls a second; 6,000 and 2,000 a day. */
    FREE,
    /** 30 light, 20 medium calls a second. */
    PRO,
    /** 80 light, 60 medium calls a second. */
    BUSINESS
  }

  /** No account: the defaults, with audio below {@code dataDir}. */
  public static ZoomSettings none(Path dataDir) {
    return new ZoomSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        URI.create("https://api.zoom.us/v2"),
        URI.create("https://zoom.us/oauth/token"),
        Optional.empty(),
        List.of("zoom.us"),
        Optional.empty(),
        Duration.ofMinutes(5),
        List.of(),
        Plan.PRO,
        50,
        Duration.ofHours(1),
        true,
        dataDir.resolve("zoom-audio"),
        1L << 30,
        Duration.ofMinutes(5),
        Duration.ofMinutes(30),
        Duration.ofSeconds(20),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60));
  }
}
