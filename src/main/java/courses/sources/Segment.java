package courses.sources;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import llm.TokenEstimate;

/**
 * A piece of a source: what lessons are written from and what they refer to.
 *
 * @param ordinal its place in the source, from 0 without gaps
 * @param text never blank, without control characters but line feeds
 * @param startMs from the beginning of the recording; absent where the source has no times
 * @param endMs not before {@code startMs}
 * @param pageFrom first page, from 1; absent where the source has no pages
 * @param pageTo last page
 * @param speaker who says it, where the source tells
 */
public record Segment(
    int ordinal,
    String text,
    Optional<Long> startMs,
    Optional<Long> endMs,
    Optional<Integer> pageFrom,
    Optional<Integer> pageTo,
    Optional<String> speaker) {

  public Segment {
    Objects.requireNonNull(text, "text");
  }

  /** A segment without times, pages and speaker. */
  public static Segment of(int ordinal, String text) {
    return new Segment(
        ordinal,
        text,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** About how many tokens a language model counts for the text, a little high. */
  public int tokens() {
    return TokenEstimate.of(text);
  }

  /** Members that are absent here are absent there. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("ordinal", ordinal).put("text", text);
    startMs.ifPresent(ms -> json.put("startMs", ms));
    endMs.ifPresent(ms -> json.put("endMs", ms));
    pageFrom.ifPresent(page -> json.put("pageFrom", page));
    pageTo.ifPresent(page -> json.put("pageTo", page));
    speaker.ifPresent(name -> json.put("speaker", name));
    return json;
  }

  /** Reads what {@link #toJson} wrote. */
  public static Segment of(JsonObject json) {
    return new Segment(
        json.getInteger("ordinal"),
        json.getString("text"),
        Optional.ofNullable(json.getLong("startMs")),
        Optional.ofNullable(json.getLong("endMs")),
        Optional.ofNullable(json.getInteger("pageFrom")),
        Optional.ofNullable(json.getInteger("pageTo")),
        Optional.ofNullable(json.getString("speaker")));
  }
}
