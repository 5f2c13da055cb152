package courses.content;

import courses.sources.Segment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Objects that obey a prompt's schema, as content. */
final class ModelReplies {
  private ModelReplies() {}

  static Stream<JsonObject> objects(JsonObject reply, String member) {
    return reply.getJsonArray(member, new JsonArray()).stream().map(JsonObject.class::cast);
  }

  static List<String> texts(JsonObject reply, String member) {
    return reply.getJsonArray(member, new JsonArray()).stream()
        .map(one -> ((String) one).strip())
        .toList();
  }

  static List<Integer> refs(JsonObject reply, String member) {
    return List.copyOf(
        new TreeSet<>(
            reply.getJsonArray(member, new JsonArray()).stream()
                .map(one -> ((Number) one).intValue())
                .toList()));
  }

  static Level level(JsonObject reply, String member) {
    return Level.valueOf(reply.getString(member).toUpperCase(Locale.ROOT));
  }

  static QuestionType type(JsonObject reply) {
    return QuestionType.valueOf(reply.getString("type").toUpperCase(Locale.ROOT));
  }

  /** What is wrong with the spans of a structure; empty when nothing is. */
  static List<String> spanFaults(JsonObject reply, Material material) {
    List<String> faults = new ArrayList<>();
    if (material.isTopic()) {
      return faults;
    }
    int first = material.segments().get(0).ordinal();
    int last = material.segments().get(material.segments().size() - 1).ordinal();
    int next = first;
    List<Span> spans = new ArrayList<>();
    for (JsonObject chapter : objects(reply, "chapters").toList()) {
      for (JsonObject lesson : objects(chapter, "lessons").toList()) {
        int from = lesson.getInteger("from");
        int to = lesson.getInteger("to");
        if (from < next || to < from || to > last) {
          faults.add(
              "lesson \""
                  + lesson.getString("title")
                  + "\" runs from "
                  + from
                  + " to "
                  + to
                  + ", but must lie between "
                  + next
                  + " and "
                  + last);
        } else {
          spans.add(new Span(from, to));
          next = to + 1;
        }
      }
    }
    int all = material.segments().stream().mapToInt(Segment::tokens).sum();
    int covered =
        material.segments().stream()
            .filter(s -> spans.stream().anyMatch(span -> span.contains(s.ordinal())))
            .mapToInt(Segment::tokens)
            .sum();
    if (faults.isEmpty() && covered < 0.85 * all) {
      faults.add(
          "the lessons cover only "
              + covered * 100L / Math.max(1, all)
              + " % of the source; at least 85 % are wanted");
    }
    return faults.stream().limit(4).toList();
  }

  /** Lessons of the same title, which a learner could not tell apart. */
  static List<String> titleFaults(JsonObject reply) {
    Set<String> titles = new HashSet<>();
    return objects(reply, "chapters")
        .flatMap(chapter -> objects(chapter, "lessons"))
        .map(lesson -> lesson.getString("title"))
        .filter(title -> !titles.add(Grading.normal(title)))
        .map(title -> "two lessons have the title \"" + title + "\"")
        .limit(2)
        .toList();
  }

  static Outline outline(JsonObject reply, Material material) {
    List<ChapterPlan> chapters = new ArrayList<>();
    for (JsonObject chapter : objects(reply, "chapters").toList()) {
      List<LessonPlan> lessons = new ArrayList<>();
      for (JsonObject lesson : objects(chapter, "lessons").toList()) {
        Optional<Span> span =
            material.isTopic()
                ? Optional.empty()
                : Optional.of(new Span(lesson.getInteger("from"), lesson.getInteger("to")));
        List<ExerciseBlueprint> blueprints =
            objects(lesson, "exercises")
                .map(
                    e ->
                        new ExerciseBlueprint(
                            type(e),
                            e.getString("concept"),
                            level(e, "difficulty"),
                            Math.min(3, Math.max(1, e.getInteger("count")))))
                .limit(3)
                .toList();
        lessons.add(
            new LessonPlan(
                chapters.size(),
                lessons.size(),
                lesson.getString("title"),
                lesson.getString("description"),
                span,
                Math.max(1, lesson.getInteger("estimatedMinutes")),
                blueprints));
      }
      Optional<Span> whole =
          lessons
              .get(0)
              .span()
              .map(
                  from ->
                      new Span(
                          from.from(), lessons.get(lessons.size() - 1).span().orElseThrow().to()));
      chapters.add(
          new ChapterPlan(
              chapter.getString("title"),
              chapter.getString("description"),
              level(chapter, "level"),
              texts(chapter, "objectives"),
              texts(chapter, "keyConcepts"),
              whole,
              lessons.stream().mapToInt(LessonPlan::estimatedMinutes).sum(),
              lessons));
    }
    return new Outline(reply.getString("title"), chapters);
  }

