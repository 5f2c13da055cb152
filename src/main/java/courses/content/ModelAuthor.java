package courses.content;

import static courses.content.ModelReplies.level;
import static courses.content.ModelReplies.objects;
import static courses.content.ModelReplies.refs;
import static courses.content.ModelReplies.texts;

import courses.sources.Segment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import llm.Ask;
import llm.Budget;
import llm.Cancellation;
import llm.Model;
import llm.Prompt;

/**
 * Has a language model write courses. A call for a lesson or its parts is shown that lesson's own
 * segments only; calls for the whole course are shown each lesson with its segments, cut to the
 * model's context. What the gate would drop is told to the model, which then answers again.
 */
public final class ModelAuthor implements CourseAuthor {
  static final int VERSION = 1;
  private static final int OVERHEAD_TOKENS = 1_500;
  private static final int LEAST_CONTEXT = 1_000;
  private static final int CHUNK_TOKENS = 8_000;
  private static final int LESSONS_A_CALL = 3;
  private static final double ENOUGH = 0.6;

  private static final List<String> SERVICES =
      List.of("chapter", "quiz", "flashcard", "game", "article", "audio");

  private final Model model;
  private final Map<String, Prompt> prompts;

  public ModelAuthor(Model model) {
    this(model, new ConcurrentHashMap<>());
  }

  private ModelAuthor(Model model, Map<String, Prompt> prompts) {
    this.model = model;
    this.prompts = prompts;
  }

  /** The same author for one piece of work; see {@link Model#within}. */
  public ModelAuthor within(List<Budget> budgets, Cancellation cancellation) {
    return new ModelAuthor(model.within(budgets, cancellation), prompts);
  }

  @Override
  public boolean available() {
    return SERVICES.stream().anyMatch(model::available);
  }

  @Override
  public String name() {
    return Written.MODEL;
  }

