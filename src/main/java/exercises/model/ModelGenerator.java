package exercises.model;

import exercises.ExerciseSet;
import exercises.GeneratedSet;
import exercises.language.NlpModels;
import exercises.rulebased.RuleBasedGenerator;
import exercises.understanding.LessonMaterial;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import llm.Ask;
import llm.Budget;
import llm.Cancellation;
import llm.Chat;
import llm.Model;
import llm.ModelUnavailable;
import llm.ReplyCache;
import llm.StructuredCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a lesson's set with a language model where there is one, and by rules where there is none,
 * where it fails, and where its answers don't stand up to the lesson.
 *
 * <p>The model is asked to note what each piece of the lesson taught, then to write words, gaps and
 * sentences from what the notes and the rules have in common with the lesson, and last to solve
 * blind those gaps no rule can judge. For a lesson of 50 minutes that is one call for every 3,000
 * tokens of talk or so, at most {@link #MOST_CHUNKS}, and four more. Nobody's name leaves the
 * house.
 */
public final class ModelGenerator {
  static final String NAME = "model/1";

  /** Pieces of one lesson at most; longer lessons lose their least telling pieces. */
  static final int MOST_CHUNKS = 8;

  private static final Logger log = LoggerFactory.getLogger(ModelGenerator.class);

  /** Of a model's window: what an answer, an answer to be mended and an estimate may need. */
  private static final double ROOM = 0.85;

  /** Tokens of a bad answer shown to the model again. */
  private static final int ECHO = 1_000;

  private static final int LONGEST_CHUNK = 6_000;
  private static final int SHORTEST_CHUNK = 600;
  private static final int ANALYSED_AT_ONCE = 2;
  private static final int IDLE_TOOLS = 4;

  /**
   * Shares of the time: after the first no more pieces are looked at, after the second no more is
   * written.
   */
  private static final double ANALYSIS_ENDS = 0.6;

  private static final double WRITING_ENDS = 0.9;
  private static final Duration GRACE = Duration.ofMillis(500);

  /** Where the work that blocks a thread is done. */
  @FunctionalInterface
  public interface Cpu {
    <T> Future<T> run(Callable<T> work);
  }

  private final Supplier<NlpModels> models;
  private final Chat chat;
  private final Function<Model, Model> kept;
  private final Cpu cpu;
  private final ConcurrentLinkedQueue<LessonTools> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param models loaded by the time the first lesson comes
   * @param cache earlier replies, or empty to ask every time
   */
  public ModelGenerator(
      Supplier<NlpModels> models, Chat chat, Optional<ReplyCache> cache, Cpu cpu) {
    this.models = models;
    this.chat = chat;
    this.kept = cache.<Function<Model, Model>>map(c -> c::before).orElse(model -> model);
    this.cpu = cpu;
  }

  /** Makes the set by rules alone. */
  public Future<GeneratedSet> byRules(LessonMaterial material) {
    return cpu.run(
        () -> {
          LessonTools tools = borrow();
          LessonMaterial clean = SuspectText.without(material);
          RuleBasedGenerator.Reading reading = tools.rules.read(clean);
          GeneratedSet made =
              ruled(tools.rules.generate(clean, reading), reading, new JsonObject());
          idle(tools);
          return made;
        });
  }

  /**
   * Makes the set, with a model if one can be asked. What the model does, or doesn't, never fails
   * it.
   *
   * @param patience for all of the model's answers together; the rules' work comes on top
   * @param unwanted true once nobody needs the set any more: then nothing more is asked
   */
  public Future<GeneratedSet> generate(
      LessonMaterial material, Duration patience, BooleanSupplier unwanted) {
    return generate(material, patience, unwanted, List.of());
  }

  /**
   * As {@link #generate(LessonMaterial, Duration, BooleanSupplier)}.
   *
   * @param budgets that the model's calls count against, such as the student's
   */
  public Future<GeneratedSet> generate(
      LessonMaterial material, Duration patience, BooleanSupplier unwanted, List<Budget> budgets) {
    int window =
        chat.available(LessonPrompts.SERVICE) ? chat.contextTokens(LessonPrompts.SERVICE) : 0;
    int room = chunkTokens(window);
    if (room < SHORTEST_CHUNK) {
      return byRules(material);
    }
    return cpu.run(
            () -> new Lesson(SuspectText.without(material), room, patience, unwanted, budgets))
        .compose(Lesson::generate);
  }

  private static GeneratedSet ruled(
      ExerciseSet rules, RuleBasedGenerator.Reading reading, JsonObject spending) {
    return new GeneratedSet(
        rules,
        Optional.empty(),
        Map.of(),
        reading.understanding(),
        GeneratedSet.told(rules),
        spending);
  }

  /** What a piece of transcript may take, so that prompt, piece, answer and a second try fit. */
  static int chunkTokens(int window) {
    int answer = LessonPrompts.ANALYSE.maxOutputTokens;
    int room = (int) (window * ROOM) - LessonPrompts.ANALYSE.overhead() - answer - ECHO;
    return Math.min(LONGEST_CHUNK, room);
  }

  private LessonTools borrow() {
    LessonTools tools = idle.poll();
    return tools == null ? new LessonTools(models.get()) : tools;
  }

  private void idle(LessonTools tools) {
    if (idle.size() < IDLE_TOOLS) {
      idle.add(tools);
    }
  }

  /** One lesson on its way. Its tools are its own until it ends. */
  private final class Lesson {
    private final LessonTools tools = borrow();
    private final LessonMaterial material;
    private final BooleanSupplier unwanted;
    private final RuleBasedGenerator.Reading reading;
    private final ExerciseSet rules;
    private final LessonRequests requests;
    private final List<TranscriptChunks.Chunk> chunks;
    private final ModelSpending spending = new ModelSpending(chat);
    private final Model model;
    private volatile long start;
    private final long nanos;
    private final List<NoteReader.Noted> noted = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean hopeless;

    /** A question was not answered in its time: with no answer at all yet, waiting on is no use. */
    private volatile boolean late;

    Lesson(
        LessonMaterial material,
        int room,
        Duration patience,
        BooleanSupplier unwanted,
        List<Budget> budgets) {
      this.material = material;
      this.model = kept.apply(new StructuredCall(spending).within(budgets, Cancellation.NEVER));
      this.unwanted = unwanted;
      this.nanos = patience.toNanos();
      this.reading = tools.rules.read(material);
      this.rules = tools.rules.generate(material, reading);
      this.requests = new LessonRequests(material, reading);
      Set<Integer> telling = new HashSet<>(reading.understanding().focus().evidence());
      reading.understanding().mistakes().forEach(m -> telling.add(m.provenance().utterance()));
      reading.understanding().vocabulary().forEach(w -> telling.addAll(w.utterances()));
      this.chunks =
          new TranscriptChunks(requests.privacy()).of(reading.lesson(), room, MOST_CHUNKS, telling);
    }

    Future<GeneratedSet> generate() {
      start = System.nanoTime();
      List<Future<Void>> lanes = new ArrayList<>();
      for (int lane = 0; lane < ANALYSED_AT_ONCE; lane++) {
        lanes.add(analyse(lane));
      }
      return Future.join(lanes)
          .otherwiseEmpty()
          .compose(
              done ->
                  hopeless || chunks.isEmpty() || noted.isEmpty() && late
                      ? cpu.run(this::rulesAlone).onSuccess(set -> report())
                      : cpu.run(this::notes).compose(this::write))
          .eventually(
              () -> {
                ModelGenerator.this.idle(tools);
                return Future.succeededFuture();
              });
    }

    /** Every {@code ANALYSED_AT_ONCE}-th piece from {@code index} on, one after the other. */
    private Future<Void> analyse(int index) {
      if (index >= chunks.size() || hopeless) {
        return Future.succeededFuture();
      }
      TranscriptChunks.Chunk chunk = chunks.get(index);
      return ask(
              LessonPrompts.ANALYSE,
              requests.analyse(chunk),
              ANALYSIS_ENDS,
              reply -> new ReplyChecks(tools, material.language()).notes(reply, chunk))
          .compose(
              reply -> {
                reply.ifPresent(notes -> noted.add(new NoteReader.Noted(chunk, notes)));
                return analyse(index + ANALYSED_AT_ONCE);
              });
    }

    private LessonNotes notes() {
      List<NoteReader.Noted> ordered = new ArrayList<>(noted);
      // Answers come in any order; what becomes of them must not depend on it.
      ordered.sort(Comparator.comparingInt(n -> chunks.indexOf(n.chunk())));
      return new NoteReader(tools, material, reading).read(ordered);
    }

    private Future<GeneratedSet> write(LessonNotes notes) {
      ReplyChecks checks = new ReplyChecks(tools, material.language());
      Future<Optional<JsonObject>> words =
          notes.words().isEmpty()
              ? Future.succeededFuture(Optional.empty())
              : ask(
                  LessonPrompts.WORDS,
                  requests.words(notes),
                  WRITING_ENDS,
                  reply -> checks.words(reply, notes));
      boolean none = notes.sentences().isEmpty();
      Future<Optional<JsonObject>> gaps =
          none
              ? Future.succeededFuture(Optional.empty())
              : ask(
                  LessonPrompts.GAPS,
                  requests.gaps(notes),
                  WRITING_ENDS,
                  reply -> checks.gaps(reply, notes));
      Future<Optional<JsonObject>> sentences =
          none
              ? Future.succeededFuture(Optional.empty())
              : ask(
                  LessonPrompts.SENTENCES,
                  requests.sentences(notes),
                  WRITING_ENDS,
                  reply -> checks.sentences(reply, notes));
      return Future.all(words, gaps, sentences)
          .compose(
              done -> {
                SetAssembly.Answers answers =
                    new SetAssembly.Answers(words.result(), gaps.result(), sentences.result());
                return cpu.run(() -> new Written(notes, answers)).compose(this::solve);
              });
    }

    /** The items so far, before anybody solved them. */
    private final class Written {
      private final LessonNotes notes;
      private final SetAssembly.Answers answers;
      private final ModelDraft draft;
      private final List<ModelDraft.Single> singles;
      private final List<ModelDraft.Pair> pairs;
      private final BlindSolving solving;

      Written(LessonNotes notes, SetAssembly.Answers answers) {
        this.notes = notes;
        this.answers = answers;
        this.draft = new ModelDraft(tools, material, reading, notes);
        this.singles = answers.gaps().map(draft::singles).orElse(List.of());
        this.pairs = answers.sentences().map(draft::pairs).orElse(List.of());
        this.solving = new BlindSolving(singles, pairs);
      }

      GeneratedSet assemble(Optional<JsonObject> solutions) {
        if (noted.isEmpty() && answers.none()) {
          return rulesAlone();
        }
        return new SetAssembly(tools, material, reading, rules)
            .assemble(
                notes,
                draft,
                answers,
                singles.stream()
                    .filter(s -> solving.isSound(s.id(), List.of(s.proposed()), solutions))
                    .toList(),
                pairs.stream()
                    .filter(p -> solving.isSound(p.id(), List.of(p.first(), p.second()), solutions))
                    .toList(),
                spending);
      }
    }

    private Future<GeneratedSet> solve(Written written) {
      Future<Optional<JsonObject>> solutions =
          written.solving.isNeeded()
              ? ask(LessonPrompts.SOLVE, written.solving.data(), 1, Ask.SCHEMA_ONLY)
              : Future.succeededFuture(Optional.empty());
      return solutions.compose(
          found ->
              cpu.run(
                  () -> {
                    GeneratedSet set = written.assemble(found);
                    report();
                    return set;
                  }));
    }

    private GeneratedSet rulesAlone() {
      return ruled(rules, reading, spending.toJson());
    }

    private void report() {
      if (!failures.isEmpty()) {
        log.atWarn()
            .addKeyValue("lesson", material.seed())
            .addKeyValue("parts", String.join("; ", failures))
            .log("parts of a lesson come from the rules, because the model gave no usable answer");
      }
    }

    /** Never fails: empty when no usable answer came in time. */
    private Future<Optional<JsonObject>> ask(
        LessonPrompts prompt,
        JsonObject data,
        double until,
        Function<JsonObject, List<String>> checks) {
      long left = (long) (nanos * until) - (System.nanoTime() - start);
      if (hopeless || unwanted.getAsBoolean() || left < GRACE.toNanos()) {
        failures.add(prompt.prompt().name() + ": no time left");
        return Future.succeededFuture(Optional.empty());
      }
      Duration deadline = Duration.ofNanos(left);
      Future<JsonObject> answer;
      try {
        answer = model.complete(prompt.ask(material.seed(), data, deadline, checks));
      } catch (RuntimeException e) {
        answer = Future.failedFuture(e);
      }
      return answer
          .timeout(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
          .map(Optional::of)
          .recover(
              error -> {
                failures.add(prompt.prompt().name() + ": " + reason(error));
                return Future.succeededFuture(Optional.empty());
              });
    }

    private String reason(Throwable error) {
      late |= error instanceof TimeoutException;
      if (!(error instanceof ModelUnavailable unavailable)) {
        return error.toString();
      }
      // What stands in the way of one question stands in the way of the others too.
      switch (unavailable.reason()) {
        case NO_KEY, BUDGET, PROVIDER, QUOTA -> hopeless = true;
        case DEADLINE -> late = true;
        default -> {}
      }
      return unavailable.reason().name().toLowerCase(Locale.ROOT);
    }
  }
}
