package launch;

import exercises.ExerciseSet;
import exercises.ExerciseSetReader;
import exercises.GateReport;
import exercises.QualityGate;
import exercises.language.NlpModels;
import exercises.understanding.LessonMaterial;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import settings.Settings;
import transcripts.Limits;
import transcripts.SpeakerHints;
import transcripts.TranscriptReader;

/**
 * The quality gate on a set of exercises in a file. Exit status: 0 nothing rejected, 1 something
 * rejected, 2 the file can't be used.
 */
@Command(
    name = "check",
    description = "Run the quality gate on a JSON file of exercises and print what it rejects.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final long MOST_BYTES = 20_000_000;

  @Parameters(paramLabel = "FILE", description = "A set of exercises as the API gives it (JSON).")
  private Path file;

  @Option(
      names = "--transcript",
      paramLabel = "FILE",
      description =
          "The lesson's transcript; without it, the rules that look things up in the lesson are"
              + " left out.")
  private Path transcript;

  @Option(
      names = "--language",
      paramLabel = "CODE",
      description = "The learner's language; default: the set's own metadata, else he.")
  private String language;

  @Override
  public Integer call() throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ExerciseSet set;
    LessonMaterial lesson = null;
    try {
      JsonObject json = new JsonObject(read(file));
      // What the API answers may wrap the set.
      JsonObject inner = json.getValue("exercises") instanceof JsonObject o ? o : json;
      if (language != null) {
        JsonObject about =
            inner.getValue("metadata") instanceof JsonObject o ? o : new JsonObject();
        inner.put("metadata", about.put("language", language));
      }
      set = ExerciseSetReader.read(inner);
      if (set.total() + set.mistakes().size() == 0) {
        return unusable(
            "has no exercises: give a JSON object with flashcards, spelling, fill_blank,"
                + " sentence_builder, grammar_challenge or advanced_cloze");
      }
      lesson = transcript == null ? null : lesson(read(transcript), set.metadata().language());
    } catch (NoSuchFileException e) {
      System.err.println("lessonweave: there is no file " + e.getFile() + ": give its path");
      return 2;
    } catch (DecodeException | ClassCastException e) {
      return unusable("is no JSON object: give a set of exercises as the API gives it");
    }
    QualityGate gate = new QualityGate(NlpModels.load());
    GateReport report = lesson == null ? gate.check(set) : gate.check(set, lesson);
    for (GateReport.Rejection rejection : report.rejections()) {
      out.println(
          rejection.kind()
              + (rejection.itemId() == null ? "" : " " + rejection.itemId())
              + ": "
              + rejection.rule()
              + ": "
              + rejection.reason()
              + (rejection.text().isEmpty() ? "" : "\n    " + rejection.text()));
    }
    out.println(
        set.total() + " exercises checked, " + report.rejections().size() + " items rejected");
    return report.rejections().isEmpty() ? 0 : 1;
  }

  private int unusable(String why) {
    System.err.println("lessonweave: " + file + " " + why);
    return 2;
  }

  private static String read(Path path) throws Exception {
    if (Files.exists(path) && Files.size(path) > MOST_BYTES) {
      throw new IllegalArgumentException(
          path + " is larger than " + MOST_BYTES / 1_000_000 + " MB: check one lesson at a time");
    }
    return Files.readString(path, StandardCharsets.UTF_8);
  }

  private static LessonMaterial lesson(String text, String language) {
    Settings settings = Node.loadSettings(Optional.empty(), System.getenv(), Map.of());
    return new LessonMaterial(
        "check",
        1,
        language,
        TranscriptReader.read(text, SpeakerHints.NONE, Limits.of(settings.transcripts()))
            .utterances(),
        text.length());
  }
}
