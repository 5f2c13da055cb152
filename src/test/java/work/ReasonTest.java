package work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void aMessageOfOursStandsForItself() {
    assertThat(Reason.of(new PermanentFailure("the transcript is too short")))
        .isEqualTo("the transcript is too short");
  }

  @Test
  void theJdksMessagesNeedTheirType() {
    assertThat(Reason.of(new FileNotFoundException("lesson.vtt")))
        .isEqualTo("FileNotFoundException: lesson.vtt");
    assertThat(Reason.of(new NullPointerException())).isEqualTo("NullPointerException");
    assertThat(Reason.of(new RuntimeException() {})).isNotBlank();
  }

  @Test
  void stackFramesAndControlCharactersAreLeftOut() {
    assertThat(
            Reason.bounded(
                "could not parse\r\n"
                    + "\tat some.Parser.parse(Parser.java:12)\n"
                    + "  at line 3\n"
                    + "\0end\u0007"))
        .isEqualTo("could not parse at line 3  end ");
  }

  @Test
  void lengthIsBoundedWithoutSplittingACharacter() {
    assertThat(Reason.bounded("x".repeat(1000))).hasSize(1000).doesNotContain("…");
    assertThat(Reason.bounded("x".repeat(100_000))).hasSize(1000).endsWith("…");
    String cut = Reason.bounded("x".repeat(998) + "\uD83C\uDFAE".repeat(50));
    assertThat(cut).hasSizeLessThanOrEqualTo(1000).endsWith("x…");
    assertThat(Reason.bounded("line\n".repeat(10_000))).hasSizeLessThanOrEqualTo(1000);
  }
}
