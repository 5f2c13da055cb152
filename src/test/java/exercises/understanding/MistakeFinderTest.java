package exercises.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.ExerciseSet;
import exercises.Lessons;
import exercises.rulebased.RuleBasedGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MistakeFinderTest {
  private final RuleBasedGenerator generator = new RuleBasedGenerator(Lessons.MODELS);

  private List<String> found(LessonMaterial lesson) {
    return generator.generate(lesson).mistakes().stream()
        .map(m -> m.incorrect() + " > " + m.correct())
        .toList();
  }

  @Test
  void findsWhatTheTeacherPutRightForAChildAndNothingElse() {
    assertThat(found(Lessons.file("possessives")))
        .containsExactly(
            "This book is my. > This book is mine.",
            "I have scooter. > I have a scooter.",
            "My brother ride a bicycle. > My brother rides a bicycle.",
            "He take my toys also. > He takes my toys also.",
            "I have two blanket. > I have two blankets.",
            "My grandmother make cakes. > My grandmother makes cakes.",
            "The umbrella are in the bag. > The umbrella is in the bag.",
            "We need umbrella. > We need an umbrella.");
  }

  @Test
  void readsUnpunctuatedSpeech() {
    assertThat(found(Lessons.file("past_adult")))
        .containsExactly(
            "Yesterday I go to the cinema with my wife. > Yesterday I went to the cinema with my"
                + " wife.",
            "I didn't saw this film. > I didn't see this film.",
            "We was there two weeks. > We were there for two weeks.",
            "We flied with a small company. > We flew with a small company.",
            "In the airport we waited and eated pizza. > In the airport we waited and ate pizza.",
            "My wife losed her wallet in the train. > My wife lost her wallet on the train.",
            "The policeman didn't spoke English. > The policeman didn't speak English.",
            "A woman finded the wallet and called to us. > A woman found the wallet and called us.",
            "She don't want money. > She didn't want money.",
            "The breakfast was more good than in Rome. > The breakfast was better than in Rome.",
            "I am agree heavy luggage is a problem. > I agree heavy luggage is a problem.",
            "My daughter have three suitcases. > My daughter has three suitcases.",
            "She packs always too much. > She always packs too much.",
            "My boss shouted on everybody. > My boss shouted at everybody.");
  }

  @ParameterizedTest
  @CsvSource({
    "S: Always I forget my keys., T: I always forget my keys., Always I forget > I always forget",
    "S: But can jump very high., T: But it can jump very high., Can jump > It can jump",
    "S: They must to pay the fine., T: They must pay the fine., must to pay > must pay",
    "S: I had many work in May., T: You had a lot of work in May?, many work > a lot of work",
    "S: He rests every day before the school., T: He rests before school. I see., before the school"
        + " > before school"
  })
  void hearsRecastsOfOnePiece(String said, String recast, String change) {
    List<String> mistakes = found(Lessons.of("T: Tell me.\n" + said + "\n" + recast + "\nS: Yes."));
    assertThat(mistakes).hasSize(1);
    String[] parts = change.split(" > ");
    String[] sentences = mistakes.get(0).split(" > ");
    assertThat(sentences[0]).contains(parts[0]);
    assertThat(sentences[1]).contains(parts[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "S: The bird can fly., T: The penguin is a bird too but it can't fly.",
    "S: I left it on the bus., T: On the bus. At the bus stop you met a man?"
  })
  void whatIsSaidOfSomethingElseIsNoCorrection(String said, String answer) {
    assertThat(found(Lessons.of("T: Tell me.\n" + said + "\n" + answer + "\nS: Yes."))).isEmpty();
  }

  @Test
  void cutsACorrectionDownToWhatWasPutRight() {
    assertThat(
            found(
                Lessons.of(
                    "T: Tell me.\n"
                        + "S: I eated so fast that everybody laughed on me and I explained her"
                        + " why.\n"
                        + "T: Laughed at me. They laughed at me.\n"
                        + "S: At me.")))
        .contains("Laughed on me. > Laughed at me.")
        .noneMatch(m -> m.matches(".*> .*(?:eated|explained her).*"));
  }

  @Test
  void tellsARecastFromAnAnswer() {
    assertThat(found(Lessons.file("conversation")))
        .containsExactly(
            "I live in the fourth floor. > I live on the fourth floor.",
            "I am cooking every day. > I cook every day.",
            "She sings all the day. > She sings all day.",
            "I afraid of dogs. > I am afraid of dogs.",
            "When I was child, a dog bite me. > When I was a child, a dog bit me.",
            "Yesterday I buyed a new phone. > Yesterday I bought a new phone.",
            "My phone costed three thousand. > My phone cost three thousand.",
            "I want only to sleep. > I only want to sleep.");
    assertThat(found(Lessons.file("silent_student")))
        .containsExactly(
            "In lighthouse. > In a lighthouse.", "He not afraid. > He was not afraid.");
  }

  /** The teacher takes up a small piece of what was said, the rest is about something else. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Yesterday I had a blister in my foot and it was bad. | Oh no, a blister on your foot! Sit"
            + " down. | A blister on my foot.",
        "Is very big. | It's very big. What can you see there? | It is very big.",
        "I go by foot to the office every day. | On foot. Is it far? | I go on foot to the office"
            + " every day.",
        "My friend waited me near the big gate. | She waited for you? That's a friend. | null",
        "She told that she can't do nothing now. | She can't do anything. Well. | She can't do"
            + " anything.",
        "I need a place with lift for my bike. | With a lift, of course. | I need a place with a"
            + " lift for my bike.",
        "He knows how many bread we need today. | How much bread, right. | He knows how much bread"
            + " we need today."
      },
      nullValues = "null")
  void hearsARecastOfOnePiece(String said, String teacher, String correct) {
    List<Mistake> mistakes =
        generator.generate(Lessons.of("T: Tell me.\nS: " + said + "\nT: " + teacher)).mistakes();

    assertThat(mistakes)
        .extracting(Mistake::correct)
        .isEqualTo(correct == null ? List.of() : List.of(correct));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S: I go to school by bus. T: What do you do at school?",
        "S: I have the dog at home. T: Do you have a cat at home?",
        "S: I need the interview tomorrow. T: Do you need the interview? Yes, you do."
      })
  void aQuestionAboutTheSameIsNoCorrection(String talk) {
    String[] turns = talk.split(" (?=T: )");
    assertThat(
            generator.generate(Lessons.of("T: Hello.\n" + turns[0] + "\n" + turns[1])).mistakes())
        .isEmpty();
  }

  /** Every wording of contract section 5.6, with and without quotation marks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Correction: \"She doesn't like the colour\".",
        "Correction: she doesn't like the colour.",
        "The correct sentence is she doesn't like the colour.",
        "It should be she doesn't like the colour.",
        "Better: she doesn't like the colour.",
        "Correct: She doesn't like the colour.",
        "Careful! \"She doesn't like the colour\".",
        "Careful! She doesn't like the colour.",
        "Not \"she don't\", say \"she doesn't\".",
        "Not she don't, say she doesn't.",
        "Don't say she don't, say she doesn't.",
        "Don't say \"she don't\", say \"she doesn't\".",
        "Instead of \"don't\" use \"doesn't\".",
        "Instead of don't use doesn't.",
        "\"She don't\" should be \"she doesn't\".",
        "She don't should be she doesn't.",
        "She doesn't like the colour."
      })
  void understandsHowTeachersCorrect(String correction) {
    ExerciseSet set =
        generator.generate(
            Lessons.of(
                "T: What about your sister?\nS: She don't like the colour.\nT: " + correction));

    assertThat(set.mistakes()).hasSize(1);
    Mistake mistake = set.mistakes().get(0);
    assertThat(mistake.incorrect()).isEqualTo("She don't like the colour.");
    assertThat(mistake.correct()).isEqualTo("She doesn't like the colour.");
    assertThat(mistake.type()).isEqualTo(MistakeType.SUBJECT_VERB_AGREEMENT);
    assertThat(mistake.confidence()).isBetween(0.7, 1.0);
    assertThat(mistake.rule()).contains("does");
    assertThat(mistake.provenance().utterance()).isEqualTo(1);
    assertThat(mistake.provenance().second()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I have two dogs at home.|I have three cats at home.",
        "I went to school by bus.|I go to school by bus too.",
        "I like pizza very much.|You like pizza very much! Nice.",
        "My brother is tall.|Is your brother older than you?",
        "We played in the park.|What did you play in the park?",
        "I live in a small town.|You live in a small town? I live in a big city.",
        "She works in a bank.|The word is bank. Do you know it?"
      })
  void takesNoAnswerForACorrection(String student, String teacher) {
    assertThat(generator.generate(Lessons.of("S: " + student + "\nT: " + teacher)).mistakes())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I have umbrella.|I have an umbrella.|ARTICLE",
        "I saw two childs.|I saw two children.|PLURAL",
        "I am good in math.|I am good at math.|PREPOSITION",
        "He go to school every day.|He goes to school every day.|SUBJECT_VERB_AGREEMENT",
        "Yesterday I see a film.|Yesterday I saw a film.|VERB_TENSE",
        "I enjoy to swim in the sea.|I enjoy swimming in the sea.|GERUND_INFINITIVE",
        "This is more cheap than that.|This is cheaper than that.|WORD_FORM",
        "I yesterday went to school.|Yesterday I went to school.|WORD_ORDER"
      })
  void namesTheKindOfMistake(String student, String teacher, MistakeType type) {
    List<Mistake> mistakes =
        generator
            .generate(
                Lessons.of("S: " + student + "\nT: Correction: " + teacher + "\nS: " + teacher))
            .mistakes();

    assertThat(mistakes).extracting(Mistake::type).containsExactly(type);
    assertThat(mistakes.get(0).correct()).isEqualTo(teacher);
  }

  @Test
  void findsTheStudentsOwnCorrection() {
    List<Mistake> mistakes =
        generator
            .generate(
                Lessons.of("T: What did you drink?\nS: I drinked, no, I drank tea with honey."))
            .mistakes();

    assertThat(mistakes).hasSize(1);
    assertThat(mistakes.get(0).incorrect()).isEqualTo("I drinked tea with honey.");
    assertThat(mistakes.get(0).correct()).isEqualTo("I drank tea with honey.");
    assertThat(mistakes.get(0).source()).isEqualTo("student_mistake");
  }

  @Test
  void leavesOutWhatNamesSomebody() {
    assertThat(
            generator
                .generate(
                    Lessons.of("S: Dana have a red bicycle.\nT: Correct: Dana has a red bicycle."))
                .mistakes())
        .isEmpty();
  }
}
