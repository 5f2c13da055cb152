package courses.content;

import courses.sources.Extracted;
import courses.sources.SampleSources;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sources of many kinds, of our own writing, and all questions that their courses by rules ask, for
 * people to read: {@code java courses.content.Shelf washer leaves}; all of them without a name.
 */
final class Shelf {
  static final List<String> NAMES =
      List.of(
          "washer.txt",
          "leaves.txt",
          "fire.txt",
          "tenancy.md",
          "sleep.vtt",
          "bank.txt",
          "glacier.txt",
          "coffee.md",
          "inflation.txt",
          "heart.txt",
          "email.txt",
          "orchestra.txt",
          "drill.txt",
          "suffrage.txt",
          "antibiotics.txt",
          "anning.txt",
          "mayonnaise.txt");

  private Shelf() {}

  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      for (String name : arguments.length == 0 ? NAMES : List.of(arguments)) {
        System.out.println(sheet(name, course(vertx, name)));
      }
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  static WholeCourse course(Vertx vertx, String name) throws Exception {
    return WholeCourse.whatCanBe(
        new Authors(Optional.empty(), new RuleAuthor(vertx, Sources.MODELS)), material(name));
  }

  /** A source as the service reads it; without a title, as most people send texts. */
  static Material material(String name) {
    String path = "courses/shelf/" + name;
    if (name.endsWith(".vtt")) {
      return new Material(
          Sources.brief("Video abcDEF12345"), SampleSources.clip(path, text -> text));
    }
    Extracted read = SampleSources.plain(Sources.resource(path));
    return new Material(Sources.brief(read.title()), read.segments());
  }

  /** Titles, and each question once with where it is asked. */
  private static String sheet(String name, WholeCourse course) {
    StringBuilder sheet = new StringBuilder("##### " + name + "\n");
    Outline outline = course.part(Outline.class);
    sheet.append(outline.title()).append('\n');
    for (ChapterPlan chapter : outline.chapters()) {
      sheet.append("  CHAPTER ").append(chapter.title()).append('\n');
      chapter.lessons().forEach(one -> sheet.append("    ").append(one.title()).append('\n'));
    }
    int number = 0;
    for (Map.Entry<String, String> asked : questions(course).entrySet()) {
      sheet.append(++number).append(". ").append(asked.getValue()).append(asked.getKey());
    }
    return sheet.append("missing ").append(course.missing()).append('\n').toString();
  }

  private static Map<String, String> questions(WholeCourse course) {
    Map<String, String> asked = new LinkedHashMap<>();
    for (Written<?> part : course.parts()) {
      if (part.content() instanceof Exercises list) {
        list.exercises()
            .forEach(e -> add(asked, "E", e.type(), e.question(), e.options(), e.answerKey()));
      } else if (part.content() instanceof Assessment test) {
        test.questions()
            .forEach(q -> add(asked, "F", q.type(), q.text(), q.options(), q.answerKey()));
      } else if (part.content() instanceof Mcqs mcqs) {
        for (Mcq q : mcqs.questions()) {
          List<Option> options = new ArrayList<>();
          q.options().forEach(text -> options.add(new Option("o" + options.size(), text)));
          AnswerKey key = AnswerKey.of("o" + q.correctIndex());
          add(asked, "M", QuestionType.MULTIPLE_CHOICE, q.question(), options, key);
        }
      } else if (part.content() instanceof WordGame game) {
        for (GameWord word : game.words()) {
          asked.merge(
              "GAME "
                  + word.word()
                  + " = "
                  + word.definition()
                  + "\n     wrong: "
                  + String.join(" / ", word.incorrectOptions())
                  + "\n",
              "G ",
              String::concat);
        }
      }
    }
    return asked;
  }

  private static void add(
      Map<String, String> asked,
      String where,
      QuestionType type,
      String text,
      List<Option> options,
      AnswerKey key) {
    List<String> wrong = new ArrayList<>();
    String right = key.correct() + (key.accepted().isEmpty() ? "" : " " + key.accepted());
    for (Option option : options) {
      if (option.id().equals(key.correct())) {
        right = option.text();
      } else {
        wrong.add(option.text());
      }
    }
    if (type != QuestionType.DRAG_DROP) {
      wrong.sort(null);
      asked.merge(
          type
              + ": "
              + text
              + "\n     ["
              + right
              + "]"
              + (wrong.isEmpty() ? "" : " not " + String.join(" / ", wrong))
              + "\n",
          where + " ",
          String::concat);
    }
  }
}
