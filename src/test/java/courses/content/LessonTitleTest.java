package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.Segment;
import exercises.language.EnglishText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of lessons and courses whose source has no headings. */
class LessonTitleTest {
  private static final EnglishText ENGLISH = new EnglishText(Sources.MODELS);

  private static String title(String text) {
    SourceText read = SourceText.read(List.of(Segment.of(0, text)), ENGLISH);
    return new LessonTitle(read, ENGLISH).of(read.units(), new Knowledge(read.units(), ENGLISH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Let's start with how you get tired. Two systems make people sleepy in the evening."
            + "|How you get tired",
        "Okay, now let's look at the luggage. Panniers hang on both sides of a rack.|Luggage",
        "So what do muscles burn on the road? Sugar is stored in the liver for long rides."
            + "|What do muscles burn on the road?",
        "Why does that matter? The brain sorts memories at night. It is busy then."
            + "|How the brain sorts memories at night",
        "Carbon dioxide enters the leaf through tiny pores. It is a gas without a smell."
            + "|How carbon dioxide enters the leaf through tiny pores",
        "The fire began shortly after midnight on 2 September in the bakery of Thomas Farriner."
            + "|How the fire began shortly after midnight on 2 September",
        "Arteries are vessels that carry blood away from the heart. Veins are vessels that bring"
            + " blood back to the heart.|Arteries and veins",
      })
  void aPartIsNamedByWhatItSays(String text, String title) {
    assertThat(title(text)).isEqualTo(title);
  }

  @Test
  void noTwoPartsHaveOneName() {
    SourceText read =
        SourceText.read(List.of(Segment.of(0, "Let's look at the luggage. Bags hang.")), ENGLISH);
    LessonTitle titles = new LessonTitle(read, ENGLISH);
    titles.took("Luggage");

    assertThat(titles.of(read.units(), new Knowledge(read.units(), ENGLISH)))
        .isNotEqualTo("Luggage");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bank.txt|Interest, mortgage and overdraft",
        "fire.txt|The fire of 1666",
        "glacier.txt|The glacier",
        "leaves.txt|How plants feed themselves",
        "email.txt|Sending an e-mail",
        "drill.txt|The fire drill",
        "anning.txt|Mary Anning",
        "antibiotics.txt|Antibiotics, ribosomes and resistance",
      })
  void aCourseWithoutTitleIsNamedByWhatItIsAbout(String source, String title) {
    assertThat(new RuleOutline(Shelf.material(source), ENGLISH).write().title()).isEqualTo(title);
  }
}
