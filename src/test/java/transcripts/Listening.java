package transcripts;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import settings.Secret;
import settings.SpeechToTextSettings;
import settings.SpeechToTextSettings.Recogniser;

/** What tests of speech to text share: settings, sound, a lesson's words. */
final class Listening {
  static final String KEY = "test-key-1";

  private Listening() {}

  static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not done within 20 s", e);
    }
  }

  /** Services at these addresses, in this order. */
  static SpeechToTextSettings settings(
      int minutesPerDay, Optional<URI> assemblyAi, Optional<URI> groq, long maxUpload) {
    SpeechToTextSettings.Whisper none =
        new SpeechToTextSettings.Whisper(
            Optional.empty(), Optional.empty(), "whisper-1", maxUpload, true);
    return new SpeechToTextSettings(
        List.of(Recogniser.ASSEMBLYAI, Recogniser.GROQ),
        minutesPerDay,
        Duration.ofHours(1),
        1 << 30,
        Optional.empty(),
        "no-such-program",
        new SpeechToTextSettings.AssemblyAi(
            assemblyAi.map(address -> new Secret(KEY)),
            assemblyAi.orElse(URI.create("https://aai.invalid")),
            List.of("universal-3-pro", "universal-2"),
            Optional.of(new Secret("hook-secret-of-16"))),
        new SpeechToTextSettings.Whisper(
            Optional.of(new Secret(KEY)), groq, "whisper-large-v3-turbo", maxUpload, true),
        none,
        none);
  }

  /** A WAV file of silence: 8 kHz, 16 bit, mono. */
  static Path wav(Path file, int seconds) throws IOException {
    int bytes = seconds * 16_000;
    ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(36 + bytes);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.ISO_8859_1)).putInt(bytes);
    return Files.write(file, wav.array());
  }

  /** A lesson of two voices, long enough to be usable; times in milliseconds. */
  static JsonArray lesson() {
    String[] said = {
      "Good morning. Today we talk about food. What did you eat for breakfast?",
      "I eated two eggs and some bread this morning.",
      "Good try. I ate two eggs. Can you say it again, please?",
      "I ate two eggs and some bread this morning.",
      "Very good! And what do you want to have for lunch today?",
      "I want to have soup with my brother and my sister."
    };
    JsonArray utterances = new JsonArray();
    for (int i = 0; i < said.length; i++) {
      utterances.add(
          new JsonObject()
              .put("speaker", i % 2 == 0 ? "A" : "B")
              .put("text", said[i])
              .put("start", 250 + i * 5_000)
              .put("end", 4_250 + i * 5_000)
              .put("confidence", 0.97)
              .put(
                  "words",
                  new JsonArray()
                      .add(
                          new JsonObject()
                              .put("text", said[i].split(" ")[0])
                              .put("start", 250 + i * 5_000)
                              .put("end", 600 + i * 5_000))));
    }
    return utterances;
  }

  /** Memory of a job in memory; saving fails when it is told to. */
  static final class Notes implements SpeechToText.Memory {
    private JsonObject state = new JsonObject();
    final List<JsonObject> reports = new ArrayList<>();
    private String crashAt = "";

    /** Saving a state with this member fails from now on, as if the process had died there. */
    Notes crashingAt(String member) {
      crashAt = member;
      return this;
    }

    @Override
    public JsonObject state() {
      return state.copy();
    }

    @Override
    public Future<Void> save(JsonObject next) {
      if (!crashAt.isEmpty() && next.containsKey(crashAt)) {
        return Future.failedFuture(new IllegalStateException("the process died"));
      }
      state = next.copy();
      return Future.succeededFuture();
    }

    @Override
    public void report(JsonObject progress) {
      reports.add(progress);
    }
  }
}
