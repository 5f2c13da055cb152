package courses.sources;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import outbound.Client;
import outbound.Request;
import outbound.Service;
import settings.CourseSourceSettings;

/**
 * Where a course's subject is treated elsewhere, by a web search: {@code web.results[]} of title,
 * url and description (section 5.0 of the courses' contract).
 */
public final class WebSearch {
  private static final int MOST = 5;
  private static final int LONGEST_URL = 1_000;
  private static final int LONGEST_TEXT = 300;
  private static final int LONGEST_QUERY = 200;
  private static final String TOKEN = "X-Subscription-Token";

  private final Client client;
  private final String key;

  private WebSearch(Client client, String key) {
    this.client = client;
    this.key = key;
  }

  /** Empty where no key is configured. */
  public static Optional<WebSearch> of(
      Vertx vertx, CourseSourceSettings.Search settings, MeterRegistry metrics) {
    return settings
        .key()
        .map(
            key ->
                new WebSearch(
                    Client.of(
                        vertx,
                        Service.of("web-search", settings.url())
                            .withTimeouts(
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(20))
                            .withRetries(2, Duration.ofSeconds(1), Duration.ofSeconds(5))
                            // free accounts allow a request a second
                            .withConcurrency(1, 200)
                            .withSecretHeaders(TOKEN)
                            .withMaxAnswerBytes(1 << 20),
                        metrics),
                    key.reveal()));
  }

  /**
   * A page elsewhere.
   *
   * @param provider the host
   * @param type {@code video}, {@code documentation}, {@code book} or {@code article}
   */
  public record Resource(
      String title, String url, String description, String provider, String type) {
    public JsonObject toJson() {
      return new JsonObject()
          .put("title", title)
          .put("url", url)
          .put("description", description)
          .put("provider", provider)
          .put("type", type);
    }
  }

  /** At most 5 pages of different hosts on a subject; fails with {@link outbound.Failure}. */
  public Future<List<Resource>> find(String subject) {
    String query =
        URLEncoder.encode(
            VideoFacts.cut(CleanText.line(subject), LONGEST_QUERY), StandardCharsets.UTF_8);
    String target = client.service().base() + "?count=20&safesearch=strict&q=" + query;
    return client
        .send(Request.get(target).withHeader(TOKEN, key).withHeader("Accept", "application/json"))
        .map(answer -> resources(answer.json()));
  }

  private static List<Resource> resources(JsonObject answer) {
    List<Resource> found = new ArrayList<>();
    Set<String> hosts = new HashSet<>();
    if (answer.getValue("web") instanceof JsonObject web
        && web.getValue("results") instanceof JsonArray results) {
      for (Object result : results) {
        if (found.size() < MOST && result instanceof JsonObject entry) {
          resource(entry).filter(resource -> hosts.add(resource.provider())).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<Resource> resource(JsonObject entry) {
    if (!(entry.getValue("url") instanceof String url)
        || url.length() > LONGEST_URL
        || !(entry.getValue("title") instanceof String title)) {
      return Optional.empty();
    }
    try {
      URI address = URI.create(url);
      String name = plain(title);
      if (address.getHost() == null
          || !Set.of("http", "https").contains(address.getScheme())
          || address.getUserInfo() != null
          || name.isEmpty()) {
        return Optional.empty();
      }
      String host = address.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
      String description = entry.getValue("description") instanceof String told ? plain(told) : "";
      return Optional.of(new Resource(name, url, description, host, type(host)));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** Results mark the words that were looked for. */
  private static String plain(String text) {
    String bare =
        text.replaceAll("<[^>]{0,100}>", "")
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
    return VideoFacts.cut(CleanText.line(bare), LONGEST_TEXT);
  }

  private static String type(String host) {
    if (host.matches("(.*\\.)?(youtube\\.com|youtu\\.be|vimeo\\.com)")) {
      return "video";
    }
    if (host.matches("(docs?|developer|learn|api)\\..*|.*readthedocs\\.io|docs\\.rs")) {
      return "documentation";
    }
    return host.matches("books\\..*|.*openstax\\.org|.*gutenberg\\.org") ? "book" : "article";
  }
}
