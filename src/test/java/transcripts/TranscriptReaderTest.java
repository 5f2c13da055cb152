package transcripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptReaderTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void everyShapeGivesTurnsWithSpeakers(String name, Format format, String original, String text) {
    Transcript transcript = Samples.read(original);
    assertThat(transcript.text()).isEqualTo(text);
    assertThat(transcript.format()).isEqualTo(format);
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        arguments("Zoom's WebVTT", Format.WEBVTT,
            "WEBVTT\n\n1\n00:00:02.656 --> 00:00:03.230\nAsha Rao: Good morning everyone.\n\n"
                + "2\n00:00:03.900 --> 00:00:07.120\nRavi K: Morning, ma'am.\n",
            "Asha Rao: Good morning everyone.\nRavi K: Morning, ma'am."),
        arguments("cues of one speaker join", Format.WEBVTT,
            "WEBVTT\n\n00:01.000 --> 00:02.000\nDana: I went\n\n00:02.500 --> 00:04.000\nDana: to the shop.\n\n"
                + "00:05.000 --> 00:06.000\nOmar: Good.\n",
            "Dana: I went to the shop.\nOmar: Good."),
        arguments("a long pause parts them", Format.WEBVTT,
            "WEBVTT\n\n00:01.000 --> 00:02.000\nDana: Think about it.\n\n00:14.000 --> 00:15.000\nDana: So?\n\n"
                + "00:16.000 --> 00:17.000\nOmar: I think about the house.\n",
            "Dana: Think about it.\nDana: So?\nOmar: I think about the house."),
        arguments("byte order mark, CRLF, metadata, NOTE, STYLE, REGION, settings", Format.WEBVTT,
            "\uFEFFWEBVTT - lesson\r\nKind: captions\r\nLanguage: en\r\n\r\nNOTE\r\nnobody: hears this\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n"
                + "REGION\r\nid:fred\r\n\r\nintro\r\n00:01.000 --> 00:02.000 align:start position:0%\r\nDana: Hello there, my friend.\r\n",
            "Dana: Hello there, my friend."),
        arguments("CR alone", Format.WEBVTT,
            "WEBVTT\r\r1\r00:01.000 --> 00:02.000\rDana: Hello to you.\r\r2\r00:03.000 --> 00:04.000\rOmar: Hi.\r",
            "Dana: Hello to you.\nOmar: Hi."),
        arguments("voice tags, classes, several voices in a cue", Format.WEBVTT,
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana Levi>Good <b>morning</b>!</v>\n\n"
                + "00:03.000 --> 00:05.000\n<v.loud Omar>Hi.</v> <v Dana Levi>How <00:03.500>are you?</v>\n",
            "Dana Levi: Good morning!\nOmar: Hi.\nDana Levi: How are you?"),
        arguments("entities", Format.WEBVTT,
            "WEBVTT\n\n00:01.000 --> 00:02.000\nDana: Tom &amp; the cat &lt;3 &#39;you&#39; &amp;lt; &unknown; 5 < 6\n",
            "Dana: Tom & the cat <3 'you' &lt; &unknown; 5 < 6"),
        arguments("spoken numbers are no cue numbers", Format.WEBVTT,
            "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nDana: How many do you have?\n\n2\n00:03.000 --> 00:04.000\n12\n\n"
                + "3\n00:05.000 --> 00:06.000\nOmar: 7\n",
            "Dana: How many do you have? 12\nOmar: 7"),
        arguments("no blank lines between cues", Format.SRT,
            "1\n00:00:01,000 --> 00:00:02,000\nDana: How many?\n3\n2\n00:00:03,000 --> 00:00:04,000\nOmar: I have three.\n",
            "Dana: How many? 3\nOmar: I have three."),
        arguments("blank line inside a cue", Format.SRT,
            "1\n00:00:01,000 --> 00:00:02,000\nDana: What do you\n\nlike to eat?\n\n2\n00:00:03,000 --> 00:00:04,000\nOmar: Pizza.\n",
            "Dana: What do you like to eat?\nOmar: Pizza."),
        arguments("empty and overlapping cues", Format.WEBVTT,
            "WEBVTT\n\n1\n00:01.000 --> 00:09.000\nDana: This is the long one.\n\n2\n00:02.000 --> 00:03.000\n\n\n"
                + "3\n00:04.000 --> 00:05.000\nOmar: Yes.\n",
            "Dana: This is the long one.\nOmar: Yes."),
        arguments("a cue without a name goes on with the speaker", Format.WEBVTT,
            "WEBVTT\n\n00:01.000 --> 00:02.000\nDana: The answer\n\n00:02.000 --> 00:03.000\nis: 4\n\n00:03.000 --> 00:04.000\nOmar: Ok: four.\n",
            "Dana: The answer is: 4\nOmar: Ok: four."),
        arguments("colons in sentences are no labels", Format.WEBVTT,
            "WEBVTT\n\n00:01.000 --> 00:02.000\nThe answer is: 4.\n\n00:02.000 --> 00:03.000\nCorrection: he went home.\n",
            "The answer is: 4.\nCorrection: he went home."),
        arguments("names with colons, digits, commas, emoji", Format.WEBVTT,
            "WEBVTT\n\n00:01.000 --> 00:02.000\nLevi, Dana 🦊: Hello: you.\n\n00:03.000 --> 00:04.000\nOmar:B2 7th: Hi there.\n\n"
                + "00:05.000 --> 00:06.000\nLevi, Dana 🦊: And now?\n",
            "Levi, Dana 🦊: Hello: you.\nOmar:B2 7th: Hi there.\nLevi, Dana 🦊: And now?"),
        arguments("a room before every name", Format.WEBVTT,
            "WEBVTT\n\n00:01.000 --> 00:02.000\nRoom 3: Dana: Hello.\n\n00:03.000 --> 00:04.000\nRoom 3: Dana: Are you there?\n\n"
                + "00:15.000 --> 00:16.000\nRoom 3: Dana: What is this?\n",
            "Room 3: Dana: Hello. Are you there?\nRoom 3: Dana: What is this?"),
        arguments("two speakers in one cue", Format.SRT,
            "1\n00:00:01,000 --> 00:00:02,000\nDana: Hello.\nOmar: Hi.\n\n2\n00:00:03,000 --> 00:00:04,000\nOmar: How are you?\n",
            "Dana: Hello.\nOmar: Hi. How are you?"),
        arguments("bracketed clock", Format.CLOCK_LINES,
            "[0:3:7] Teacher: Let us look at page two.\n[0:3:12] Student: The page is open.\n[0:4:1] Teacher: Good.\n",
            "Teacher: Let us look at page two.\nStudent: The page is open.\nTeacher: Good."),
        arguments("Zoom's captions on the host's computer", Format.ZOOM_CAPTIONS,
            "[Dana Levi] 16:02:11\nHello: there.\n\n[Omar] 16:02:15\nHi,\nDana.\n",
            "Dana Levi: Hello: there.\nOmar: Hi, Dana."),
        arguments("recogniser letters", Format.LABELLED_LINES,
            "A: Did you see it?\nB: I saw the cat.\nA: Very good.\n",
            "A: Did you see it?\nB: I saw the cat.\nA: Very good."),
        arguments("recogniser JSON", Format.UTTERANCES_JSON,
            "{\"status\":\"completed\",\"utterances\":[{\"speaker\":\"A\",\"start\":100,\"end\":900,\"confidence\":0.9,\"text\":\"Did you see: it?\"},"
                + "{\"speaker\":\"B\",\"start\":1000,\"end\":1900,\"text\":\"I saw the cat.\"}]}",
            "A: Did you see: it?\nB: I saw the cat."),
        arguments("one flat line", Format.FLAT_LINE,
            "Dana Levi: Hello. Omar: Hi. Dana Levi: How are you? Look: it is nice. Omar: I am fine.",
            "Dana Levi: Hello.\nOmar: Hi.\nDana Levi: How are you? Look: it is nice.\nOmar: I am fine."),
        arguments("two turns in one line", Format.FLAT_LINE, "Dana: Hello. Omar: Hi.", "Dana: Hello.\nOmar: Hi."),
        arguments("turns over several lines", Format.LABELLED_LINES,
            "Teacher: What did you do?\nTell me more.\nStudent: I\nwent home.\n",
            "Teacher: What did you do? Tell me more.\nStudent: I went home."),
        arguments("no speakers at all", Format.PLAIN_TEXT,
            "What did you do at the weekend?\nI went to the sea: it was nice.\n",
            "What did you do at the weekend?\nI went to the sea: it was nice."),
        arguments("Hebrew names", Format.WEBVTT,
            "WEBVTT\n\n00:01.000 --> 00:02.000\nמאיה כהן: Hello, you.\n\n00:03.000 --> 00:04.000\n\u200Fנועם: Todah (thank you).\n",
            "מאיה כהן: Hello, you.\nנועם: Todah (thank you)."),
        arguments("recogniser loops", Format.LABELLED_LINES,
            "Teacher: no no no, this is is good.\nStudent: hahahaha I want I want I want the the the ball nananana.\n",
            "Teacher: no, this is is good.\nStudent: ha I want the ball na."),
        arguments("invisible marks and odd spaces", Format.LABELLED_LINES,
            "Teacher:\u00A0 What\u200B is\t\tthis\u0000?\u202E\nStudent: A\u3000cat.\n",
            "Teacher: What is this?\nStudent: A cat."));
  }

  @Test
  void timesAreThoseOfTheFirstAndLastCue() {
    Transcript transcript = Samples.read(
        "WEBVTT\n\n01:02.345 --> 01:04.000\nDana: I went\n\n01:04.100 --> 01:06.700\nDana: to the sea.\n\n"
            + "1:00:00.000 --> 1:00:01.500\nOmar: What?\n");
    assertThat(transcript.utterances()).containsExactly(
        new Utterance(0, "Dana", transcript.utterances().get(0).role(), 62_345, 66_700, "I went to the sea."),
        new Utterance(1, "Omar", transcript.utterances().get(1).role(), 3_600_000, 3_601_500, "What?"));
    assertThat(transcript.durationMillis()).isEqualTo(3_601_500);
    assertThat(transcript.cueCount()).isEqualTo(3);
  }

  @Test
  void cuesOutOfOrderAreSortedAndSaidSo() {
    Transcript transcript = Samples.read(
        "WEBVTT\n\n00:09.000 --> 00:10.000\nOmar: The second.\n\n00:01.000 --> 00:02.000\nDana: The first.\n");
    assertThat(transcript.text()).isEqualTo("Dana: The first.\nOmar: The second.");
    assertThat(transcript.warnings()).anyMatch(warning -> warning.contains("sorted"));
  }

  @Test
  void aSingleBrokenTimeKeepsItsPlace() {
    Transcript transcript = Samples.read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nDana: The first.\n\n00:0x.000 --> 00:05.000\nOmar: The second.\n\n"
            + "00:06.000 --> 00:07.000\nDana: The third.\n");
    assertThat(transcript.text()).isEqualTo("Dana: The first.\nOmar: The second.\nDana: The third.");
    assertThat(transcript.utterances().get(1).startMillis()).isEqualTo(2_000);
    assertThat(transcript.warnings()).anyMatch(warning -> warning.contains("1 of 3"));
  }

  @Test
  void wallClockCountsFromTheFirstTurnEvenPastMidnight() {
    Transcript transcript = Samples.read("[Dana] 23:59:58\nIs it late?\n\n[Omar] 00:00:03\nYes, it is the night.\n");
    assertThat(transcript.utterances()).extracting(Utterance::startMillis).containsExactly(0L, 5_000L);
    assertThat(transcript.warnings()).anyMatch(warning -> warning.contains("time of day"));
  }

  @Test
  void clockFromTheRecordingsStartStays() {
    Transcript transcript = Samples.read("[0:3:7] Teacher: Let us look.\n[0:3:12] Student: The page.\n");
    assertThat(transcript.utterances()).extracting(Utterance::startMillis).containsExactly(187_000L, 192_000L);
  }

  @Test
  void plainTextHasNoTimes() {
    Transcript transcript = Samples.read("Teacher: What is this?\nStudent: This is the cat.\n");
    assertThat(transcript.durationMillis()).isEqualTo(Utterance.UNKNOWN_TIME);
    assertThat(transcript.utterances()).allMatch(u -> u.startMillis() == Utterance.UNKNOWN_TIME && u.endMillis() == Utterance.UNKNOWN_TIME);
  }

  @Test
  void aLongTurnIsCutAtSentencesWithTimesSharedOut() {
    String sentence = "This is the sentence with ten words that you hear. ";
    Transcript transcript = Samples.read("WEBVTT\n\n00:00.000 --> 02:00.000\nDana: " + sentence.repeat(2) + "One. Two. "
        + "Now we go to the beach with my friend and the dog. ".repeat(1) + distinct(20));
    assertThat(transcript.utterances()).hasSizeGreaterThan(2);
    assertThat(transcript.utterances()).allMatch(u -> Words.count(u.text()) <= Turns.HARD_WORDS);
    assertThat(transcript.utterances()).isSortedAccordingTo((a, b) -> Long.compare(a.startMillis(), b.startMillis()));
    assertThat(transcript.utterances().get(0).startMillis()).isZero();
    assertThat(transcript.utterances().get(transcript.utterances().size() - 1).endMillis()).isEqualTo(120_000);
  }

  private static String distinct(int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append("Then I saw number ").append(i).append(" of the ").append(i * 7).append(" houses. ");
    }
    return text.toString();
  }

  @Test
  void loopsOverManyCuesBecomeOneTurn() {
    StringBuilder vtt = new StringBuilder("WEBVTT\n\n");
    for (int i = 0; i < 40; i++) {
      vtt.append("00:").append(i < 30 ? String.format("%02d", i * 2) : "59").append(".000 --> 00:59.500\nDana: Thank you.\n\n");
    }
    assertThat(Samples.read(vtt.toString()).text()).isEqualTo("Dana: Thank you.");
  }

  @Test
  void storedFormReadsBack() {
    Transcript transcript = Samples.read(Samples.demo());
    Transcript stored = Transcript.fromJson(transcript.toJson());
    assertThat(stored.utterances()).isEqualTo(transcript.utterances());
    assertThat(stored.text()).isEqualTo(transcript.text());
    assertThat(stored.format()).isEqualTo(Format.STORED);
    // and the stored form is itself a transcript somebody may give us
    assertThat(Samples.read(transcript.toJson().encode()).text()).isEqualTo(transcript.text());
  }
}
