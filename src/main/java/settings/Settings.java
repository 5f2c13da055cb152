package settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an operator can set, typed and already validated: an instance exists only when every
 * value is usable. Built by {@link SettingsLoader}; {@code conf/application.yaml} holds the
 * defaults and what each key means.
 *
 * @param environment {@code production}, {@code development} or {@code test}
 * @param dataDir where embedded databases, recordings and locks live
 * @param verticles verticle name to instance count, in deployment order; never empty; 0 is the
 *     verticle's own default
 * @param drainTimeout how long a stopping node may take to finish its work
 * @param warnings what an operator should know about these settings, said once at start
 */
public record Settings(
    Environment environment,
    Path dataDir,
    Map<String, Integer> verticles,
    Http http,
    Auth auth,
    MySql mysql,
    Postgres postgres,
    Monitor monitor,
    Recordings recordings,
    Transcripts transcripts,
    Exercises exercises,
    Work work,
    Cluster cluster,
    Log log,
    Duration drainTimeout,
    List<String> warnings,
    Tokens tokens,
    Approval approval,
    Speech speech,
    Catalogue catalogue,
    Workflow workflow,
    LanguageModel languageModel,
    SpeechToTextSettings speechToText,
    ZoomSettings zoom,
    CourseSettings courses,
    CourseSourceSettings courseSources) {

  /** These settings with other database servers: the embedded ones, once they have an address. */
  public Settings withDatabases(MySql newMysql, Postgres newPostgres) {
    return new Settings(
        environment,
        dataDir,
        verticles,
        http,
        auth,
        newMysql,
        newPostgres,
        monitor,
        recordings,
        transcripts,
        exercises,
        work,
        cluster,
        log,
        drainTimeout,
        warnings,
        tokens,
        approval,
        speech,
        catalogue,
        workflow,
        languageModel,
        speechToText,
        zoom,
        courses,
        courseSources);
  }

  /** The kind of installation; decides the defaults of authentication and log format. */
  public enum Environment {
    PRODUCTION,
    DEVELOPMENT,
    TEST;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * The HTTP server.
   *
   * @param port 0 takes any free port
   * @param trustedProxies whose X-Forwarded-For is believed where addresses count
   * @param corsOrigins origins allowed to call with credentials; empty allows any origin without
   *     credentials
   */
  public record Http(
      String host,
      int port,
      List<String> corsOrigins,
      RateLimits rateLimits,
      List<AddressRange> trustedProxies) {}

  /**
   * How often one learner may call.
   *
   * @param perMinute requests a minute by group of operations, each at least 1; {@link
   *     #RATE_GROUPS} are all there
   */
  public record RateLimits(boolean enabled, Map<String, Integer> perMinute) {}

  /**
   * The groups of operations that have limits of their own; {@code anonymous} counts by address.
   */
  public static final List<String> RATE_GROUPS =
      List.of(
          "start",
          "result",
          "grammar-result",
          "complete",
          "edit",
          "media",
          "read",
          "pipeline",
          "anonymous");

  /** How a caller proves who they are: section 1.3 of the wire contract. */
  public enum AuthMode {
    JWT,
    GATEWAY,
    COMPAT
  }

  /**
   * @param jwtSecret HS256 secret; in mode {@code JWT} it is present unless {@link Tokens#jwksUrl}
   *     is
   * @param gatewaySecret what a trusted gateway sends in {@code X-Gateway-Secret}
   */
  public record Auth(AuthMode mode, Optional<Secret> jwtSecret, Optional<Secret> gatewaySecret) {}

  /** Transport security of a database connection. */
  public enum Tls {
    /** No encryption. */
    OFF,
    /** Encrypted, the server's certificate is not checked. */
    REQUIRE,
    /**
     * Encrypted, certificate and host name are checked against the CA file or the JVM's trust
     * store.
     */
    VERIFY
  }

  /** The school's MySQL. {@code host} empty: the embedded server. */
  public record MySql(
      Optional<String> host,
      int port,
      String user,
      Optional<Secret> password,
      String database,
      int poolSize,
      Tls tls,
      Optional<Path> tlsCa) {
    public boolean embedded() {
      return host.isEmpty();
    }
  }

  /**
   * Which pooler, if any, stands before Postgres; a transaction pooler has no LISTEN and no named
   * statements.
   */
  public enum Pooler {
    NONE,
    TRANSACTION
  }

  /** Lessons' Postgres. {@code host} empty: the embedded server. */
  public record Postgres(
      Optional<String> host,
      int port,
      String user,
      Optional<Secret> password,
      String database,
      int poolSize,
      Tls tls,
      Optional<Path> tlsCa,
      Pooler pooler) {
    public boolean embedded() {
      return host.isEmpty();
    }
  }

  /**
   * How ended classes are noticed.
   *
   * @param pollMin pause between polls while classes are ending
   * @param pollMax longest pause between polls
   * @param batch classes taken in one poll, 1 to 500
   * @param notBefore classes that ended earlier (in {@code zone}) are never opened
   * @param zone in which the host writes {@code meeting_start} and {@code meeting_end}
   * @param safetyPoll pause between polls while the binary log is read
   */
  public record Monitor(
      Duration pollMin,
      Duration pollMax,
      int batch,
      Optional<LocalDateTime> notBefore,
      ZoneId zone,
      int maxAttempts,
      Source source,
      Duration safetyPoll) {}

  /** How it is noticed that the host's classes changed. */
  public enum Source {
    /** From the binary log where the host allows it, else by polling. */
    AUTO,
    /** By polling only. */
    POLL,
    /** From the binary log; a warning where that is not possible, and polling. */
    BINLOG
  }

  /**
   * The folder of recordings.
   *
   * @param folder looked through and watched; made when missing
   * @param settle a file is read only when it has not changed for so long
   * @param waitFor how long after the class's end a missing recording is waited for
   * @param maxBytes larger files are refused
   */
  public record Recordings(Path folder, Duration settle, Duration waitFor, long maxBytes) {}

  /** Limits beyond which a transcript is refused rather than held in memory. */
  public record Transcripts(int maxCharacters, Duration maxDuration) {}

  /**
   * @param language the learner's language for translations, a BCP 47 code such as {@code he}
   * @param model whether a language model is asked where there are keys for the service lesson
   * @param modelPatience how long all of a model's answers for one lesson may take together
   * @param requestPatience the same where somebody waits for the answer, as for /v1/process
   */
  public record Exercises(
      String language, boolean model, Duration modelPatience, Duration requestPatience) {}

  /**
   * The work engine.
   *
   * @param pollInterval pause between looks for due work when nothing wakes the worker
   * @param lease how long a claim holds without a heartbeat; heartbeats come every third of it
   * @param maxAttempts failures after which an item is {@code failed}
   * @param concurrency items one verticle instance works on at a time, by stage name
   */
  public record Work(
      Duration pollInterval,
      Duration lease,
      int maxAttempts,
      Duration backoffBase,
      Duration backoffMax,
      Map<String, Integer> concurrency) {}

  /**
   * @param members host:port of nodes to join, tried over TCP
   */
  public record Cluster(boolean enabled, String host, int port, List<String> members) {}

  /**
   * @param json one JSON object a line instead of readable text
   */
  public record Log(String level, boolean json) {}

  /** Who brings a lesson's transcript. */
  public enum Trigger {
    /** This program, from Zoom or the recordings folder. */
    INTERNAL,
    /** The school's n8n workflow, which is told of each class. */
    N8N,
    /** Both: the transcript that comes first is taken. */
    BOTH
  }

  /**
   * The school's n8n workflow.
   *
   * @param webhook present unless {@code trigger} is internal
   * @param headerName of the Webhook node's header authentication; with {@code headerValue} or not
   *     at all
   * @param signingSecret signs each call; empty: calls are not signed
   * @param timeout for one call
   * @param maxAttempts calls that may fail before a class is given up
   * @param deliveryTimeout how long a transcript is awaited after the workflow took the class
   * @param zone in which the workflow expects dates and clock times
   */
  public record Workflow(
      Trigger trigger,
      Optional<java.net.URI> webhook,
      Optional<String> headerName,
      Optional<Secret> headerValue,
      Optional<Secret> signingSecret,
      Duration timeout,
      int maxAttempts,
      Duration deliveryTimeout,
      ZoneId zone) {}

  /**
   * What beside the shared secret proves a token.
   *
   * @param jwksUrl where the issuer publishes its public keys; empty: only HS256 tokens are taken
   * @param issuer what claim {@code iss} must be; empty: anything
   * @param audiences of which claim {@code aud} must name one; empty: anything
   */
  public record Tokens(
      Optional<java.net.URI> jwksUrl, Optional<String> issuer, List<String> audiences) {
    /** Nothing but the shared secret. */
    public static final Tokens NONE = new Tokens(Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * @param automatic generated sets are approved and published as soon as they are there
   */
  public record Approval(boolean automatic) {}

  /**
   * @param starter the catalogue that comes with the program is put into MySQL, and kept up to date
   *     there
   * @param age how long a change of authored rows in the database may stay unseen by a running
   *     node; zero keeps none in memory
   */
  public record Catalogue(boolean starter, Duration age) {}

  /**
   * What can speak; the names operators use, in the order of preference that {@code auto} means.
   */
  public enum SpeechEngine {
    /** ElevenLabs' service. */
    ELEVENLABS,
    /** OpenAI's service, or a server with the same interface. */
    OPENAI,
    /** The program espeak-ng. */
    ESPEAK,
    /** FreeTTS, in this program. */
    FREETTS
  }

  /**
   * Words and sentences read aloud.
   *
   * @param publicUrl where phones reach this server, without a slash at the end; empty: as the
   *     request did
   * @param engines in order of preference, never empty; an engine whose program or account is
   *     missing is passed over
   * @param maxCharacters longer texts are left to the device's voice
   * @param wordsPerMinute of the offline voices
   * @param concurrency texts made at a time
   * @param queue texts that may wait for that
   * @param requestTimeout for one call of a service
   * @param totalTimeout for all calls for one text
   * @param storeMaxBytes of audio in MySQL
   * @param filesMaxBytes of copies in the data folder
   */
  public record Speech(
      Optional<java.net.URI> publicUrl,
      List<SpeechEngine> engines,
      int maxCharacters,
      int wordsPerMinute,
      int concurrency,
      int queue,
      Duration requestTimeout,
      Duration totalTimeout,
      long storeMaxBytes,
      long filesMaxBytes,
      Espeak espeak,
      ElevenLabs elevenLabs,
      OpenAiSpeech openAi) {}

  /**
   * @param program a name on the search path, or a path
   * @param voice such as {@code en-us}
   */
  public record Espeak(String program, String voice) {}

  /**
   * @param apiKey empty: not used
   * @param baseUrl without a slash at the end
   */
  public record ElevenLabs(
      Optional<Secret> apiKey, java.net.URI baseUrl, String voice, String model) {}

  /**
   * @param baseUrl without a slash at the end; empty: not used
   * @param format {@code mp3} or {@code wav}
   */
  public record OpenAiSpeech(
      Optional<Secret> apiKey,
      Optional<java.net.URI> baseUrl,
      String model,
      String voice,
      String format) {}
}
