package courses.content;

import courses.sources.Segment;
import exercises.language.NlpModels;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two sources of our own writing: a text of some seven pages and the captions of a talk. */
final class Sources {
  static final NlpModels MODELS = NlpModels.load();

  private Sources() {}

  static Brief brief(String title) {
    return new Brief("course:1", title, "en", "en", Level.BEGINNER, "practice", Optional.empty());
  }

  static Material bread() {
    List<Segment> segments = new ArrayList<>();
    String heading = "";
    for (String block : resource("courses/bread.md").split("\n\n")) {
      if (block.startsWith("#")) {
        heading += block.strip() + "\n\n";
      } else {
        segments.add(Segment.of(segments.size(), heading + block.strip()));
        heading = "";
      }
    }
    return new Material(brief("How Bread Rises"), segments);
  }

  static Material tides() {
    return new Material(
        brief("Why the sea has tides"),
        new JsonArray(resource("courses/tides.json"))
            .stream().map(one -> Segment.of((JsonObject) one)).toList());
  }

  static String resource(String name) {
    try (InputStream in = Sources.class.getClassLoader().getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
