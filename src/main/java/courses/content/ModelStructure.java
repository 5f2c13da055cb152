package courses.content;

import static courses.content.ModelReplies.level;
import static courses.content.ModelReplies.objects;
import static courses.content.ModelReplies.texts;

import courses.sources.Segment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a model makes of a whole source: a verdict, a category, the structure. */
final class ModelStructure {
  private static final int CHUNK_TOKENS = 8_000;
  private static final int SAMPLE_TOKENS = 3_000;

  private final ModelAsks asks;

  ModelStructure(ModelAsks asks) {
    this.asks = asks;
  }

  Future<Verdict> validate(Material material, Duration within) {
    JsonObject data =
        ModelAsks.order(material.brief())
            .put(
                "segments",
                ModelMaterial.segments(
                    LocalVerdict.sample(material.segments(), SAMPLE_TOKENS), SAMPLE_TOKENS));
    return asks.ask(
            "chapter", material.brief(), "course-validate", data, 400, within, reply -> List.of())
        .map(
            reply ->
                new Verdict(
                    reply.getBoolean("suitable"),
                    Math.min(1, Math.max(0, reply.getDouble("confidence"))),
                    ModelMaterial.clean(reply.getString("reasoning"), 300),
                    Optional.of(reply.getString("category")).filter(c -> !c.isBlank()),
                    reply.getString("language"),
                    level(reply, "level"),
                    texts(reply, "warnings"),
                    false));
  }

  Future<Category> categorise(Material material, Duration within) {
    JsonObject data =
        ModelAsks.order(material.brief())
            .put(
                "segments",
                ModelMaterial.segments(
                    LocalVerdict.sample(material.segments(), SAMPLE_TOKENS), SAMPLE_TOKENS));
    return asks.write(
        "chapter",
        material.brief(),
        material.segments(),
        "course-categorise",
        data,
        500,
        within,
        1,
        category -> 1,
        reply ->
            new Category(
                reply.getString("category"), texts(reply, "tags"), reply.getString("description")));
  }

  Future<Outline> structure(Material material, Duration within) {
    int room = asks.room("chapter", 4_000);
    int all = material.segments().stream().mapToInt(Segment::tokens).sum();
    Future<JsonArray> shown =
        all <= room
            ? Future.succeededFuture(ModelMaterial.segments(material.segments(), room))
            : summaries(material, Math.min(room, CHUNK_TOKENS), within.dividedBy(2));
    Duration left = all <= room ? within : within.dividedBy(2);
    return shown.compose(
        segments ->
            asks.ask(
                    "chapter",
                    material.brief(),
                    "course-outline",
                    ModelAsks.order(material.brief())
                        .put("wanted", wanted(material))
                        .put("segments", segments),
                    4_000,
                    left,
                    reply -> outlineFaults(reply, material))
                .map(reply -> ModelReplies.outline(reply, material)));
  }

  private static List<String> outlineFaults(JsonObject reply, Material material) {
    List<String> faults = new ArrayList<>(ModelReplies.spanFaults(reply, material));
    boolean spans = faults.isEmpty();
    faults.addAll(ModelReplies.titleFaults(reply));
    int least = material.brief().chapters().map(ChapterRange::min).orElse(5);
    if (material.isTopic() && reply.getJsonArray("chapters").size() < least) {
      faults.add(wanted(material).getString("chapters") + " chapters are wanted");
    }
    if (spans) {
      faults.addAll(
          CourseGate.complaints(
              material.brief(), material.segments(), ModelReplies.outline(reply, material)));
    }
    return faults;
  }

  /** Contract 5.3, unless the owner says otherwise. */
  private static JsonObject wanted(Material material) {
    JsonObject usual = usual(material);
    material
        .brief()
        .chapters()
        .ifPresent(range -> usual.put("chapters", range.min() + " to " + range.max()));
    return usual;
  }

  private static JsonObject usual(Material material) {
    if (material.isTopic()) {
      return new JsonObject().put("chapters", "5 to 7").put("lessonsPerChapter", 1);
    }
    Segment last = material.segments().get(material.segments().size() - 1);
    if (last.startMs().isPresent()) {
      long minutes = last.endMs().orElse(last.startMs().get()) / 60_000;
      return new JsonObject()
          .put(
              "chapters",
              minutes <= 10
                  ? "1 to 2"
                  : minutes <= 60 ? "2 to 3" : minutes <= 120 ? "3 to 4" : "4 to 6")
          .put("lessonsPerChapter", "1 to 3");
    }
    boolean pages = last.pageFrom().isPresent();
    int tokens = material.segments().stream().mapToInt(Segment::tokens).sum();
    int least = Math.min(16, Math.max(pages ? 3 : 1, tokens / 8_000));
    return new JsonObject()
        .put("chapters", least + " to " + Math.min(16, Math.max(least + 1, tokens / 4_000)))
        .put("lessonsPerChapter", pages ? "2 to 5" : "1 to 3");
  }

  private Future<JsonArray> summaries(Material material, int tokens, Duration within) {
    List<List<Segment>> chunks = new ArrayList<>();
    int size = 0;
    for (Segment segment : material.segments()) {
      if (chunks.isEmpty() || size + segment.tokens() > tokens) {
        chunks.add(new ArrayList<>());
        size = 0;
      }
      chunks.get(chunks.size() - 1).add(segment);
      size += segment.tokens();
    }
    List<Future<JsonObject>> calls =
        chunks.stream()
            .map(
                chunk ->
                    asks.ask(
                        "chapter",
                        material.brief(),
                        "course-summary",
                        ModelAsks.order(material.brief())
                            .put("segments", ModelMaterial.segments(chunk, tokens)),
                        1_200,
                        within,
                        reply -> List.of()))
            .toList();
    return Future.all(calls)
        .map(
            done -> {
              JsonArray runs = new JsonArray();
              calls.forEach(call -> objects(call.result(), "runs").forEach(runs::add));
              return runs;
            });
  }
}
