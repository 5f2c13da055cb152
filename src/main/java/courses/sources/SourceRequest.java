package courses.sources;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a course is to be made of. Instances that {@link #read} made obey all rules of form. */
public sealed interface SourceRequest {
  /** Characters of a topic. */
  int MAX_TOPIC = 300;

  /** Characters of a given text. */
  int MAX_TEXT = 2_000_000;

  /** Pieces of a given transcript. */
  int MAX_SEGMENTS = 20_000;

  /** Files of one course. */
  int MAX_FILES = 10;

  /** The word that clients choose it by: youtube, topic, files, text, transcript, lesson. */
  String type();

  /** The canonical form, which {@link #read} takes as well. */
  JsonObject toJson();

  /**
   * A video.
   *
   * @param id 11 letters, digits, {@code _} and {@code -}
   * @param language BCP 47 tag of the captions wanted first
   */
  record YouTube(String id, Optional<String> language) implements SourceRequest {
    /** Where people watch it. */
    public String url() {
      return "https://www.youtube.com/watch?v=" + id;
    }

    @Override
    public String type() {
      return "youtube";
    }

    @Override
    public JsonObject toJson() {
      JsonObject json = new JsonObject().put("type", type()).put("url", url());
      language.ifPresent(tag -> json.put("language", tag));
      return json;
    }
  }

  /**
   * A subject.
   *
   * @param text one line of 2 to {@link #MAX_TOPIC} characters
   */
  record Topic(String text) implements SourceRequest {
    @Override
    public String type() {
      return "topic";
    }

    @Override
    public JsonObject toJson() {
      return new JsonObject().put("type", type()).put("topic", text);
    }
  }

  /**
   * Files that were uploaded.
   *
   * @param ids 1 to {@link #MAX_FILES}, different ones, in the order of the course
   */
  record Files(List<UUID> ids) implements SourceRequest {
    public Files {
      ids = List.copyOf(ids);
    }

    @Override
    public String type() {
      return "files";
    }

    @Override
    public JsonObject toJson() {
      JsonArray list = new JsonArray();
      ids.forEach(id -> list.add(id.toString()));
      return new JsonObject().put("type", type()).put("fileIds", list);
    }
  }

  /**
   * A text.
   *
   * @param text 1 to {@link #MAX_TEXT} characters
   */
  record Text(String text) implements SourceRequest {
    @Override
    public String type() {
      return "text";
    }

    @Override
    public JsonObject toJson() {
      return new JsonObject().put("type", type()).put("text", text);
    }
  }

  /**
   * What was said somewhere.
   *
   * @param segments 1 to {@link #MAX_SEGMENTS}, in order
   */
  record Transcript(List<Segment> segments) implements SourceRequest {
    public Transcript {
      segments = List.copyOf(segments);
    }

    @Override
    public String type() {
      return "transcript";
    }

    @Override
    public JsonObject toJson() {
      JsonArray list = new JsonArray();
      segments.forEach(segment -> list.add(segment.toJson()));
      return new JsonObject().put("type", type()).put("segments", list);
    }
  }

  /** The transcript of a stored lesson. */
  record Lesson(long id) implements SourceRequest {
    @Override
    public String type() {
      return "lesson";
    }

    @Override
    public JsonObject toJson() {
      return new JsonObject().put("type", type()).put("lessonId", String.valueOf(id));
    }
  }

  /**
   * Reads the member {@code source} of a request, or what {@link #toJson} wrote.
   *
   * @throws InvalidSource naming the member and the rule it breaks
   */
  static SourceRequest read(JsonObject json) {
    return new SourceReader(json).read();
  }

  /**
   * The same for equal sources: SHA-256 of the canonical form, in hexadecimal. Equal files of one
   * owner have one id, so it holds for files too.
   */
  default String fingerprint() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(toJson().encode().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
