package transcripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole lessons, as they come. */
class FixturesTest {
  private static Transcript read(String resource) {
    return TranscriptReader.read(Samples.resource(resource), SpeakerHints.NONE, Samples.NORMAL);
  }

  private static Map<String, Role> roles(Transcript transcript) {
    Map<String, Role> roles = new LinkedHashMap<>();
    transcript.utterances().forEach(utterance -> roles.put(utterance.speaker(), utterance.role()));
    return roles;
  }

  @Test
  void demoLesson() {
    Transcript lesson = read("/demo/lesson.vtt");
    assertThat(lesson.format()).isEqualTo(Format.WEBVTT);
    assertThat(lesson.cueCount()).isEqualTo(245);
    assertThat(lesson.utterances()).hasSizeBetween(190, 230);
    assertThat(roles(lesson)).containsExactly(Map.entry("Maya Lindqvist", Role.TEACHER), Map.entry("Noam", Role.STUDENT));
    assertThat(lesson.durationMillis()).isBetween(16 * 60_000L, 20 * 60_000L);
    assertThat(lesson.utterances().get(0).startMillis()).isEqualTo(firstStart(Samples.demo()));
    assertThat(lesson.utterances().get(lesson.utterances().size() - 1).endMillis()).isEqualTo(lesson.durationMillis());
    assertThat(lesson.warnings()).isEmpty();
    assertThat(lesson.text())
        .contains("\nNoam: Yes, because on Saturday we we come back very late from the trip.\n")
        .doesNotContain("-->");
  }

  private static long firstStart(String vtt) {
    int at = vtt.indexOf(" --> ");
    return Clock.parse(vtt, vtt.lastIndexOf('\n', at) + 1, at);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lessons")
  void rolesAndShape(String resource, Format format, Map<String, Role> roles, int turns) {
    Transcript lesson = read("/transcripts/" + resource);
    assertThat(lesson.format()).isEqualTo(format);
    assertThat(roles(lesson)).isEqualTo(roles);
    assertThat(lesson.utterances()).hasSize(turns);
  }

  static Stream<Arguments> lessons() {
    return Stream.of(
        arguments("bakery.srt", Format.SRT, Map.of("Tutor", Role.TEACHER, "Salma", Role.STUDENT), 28),
        arguments("football-flat.txt", Format.FLAT_LINE, Map.of("Irit Sandler", Role.TEACHER, "Tomer", Role.STUDENT), 18),
        arguments("meeting_saved_closed_caption.txt", Format.ZOOM_CAPTIONS,
            Map.of("Petra Lund", Role.TEACHER, "Adam's iPad", Role.STUDENT, "Adam", Role.STUDENT), 22),
        arguments("parent-joins.vtt", Format.WEBVTT,
            Map.of("Clara Voss", Role.TEACHER, "Lia", Role.STUDENT, "Rina (Lia's mother)", Role.UNKNOWN), 30),
        arguments("quiet-student.vtt", Format.WEBVTT, Map.of("Owen Marsh", Role.TEACHER, "Yuval", Role.STUDENT), 24));
  }

  @Test
  void colonInsideCaptionsStaysText() {
    assertThat(read("/transcripts/meeting_saved_closed_caption.txt").text())
        .contains("Petra Lund: It has eight arms and three hearts. He, she, it: has.");
  }
}