  @Override
  public Future<Verdict> validate(Material material, Duration within) {
    JsonObject data =
        order(material.brief())
            .put(
                "segments",
                ModelMaterial.segments(LocalVerdict.sample(material.segments(), 3_000), 3_000));
    return ask(
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

  @Override
  public Future<Category> categorise(Material material, Duration within) {
    JsonObject data =
        order(material.brief())
            .put(
                "segments",
                ModelMaterial.segments(LocalVerdict.sample(material.segments(), 3_000), 3_000));
    return write(
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

  @Override
  public Future<Outline> structure(Material material, Duration within) {
    int room = room("chapter", 4_000);
    int all = material.segments().stream().mapToInt(Segment::tokens).sum();
    Future<JsonArray> shown =
        all <= room
            ? Future.succeededFuture(ModelMaterial.segments(material.segments(), room))
            : summaries(material, Math.min(room, CHUNK_TOKENS), within.dividedBy(2));
    Duration left = all <= room ? within : within.dividedBy(2);
    return shown.compose(
        segments ->
            ask(
                    "chapter",
                    material.brief(),
                    "course-outline",
                    order(material.brief())
                        .put("wanted", wanted(material))
                        .put("segments", segments),
                    4_000,
                    left,
                    reply -> outlineFaults(reply, material))
                .map(reply -> ModelReplies.outline(reply, material)));
  }

  private static List<String> outlineFaults(JsonObject reply, Material material) {
    List<String> faults = new ArrayList<>(ModelReplies.spanFaults(reply, material));
    int least = material.brief().chapters().map(ChapterRange::min).orElse(5);
    if (material.isTopic() && reply.getJsonArray("chapters").size() < least) {
      faults.add(wanted(material).getString("chapters") + " chapters are wanted");
    }
    return faults.isEmpty()
        ? CourseGate.complaints(
            material.brief(), material.segments(), ModelReplies.outline(reply, material))
        : faults;
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
                    ask(
                        "chapter",
                        material.brief(),
                        "course-summary",
                        order(material.brief())
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

  @Override
  public Future<LessonText> lesson(
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
        order(brief)
            .put("course", ModelMaterial.titles(outline))
            .put("lesson", lesson)
            .put("segments", ModelMaterial.segments(span, room("chapter", 4_000)));
    return write(
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

  @Override
  public Future<Concepts> concepts(Brief brief, WrittenLesson lesson, Duration within) {
    List<KeyConcept> asked = lesson.text().keyConcepts();
    if (asked.isEmpty()) {
      return Future.failedFuture(new CannotWrite("The lesson names no key concepts."));
    }
    JsonObject data =
        order(brief)
            .put("concepts", new JsonArray(asked.stream().map(KeyConcept::title).toList()))
            .put("segments", shown(lesson, "chapter", 2_500));
    return write(
        "chapter",
        brief,
        RuleParts.span(lesson),
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
    return ModelMaterial.segments(RuleParts.span(lesson), room(service, output));
  }

  @Override
  public Future<Exercises> exercises(Brief brief, WrittenLesson lesson, Duration within) {
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
        order(brief)
            .put("lesson", about)
            .put("planned", planned)
            .put("segments", shown(lesson, "quiz", 2_500));
    int wanted = Math.max(1, Math.min(3, plans.stream().mapToInt(ExerciseBlueprint::count).sum()));
    return write(
        "quiz",
        brief,
        RuleParts.span(lesson),
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

  @Override
  public Future<Flashcards> flashcards(CourseSoFar course, int count, Duration within) {
    JsonObject data = lessons(course, "flashcard", 2_500).put("count", count);
    return write(
        "flashcard",
        course.brief(),
        source(course.lessons()),
        "course-flashcards",
        data,
        2_500,
        within,
        count,
        cards -> cards.cards().size(),
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
                    .toList()));
  }

  private static int chapter(JsonObject reply, List<WrittenLesson> lessons) {
    return ModelReplies.lesson(reply, lessons).plan().chapterIndex();
  }

  @Override
  public Future<Mcqs> mcqs(CourseSoFar course, int count, Duration within) {
    AssessmentPlan plan = AssessmentPlan.quiz(AssessmentKind.COURSE_QUIZ, Math.min(50, count));
    return assessment(course, plan, within)
        .map(
            test ->
                new Mcqs(
                    test.questions().stream()
                        .filter(q -> q.options().size() == 4)
                        .map(
                            q ->
                                new Mcq(
                                    q.chapterIndex(),
                                    q.text(),
                                    q.options().stream().map(Option::text).toList(),
                                    q.options().stream()
                                        .map(Option::id)
                                        .toList()
                                        .indexOf(q.answerKey().correct()),
                                    q.explanation(),
                                    q.difficulty(),
                                    q.sourceRefs()))
                        .toList()));
  }

  @Override
  public Future<Assessment> assessment(CourseSoFar course, AssessmentPlan plan, Duration within) {
    List<List<WrittenLesson>> groups = new ArrayList<>();
    for (int i = 0; i < course.lessons().size(); i += LESSONS_A_CALL) {
      groups.add(
          course.lessons().subList(i, Math.min(course.lessons().size(), i + LESSONS_A_CALL)));
    }
    List<Future<List<AssessmentQuestion>>> calls = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < groups.size(); i++) {
      int upTo = (int) Math.round((double) plan.questions() * (i + 1) / groups.size());
      if (upTo > before) {
        calls.add(questions(course.brief(), groups.get(i), plan, upTo - before, within));
      }
      before = upTo;
    }
    return Future.all(calls)
        .map(
            done -> {
              List<AssessmentQuestion> all =
                  calls.stream()
                      .flatMap(call -> call.result().stream())
                      .limit(plan.questions())
                      .toList();
              String title = course.outline().title();
              return new Assessment(
                  plan.kind(),
                  title,
                  all.size() + " questions on " + title,
                  plan.passingScore(),
                  plan.minutes(),
                  all);
            });
  }

  private Future<List<AssessmentQuestion>> questions(
      Brief brief, List<WrittenLesson> lessons, AssessmentPlan plan, int count, Duration within) {
    JsonObject wanted =
        new JsonObject()
            .put("questions", count)
            .put(
                "types",
                new JsonArray(
                    plan.types().stream().map(type -> type.name().toLowerCase()).toList()));
    plan.difficulty().ifPresent(level -> wanted.put("difficulty", level.name().toLowerCase()));
    int output = Math.min(8_000, 600 + 250 * count);
    JsonObject data =
        order(brief)
            .put("wanted", wanted)
            .put("lessons", ModelMaterial.lessons(lessons, room("quiz", output)));
    return write(
            "quiz",
            brief,
            source(lessons),
            "course-questions",
            data,
            output,
            within,
            count,
            test -> test.questions().size(),
            reply -> {
              List<AssessmentQuestion> list = new ArrayList<>();
              objects(reply, "questions")
                  .filter(q -> plan.types().contains(ModelReplies.type(q)))
                  .limit(count)
                  .forEach(
                      q -> {
                        LessonPlan lesson = ModelReplies.lesson(q, lessons).plan();
                        list.add(
                            new AssessmentQuestion(
                                list.size() + 1,
                                ModelReplies.type(q),
                                q.getString("question"),
                                ModelReplies.options(q),
                                ModelReplies.key(q),
                                q.getString("explanation"),
                                Optional.of(q.getString("hint")).filter(hint -> !hint.isBlank()),
                                Math.min(5, Math.max(1, q.getInteger("points"))),
                                level(q, "difficulty"),
                                lesson.title(),
                                lesson.chapterIndex(),
                                lesson.lessonIndex(),
                                refs(q, "refs")));
                      });
              return new Assessment(
                  plan.kind(), "Questions", "Questions", plan.passingScore(), plan.minutes(), list);
            })
        .map(Assessment::questions);
  }

  @Override
  public Future<Article> article(CourseSoFar course, ArticleKind kind, Duration within) {
    String prompt =
        switch (kind) {
          case DEEP_DIVE -> "course-article";
          case KEY_TAKEAWAYS -> "course-takeaways";
          case FAQ -> "course-faq";
        };
    return write(
        "article",
        course.brief(),
        source(course.lessons()),
        prompt,
        lessons(course, "article", 3_000),
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

  @Override
  public Future<WordGame> wordGame(CourseSoFar course, int count, Duration within) {
    return write(
        "game",
        course.brief(),
        source(course.lessons()),
        "course-game",
        lessons(course, "game", 3_000).put("count", count),
        3_000,
        within,
        count,
        game -> game.words().size(),
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
                    .toList()));
  }

  /** A lecture is written in parts: one answer rarely reaches 3,000 words. */
  @Override
  public Future<AudioScript> script(CourseSoFar course, ScriptKind kind, Duration within) {
    int parts = kind == ScriptKind.SHORT_PODCAST ? 1 : Math.min(4, course.lessons().size());
    int words = kind == ScriptKind.SHORT_PODCAST ? 700 : 3_000 / parts;
    List<Future<AudioScript>> calls = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      List<WrittenLesson> own =
          course
              .lessons()
              .subList(
                  course.lessons().size() * i / parts, course.lessons().size() * (i + 1) / parts);
      JsonObject part = new JsonObject().put("part", i + 1).put("of", parts).put("words", words);
      JsonObject data =
          order(course.brief())
              .put("part", part)
              .put("lessons", ModelMaterial.lessons(own, room("audio", words * 3)));
      calls.add(
          write(
              "audio",
              course.brief(),
              source(own),
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

  @Override
  public Future<Suggestions> suggestions(CourseSoFar course, Duration within) {
    JsonObject data = order(course.brief()).put("course", ModelMaterial.titles(course.outline()));
    return write(
        "article",
        course.brief(),
        source(course.lessons()),
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

  @Override
  public Future<Qnas> qnas(CourseSoFar course, int count, Duration within) {
    return write(
        "flashcard",
        course.brief(),
        source(course.lessons()),
        "course-qna",
        lessons(course, "flashcard", 2_500).put("count", count),
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

  @Override
  public Future<Notebook> notebook(CourseSoFar course, Duration within) {
    return write(
        "article",
        course.brief(),
        source(course.lessons()),
        "course-notebook",
        lessons(course, "article", 2_500),
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

  private JsonObject lessons(CourseSoFar course, String service, int output) {
    return order(course.brief())
        .put("lessons", ModelMaterial.lessons(course.lessons(), room(service, output)));
  }

  private static List<Segment> source(List<WrittenLesson> lessons) {
    return lessons.stream().flatMap(lesson -> RuleParts.span(lesson).stream()).toList();
  }

  private static JsonObject order(Brief brief) {
    return new JsonObject().put("order", ModelMaterial.order(brief));
  }

  /** Tokens that are left for the source. */
  private int room(String service, int output) {
    return Math.max(LEAST_CONTEXT, model.contextTokens(service) - output - OVERHEAD_TOKENS);
  }

  private <T extends Record & Content> Future<T> write(
      String service,
      Brief brief,
      List<Segment> source,
      String prompt,
      JsonObject data,
      int output,
      Duration within,
      int wanted,
      ToIntFunction<T> size,
      Function<JsonObject, T> reading) {
    return ask(
            service,
            brief,
            prompt,
            data,
            output,
            within,
            reply -> {
              T draft = reading.apply(reply);
              int left = new CourseGate(brief, source).check(draft).map(size::applyAsInt).orElse(0);
              if (left >= ENOUGH * wanted) {
                return List.of();
              }
              List<String> faults = new ArrayList<>(CourseGate.complaints(brief, source, draft));
              faults.add(
                  "too little of the answer can be used: "
                      + left
                      + " of "
                      + wanted
                      + "; it must be complete, long enough and name its segments");
              return faults;
            })
        .map(reading);
  }

  private Future<JsonObject> ask(
      String service,
      Brief brief,
      String prompt,
      JsonObject data,
      int output,
      Duration within,
      Function<JsonObject, List<String>> checks) {
    return model.complete(
        new Ask(
            service,
            brief.account(),
            prompts.computeIfAbsent(prompt, name -> Prompt.load(name, VERSION)),
            data,
            output,
            within,
            checks));
  }
}
