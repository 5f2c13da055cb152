package courses.sources;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the id of a YouTube video in what people paste: the id itself or one of the addresses the
 * site shows. Addresses of other hosts name nothing, however much they look like one.
 */
public final class VideoId {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{11}");
  private static final Set<String> HOSTS =
      Set.of(
          "youtube.com",
          "www.youtube.com",
          "m.youtube.com",
          "music.youtube.com",
          "www.youtube-nocookie.com",
          "youtube-nocookie.com");
  private static final Set<String> SHORT_HOSTS = Set.of("youtu.be", "www.youtu.be");
  private static final Set<String> FOLDERS = Set.of("embed", "shorts", "live", "v", "e");
  private static final int LONGEST = 2_000;

  private VideoId() {}

  /** Whether this is an id as such. */
  public static boolean valid(String id) {
    return ID.matcher(id).matches();
  }

  /**
   * The id in an id or address; empty when it is neither.
   *
   * @param text space around it does no harm; the scheme may be missing
   */
  public static Optional<String> of(String text) {
    String trimmed = text == null ? "" : text.strip();
    if (valid(trimmed)) {
      return Optional.of(trimmed);
    }
    return trimmed.length() > LONGEST ? Optional.empty() : address(trimmed);
  }

  private static Optional<String> address(String text) {
    URI uri;
    try {
      uri = URI.create(text.matches("(?i)[a-z][a-z0-9+.-]*://.*") ? text : "https://" + text);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
    // an address with a user name in it shows one host and means another
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getPort() != -1 && uri.getPort() != 443 && uri.getPort() != 80
        || !Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    List<String> path =
        List.of((uri.getRawPath() == null ? "" : uri.getRawPath()).replaceAll("^/", "").split("/"));
    String candidate = "";
    if (SHORT_HOSTS.contains(host)) {
      candidate = path.get(0);
    } else if (HOSTS.contains(host)) {
      candidate =
          path.get(0).equals("watch")
              ? parameter(uri.getRawQuery())
              : path.size() > 1 && FOLDERS.contains(path.get(0)) ? path.get(1) : "";
    }
    return Optional.of(candidate).filter(VideoId::valid);
  }

  private static String parameter(String query) {
    for (String pair : (query == null ? "" : query).split("&")) {
      if (pair.startsWith("v=")) {
        return pair.substring(2);
      }
    }
    return "";
  }
}
