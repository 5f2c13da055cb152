package llm;

/**
 * How many tokens a text is, without the tokenizer of the model: English takes about four
 * characters a token, other scripts one to two. The estimate is meant to be a little high, because
 * quota is reserved by it before the call and settled by the provider's count afterwards.
 */
public final class TokenEstimate {
  /** What a message's role and separators add. */
  static final int PER_MESSAGE = 6;

  private static final double ASCII_LETTER = 0.27;
  private static final double ASCII_SIGN = 0.5;
  private static final double OTHER = 0.75;

  private TokenEstimate() {}

  /** Tokens of {@code text}, at least 1. */
  public static int of(String text) {
    double tokens = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || (c | 32) >= 'a' && (c | 32) <= 'z') {
        tokens += ASCII_LETTER;
      } else {
        tokens += c < 128 ? ASCII_SIGN : OTHER;
      }
    }
    return (int) Math.ceil(tokens);
  }
}
