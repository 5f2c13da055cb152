package speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundFilesTest {
  @ParameterizedTest
  @ValueSource(ints = {16_000, 22_050, 24_000, 44_100})
  void whatIsEncodedIsHeard(int rate) {
    Pcm tone = Sounds.tone(rate, 1_500);
    Buffer mp3 = Mp3.encode(tone);
    Pcm heard = Sounds.decoded(mp3);
    assertThat(Mp3.kind(mp3)).isEqualTo(Mp3.Kind.WHOLE);
    // At this bit rate the encoder halves nothing but what no voice needs.
    assertThat(heard.rate()).isEqualTo(Math.min(rate, 32_000));
    assertThat(heard.duration().toMillis()).isBetween(1_450L, 1_750L);
    assertThat(Sounds.loudness(heard)).isCloseTo(Sounds.loudness(tone), within(800.0));
    assertThat(mp3.length()).isLessThan(tone.samples().length * 2 / 3);
  }

  @Test
  void kindsOfFilesAreToldApart() {
    Buffer mp3 = Mp3.encode(Sounds.tone(16_000, 500));
    assertThat(Mp3.kind(mp3.slice(0, mp3.length() - 40))).isEqualTo(Mp3.Kind.CUT);
    assertThat(Mp3.kind(mp3.slice(0, 40))).isEqualTo(Mp3.Kind.CUT);
    assertThat(Mp3.kind(Buffer.buffer())).isEqualTo(Mp3.Kind.OTHER);
    assertThat(Mp3.kind(Buffer.buffer("{\"error\":{\"message\":\"no\"}}")))
        .isEqualTo(Mp3.Kind.OTHER);
    assertThat(Mp3.kind(Buffer.buffer(new byte[500]))).isEqualTo(Mp3.Kind.OTHER);
    Buffer tagged =
        Buffer.buffer("ID3")
            .appendBytes(new byte[] {4, 0, 0, 0, 0, 1, 2})
            .appendBytes(new byte[130])
            .appendBuffer(mp3);
    assertThat(Mp3.kind(tagged)).isEqualTo(Mp3.Kind.WHOLE);
    assertThat(Mp3.kind(mp3.copy().appendString("TAG").appendBytes(new byte[125])))
        .isEqualTo(Mp3.Kind.WHOLE);
    assertThat(Mp3.kind(Buffer.buffer("ID3").appendBytes(new byte[] {4, 0, 0, 127, 127, 127, 127})))
        .isEqualTo(Mp3.Kind.OTHER);
  }

  @Test
  void wavFilesOfKnownAndOfUnknownLengthAreRead() {
    Pcm tone = Sounds.tone(22_050, 200);
    int length = tone.samples().length * 2;
    for (int claimed : new int[] {length, 0x7ffff000, -1}) {
      Pcm read = Pcm.ofWav(Sounds.wav(tone, claimed));
      assertThat(read.rate()).isEqualTo(22_050);
      assertThat(read.samples()).isEqualTo(tone.samples());
    }
    assertThat(Pcm.ofWav(Sounds.wav(tone, 100)).samples()).hasSize(50);
  }

  @Test
  void otherFilesAreRefusedWhateverTheyHold() {
    byte[] wav = Sounds.wav(Sounds.tone(22_050, 20), 882);
    assertThatThrownBy(() -> Pcm.ofWav("RIFF".getBytes()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Pcm.ofWav(new byte[100])).isInstanceOf(IllegalArgumentException.class);
    byte[] stereo = wav.clone();
    stereo[22] = 2;
    assertThatThrownBy(() -> Pcm.ofWav(stereo)).hasMessageContaining("one channel");
    for (int length = 0; length < 44; length++) {
      byte[] cut = Arrays.copyOf(wav, length);
      assertThatThrownBy(() -> Pcm.ofWav(cut))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void wordingIsBroughtIntoReach() {
    assertThat(Wording.line("  two\n\t words\u00a0here ")).isEqualTo("two words here");
    assertThat(Wording.ascii("Zoë’s café — “naïve”…")).isEqualTo("Zoe's cafe , \"naive\"...");
    assertThat(Wording.english("[[h@l'oU]] it’s")).isEqualTo("[ [h@l'oU]] it's");
    assertThat(Wording.ascii("5 \u00b5m")).isEqualTo("5 m");
    for (String text : new String[] {"שלום", "the word שלום", "привет", "...", "☔"}) {
      assertThatThrownBy(() -> Wording.english(text)).as(text).isInstanceOf(EngineFailure.class);
    }
  }
}
