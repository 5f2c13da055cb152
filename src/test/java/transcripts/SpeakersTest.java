package transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakersTest {
  private static Map<String, Role> roles(SpeakerHints hints, String... turns) {
    return Speakers.assign(utterances(turns), hints).roles();
  }

  private static List<Utterance> utterances(String... turns) {
    List<Utterance> utterances = new ArrayList<>();
    for (String turn : turns) {
      int colon = turn.indexOf(": ");
      utterances.add(
          new Utterance(
              utterances.size(),
              turn.substring(0, colon),
              Role.UNKNOWN,
              -1,
              -1,
              turn.substring(colon + 2)));
    }
    return utterances;
  }

  @Test
  void talkTellsWhoTeaches() {
    assertThat(
            roles(
                SpeakerHints.NONE,
                "B: I goed home.",
                "A: I went home. Very good. Now repeat after me: went.",
                "B: Went.",
                "A: What did you do then?",
                "B: I eat."))
        .containsExactlyInAnyOrderEntriesOf(Map.of("A", Role.TEACHER, "B", Role.STUDENT));
  }

  @Test
  void whoSaysBackWhatTheOtherToldTeaches() {
    assertThat(
            roles(
                SpeakerHints.NONE,
                "Ben: Hello, did you have a good week?",
                "Ann: I ran a long race and I hurted my knee. Can you imagine?",
                "Ben: You ran a long race and you hurt your knee. Poor you.",
                "Ann: Yes. And then I losed my suitcase in the airport. Is it not terrible?",
                "Ben: You lost your suitcase at the airport.",
                "Ann: I wrote five letters to the company. Do you believe it?",
                "Ben: You wrote five letters to the company. I do."))
        .containsExactlyInAnyOrderEntriesOf(Map.of("Ben", Role.TEACHER, "Ann", Role.STUDENT));
  }

  @Test
  void aTalkativeStudentIsNoTeacher() {
    String story =
        "Yesterday I go with my family to the big lake and we see many birds and I don't know how"
            + " do you say this but it is nice.";
    assertThat(
            roles(
                SpeakerHints.NONE,
                "Omar: " + story,
                "Dana: Very good. We say: I went. Try again.",
                "Omar: " + story + " I went.",
                "Dana: Excellent. What did you see?",
                "Omar: " + story,
                "Dana: Can you repeat it? It should be: we saw."))
        .containsExactlyInAnyOrderEntriesOf(Map.of("Dana", Role.TEACHER, "Omar", Role.STUDENT));
  }

  @Test
  void nameBeatsTalk() {
    SpeakerHints hints =
        new SpeakerHints(Optional.of("Omar Haddad"), Optional.empty(), Optional.empty());
    assertThat(
            roles(
                hints,
                "Omar: Hi.",
                "Dana: Very good, repeat after me. What is this? Let's look at page two."))
        .containsEntry("Omar", Role.TEACHER)
        .containsEntry("Dana", Role.STUDENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dana.levi@school.example",
        "danalevi7@school.example",
        "dlevi@school.example",
        "dana@school.example",
        "levi-d@x.example"
      })
  void addressIsMatchedByItsLocalPart(String email) {
    assertThat(
            roles(
                SpeakerHints.teacher(null, email),
                "Dana Levi: Hi.",
                "Omar: Hello, what did you do?"))
        .containsEntry("Dana Levi", Role.TEACHER)
        .containsEntry("Omar", Role.STUDENT);
  }

  @Test
  void titlesAreNoNames() {
    assertThat(
            roles(
                SpeakerHints.teacher("Dr. Dana Levi", null),
                "Dana: Hi.",
                "Dr. Omar: Hello, what did you do?"))
        .containsEntry("Dana", Role.TEACHER);
  }

  @Test
  void rolesAsLabels() {
    assertThat(
            roles(
                SpeakerHints.NONE,
                "Student: What is this? Let's look.",
                "Teacher: Yes.",
                "Parent: Hello, everybody."))
        .containsEntry("Teacher", Role.TEACHER)
        .containsEntry("Student", Role.STUDENT)
        .containsEntry("Parent", Role.UNKNOWN);
  }

  @Test
  void twoNumberedStudentsAreBothStudents() {
    assertThat(roles(SpeakerHints.NONE, "Teacher: Hello.", "Student 1: Hi.", "Student 2: Hi."))
        .containsEntry("Student 1", Role.STUDENT)
        .containsEntry("Student 2", Role.STUDENT);
  }

  @Test
  void aLabelThatChangesInTheLessonIsOnePerson() {
    assertThat(
            roles(
                SpeakerHints.NONE,
                "Dana: Very good. Repeat after me.",
                "Omar: I went.",
                "Dana's iPad: Well done. What did you see?",
                "Omar: The sea.",
                "Dana Levi: Excellent. Let's look at the next one.",
                "Omar's iPhone (2): Okay."))
        .containsEntry("Dana", Role.TEACHER)
        .containsEntry("Dana's iPad", Role.TEACHER)
        .containsEntry("Dana Levi", Role.TEACHER)
        .containsEntry("Omar", Role.STUDENT)
        .containsEntry("Omar's iPhone (2)", Role.STUDENT);
  }

  @Test
  void oneVoiceIsTheTeacherOnlyWhenItLeads() {
    assertThat(
            roles(
                SpeakerHints.NONE,
                "Dana: Very good.",
                "Dana: Repeat after me.",
                "Dana: Let's look at page two.",
                "Dana: Yes."))
        .containsEntry("Dana", Role.TEACHER);
    assertThat(roles(SpeakerHints.NONE, "Dana: I saw a dog.", "Dana: It was big."))
        .containsEntry("Dana", Role.UNKNOWN);
    assertThat(roles(SpeakerHints.teacher("Dana", null), "Dana: I saw a dog."))
        .containsEntry("Dana", Role.TEACHER);
  }

  @Test
  void thirdVoiceIsUnknownEvenWithoutARoleInItsLabel() {
    assertThat(
            roles(
                SpeakerHints.teacher("Clara Voss", null),
                "Rina: Hello, can you hear us?",
                "Clara Voss: Yes. Hello Lia.",
                "Lia: Hello.",
                "Clara Voss: What is it?",
                "Lia: A cat.",
                "Lia: It is big."))
        .containsEntry("Clara Voss", Role.TEACHER)
        .containsEntry("Lia", Role.STUDENT)
        .containsEntry("Rina", Role.UNKNOWN);
  }

  @Test
  void theTeachersMotherIsNotTheTeacher() {
    assertThat(
            roles(
                SpeakerHints.teacher("Lia Berg", null),
                "Lia's mother: Hello.",
                "Lia: Hi.",
                "Ben: Hello."))
        .containsEntry("Lia", Role.TEACHER)
        .containsEntry("Lia's mother", Role.UNKNOWN)
        .containsEntry("Ben", Role.STUDENT);
  }

  @Test
  void withoutLabelsNobodyIsGuessed() {
    Transcript transcript = Samples.read("Very good, repeat after me.\nI went to the sea.\n");
    assertThat(transcript.utterances()).allMatch(utterance -> utterance.role() == Role.UNKNOWN);
    assertThat(transcript.warnings())
        .anyMatch(warning -> warning.contains("does not tell who is speaking"));
  }

  @Test
  void everyRoleHasAReasonAndOrderOfEqualsIsStable() {
    List<Utterance> utterances = utterances("A: Yes.", "B: Yes.");
    Speakers.Assignment first = Speakers.assign(utterances, SpeakerHints.NONE);
    assertThat(first).isEqualTo(Speakers.assign(utterances, SpeakerHints.NONE));
    assertThat(Collections.frequency(first.roles().values(), Role.TEACHER)).isEqualTo(1);
    assertThat(first.reasons().keySet()).isEqualTo(first.roles().keySet());
    assertThat(first.reasons().get("A")).contains("1 words");
  }
}
