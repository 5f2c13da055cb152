package anki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<b>ket</b>tle | kettle",
        "a&nbsp;<i>big</i>&#160;one | a big one",
        "5 &lt; 6 &amp;amp; 7 | 5 < 6 &amp; 7",
        "a < b, c<d | a < b, c<d",
        "x [sound:x.mp3] | x",
        "<img src=\"a.png\"> | ''",
        "The {{c1::kettle::what boils}} is {{c2::hot}} | The kettle is hot",
        "{{c1::a {{c2::nested}} one}} | a nested one",
        "no {{cloze}} at all :: }} | no {{cloze}} at all :: }}",
        "<style>b {c: d}</style>word<!-- <b> --> | word",
        "<script>never ends | ''",
        "[latex]x^2[/latex] | x^2",
        "[anki:tts lang=en]word[/anki:tts] | word",
        "&#x1F600;&#0;&#xD800; | \ud83d\ude00\ufffd\ufffd",
        "&unknown; &#99999999; & ; | &unknown; &#99999999; & ;",
        "no end <b | no end <b",
        "[sound:no end | [sound:no end",
      })
  void fieldsBecomeWhatIsReadOfThem(String html, String text) {
    assertThat(FieldText.toText(html)).isEqualTo(text);
  }

  @Test
  void blocksAndBreaksAreLines() {
    assertThat(FieldText.toText("one<br>two<div>three</div><div><br></div>four\nfive"))
        .isEqualTo("one\ntwo\nthree\n\nfour five");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a < b & c > d",
        "&amp; &#65; {{c1::x}} [sound:y.mp3] [$]z[/$] <!-- q -->",
        "two\nlines\tand a tab",
        "\u05e7\u05d5\u05de\u05e7\u05d5\u05dd e\u0301 \ud83d\ude00 no\u00a0break",
      })
  void textSurvivesTheWayThroughAField(String text) {
    assertThat(FieldText.toText(FieldText.toHtml(text))).isEqualTo(text);
    assertThat(FieldText.toHtml(text)).doesNotContain("[sound:", "{{", "\u001f");
  }

  @Test
  void whatPartsFieldsCannotStandInOne() {
    assertThat(FieldText.toHtml("a\u001fb\u0000c")).isEqualTo("a b c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<style>", "<a", "&a", "[sound:", "{{c1::", "<!--", "</", "::", "{{c1::a::", "&#"})
  void hostileFieldsTakeNoLongerThanOthers(String piece) {
    String html = piece.repeat(2_000_000 / piece.length());
    assertThat(
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> FieldText.toText(html)).length())
        .isLessThanOrEqualTo(html.length());
  }
}
