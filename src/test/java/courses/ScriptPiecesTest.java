package courses;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptPiecesTest {
  private static final String SCRIPT =
      "A river begins high up. It runs down!\n\nDoes it grow? Yes, by 3.5 metres a day.\n***\n\n"
          + "x".repeat(70)
          + " and a very long sentence, with commas, that goes on and on without ever coming to its"
          + " end in sight.";

  @ParameterizedTest
  @ValueSource(ints = {20, 45, 120, 1_000})
  void nothingIsLostAndNothingIsTooLong(int most) {
    List<String> pieces = ScriptPieces.of(SCRIPT, "en", most);
    assertThat(pieces).allSatisfy(piece -> assertThat(piece.length()).isBetween(1, most));
    assertThat(String.join("", pieces).replaceAll("[\\s*]", ""))
        .isEqualTo(SCRIPT.replaceAll("[\\s*]", ""));
    assertThat(ScriptPieces.of(SCRIPT, "en", most)).isEqualTo(pieces);
  }

  @Test
  void sentencesStayWholeWhereTheyFit() {
    assertThat(ScriptPieces.of("One two three. Four five six. Seven.", "en", 24))
        .containsExactly("One two three.", "Four five six. Seven.");
    assertThat(ScriptPieces.of("水は流れる。川になる。", "ja", 6)).containsExactly("水は流れる。", "川になる。");
    assertThat(ScriptPieces.of("😀😀😀😀 a", "en", 3)).containsExactly("😀 a");
    assertThat(ScriptPieces.of("*** \n\n ...", "en", 100)).isEmpty();
    assertThat(ScriptPieces.of("", "xx-none", 100)).isEmpty();
  }

  @Test
  void linksHoldForTheirTimeAndForOneRecording() {
    UUID id = UUID.randomUUID();
    Buffer key = Buffer.buffer("key-1");
    Instant now = Instant.ofEpochSecond(1_000_000);
    Duration hour = Duration.ofHours(1);
    AudioLink link = AudioLink.of(id, key, now, hour);
    assertThat(link.expires()).isBetween(1_000_000L + 3_600, 1_000_000L + 7_200);
    assertThat(link.opens(id, key, now.plus(hour))).isTrue();
    assertThat(link.opens(id, key, now.plus(hour.multipliedBy(2)))).isFalse();
    assertThat(link.opens(UUID.randomUUID(), key, now)).isFalse();
    assertThat(link.opens(id, Buffer.buffer("key-2"), now)).isFalse();
    assertThat(new AudioLink(link.expires() + 1, link.signature()).opens(id, key, now)).isFalse();
    assertThat(new AudioLink(link.expires(), "é" + link.signature()).opens(id, key, now)).isFalse();
    assertThat(AudioLink.of(id, key, now.plusSeconds(60), hour)).isEqualTo(link);
  }
}
