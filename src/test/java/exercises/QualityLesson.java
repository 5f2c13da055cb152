package exercises;

import exercises.understanding.LessonMaterial;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import transcripts.Limits;
import transcripts.SpeakerHints;
import transcripts.TranscriptReader;

/**
 * A lesson of {@code src/test/resources/quality} with its hand-made key.
 *
 * @param group which lessons it is counted with
 * @param grammar ids of the grammar points that are right as the focus; empty for a lesson without
 * @param taught words a good reading must find
 * @param mayCount words that are no error when found
 * @param never names, classroom talk and foreign words that must not be taught
 */
public record QualityLesson(
    String name,
    Group group,
    String text,
    LessonMaterial material,
    Set<String> grammar,
    List<String> taught,
    List<String> mayCount,
    List<KeyMistake> mistakes,
    List<String> never) {

  /** How far a lesson was known to those who wrote the rules. */
  public enum Group {
    /** Looked at while the rules were written: its figures are upper bounds. */
    OPEN("", "open"),
    /** Only measured at first; its misses have been seen since. */
    HELD_OUT("heldout", "held out"),
    /** Written and measured once before the rules were changed; see docs/quality.md. */
    BLIND("blind", "blind"),
    /** Written later than those, and measured once before any rule was changed because of them. */
    LATER("later", "later"),
    /** Written last, with their keys before any of them was run; see docs/quality.md. */
    LATEST("latest", "latest");

    private final String folder;
    private final String title;

    Group(String folder, String title) {
      this.folder = folder;
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /**
   * A slip of the student.
   *
   * @param correct every correction that is right
   * @param second of the recording, or -1 where the transcript has no times
   * @param must false for a slip that nobody put right
   */
  record KeyMistake(
      String incorrect, List<String> correct, List<String> types, int second, boolean must) {}

  static List<QualityLesson> all() {
    List<QualityLesson> lessons = new ArrayList<>();
    Path folder = folder();
    for (Group group : Group.values()) {
      lessons.addAll(in(folder.resolve(group.folder), group));
    }
    return List.copyOf(lessons);
  }

  public static QualityLesson named(String name) {
    return all().stream().filter(lesson -> lesson.name().equals(name)).findFirst().orElseThrow();
  }

  private static Path folder() {
    try {
      return Path.of(QualityLesson.class.getResource("/quality").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<QualityLesson> in(Path folder, Group group) {
    try (Stream<Path> files = Files.list(folder)) {
      List<QualityLesson> lessons = new ArrayList<>();
      for (Path key : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        lessons.add(read(key, group));
      }
      return lessons;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static QualityLesson read(Path file, Group group) throws IOException {
    JsonObject key = new JsonObject(Files.readString(file));
    String text = Files.readString(file.resolveSibling(key.getString("transcript")));
    String name = file.getFileName().toString().replace(".json", "");
    LessonMaterial material =
        new LessonMaterial(
            name,
            1,
            key.getString("language"),
            TranscriptReader.read(
                    text, SpeakerHints.NONE, new Limits(2_000_000, Duration.ofHours(4), 20))
                .utterances(),
            text.length());
    List<KeyMistake> mistakes = new ArrayList<>();
    for (Object entry : key.getJsonArray("mistakes")) {
      JsonObject mistake = (JsonObject) entry;
      mistakes.add(
          new KeyMistake(
              mistake.getString("incorrect"),
              strings(mistake.getJsonArray("correct")),
              strings(mistake.getJsonArray("type")),
              mistake.getInteger("second", -1),
              mistake.getBoolean("must")));
    }
    return new QualityLesson(
        name,
        group,
        text,
        material,
        Set.copyOf(strings(key.getJsonObject("focus").getJsonArray("grammar"))),
        strings(key.getJsonArray("taught")),
        strings(key.getJsonArray("mayCount")),
        mistakes,
        strings(key.getJsonArray("never")));
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
