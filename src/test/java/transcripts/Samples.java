package transcripts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Texts and limits the transcript tests share. */
final class Samples {
  /** Lets one-line examples through. */
  static final Limits TINY = new Limits(40_000_000, Duration.ofHours(12), 1);

  static final Limits NORMAL = new Limits(2_000_000, Duration.ofHours(4), Limits.DEFAULT_MIN_WORDS);

  private Samples() {}

  static String resource(String path) {
    try (InputStream in = Samples.class.getResourceAsStream(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String demo() {
    return resource("/demo/lesson.vtt");
  }

  static Transcript read(String text) {
    return TranscriptReader.read(text, SpeakerHints.NONE, TINY);
  }
}
