package settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import settings.CourseSourceSettings.CaptionWay;

/** The settings of {@code course-sources}. */
final class CourseSourceReader {
  private static final String SECTION = "course-sources.";
  private static final int MIN_SECRET = 16;

  private final Values values;

  CourseSourceReader(Values values) {
    this.values = values;
  }

  CourseSourceSettings settings() {
    return new CourseSourceSettings(
        ways(),
        values
            .text(SECTION + "caption-folder")
            .map(at -> values.path(SECTION + "caption-folder", at)),
        values.parsed(SECTION + "transcript-service-url", CourseSourceReader::url, URL_REMEDY),
        values.secret(SECTION + "transcript-service-secret", MIN_SECRET),
        values.required(SECTION + "yt-dlp-program", "the program's name or path, e.g. yt-dlp"),
        values
            .parsed(SECTION + "oembed-url", CourseSourceReader::url, URL_REMEDY)
            .orElse(URI.create("https://www.youtube.com/oembed")),
        values.duration(SECTION + "caption-timeout", Duration.ofSeconds(1), Duration.ofMinutes(5)),
        new CourseSourceSettings.Files(
            values.number(SECTION + "max-file-bytes", 1_024, 500L << 20),
            values.integer(SECTION + "max-files", 1, 10),
            values.number(SECTION + "max-request-bytes", 1_024, 2_000L << 20),
            values.number(SECTION + "owner-bytes", 1_024, 1L << 42),
            values.number(SECTION + "store-bytes", 1_024, 1L << 46),
            values.duration(
                SECTION + "keep-files", Duration.ofMinutes(10), Duration.ofDays(3_650))),
        new CourseSourceSettings.Reading(
            values.integer(SECTION + "max-pages", 1, 20_000),
            values.duration(
                SECTION + "read-timeout", Duration.ofMillis(500), Duration.ofMinutes(5)),
            values.duration(SECTION + "read-time-per-page", Duration.ZERO, Duration.ofSeconds(5)),
            values.integer(SECTION + "readers", 1, 16),
            values.integer(SECTION + "reader-megabytes", 64, 8_192)),
        new CourseSourceSettings.Search(
            values.secret("services.brave-search-api-key"),
            values
                .parsed(SECTION + "search-url", CourseSourceReader::url, URL_REMEDY)
                .orElse(URI.create("https://api.search.brave.com/res/v1/web/search"))));
  }

  private static final String URL_REMEDY = "write http://host:port/path or https://host/path";

  private static URI url(String text) {
    URI uri = URI.create(text.replaceAll("/+$", ""));
    if (uri.getHost() == null
        || !Set.of("http", "https").contains(uri.getScheme())
        || uri.getQuery() != null
        || uri.getUserInfo() != null) {
      throw new IllegalArgumentException();
    }
    return uri;
  }

  private List<CaptionWay> ways() {
    List<CaptionWay> ways = new ArrayList<>();
    for (String name : values.list(SECTION + "captions-from")) {
      CaptionWay way =
          values.choice(
              SECTION + "captions-from",
              CaptionWay.class,
              CaptionWay.YT_DLP,
              name.toUpperCase(Locale.ROOT).replace('-', '_'));
      if (!ways.contains(way)) {
        ways.add(way);
      }
    }
    return List.copyOf(ways);
  }
}
