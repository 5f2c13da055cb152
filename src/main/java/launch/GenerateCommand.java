package launch;

import exercises.GeneratedSet;
import exercises.language.NlpModels;
import exercises.model.ModelGenerator;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Understanding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import llm.Chat;
import llm.LocalPools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import settings.Settings;
import transcripts.Limits;
import transcripts.SpeakerHints;
import transcripts.Transcript;
import transcripts.TranscriptReader;

/** A transcript in, its exercises out: the way to see what a lesson becomes without a database. */
@Command(
    name = "generate",
    description = "Make exercises of a transcript (VTT, SRT, text or JSON) and print them.",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The transcript.")
  private Path file;

  @Option(
      names = "--language",
      paramLabel = "CODE",
      description = "The learner's language, e.g. he; default: the setting exercises.language.")
  private String language;

  @Option(names = "--json", description = "Print the set as the API gives it.")
  private boolean json;

  @Option(
      names = "--explain",
      description = "Also show the focus, the words taught, the mistakes and what was rejected.")
  private boolean explain;

  @Option(
      names = "--rules",
      description = "By rules alone, also where there are keys for a language model.")
  private boolean rules;

  @Override
  public Integer call() throws Exception {
    Settings settings = Node.loadSettings(Optional.empty(), System.getenv(), java.util.Map.of());
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      System.err.println("lessonweave: there is no file " + file + ": give a transcript's path");
      return 2;
    }
    Transcript transcript =
        TranscriptReader.read(text, SpeakerHints.NONE, Limits.of(settings.transcripts()));
    String wanted = language == null ? settings.exercises().language() : language;
    LessonMaterial material =
        new LessonMaterial(
            UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString(),
            1,
            wanted,
            transcript.utterances(),
            transcript.text().length());
    boolean model = !rules && settings.exercises().model() && settings.languageModel().present();
    GeneratedSet generated =
        model ? withModel(material, settings) : byRules(material, NlpModels.load());
    JsonObject set = generated.toJson();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (json) {
      out.println(
          (explain ? set.copy().put("explain", generated.explanation()) : set).encodePrettily());
      return 0;
    }
    if (explain) {
      explain(generated, out);
    }
    new ExercisePrinter(out).print(set);
    return 0;
  }

  private static GeneratedSet byRules(LessonMaterial material, NlpModels models)
      throws TimeoutException {
    ModelGenerator generator =
        new ModelGenerator(
            () -> models,
            Chat.NOBODY,
            Optional.empty(),
            new ModelGenerator.Cpu() {
              @Override
              public <T> Future<T> run(Callable<T> work) {
                try {
                  return Future.succeededFuture(work.call());
                } catch (Exception e) {
                  return Future.failedFuture(e);
                }
              }
            });
    return generator.byRules(material).await(5, TimeUnit.MINUTES);
  }

  /** As the actors do it, but with keys of its own and nothing kept. */
  private static GeneratedSet withModel(LessonMaterial material, Settings settings)
      throws TimeoutException {
    NlpModels models = NlpModels.load();
    Vertx vertx = Vertx.vertx();
    try (LocalPools pools =
        LocalPools.open(vertx, settings.languageModel()).await(10, TimeUnit.SECONDS)) {
      ModelGenerator generator =
          new ModelGenerator(
              () -> models,
              pools.chat(),
              Optional.empty(),
              new ModelGenerator.Cpu() {
                @Override
                public <T> Future<T> run(Callable<T> work) {
                  return vertx.executeBlocking(work, false);
                }
              });
      Duration patience = settings.exercises().modelPatience();
      return generator
          .generate(material, patience, () -> false)
          .await(patience.plusMinutes(2).toSeconds(), TimeUnit.SECONDS);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  private static void explain(GeneratedSet generated, PrintStream out) {
    Understanding understood = generated.understanding();
    Understanding.Focus focus = understood.focus();
    out.println("Focus: " + focus.grammar().map(p -> p.title()).orElse("no one grammar point"));
    out.println("Topic: " + (focus.topic().isEmpty() ? "none" : focus.topic()));
    for (Understanding.Frame frame : focus.frames()) {
      out.println(
          "Practised: " + frame.pattern() + "  (" + String.join(", ", frame.fillers()) + ")");
    }
    out.println("Words taught:");
    for (Understanding.Word word : understood.vocabulary()) {
      String how =
          word.teaching().stream()
              .sorted()
              .map(Understanding.Teaching::word)
              .collect(Collectors.joining(", "));
      out.println("  " + word.lemma() + " (" + word.partOfSpeech() + "; " + how + ")");
    }
    out.println("Set aside: " + understood.setAside().toJson().encode());
    if (!generated.parts().isEmpty()) {
      out.println("Made by: " + generated.parts() + " " + generated.spending().encode());
    }
    if (!generated.rejections().isEmpty()) {
      out.println("Rejected:");
      generated.rejections().forEach(rejection -> out.println("  " + rejection));
    }
  }
}
