package courses.content;

import static courses.content.ModelReplies.objects;
import static courses.content.ModelReplies.refs;

import courses.sources.Segment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a model writes of one lesson: it is shown that lesson's own segments only. */
final class ModelLessons {
  private final ModelAsks asks;

  ModelLessons(ModelAsks asks) {
    this.asks = asks;
  }

  Future<LessonText> lesson(
      Brief brief, Outline outline, LessonPlan plan, List<Segment> span, Duration within) {
    int tokens = span.stream().mapToInt(Segment::tokens).sum();
    String words =
        span.isEmpty()
            ? "1,500 to 2,000 words in 4 or 5 sections"
            : tokens < 700 ? "250 to 500 words" : "400 to 1,200 words";
    JsonObject lesson =
        new JsonObject()
            .put("title", plan.title())
            .put("description", plan.description())
            .put("words", words);
    JsonObject data =
        ModelAsks.order(brief)
            .put("course", ModelMaterial.titles(outline))
            .put("lesson", lesson)
            .put("segments", ModelMaterial.segments(span, asks.room("chapter", 4_000)));
    return asks.write(
        "chapter",
        brief,
        span,
        brief.purpose().equals(Brief.REMEDIATION) ? "course-remediation" : "course-lesson",
        data,
        4_000,
        within,
        1,
        text -> span.isEmpty() || !text.sourceRefs().isEmpty() ? 1 : 0,
        reply -> {
          String content = reply.getString("contentMarkdown").strip();
          return new LessonText(
              plan.chapterIndex(),
              plan.lessonIndex(),
              plan.title(),
              reply.getString("description"),
              content,
              objects(reply, "keyConcepts")
                  .map(c -> new KeyConcept(c.getString("title"), c.getString("searchParams")))
                  .limit(2)
                  .toList(),
              refs(reply, "sourceRefs"),
              Sentences.count(content));
        });
  }

  Future<Concepts> concepts(Brief brief, WrittenLesson lesson, Duration within) {
    List<KeyConcept> asked = lesson.text().keyConcepts();
    if (asked.isEmpty()) {
      return Future.failedFuture(new CannotWrite("The lesson names no key concepts."));
    }
    JsonObject data =
        ModelAsks.order(brief)
            .put("concepts", new JsonArray(asked.stream().map(KeyConcept::title).toList()))
            .put("segments", shown(lesson, "chapter", 2_500));
    return asks.write(
        "chapter",
        brief,
        lesson.source(),
        "course-concepts",
        data,
        2_500,
        within,
        asked.size(),
        found -> found.concepts().size(),
        reply -> {
          List<Concept> found = new ArrayList<>();
          // By title: an answer in another order, or with one too many, still fits.
          for (KeyConcept concept : asked) {
            objects(reply, "concepts")
                .filter(
                    one ->
                        Grading.normal(one.getString("title"))
                            .equals(Grading.normal(concept.title())))
                .findFirst()
                .ifPresent(
                    one ->
                        found.add(
                            new Concept(
                                concept.title(),
                                concept.searchParams(),
                                one.getString("researchedContent"),
                                List.of(),
                                refs(one, "refs"))));
          }
          return new Concepts(found);
        });
  }

  private JsonArray shown(WrittenLesson lesson, String service, int output) {
    return ModelMaterial.segments(lesson.source(), asks.room(service, output));
  }

  Future<Exercises> exercises(Brief brief, WrittenLesson lesson, Duration within) {
    JsonArray planned = new JsonArray();
    List<ExerciseBlueprint> plans = lesson.plan().exerciseBlueprints();
    plans.forEach(plan -> planned.add(plan.toJson()));
    if (planned.isEmpty()) {
      planned.add(
          new ExerciseBlueprint(
                  QuestionType.MULTIPLE_CHOICE, lesson.plan().title(), brief.difficulty(), 1)
              .toJson());
    }
    JsonObject about =
        new JsonObject()
            .put("title", lesson.plan().title())
            .put("description", lesson.plan().description());
    JsonObject data =
        ModelAsks.order(brief)
            .put("lesson", about)
            .put("planned", planned)
            .put("segments", shown(lesson, "quiz", 2_500));
    int wanted = Math.max(1, Math.min(3, plans.stream().mapToInt(ExerciseBlueprint::count).sum()));
    return asks.write(
        "quiz",
        brief,
        lesson.source(),
        "course-exercises",
        data,
        2_500,
        within,
        wanted,
        e -> e.exercises().size(),
        reply ->
            new Exercises(
                objects(reply, "exercises").map(ModelReplies::exercise).limit(6).toList()));
  }
}
