package http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An MP3 file as players want it: whole or in part, and not again when they have it (RFC 9110
 * sections 13 and 14).
 */
final class AudioReply {
  private static final String TYPE = "audio/mpeg";

  private AudioReply() {}

  /** The file's bytes, of which only those that are asked for are fetched. */
  interface Source {
    /**
     * An answer with nothing but a status and a body.
     *
     * @param first offset of the first byte
     * @param last offset of the last byte, included
     */
    Reply bytes(int status, int first, int last);
  }

  /** A file that is in memory. */
  static Source of(Buffer content) {
    return (status, first, last) ->
        new Reply(status, null, content.slice(first, last + 1), Map.of());
  }

  /**
   * @param tag a strong validator, in quotes
   * @param cacheControl who may keep the file, and how long
   * @param length of the file in bytes
   */
  static Reply of(Call call, String tag, String cacheControl, int length, Source source) {
    Map<String, String> headers = new HashMap<>();
    headers.put("ETag", tag);
    headers.put("Cache-Control", cacheControl);
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
            : call.header("Range").flatMap(wanted -> AudioRange.of(wanted, length));
    if (range.isEmpty()) {
      return with(source.bytes(200, 0, length - 1), headers, length);
    }
    AudioRange part = range.get();
    if (part.isEmpty()) {
      throw new ApiException(
              ErrorCode.RANGE_NOT_SATISFIABLE,
              "the audio has " + length + " bytes; ask for some of them")
          .header("Content-Range", "bytes */" + length);
    }
    headers.put("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + length);
    return with(
        source.bytes(206, part.first(), part.last()), headers, part.last() - part.first() + 1);
  }

  private static Reply with(Reply body, Map<String, String> headers, int length) {
    if (body.stream() != null) {
      headers.put("Content-Length", String.valueOf(length));
    }
    return new Reply(body.status(), null, body.bytes(), headers, body.stream());
  }

  private static boolean names(String tags, String tag) {
    return Arrays.stream(tags.split(","))
        .map(String::strip)
        .anyMatch(named -> named.equals("*") || named.equals(tag) || named.equals("W/" + tag));
  }
}
