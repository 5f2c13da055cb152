package transcripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static transcripts.UnusableTranscriptException.Code.EMPTY;
import static transcripts.UnusableTranscriptException.Code.NOT_A_TRANSCRIPT;
import static transcripts.UnusableTranscriptException.Code.NO_ENGLISH;
import static transcripts.UnusableTranscriptException.Code.TOO_LONG;
import static transcripts.UnusableTranscriptException.Code.TOO_SHORT;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import transcripts.UnusableTranscriptException.Code;

class UnusableTranscriptTest {
  private static final String HEBREW =
      "מורה: שלום נועם, מה שלומך היום? אני מקווה שהכול בסדר אצלך בבית.\n"
          + "תלמיד: הכול בסדר, תודה. אתמול הייתי אצל סבתא ואכלנו ארוחת ערב ביחד עם כל המשפחה.\n";

  private static UnusableTranscriptException refusal(String original, Limits limits) {
    return catchThrowableOfType(
        UnusableTranscriptException.class, () -> TranscriptReader.read(original, SpeakerHints.NONE, limits));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusable")
  void isRefusedWithACodeAndAdvice(String name, Code code, String original, String part) {
    UnusableTranscriptException refusal = refusal(original, Samples.NORMAL);
    assertThat(refusal).as("refusal of %s", name).isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.getMessage()).contains(part);
    assertThat(refusal.getStackTrace()).isEmpty();
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        arguments("null", EMPTY, null, "is empty"),
        arguments("nothing", EMPTY, "", "is empty"),
        arguments("white space and a byte order mark", EMPTY, "\uFEFF \r\n\t\n", "is empty"),
        arguments("header only", EMPTY, "WEBVTT\nKind: captions\n\n", "no words"),
        arguments("empty cues", EMPTY, "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n\n2\n00:03.000 --> 00:04.000\n<v Dana></v>\n", "2 cues"),
        arguments("punctuation only", EMPTY, "WEBVTT\n\n00:01.000 --> 00:02.000\n...\n", "1 cues"),
        arguments("sign-in page", NOT_A_TRANSCRIPT, "<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        arguments("XML", NOT_A_TRANSCRIPT, "<?xml version=\"1.0\"?><tt><p>Hello</p></tt>", "web page"),
        arguments("error answer", NOT_A_TRANSCRIPT, "{\"code\":3301,\"message\":\"This recording does not exist.\"}", "JSON"),
        arguments("broken JSON", NOT_A_TRANSCRIPT, "{\"utterances\":[{\"text\":", "JSON"),
        arguments("deep JSON", NOT_A_TRANSCRIPT, "[{\"a\":".repeat(50_000), "JSON"),
        arguments("utterances without text", NOT_A_TRANSCRIPT, "[{\"speaker\":\"A\"}]", "JSON"),
        arguments("PDF", NOT_A_TRANSCRIPT, "%PDF-1.7\n%âãÏÓ", "plain text"),
        arguments("audio", NOT_A_TRANSCRIPT, "ftypM4A \u0000\u0001\u0002\u0003\u0000\u0000isom\u0000\u0007", "plain text"),
        arguments("nonsense times", NOT_A_TRANSCRIPT,
            "WEBVTT\n\n00:99.000 --> 88:77:66.000\nDana: Hello you.\n\n7x:1 --> 9:9:9:9\nOmar: Hi.\n", "2 of 2"),
        arguments("times running backwards", NOT_A_TRANSCRIPT,
            "WEBVTT\n\n00:09.000 --> 00:01.000\nDana: Hello you.\n\n00:19.000 --> 00:11.000\nOmar: Hi.\n", "2 of 2"),
        arguments("too few words", TOO_SHORT, "Dana: Hello there. Omar: Hi.", "3 words, at least 20"),
        arguments("a five-hour recording", TOO_LONG, Samples.demo() + "\n\n05:00:00.000 --> 05:00:01.000\nNoam: Bye.\n", "transcripts.max-duration"),
        arguments("Hebrew", NO_ENGLISH, HEBREW, "0.0% of the words"),
        arguments("Arabic", NO_ENGLISH,
            "المعلمة: مرحبا يا عمر كيف حالك اليوم هل أنت جاهز للدرس\nعمر: نعم أنا جاهز شكرا جزيلا لك أمس ذهبت مع عائلتي إلى البحر وكان جميلا\n",
            "practically no English"),
        arguments("Spanish", NO_ENGLISH,
            "Profesora: Hola, ¿cómo estás hoy? Vamos a empezar con la lección de la semana pasada.\n"
                + "Lucas: Muy bien, gracias. Ayer fui a la playa con mi familia y comimos en un restaurante. No me gusta el pescado, "
                + "pero la tarta de chocolate es la mejor de todas. Mi hermano come como un león.\n",
            "practically no English"),
        arguments("German", NO_ENGLISH,
            "Lehrerin: Guten Tag, wie geht es dir? Was hast du am Wochenende gemacht?\n"
                + "Jonas: Ich war mit meinem Bruder in den Bergen, und wir haben dort ein Zelt aufgebaut. So ein Wetter! Die Nacht war "
                + "kalt, aber am Morgen kam die Sonne.\n",
            "practically no English"),
        arguments("transliterated Hebrew", NO_ENGLISH,
            "Mora: Shalom Noam, ma shlomcha hayom? Ani mekava shehakol beseder etzlecha babayit.\n"
                + "Talmid: Hakol beseder, toda raba. Etmol hayiti etzel savta ve achalnu aruchat erev im kol hamishpacha.\n",
            "practically no English"),
        arguments("Chinese", NO_ENGLISH, chinese(), "practically no English"));
  }

  private static String chinese() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append("老师: 今天 我们 学习 第").append(i).append("课 的 新 单词。\n学生: 老师 我 准备 好了。\n");
    }
    return text.toString();
  }

  @Test
  void tooManyCharactersNamesTheSetting() {
    Limits limits = new Limits(1_000, Duration.ofHours(1), 20);
    UnusableTranscriptException refusal = refusal(Samples.demo(), limits);
    assertThat(refusal.code()).isEqualTo(TOO_LONG);
    assertThat(refusal.getMessage()).contains("transcripts.max-characters").contains("1,000");
    assertThat(refusal.code().word()).isEqualTo("too_long");
  }

  @Test
  void fewerThanTenCharactersAreRefusedWhateverTheWords() {
    assertThat(refusal("the cat", Samples.TINY).code()).isEqualTo(TOO_SHORT);
  }

  @Test
  void lessonsThatMixLanguagesPass() {
    assertThatCode(() -> TranscriptReader.read(
        HEBREW.repeat(5) + "Teacher: Good. How do you say this in English?\nStudent: I was with my family and we ate dinner.\n"
            + "Teacher: Very good, you were with your family.\n", SpeakerHints.NONE, Samples.NORMAL))
        .doesNotThrowAnyException();
  }

  @Test
  void shareOfEnglishGrowsWithEnglish() {
    double english = EnglishShare.of(Samples.read(Samples.demo()).utterances());
    double mixed = EnglishShare.of(
        Samples.read(HEBREW + "Student: I was with my family.\n").utterances());
    assertThat(english).isGreaterThan(0.9);
    assertThat(mixed).isBetween(EnglishShare.MINIMUM, 0.5);
  }
}
