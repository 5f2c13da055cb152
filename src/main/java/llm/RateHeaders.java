package llm;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a provider's answer says about its limits; -1 where it says nothing.
 *
 * @param requestLimit of the window the provider counts requests in, see {@link
 *     Dialect#requestHeadersAreDaily()}
 * @param tokenLimit a minute's
 * @param processingMillis how long the provider worked on the call after it had come
 */
record RateHeaders(
    long requestLimit, long requestsLeft, long tokenLimit, long tokensLeft, long processingMillis) {
  static final RateHeaders NONE = new RateHeaders(-1, -1, -1, -1, -1);

  RateHeaders(long requestLimit, long requestsLeft, long tokenLimit, long tokensLeft) {
    this(requestLimit, requestsLeft, tokenLimit, tokensLeft, -1);
  }

  private static final Pattern DURATION =
      Pattern.compile(
          "(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+(?:\\.\\d+)?)s)?(?:(\\d+(?:\\.\\d+)?)ms)?");
  private static final double SECOND = 1_000;
  private static final double MINUTE = 60 * SECOND;
  private static final double HOUR = 60 * MINUTE;

  /**
   * @param header value of a header, null when it is not there
   */
  static RateHeaders of(Function<String, String> header) {
    return new RateHeaders(
        number(header.apply("x-ratelimit-limit-requests")),
        number(header.apply("x-ratelimit-remaining-requests")),
        number(header.apply("x-ratelimit-limit-tokens")),
        number(header.apply("x-ratelimit-remaining-tokens")),
        number(header.apply("openai-processing-ms")));
  }

  private static long number(String text) {
    try {
      return text == null ? -1 : Math.max(-1, (long) Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Milliseconds of a duration as Go writes them, such as {@code 7.66s}, {@code 2m59.56s} or {@code
   * 900ms}; 0 when it is none.
   */
  static long goMillis(String text) {
    if (text == null) {
      return 0;
    }
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      return 0;
    }
    return (long)
        Math.ceil(
            part(matcher, 1) * HOUR
                + part(matcher, 2) * MINUTE
                + part(matcher, 3) * SECOND
                + part(matcher, 4));
  }

  private static double part(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Double.parseDouble(matcher.group(group));
  }
}
