package courses.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRequestTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dQw4w9WgXc_",
        " https://www.youtube.com/watch?v=dQw4w9WgXc_&t=10s ",
        "https://m.youtube.com/watch?list=x&v=dQw4w9WgXc_",
        "youtu.be/dQw4w9WgXc_?si=abc",
        "https://www.youtube.com/embed/dQw4w9WgXc_",
        "https://youtube.com/shorts/dQw4w9WgXc_?feature=share",
        "https://www.youtube.com/live/dQw4w9WgXc_"
      })
  void findsTheIdOfAVideo(String text) {
    assertThat(VideoId.of(text)).contains("dQw4w9WgXc_");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dQw4w9WgXc",
        "https://evil.example/watch?v=dQw4w9WgXc_",
        "https://www.youtube.com@evil.example/watch?v=dQw4w9WgXc_",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXc_",
        "https://www.youtube.com:8443/watch?v=dQw4w9WgXc_",
        "file:///watch?v=dQw4w9WgXc_",
        "https://www.youtube.com/watch?v=dQw4w9WgXc_;rm",
        "https://www.youtube.com/playlist?list=dQw4w9WgXc_",
        "; rm -rf ~"
      })
  void findsNoneInAnythingElse(String text) {
    assertThat(VideoId.of(text)).isEmpty();
  }

  @Test
  void writesWhatItReads() {
    for (String json :
        List.of(
            "{\"type\":\"youtube\",\"url\":\"https://youtu.be/dQw4w9WgXc_\",\"language\":\"pt-BR\"}",
            "{\"type\":\"topic\",\"topic\":\"Binary search trees\"}",
            "{\"type\":\"pdf\",\"fileIds\":[\"7c6f6a0e-0a5b-4c0f-9d0c-0f4b9b8a1c55\"]}",
            "{\"type\":\"text\",\"text\":\"Some words.\"}",
            "{\"type\":\"transcript\",\"lessonId\":\"lesson:17\"}",
            "{\"type\":\"transcript\",\"segments\":[{\"start\":1.5,\"end\":\"00:00:03.250\",\"speaker\":\"Dana\",\"text\":\"Hi\"}]}")) {
      SourceRequest request = SourceRequest.read(new JsonObject(json));
      SourceRequest again = SourceRequest.read(new JsonObject(request.toJson().encode()));
      assertThat(again).isEqualTo(request);
      assertThat(again.fingerprint()).isEqualTo(request.fingerprint()).hasSize(64);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":5}",
        "{\"type\":\"youtube\",\"url\":\"https://evil.example/\"}",
        "{\"type\":\"youtube\",\"url\":\"dQw4w9WgXc_\",\"language\":\"!!\"}",
        "{\"type\":\"topic\",\"topic\":\"\\u0000\\u0007\"}",
        "{\"type\":\"topic\",\"topic\":\"12345\"}",
        "{\"type\":\"pdf\",\"fileIds\":[]}",
        "{\"type\":\"pdf\",\"fileIds\":[\"../../etc/passwd\"]}",
        "{\"type\":\"text\",\"text\":\" \\n \"}",
        "{\"type\":\"lesson\",\"lessonId\":\"1; DROP\"}",
        "{\"type\":\"transcript\",\"segments\":[{\"text\":\"a\",\"start\":5},{\"text\":\"b\",\"start\":4}]}",
        "{\"type\":\"transcript\",\"segments\":[{\"text\":\"a\",\"start\":5,\"end\":4}]}",
        "{\"type\":\"transcript\",\"segments\":[7]}"
      })
  void refusesWhatBreaksARule(String json) {
    assertThatThrownBy(() -> SourceRequest.read(new JsonObject(json)))
        .isInstanceOfSatisfying(
            InvalidSource.class, error -> assertThat(error.field()).startsWith("source."));
  }

  @Test
  void cleansATopic() {
    assertThat(
            SourceRequest.read(
                new JsonObject()
                    .put("type", "topic")
                    .put("topic", " Rivers\u0000 of\n\u202eEurope\u200b ")))
        .isEqualTo(new SourceRequest.Topic("Rivers of Europe"));
    assertThatThrownBy(
            () ->
                SourceRequest.read(
                    new JsonObject().put("type", "topic").put("topic", "a".repeat(301))))
        .isInstanceOf(InvalidSource.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"How to make a pipe bomb", "MAKE  BOMBS at home", "Cómo fabricar una bomba"})
  void refusesTopicsOfHarm(String topic) {
    assertThat(TopicSafety.allowed(topic)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "History of the atomic bomb",
        "Chemistry for beginners",
        "Preventing suicide among students",
        "How encryption keeps credit cards safe",
        "Making bread at home"
      })
  void takesTopicsAboutIt(String topic) {
    assertThat(TopicSafety.allowed(topic)).isTrue();
  }

  @Test
  void segmentsKeepEveryWordInOrderAndBound() {
    List<Block> blocks = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      String words = "caption number " + i + (i % 7 == 0 ? "." : "");
      blocks.add(Block.said(words, i * 2_000L, i * 2_000L + 1_900, ""));
      all.append(all.length() > 0 ? " " : "").append(words);
    }
    blocks.add(Block.said("endless ".repeat(3_000).strip(), 900_000, 1_900_000, ""));
    all.append(" ").append("endless ".repeat(3_000).strip());
    List<Segment> segments = Segmenter.segments(blocks);
    assertThat(String.join(" ", segments.stream().map(Segment::text).toList()))
        .isEqualTo(all.toString());
    assertThat(segments)
        .allSatisfy(segment -> assertThat(segment.tokens()).isLessThanOrEqualTo(320));
    for (int i = 0; i < segments.size(); i++) {
      assertThat(segments.get(i).ordinal()).isEqualTo(i);
      assertThat(segments.get(i).startMs().orElseThrow())
          .isLessThanOrEqualTo(segments.get(i).endMs().orElseThrow());
      assertThat(Segment.of(new JsonArray().add(segments.get(i).toJson()).getJsonObject(0)))
          .isEqualTo(segments.get(i));
    }
  }

  @Test
  void tellsLanguages() {
    assertThat(LanguageGuess.of("The river flows to the sea and it is one of the longest of them"))
        .isEqualTo("en");
    assertThat(LanguageGuess.of("El río es uno de los más largos y corre por el sur de la región"))
        .isEqualTo("es");
    assertThat(LanguageGuess.of("הנהר זורם אל הים")).isEqualTo("he");
    assertThat(LanguageGuess.of("これは日本語の文章です")).isEqualTo("ja");
    assertThat(LanguageGuess.of("12 34")).isEqualTo("und");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/notes.pdf",
        "C:\\Users\\me\\notes.pdf",
        "/tmp/notes.pdf",
        "no\u0000tes.pdf"
      })
  void labelsAreNoPaths(String name) {
    assertThat(SourceFile.label(name)).isEqualTo("notes.pdf");
    assertThat(SourceFile.label("a".repeat(300) + ".pdf")).hasSizeLessThanOrEqualTo(200);
    assertThat(SourceFile.label("..")).isEqualTo("document");
  }
}
