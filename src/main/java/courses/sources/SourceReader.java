package courses.sources;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads {@link SourceRequest}s at the edge: whatever a client may send. */
final class SourceReader {
  private static final String AT = "source.";
  private static final int LONGEST_PIECE = 20_000;
  private static final int LONGEST_SPEAKER = 120;
  private static final long LONGEST_MS = 48L * 3_600_000;

  private final JsonObject json;

  SourceReader(JsonObject json) {
    this.json = json == null ? new JsonObject() : json;
  }

  SourceRequest read() {
    return switch (text("type", 20)) {
      case "youtube", "video" -> youTube();
      case "topic" -> topic();
      case "pdf", "docx", "txt", "files" -> files();
      case "text" -> given();
      case "transcript" ->
          json.getValue("lessonId") == null && json.getValue("segments") != null
              ? transcript()
              : lesson();
      case "lesson" -> lesson();
      default ->
          throw new InvalidSource(
              AT + "type",
              "must be one of youtube, topic, pdf, files, text, transcript and lesson");
    };
  }

  private SourceRequest youTube() {
    String field =
        json.getValue("url") != null ? "url" : json.getValue("videoId") != null ? "videoId" : "url";
    String id =
        VideoId.of(text(field, 2_000))
            .orElseThrow(
                () ->
                    new InvalidSource(
                        AT + field,
                        "must be the address of one YouTube video or its id of 11 characters"));
    return new SourceRequest.YouTube(id, language());
  }

  private Optional<String> language() {
    if (json.getValue("language") == null) {
      return Optional.empty();
    }
    String tag = text("language", 35);
    return Optional.of(
        LanguageTag.of(tag)
            .orElseThrow(
                () -> new InvalidSource(AT + "language", "must be a language tag such as en")));
  }

  private SourceRequest topic() {
    String topic = CleanText.line(text("topic", 10_000));
    int length = topic.codePointCount(0, topic.length());
    if (length < 2 || length > SourceRequest.MAX_TOPIC) {
      throw new InvalidSource(
          AT + "topic", "must have 2 to " + SourceRequest.MAX_TOPIC + " characters");
    }
    if (topic.codePoints().noneMatch(Character::isLetter)) {
      throw new InvalidSource(AT + "topic", "must name a subject in words");
    }
    return new SourceRequest.Topic(topic);
  }

  private SourceRequest files() {
    JsonArray list = array("fileIds", SourceRequest.MAX_FILES);
    Set<UUID> ids = new LinkedHashSet<>();
    for (int i = 0; i < list.size(); i++) {
      ids.add(uuid(AT + "fileIds[" + i + "]", list.getValue(i)));
    }
    return new SourceRequest.Files(List.copyOf(ids));
  }

  private static UUID uuid(String field, Object value) {
    // UUID.fromString takes much that is none
    if (value instanceof String text
        && text.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")) {
      return UUID.fromString(text);
    }
    throw new InvalidSource(field, "must be the id that an upload returned");
  }

  private SourceRequest given() {
    String text = CleanText.paragraphs(text("text", SourceRequest.MAX_TEXT));
    if (text.isEmpty()) {
      throw new InvalidSource(AT + "text", "must not be empty");
    }
    return new SourceRequest.Text(text);
  }

  private SourceRequest lesson() {
    Object id = json.getValue("lessonId");
    String digits =
        id instanceof Number || id instanceof String
            ? id.toString().replaceFirst("^lesson:", "")
            : "";
    if (!digits.matches("[0-9]{1,18}")) {
      throw new InvalidSource(AT + "lessonId", "must be the number of a lesson");
    }
    return new SourceRequest.Lesson(Long.parseLong(digits));
  }

  private SourceRequest transcript() {
    JsonArray list = array("segments", SourceRequest.MAX_SEGMENTS);
    List<Segment> segments = new ArrayList<>(list.size());
    int characters = 0;
    long reached = 0;
    for (int i = 0; i < list.size(); i++) {
      String at = AT + "segments[" + i + "]";
      if (!(list.getValue(i) instanceof JsonObject piece)) {
        throw new InvalidSource(at, "must be an object with a text");
      }
      Segment segment = piece(at, piece, segments.size());
      if (segment == null) {
        continue;
      }
      long start = segment.startMs().orElse(reached);
      if (start < reached) {
        throw new InvalidSource(at + ".start", "must not be before the segment ahead of it");
      }
      reached = start;
      characters += segment.text().length();
      segments.add(segment);
    }
    if (segments.isEmpty()) {
      throw new InvalidSource(AT + "segments", "must hold some text");
    }
    if (characters > SourceRequest.MAX_TEXT) {
      throw new InvalidSource(
          AT + "segments", "must have at most " + SourceRequest.MAX_TEXT + " characters together");
    }
    return new SourceRequest.Transcript(segments);
  }

  /** Null where nothing is said. */
  private static Segment piece(String at, JsonObject piece, int ordinal) {
    if (!(piece.getValue("text") instanceof String words) || words.length() > LONGEST_PIECE) {
      throw new InvalidSource(
          at + ".text", "must be a text of at most " + LONGEST_PIECE + " characters");
    }
    String text = CleanText.paragraphs(words);
    Optional<Long> start = time(at, piece, "start", "startMs");
    Optional<Long> end = time(at, piece, "end", "endMs");
    if (end.isPresent() && end.get() < start.orElse(0L)) {
      throw new InvalidSource(at + ".end", "must not be before its start");
    }
    Optional<String> speaker = Optional.empty();
    if (piece.getValue("speaker") != null) {
      if (!(piece.getValue("speaker") instanceof String name) || name.length() > LONGEST_SPEAKER) {
        throw new InvalidSource(
            at + ".speaker", "must be a name of at most " + LONGEST_SPEAKER + " characters");
      }
      speaker = Optional.of(CleanText.line(name)).filter(kept -> !kept.isEmpty());
    }
    return text.isEmpty()
        ? null
        : new Segment(ordinal, text, start, end, Optional.empty(), Optional.empty(), speaker);
  }

  /** Seconds as a number or a clock time such as {@code 00:01:02.500}, or milliseconds. */
  private static Optional<Long> time(String at, JsonObject piece, String seconds, String millis) {
    Object value = piece.getValue(millis);
    long ms = -1;
    if (value instanceof Number number) {
      ms = number.longValue();
    } else if (value == null) {
      value = piece.getValue(seconds);
      if (value == null) {
        return Optional.empty();
      }
      if (value instanceof Number number) {
        ms = Math.round(number.doubleValue() * 1_000);
      } else if (value instanceof String clock) {
        ms = CaptionClock.millis(clock);
      }
    }
    if (ms < 0 || ms > LONGEST_MS) {
      throw new InvalidSource(at + "." + seconds, "must be seconds or hh:mm:ss, at most 48 hours");
    }
    return Optional.of(ms);
  }

  private JsonArray array(String name, int most) {
    if (json.getValue(name) instanceof JsonArray list && !list.isEmpty() && list.size() <= most) {
      return list;
    }
    throw new InvalidSource(AT + name, "must be a list of 1 to " + most + " entries");
  }

  private String text(String name, int longest) {
    if (json.getValue(name) instanceof String text && text.length() <= longest) {
      return text;
    }
    throw new InvalidSource(AT + name, "must be a text of at most " + longest + " characters");
  }
}
