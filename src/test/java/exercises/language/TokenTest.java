package exercises.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TokenTest {
  /** What a token is, in one expression: slower than the reading by hand that is held to it. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\p{L}[\\p{L}\\p{M}]*(?:['’\\-]\\p{L}+)*|\\p{N}+(?:[.,:]\\p{N}+)*|[^\\s\\p{L}\\p{N}]");

  private static final String PIECES =
      "aZé ש־ב\u05B0e\u0301\u0903\u20DDǅʰ中𝒜𐐀😀\uD83D\uDE00 09٣Ⅷ½²𝟘.,:;!?_-–'’\"()[]\t\n\r"
          + "\u000B\f\u001C\u00A0\u2003\u0085\u2028\u200B\u0000\uD83D\uDC00";

  @Test
  void splitsAsTheExpressionSays() {
    Random random = new Random(20_261_123);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length >= 0; length--) {
        text.append(PIECES.charAt(random.nextInt(PIECES.length())));
      }
      assertSplitAsMatched(text.toString());
    }
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.isDefined(c) && Character.getType(c) != Character.PRIVATE_USE) {
        String around = Character.toString(c);
        assertSplitAsMatched("a" + around + "1" + around + "b");
      }
    }
  }

  @Test
  void keepsContractionsAndNumbersWhole() {
    assertThat(Token.split("We've re-read it at 10:30, it's 1,000.5-ish."))
        .extracting(Token::text)
        .containsExactly(
            "We've", "re-read", "it", "at", "10:30", ",", "it's", "1,000.5", "-", "ish", ".");
  }

  /** Some 200,000 times: an assertion is made only of what differs. */
  private static void assertSplitAsMatched(String text) {
    List<Token> split = Token.split(text);
    List<Token> matched = matched(text);
    if (!split.equals(matched)) {
      assertThat(split).as(text).isEqualTo(matched);
    }
  }

  private static List<Token> matched(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(new Token(matcher.group(), matcher.start(), matcher.end()));
    }
    return tokens;
  }
}
