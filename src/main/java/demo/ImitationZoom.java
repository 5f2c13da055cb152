package demo;

import demo.ZoomExchange.Asked;
import demo.ZoomExchange.Said;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import settings.Secret;
import zoom.WebhookSignature;

/**
 * What Zoom does, as the contract on outside services says (section 1), without sockets: token
 * service, lists, recordings, downloads that redirect to another origin, and webhooks. Faults of
 * the network are the business of whoever serves it. Safe for several threads.
 */
public final class ImitationZoom {
  private static final Pattern OF_MEETING = Pattern.compile("/v2/meetings/([^/]+)/recordings");
  private static final Pattern OF_USER = Pattern.compile("/v2/users/([^/]+)/recordings");
  private static final Pattern DOWNLOAD = Pattern.compile("/rec/download/([^/]+)");
  private static final Pattern STORED = Pattern.compile("/stored/([^/]+)");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
  private static final int LONGEST_RANGE_DAYS = 31;

  private record Page(String path, int from, Instant until) {}

  /** The token service. */
  public final ZoomGrants grants;

  /** Requests to the storage origin that carried credentials: there must be none. */
  public final AtomicInteger leaks = new AtomicInteger();

  private final boolean serverToServer;
  private final List<CloudLesson> lessons = new CopyOnWriteArrayList<>();
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private volatile String apiOrigin = "";
  private volatile String storageOrigin = "";
  private volatile Duration pageLife = Duration.ofMinutes(15);
  private volatile int mostPerPage = 300;
  private volatile boolean closedDownloads;
  private volatile String userEmail = "";

  /**
   * @param serverToServer whether the app is one: then {@code me} is nobody
   */
  public ImitationZoom(String clientId, String clientSecret, boolean serverToServer) {
    this.grants = new ZoomGrants(clientId, clientSecret);
    this.serverToServer = serverToServer;
  }

  /** Where it is served: API and downloads at the one, files at the other. */
  public void servedAt(String api, String storage) {
    apiOrigin = api;
    storageOrigin = storage;
  }

  public void add(CloudLesson lesson) {
    lessons.add(lesson);
  }

  /** How long a page token lives, and how many meetings a page has at most. */
  public void paging(Duration life, int most) {
    pageLife = life;
    mostPerPage = most;
  }

  /** Downloads are answered with a page for people, as where only the host may download. */
  public void closeDownloads(boolean closed) {
    closedDownloads = closed;
  }

  /** Who {@code me} is for a user-level token. */
  public void user(String email) {
    userEmail = email;
  }

  /** Token service, API and downloads. */
  public Said answer(Asked asked) {
    String path = asked.path();
    if (path.equals("/oauth/token")) {
      return grants.answer(asked);
    }
    Matcher download = DOWNLOAD.matcher(path);
    if (download.matches()) {
      return download(asked, download.group(1));
    }
    if (!grants.good(asked.bearer())) {
      return Said.error(
          401,
          124,
          asked.bearer().isEmpty() ? "Invalid access token." : "Access token is expired.");
    }
    Matcher meeting = OF_MEETING.matcher(path);
    if (meeting.matches()) {
      return meeting(meeting.group(1));
    }
    Matcher user = OF_USER.matcher(path);
    return user.matches()
        ? list(asked, ZoomExchange.decoded(user.group(1)))
        : Said.error(404, 404, "no such path");
  }

  /** Decodes once, as the path says; a UUID with slashes must be encoded twice. */
  private Said meeting(String segment) {
    String once = ZoomExchange.decoded(segment.replace("+", "%2B"));
    boolean slashes = once.startsWith("/") || once.contains("//");
    String id = once.contains("%") ? ZoomExchange.decoded(once.replace("+", "%2B")) : once;
    Optional<CloudLesson> found =
        slashes
            ? Optional.empty()
            : lessons.stream()
                .filter(lesson -> lesson.uuid.equals(id) || Long.toString(lesson.number).equals(id))
                // By the number only the latest instance is found.
                .max(Comparator.comparing(lesson -> lesson.start));
    return found
        .filter(CloudLesson::asked)
        .map(lesson -> Said.json(200, lesson.json(apiOrigin, lesson.files())))
        .orElseGet(() -> Said.error(404, 3301, "There is no recording for this meeting."));
  }

  private Said list(Asked asked, String user) {
    boolean me = user.equals("me");
    if (me && serverToServer) {
      return Said.error(404, 1001, "User does not exist: me.");
    }
    if (!me && !serverToServer && !grants.accountLevel()) {
      return Said.error(
          400, 4711, "Invalid access token, does not contain scopes for other users.");
    }
    String email = me ? userEmail : user;
    if (lessons.stream().noneMatch(lesson -> lesson.hostEmail.equalsIgnoreCase(email))
        && email.contains("unknown")) {
      return Said.error(404, 1001, "User does not exist: " + email + ".");
    }
    Map<String, String> query = asked.query();
    String token = query.getOrDefault("next_page_token", "");
    Page page = token.isEmpty() ? null : pages.get(token);
    if (!token.isEmpty()
        && (page == null
            || page.until().isBefore(Instant.now())
            || !page.path().equals(asked.path()))) {
      return Said.error(400, 300, "The next page token is invalid or expired.");
    }
    try {
      LocalDate today = LocalDate.now(ZoneOffset.UTC);
      LocalDate from = day(query, "from", today);
      LocalDate to = day(query, "to", today);
      if (from.plusDays(LONGEST_RANGE_DAYS).isBefore(to)) {
        return Said.error(400, 300, "The date range must be within one month.");
      }
      int size = Math.min(Integer.parseInt(query.getOrDefault("page_size", "30")), mostPerPage);
      return page(asked.path(), email, from, to, size, page == null ? 0 : page.from());
    } catch (DateTimeException | NumberFormatException e) {
      return Said.error(300, 300, "Invalid field.");
    }
  }

