package zoom;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How ids stand in the paths of Zoom's API. */
final class MeetingPath {
  private MeetingPath() {}

  /**
   * A meeting's number, or its UUID: base64, which may have slashes. One that begins with a slash
   * or has two in a row must be encoded twice, because Zoom decodes such paths twice.
   */
  static String meeting(String id) {
    boolean twice = id.startsWith("/") || id.contains("//");
    return twice ? segment(segment(id)) : segment(id);
  }

  /** Any text as one path segment; an address's {@code +} matters. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
