package courses.sources;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import outbound.Client;
import outbound.Failure;
import outbound.Request;
import outbound.Service;

/** Title and thumbnail of a video, from YouTube's public oEmbed answer. */
final class VideoFacts {
  private static final int LONGEST_TITLE = 300;
  private static final int LONGEST_URL = 1_000;

  private final Client client;

  /**
   * @param address of the oEmbed service, without query
   */
  VideoFacts(Vertx vertx, URI address, MeterRegistry metrics) {
    this.client =
        Client.of(
            vertx,
            Service.of("oembed", address)
                .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(8))
                .withRetries(2, Duration.ofMillis(300), Duration.ofSeconds(2))
                .withMaxAnswerBytes(256 << 10),
            metrics);
  }

  /**
   * What is known of a video.
   *
   * @param known whether YouTube knows it; false only when it said so
   */
  record Facts(boolean known, Optional<String> title, Optional<String> thumbnailUrl) {}

  /** Never fails: a video without a title is still a video. */
  Future<Facts> of(SourceRequest.YouTube video) {
    String address = URLEncoder.encode(video.url(), StandardCharsets.UTF_8);
    // the service's address has no path after it: the query stands alone
    String target = client.service().base() + "?format=json&url=" + address;
    return client
        .send(Request.get(target))
        .map(
            answer -> {
              JsonObject json = answer.json();
              return new Facts(
                  true,
                  text(json, "title")
                      .map(CleanText::line)
                      .filter(title -> !title.isEmpty())
                      .map(title -> cut(title, LONGEST_TITLE)),
                  text(json, "thumbnail_url").filter(VideoFacts::picture));
            })
        .otherwise(
            error ->
                new Facts(
                    !(error instanceof Failure failure
                        && (failure.status() == 404 || failure.status() == 400)),
                    Optional.empty(),
                    Optional.empty()));
  }

  static String cut(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, longest - 1))).strip()
            + "\u2026";
  }

  private static boolean picture(String url) {
    try {
      return url.length() <= LONGEST_URL && "https".equals(URI.create(url).getScheme());
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static Optional<String> text(JsonObject json, String name) {
    return json.getValue(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  Future<Void> close() {
    return client.close();
  }
}
