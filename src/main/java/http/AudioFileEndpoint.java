package http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import speech.AudioLibrary;

/** The audio itself, for players: whole or in part, and not again when they have it. */
final class AudioFileEndpoint {
  private static final String TYPE = "audio/mpeg";
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
            found ->
                answer(
                    call,
                    "\"" + id + "\"",
                    found.orElseThrow(
                        () ->
                            new ApiException(
                                ErrorCode.NOT_FOUND,
                                "there is no such audio (any more); ask for the word or sentence"
                                    + " again"))));
  }

  private static Reply answer(Call call, String tag, Buffer content) {
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", tag);
    headers.put("Cache-Control", FOREVER);
    headers.put("Accept-Ranges", "bytes");
    if (call.header("If-None-Match").filter(tags -> names(tags, tag)).isPresent()) {
      return new Reply(304, null, Buffer.buffer(), headers);
    }
    headers.put("Content-Type", TYPE);
    // MP3 is compressed already, and offsets count bytes of this form.
    headers.put("Content-Encoding", "identity");
    Optional<AudioRange> range =
        call.header("If-Range").filter(validator -> !validator.strip().equals(tag)).isPresent()
            ? Optional.empty()
            : call.header("Range").flatMap(wanted -> AudioRange.of(wanted, content.length()));
    if (range.isEmpty()) {
      return new Reply(200, null, content, headers);
    }
    AudioRange part = range.get();
    if (part.isEmpty()) {
      throw new ApiException(
              ErrorCode.RANGE_NOT_SATISFIABLE,
              "the audio has " + content.length() + " bytes; ask for some of them")
          .header("Content-Range", "bytes */" + content.length());
    }
    headers.put(
        "Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + content.length());
    return new Reply(206, null, content.slice(part.first(), part.last() + 1), headers);
  }

  private static boolean names(String tags, String tag) {
    return Arrays.stream(tags.split(","))
        .map(String::strip)
        .anyMatch(named -> named.equals("*") || named.equals(tag) || named.equals("W/" + tag));
  }
}