  private static LocalDate day(Map<String, String> query, String name, LocalDate otherwise) {
    return query.containsKey(name) ? LocalDate.parse(query.get(name)) : otherwise;
  }

  private Said page(String path, String email, LocalDate from, LocalDate to, int size, int begin) {
    List<CloudLesson> all =
        lessons.stream()
            .filter(lesson -> lesson.hostEmail.equalsIgnoreCase(email))
            .filter(
                lesson -> {
                  LocalDate day = lesson.start.atOffset(ZoneOffset.UTC).toLocalDate();
                  return !day.isBefore(from) && !day.isAfter(to);
                })
            .filter(CloudLesson::asked)
            .toList();
    JsonArray meetings = new JsonArray();
    all.stream()
        .skip(begin)
        .limit(size)
        .forEach(lesson -> meetings.add(lesson.json(apiOrigin, lesson.files())));
    String next = "";
    if (begin + size < all.size()) {
      next = UUID.randomUUID().toString();
      pages.put(next, new Page(path, begin + size, Instant.now().plus(pageLife)));
    }
    return Said.json(
        200,
        new JsonObject()
            .put("from", from.toString())
            .put("to", to.toString())
            .put("page_size", size)
            .put("total_records", all.size())
            .put("next_page_token", next)
            .put("meetings", meetings));
  }

  private Said download(Asked asked, String fileId) {
    if (!grants.good(asked.bearer()) || closedDownloads) {
      return Said.page("Only the host can download this recording. Sign in.");
    }
    return Said.redirect(storageOrigin + "/stored/" + fileId);
  }

  /** The storage behind the redirect, at another origin. */
  public Said stored(Asked asked) {
    if (asked.headers().contains("Authorization")) {
      leaks.incrementAndGet();
      return new Said(400, Map.of(), Buffer.buffer("credentials were sent to the wrong host"));
    }
    Matcher stored = STORED.matcher(asked.path());
    Optional<CloudLesson.File> file =
        stored.matches()
            ? lessons.stream()
                .flatMap(lesson -> lesson.files().stream())
                .filter(each -> each.id().equals(stored.group(1)))
                .findFirst()
            : Optional.empty();
    return file.map(found -> content(asked, found))
        .orElseGet(() -> new Said(404, Map.of(), Buffer.buffer()));
  }

  private static Said content(Asked asked, CloudLesson.File file) {
    String tag = "\"" + file.id() + "\"";
    Matcher range =
        RANGE.matcher(asked.headers().get("Range") == null ? "" : asked.headers().get("Range"));
    String condition = asked.headers().get("If-Range");
    int size = file.content().length();
    if (range.matches() && (condition == null || condition.equals(tag))) {
      int from = Integer.parseInt(range.group(1));
      if (from < size) {
        return new Said(
            206,
            Map.of(
                "Content-Type",
                file.contentType(),
                "ETag",
                tag,
                "Content-Range",
                "bytes " + from + "-" + (size - 1) + "/" + size),
            file.content().slice(from, size));
      }
    }
    return new Said(200, Map.of("Content-Type", file.contentType(), "ETag", tag), file.content());
  }

  /**
   * A webhook as it is sent: the bytes and the headers that go with them.
   *
   * @param name {@code recording.completed} or {@code recording.transcript_completed}
   */
  public Asked event(String name, CloudLesson lesson, String secret, Instant now) {
    boolean transcript = name.endsWith("transcript_completed");
    List<CloudLesson.File> files =
        lesson.files().stream()
            .filter(file -> transcript == file.type().equals("TRANSCRIPT"))
            .toList();
    JsonObject body =
        new JsonObject()
            .put("event", name)
            .put("event_ts", now.toEpochMilli())
            .put("download_token", grants.downloadToken())
            .put(
                "payload",
                new JsonObject()
                    .put("account_id", "account")
                    .put("object", lesson.json(apiOrigin, files)));
    return signed(spaced(body), secret, now);
  }

  /** Blanks where nobody needs them, so that whoever signs what they parsed is found out. */
  private static Buffer spaced(JsonObject body) {
    return Buffer.buffer(" " + body.encode().replaceFirst(":", " :  ") + "\n");
  }

  /** Any body, signed as Zoom does. */
  public static Asked signed(Buffer body, String secret, Instant now) {
    String timestamp = Long.toString(now.getEpochSecond());
    var headers = io.vertx.core.MultiMap.caseInsensitiveMultiMap();
    headers
        .add("Content-Type", "application/json")
        .add("user-agent", "Zoom Marketplace/1.0a")
        .add(WebhookSignature.TIMESTAMP, timestamp)
        .add(
            WebhookSignature.SIGNATURE,
            new WebhookSignature(new Secret(secret), Duration.ofMinutes(5))
                .sign(timestamp, body.getBytes()));
    return new Asked("POST", "/v1/webhooks/zoom", headers, body);
  }
}
