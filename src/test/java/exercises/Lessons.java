package exercises;

import exercises.language.NlpModels;
import exercises.understanding.LessonMaterial;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import transcripts.Role;
import transcripts.Utterance;

/**
 * Lessons for tests: files of {@code T: ...} and {@code S: ...} lines, one turn a line, five
 * seconds a turn.
 */
public final class Lessons {
  public static final List<String> ALL =
      List.of("possessives", "past_adult", "conversation", "silent_student");
  public static final NlpModels MODELS = NlpModels.load();

  private Lessons() {}

  public static LessonMaterial file(String name) {
    try (InputStream in = Lessons.class.getResourceAsStream("/exercises/" + name + ".txt")) {
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static LessonMaterial of(String text) {
    List<Utterance> turns = new ArrayList<>();
    for (String line : text.split("\n")) {
      Role role =
          line.startsWith("T:")
              ? Role.TEACHER
              : line.startsWith("S:") ? Role.STUDENT : Role.UNKNOWN;
      String speaker = role == Role.TEACHER ? "Ms Rivka Lev" : role == Role.STUDENT ? "Omer" : "";
      int index = turns.size();
      turns.add(
          new Utterance(
              index,
              speaker,
              role,
              index * 5_000L,
              index * 5_000L + 4_000,
              line.replaceFirst("^[TS]: ", "")));
    }
    return new LessonMaterial("lesson-57", 3, "he", turns, text.length());
  }
}
