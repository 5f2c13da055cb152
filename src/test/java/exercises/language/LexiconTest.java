package exercises.language;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.Lessons;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LexiconTest {
  private final Lexicon hebrew = Lexicon.of("he");

  @Test
  void hebrewListIsLargeEnglishOnOneSideAndHebrewOnTheOther() {
    Morphology morphology = new Morphology(Lessons.MODELS);
    int words = 0;
    for (PartOfSpeech pos : PartOfSpeech.values()) {
      for (String word : hebrew.words(pos)) {
        words++;
        String first = word.split(" ")[0];
        assertThat(morphology.isEnglish(first)).as(word).isTrue();
        assertThat(Scripts.isIn(hebrew.translation(word, pos, Set.of()), "he")).as(word).isTrue();
        assertThat(hebrew.level(word, pos)).as(word).isBetween(1, 3);
      }
    }
    assertThat(words).isGreaterThan(900);
  }

  @Test
  void spanishListIsEnglishOnOneSideAndWrittenInLatinLettersOnTheOther() {
    Lexicon spanish = Lexicon.of("es-MX");
    Morphology morphology = new Morphology(Lessons.MODELS);
    int words = 0;
    for (PartOfSpeech pos : PartOfSpeech.values()) {
      for (String word : spanish.words(pos)) {
        words++;
        assertThat(morphology.isEnglish(word.split(" ")[0])).as(word).isTrue();
        assertThat(Scripts.isIn(spanish.translation(word, pos, Set.of()), "es")).as(word).isTrue();
        assertThat(spanish.level(word, pos)).as(word).isBetween(1, 3);
      }
    }
    assertThat(words).isGreaterThan(800);
    assertThat(spanish.translation("bank", PartOfSpeech.NOUN, List.of("river")))
        .isEqualTo("orilla");
  }

  @Test
  void arabicListIsEnglishOnOneSideAndUnvocalisedArabicOnTheOther() {
    Lexicon arabic = Lexicon.of("ar-JO");
    Morphology morphology = new Morphology(Lessons.MODELS);
    int words = 0;
    for (PartOfSpeech pos : PartOfSpeech.values()) {
      for (String word : arabic.words(pos)) {
        words++;
        String translation = arabic.translation(word, pos, Set.of());
        assertThat(morphology.isEnglish(word.split(" ")[0])).as(word).isTrue();
        assertThat(Scripts.isIn(translation, "ar")).as(word).isTrue();
        // Letters and single spaces: no vowel signs, no Latin, no Persian letters.
        assertThat(translation).as(word).matches("[\\u0621-\\u064A]+(?: [\\u0621-\\u064A]+)*");
        assertThat(arabic.level(word, pos)).as(word).isBetween(1, 3);
      }
    }
    assertThat(words).isGreaterThan(1200);
    assertThat(arabic.translation("bank", PartOfSpeech.NOUN, List.of("river"))).isEqualTo("ضفة");
    assertThat(arabic.translation("light", PartOfSpeech.ADJECTIVE, List.of("bag")))
        .isEqualTo("خفيف");
  }

  @Test
  void contextChoosesTheSense() {
    assertThat(hebrew.translation("bank", PartOfSpeech.NOUN, List.of("money"))).isEqualTo("בנק");
    assertThat(hebrew.translation("bank", PartOfSpeech.NOUN, List.of("river", "the")))
        .isEqualTo("גדה");
    assertThat(hebrew.translation("light", PartOfSpeech.ADJECTIVE, List.of("bag"))).isEqualTo("קל");
    assertThat(hebrew.translation("light", PartOfSpeech.NOUN, List.of())).isEqualTo("אור");
  }

  @Test
  void languageWithoutAListHasNone() {
    assertThat(Lexicon.of("xx").isEmpty()).isTrue();
    assertThat(Lexicon.of("../he").isEmpty()).isTrue();
    assertThat(Lexicon.of("he-IL").isEmpty()).isFalse();
  }
}
