package outbound;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be shown of a request. */
final class Redaction {
  private static final Set<String> HEADERS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "set-cookie",
          "apikey",
          "api-key",
          "x-api-key",
          "xi-api-key",
          "x-goog-api-key",
          "api-subscription-key");
  private static final Pattern SECRET_NAME =
      Pattern.compile("token|secret|key|sign|sig|passw|pwd|credential|code|auth");
  private static final Pattern HARMLESS_VALUE = Pattern.compile("[A-Za-z0-9_.:,-]{0,24}");
  private static final Pattern PARAMETER = Pattern.compile("([^=&]+)=([^&]*)");
  private static final int LONGEST_SEGMENT = 40;

  private Redaction() {}

  /** Whether a header's value is a secret; it doesn't follow a redirect to another origin. */
  static boolean isSecret(String header, Service service) {
    String name = header.toLowerCase(Locale.ROOT);
    return HEADERS.contains(name) || service.secretHeaders().contains(name);
  }

  /**
   * Origin, path and query of an address, without user information, fragment, values that are or
   * may be secrets, and path segments long enough to be one.
   */
  static String address(String address) {
    String bare = address.split("#", 2)[0].replaceFirst("^(https?://)[^/?]*@", "$1");
    String[] parts = bare.split("\\?", 2);
    StringBuilder shown = new StringBuilder();
    for (String segment : parts[0].split("(?<=/)")) {
      shown.append(
          segment.length() > LONGEST_SEGMENT
              ? "***" + (segment.endsWith("/") ? "/" : "")
              : segment);
    }
    if (parts.length > 1) {
      Matcher parameters = PARAMETER.matcher(parts[1]);
      char separator = '?';
      while (parameters.find()) {
        String name = parameters.group(1);
        boolean show =
            !SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).find()
                && HARMLESS_VALUE.matcher(parameters.group(2)).matches();
        shown.append(separator).append(name).append('=').append(show ? parameters.group(2) : "***");
        separator = '&';
      }
    }
    return shown.toString();
  }
}