  static List<Option> options(JsonObject question) {
    List<Option> options = new ArrayList<>();
    if (type(question) == QuestionType.MULTIPLE_CHOICE) {
      for (String text : texts(question, "options")) {
        options.add(new Option(String.valueOf((char) ('a' + options.size())), text));
      }
    } else if (type(question) == QuestionType.DRAG_DROP) {
      List<JsonObject> pairs = objects(question, "pairs").toList();
      for (int i = 0; i < pairs.size(); i++) {
        options.add(new Option("i" + (i + 1), pairs.get(i).getString("item")));
      }
      for (int i = 0; i < pairs.size(); i++) {
        options.add(
            new Option("t" + (i + 1), pairs.get((i + 1) % pairs.size()).getString("target")));
      }
    }
    return options;
  }

  static AnswerKey key(JsonObject question) {
    int right = question.getInteger("correctIndex");
    return switch (type(question)) {
      case MULTIPLE_CHOICE -> AnswerKey.of(right < 0 ? "" : String.valueOf((char) ('a' + right)));
      case TRUE_FALSE ->
          AnswerKey.of(question.getString("answer").strip().toLowerCase(Locale.ROOT));
      case DRAG_DROP -> {
        int n = (int) objects(question, "pairs").count();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
          pairs.add(new Pair("i" + ((i + 1) % n + 1), "t" + (i + 1)));
        }
        yield new AnswerKey("", List.of(), Optional.empty(), pairs);
      }
      default ->
          new AnswerKey(
              question.getString("answer").strip(),
              texts(question, "accepted"),
              Optional.of(question.getString("regex")).filter(re -> !re.isBlank()),
              List.of());
    };
  }

  static Exercise exercise(JsonObject reply) {
    JsonObject question = reply.getJsonObject("question");
    String hint = question.getString("hint");
    Optional<CodeTemplate> template =
        type(question) == QuestionType.CODE
            ? Optional.of(
                new CodeTemplate(
                    question.getString("codeLanguage"), question.getString("template")))
            : Optional.empty();
    return new Exercise(
        reply.getString("title"),
        "",
        type(question),
        question.getString("question"),
        options(question),
        key(question),
        question.getString("explanation"),
        hint.isBlank() ? List.of() : List.of(hint),
        Math.max(1, question.getInteger("points")),
        template,
        refs(question, "refs"));
  }

  /**
   * The lesson an item belongs to: the one it names if that has a segment it refers to, otherwise
   * the one that has; the first when neither can be told.
   */
  static WrittenLesson lesson(JsonObject reply, List<WrittenLesson> lessons) {
    int number = reply.getInteger("lesson");
    WrittenLesson named = lessons.get(number >= 0 && number < lessons.size() ? number : 0);
    List<Integer> refs = refs(reply, "refs");
    return refs.isEmpty() || has(named, refs)
        ? named
        : lessons.stream().filter(lesson -> has(lesson, refs)).findFirst().orElse(named);
  }

  private static boolean has(WrittenLesson lesson, List<Integer> refs) {
    return lesson.span().stream().anyMatch(segment -> refs.contains(segment.ordinal()));
  }
}
