package courses.content;

import static courses.content.ModelReplies.level;
import static courses.content.ModelReplies.objects;
import static courses.content.ModelReplies.refs;
import static courses.content.ModelReplies.texts;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What a model writes of a whole course: cards, articles, a game, scripts, suggestions. */
final class ModelParts {
  private static final int FEWEST_SPOKEN = 150;

  private final ModelAsks asks;

  ModelParts(ModelAsks asks) {
    this.asks = asks;
  }

  Future<Flashcards> flashcards(CourseSoFar course, int count, Duration within) {
    JsonObject shown = asks.lessons(course, "flashcard", 2_500);
    return asks.fill(
        "flashcard",
        course.brief(),
        ModelAsks.source(course.lessons()),
        "course-flashcards",
        (wanted, have) -> shown.copy().put("count", wanted).put("have", have),
        2_500,
        within,
        count,
        cards -> cards.cards().size(),
        cards -> cards.cards().stream().map(Flashcard::question).toList(),
        reply ->
            new Flashcards(
                objects(reply, "cards")
                    .limit(count)
                    .map(
                        c ->
                            new Flashcard(
                                chapter(c, course.lessons()),
                                c.getString("question"),
                                c.getString("answer"),
                                level(c, "difficulty"),
                                refs(c, "refs")))
                    .toList()),
        (one, more) -> new Flashcards(ModelAsks.both(one.cards(), more.cards(), count)));
  }

  private static int chapter(JsonObject reply, List<WrittenLesson> lessons) {
    return ModelReplies.lesson(reply, lessons).plan().chapterIndex();
  }

  Future<Article> article(CourseSoFar course, ArticleKind kind, Duration within) {
    String prompt =
        switch (kind) {
          case DEEP_DIVE -> "course-article";
          case KEY_TAKEAWAYS -> "course-takeaways";
          case FAQ -> "course-faq";
        };
    return asks.write(
        "article",
        course.brief(),
        ModelAsks.source(course.lessons()),
        prompt,
        asks.lessons(course, "article", 3_000),
        3_000,
        within,
        3,
        article ->
            kind == ArticleKind.DEEP_DIVE
                ? 3
                : Math.max(article.points().size(), article.faq().size()),
        reply -> {
          List<QuestionAnswer> faq =
              objects(reply, "faq")
                  .limit(10)
                  .map(
                      q ->
                          new QuestionAnswer(
                              q.getString("question"), q.getString("answer"), refs(q, "refs")))
                  .toList();
          TreeSet<Integer> refs = new TreeSet<>(refs(reply, "refs"));
          faq.forEach(q -> refs.addAll(q.sourceRefs()));
          return new Article(
              kind,
              reply.getString("title"),
              reply.getString("contentMarkdown", ""),
              texts(reply, "points").stream().limit(7).toList(),
              faq,
              List.copyOf(refs));
        });
  }

  Future<WordGame> wordGame(CourseSoFar course, int count, Duration within) {
    JsonObject shown = asks.lessons(course, "game", 3_000);
    return asks.fill(
        "game",
        course.brief(),
        ModelAsks.source(course.lessons()),
        "course-game",
        (wanted, have) -> shown.copy().put("count", wanted).put("have", have),
        3_000,
        within,
        count,
        game -> game.words().size(),
        game -> game.words().stream().map(GameWord::word).toList(),
        reply ->
            new WordGame(
                objects(reply, "words")
                    .limit(count)
                    .map(
                        w ->
                            new GameWord(
                                chapter(w, course.lessons()),
                                w.getString("word"),
                                w.getString("definition"),
                                texts(w, "incorrect"),
                                refs(w, "refs")))
                    .toList()),
        (one, more) -> new WordGame(ModelAsks.both(one.words(), more.words(), count)));
  }

  /** A short source has not much to say: at most twice its own words. */
  private static int spoken(CourseSoFar course, int words) {
    int source =
        course.lessons().stream()
            .flatMap(lesson -> lesson.span().stream())
            .mapToInt(segment -> Sentences.count(segment.text()))
            .sum();
    return source == 0 ? words : Math.min(words, Math.max(FEWEST_SPOKEN, 2 * source));
  }

