package courses.sources;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was taken out of a source.
 *
 * @param title the source's own, cleaned; a description such as the first words where it has none
 * @param thumbnailUrl a picture of a video, always https
 * @param language BCP 47 tag of the text; {@code und} when it can't be told
 * @param segments in order, ordinals from 0; empty for a topic only
 * @param facts further things known of the source, such as {@code pages}, {@code videoId}, {@code
 *     captions} ({@code manual} or {@code automatic}); for people and the log
 */
public record Extracted(
    String title,
    Optional<String> thumbnailUrl,
    String language,
    List<Segment> segments,
    Map<String, String> facts) {

  /** Language of a text that is too short or too mixed to tell. */
  public static final String UNDETERMINED = "und";

  public Extracted {
    segments = List.copyOf(segments);
    facts = Map.copyOf(facts);
  }

  /** About how many tokens all of it is. */
  public int tokens() {
    return segments.stream().mapToInt(Segment::tokens).sum();
  }

  public JsonObject toJson() {
    JsonArray list = new JsonArray();
    segments.forEach(segment -> list.add(segment.toJson()));
    JsonObject json =
        new JsonObject().put("title", title).put("language", language).put("segments", list);
    thumbnailUrl.ifPresent(url -> json.put("thumbnailUrl", url));
    JsonObject known = new JsonObject();
    new TreeMap<>(facts).forEach(known::put);
    return json.put("facts", known);
  }

  /** Reads what {@link #toJson} wrote. */
  public static Extracted of(JsonObject json) {
    Map<String, String> facts = new TreeMap<>();
    JsonObject known = json.getJsonObject("facts", new JsonObject());
    known.fieldNames().forEach(name -> facts.put(name, known.getString(name)));
    return new Extracted(
        json.getString("title"),
        Optional.ofNullable(json.getString("thumbnailUrl")),
        json.getString("language"),
        json.getJsonArray("segments").stream()
            .map(entry -> Segment.of((JsonObject) entry))
            .toList(),
        facts);
  }
}
