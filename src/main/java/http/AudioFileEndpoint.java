package http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import speech.AudioLibrary;

/** The audio itself, for players: whole or in part, and not again when they have it. */
final class AudioFileEndpoint {
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final AudioLibrary library;

  AudioFileEndpoint(AudioLibrary library) {
    this.library = library;
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("getAudio", this::audio);
  }

  private Future<Reply> audio(Call call) {
    String id = call.pathSegment("audioId");
    return library
        .content(id)
        .map(
            found -> {
              Buffer content =
                  found.orElseThrow(
                      () ->
                          new ApiException(
                              ErrorCode.NOT_FOUND,
                              "there is no such audio (any more); ask for the word or sentence"
                                  + " again"));
              return AudioReply.of(
                  call, "\"" + id + "\"", FOREVER, content.length(), AudioReply.of(content));
            });
  }
}