  /** A lecture is written in parts: one answer rarely reaches 3,000 words. */
  Future<AudioScript> script(CourseSoFar course, ScriptKind kind, Duration within) {
    int parts = kind == ScriptKind.SHORT_PODCAST ? 1 : Math.min(4, course.lessons().size());
    int words = spoken(course, kind == ScriptKind.SHORT_PODCAST ? 700 : 3_000) / parts;
    List<Future<AudioScript>> calls = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      List<WrittenLesson> own =
          course
              .lessons()
              .subList(
                  course.lessons().size() * i / parts, course.lessons().size() * (i + 1) / parts);
      JsonObject part = new JsonObject().put("part", i + 1).put("of", parts).put("words", words);
      JsonObject data =
          ModelAsks.order(course.brief())
              .put("part", part)
              .put("lessons", ModelMaterial.lessons(own, asks.room("audio", words * 3)));
      calls.add(
          asks.write(
              "audio",
              course.brief(),
              ModelAsks.source(own),
              "course-script",
              data,
              words * 3,
              within,
              1,
              script -> script.words() >= words / 2 ? 1 : 0,
              reply ->
                  new AudioScript(
                      kind,
                      reply.getString("script").strip(),
                      Sentences.count(reply.getString("script")),
                      refs(reply, "refs"))));
    }
    return Future.all(calls)
        .map(
            done -> {
              String script =
                  String.join("\n\n", calls.stream().map(call -> call.result().script()).toList());
              List<Integer> refs =
                  calls.stream()
                      .flatMap(call -> call.result().sourceRefs().stream())
                      .distinct()
                      .sorted()
                      .toList();
              return new AudioScript(kind, script, Sentences.count(script), refs);
            });
  }

  Future<Suggestions> suggestions(CourseSoFar course, Duration within) {
    JsonObject data =
        ModelAsks.order(course.brief()).put("course", ModelMaterial.titles(course.outline()));
    return asks.write(
        "article",
        course.brief(),
        ModelAsks.source(course.lessons()),
        "course-suggestions",
        data,
        800,
        within,
        3,
        found -> found.suggestions().size(),
        reply -> {
          List<Suggestion> list = new ArrayList<>();
          objects(reply, "suggestions")
              .limit(5)
              .forEach(
                  s ->
                      list.add(
                          new Suggestion(
                              s.getString("topic"), s.getString("description"), 5 - list.size())));
          return new Suggestions(list);
        });
  }

  Future<Qnas> qnas(CourseSoFar course, int count, Duration within) {
    return asks.write(
        "flashcard",
        course.brief(),
        ModelAsks.source(course.lessons()),
        "course-qna",
        asks.lessons(course, "flashcard", 2_500).put("count", count),
        2_500,
        within,
        count,
        found -> found.pairs().size(),
        reply ->
            new Qnas(
                objects(reply, "pairs")
                    .limit(count)
                    .map(
                        q ->
                            new Qna(
                                chapter(q, course.lessons()),
                                q.getString("question"),
                                q.getString("answer"),
                                refs(q, "refs")))
                    .toList()));
  }

  Future<Notebook> notebook(CourseSoFar course, Duration within) {
    return asks.write(
        "article",
        course.brief(),
        ModelAsks.source(course.lessons()),
        "course-notebook",
        asks.lessons(course, "article", 2_500),
        2_500,
        within,
        3,
        found -> found.keyConcepts().size(),
        reply -> {
          JsonObject map = reply.getJsonObject("mindMap");
          return new Notebook(
              objects(reply, "keyConcepts")
                  .limit(15)
                  .map(k -> new Notebook.KeyTerm(k.getString("term"), k.getString("definition")))
                  .toList(),
              Optional.of(reply.getString("analogy")).filter(like -> !like.isBlank()),
              new Notebook.MindMap(
                  map.getString("root"),
                  objects(map, "children")
                      .limit(16)
                      .map(b -> new Notebook.Branch(b.getString("title"), texts(b, "children")))
                      .toList()),
              reply.getString("studyGuide").strip());
        });
  }
}
