package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.Segment;
import exercises.language.EnglishText;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Courses of what two people say to one another: a language lesson's transcript. */
class RuleConversationTest {
  private static final EnglishText ENGLISH = new EnglishText(Sources.MODELS);
  private static final String LESSON =
      """
      Ruth Adler: Good morning, Tomer. How was the harbour?
      Tomer: It was nice. I seed a big ship with many many containers on the deck of it.
      Ruth Adler: You saw a big ship. See is an irregular verb, so its past form is saw.
      Tomer: I saw a big ship with many containers.
      Ruth Adler: Well done. A container is a steel box that holds goods on a ship. Do you know what a crane is?
      Tomer: The crane, it are the machine which lifting the boxes from the ship to the train.
      Ruth Adler: Almost. A crane is a tall machine that lifts heavy things and moves them. A crew is a group of people who work on a ship.
      Tomer: The crew were drink coffee near the crane all the morning.
      Ruth Adler: A quay is a wall of stone where ships stop to load goods. The crew was drinking coffee on the quay, because the crane was broken.
      Tomer: I understand. The crane was broken yesterday.
      """;
  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void namesOfSpeakersAreNoTermsAndMistakesAreNotTaught() throws Exception {
    Authors authors = new Authors(Optional.empty(), new RuleAuthor(vertx, Sources.MODELS));
    Material material =
        new Material(Sources.brief("At the harbour"), List.of(Segment.of(0, LESSON)));

    WholeCourse course = WholeCourse.whatCanBe(authors, material);

    LessonText lesson = course.part(LessonText.class);
    assertThat(lesson.contentMarkdown())
        .contains("**Ruth Adler:** You saw a big ship.", "**Tomer:** I saw a big ship")
        .contains("- **Crane**: a tall machine that lifts heavy things and moves them.")
        .doesNotContain("- **Tomer**", "- **Ruth Adler**");
    String asked =
        course.parts().stream()
            .map(Written::content)
            .filter(part -> !(part instanceof LessonText))
            .map(part -> part.toJson().encode())
            .reduce("", String::concat);
    assertThat(asked)
        .contains("A steel box that holds goods on a ship")
        .doesNotContain("Tomer", "Ruth Adler", "seed a big", "were drink", "it are");
  }

  @Test
  void aNameBeforeAColonIsATermWhereNobodyTalks() {
    Knowledge knowledge =
        new Knowledge(
            SourceText.read(
                    List.of(
                        Segment.of(
                            0,
                            "Every boat has some fixed parts. Keel: the long beam along the bottom"
                                + " of a boat. It keeps the boat upright in the wind.")),
                    ENGLISH)
                .units(),
            ENGLISH);

    assertThat(knowledge.definitions()).extracting(Definition::term).containsExactly("keel");
  }
}
