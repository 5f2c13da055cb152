package courses.content;

import courses.sources.Segment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import llm.TokenEstimate;

/** What a model is shown: segments as {@code {n, t}}, cut to what its context holds. */
final class ModelMaterial {
  private ModelMaterial() {}

  /** The order, as data: whatever the owner or the source's title says stays data. */
  static JsonObject order(Brief brief) {
    JsonObject order =
        new JsonObject()
            .put("title", clean(brief.title(), 300))
            .put("sourceLanguage", brief.language())
            .put("targetLanguage", brief.targetLanguage())
            .put("level", brief.difficulty().name().toLowerCase(Locale.ROOT))
            .put("purpose", clean(brief.purpose(), 100));
    brief.customPrompt().ifPresent(wish -> order.put("wishes", clean(wish, 1_000)));
    return order;
  }

  static String clean(String text, int most) {
    String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() > most ? clean.substring(0, most) : clean;
  }

  /** Segments in order; those that don't fit are left out evenly, longest runs cut first. */
  static JsonArray segments(List<Segment> segments, int tokens) {
    int all = segments.stream().mapToInt(Segment::tokens).sum();
    JsonArray shown = new JsonArray();
    double share = all <= tokens ? 1 : (double) tokens / all;
    for (Segment segment : segments) {
      String text = segment.text();
      if (share < 1) {
        int length = (int) (text.length() * share);
        int end = length < 40 ? 0 : text.lastIndexOf(' ', length);
        text = end <= 0 ? "" : text.substring(0, end) + " …";
      }
      if (!text.isEmpty()) {
        shown.add(new JsonObject().put("n", segment.ordinal()).put("t", text));
      }
    }
    return shown;
  }

  /** Lessons, each with its own segments, or with its text where there is no source. */
  static JsonArray lessons(List<WrittenLesson> lessons, int tokens) {
    int all = Math.max(1, lessons.stream().mapToInt(ModelMaterial::size).sum());
    JsonArray shown = new JsonArray();
    for (int i = 0; i < lessons.size(); i++) {
      WrittenLesson lesson = lessons.get(i);
      int share = (int) Math.min(size(lesson), (long) tokens * size(lesson) / all);
      JsonObject one = new JsonObject().put("lesson", i).put("title", lesson.plan().title());
      if (lesson.span().isEmpty()) {
        one.put("text", clean(lesson.text().contentMarkdown().replace("\n", "  "), share * 3));
      } else {
        one.put("segments", segments(lesson.span(), share));
      }
      shown.add(one);
    }
    return shown;
  }

  private static int size(WrittenLesson lesson) {
    return lesson.span().isEmpty()
        ? TokenEstimate.of(lesson.text().contentMarkdown())
        : lesson.span().stream().mapToInt(Segment::tokens).sum();
  }

  /** The structure by titles. */
  static JsonArray titles(Outline outline) {
    JsonArray chapters = new JsonArray();
    for (ChapterPlan chapter : outline.chapters()) {
      chapters.add(
          new JsonObject()
              .put("chapter", chapter.title())
              .put(
                  "lessons",
                  new JsonArray(chapter.lessons().stream().map(LessonPlan::title).toList())));
    }
    return chapters;
  }
}
