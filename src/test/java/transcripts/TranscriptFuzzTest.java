package transcripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes in, there is a sound transcript or a refusal, quickly. Every failure names its
 * seed.
 */
class TranscriptFuzzTest {
  private static final int ROUNDS = 150;

  private static final List<String> FILES =
      List.of(
          "/demo/lesson.vtt",
          "/transcripts/bakery.srt",
          "/transcripts/football-flat.txt",
          "/transcripts/meeting_saved_closed_caption.txt",
          "/transcripts/parent-joins.vtt",
          "/transcripts/quiet-student.vtt");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void damagedFiles(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String original = Samples.resource(FILES.get(random.nextInt(FILES.size())));
      String damaged = original;
      for (int i = random.nextInt(3); i >= 0; i--) {
        damaged = damage(damaged, random);
      }
      check("seed " + seed + ", round " + round, damaged, Duration.ofSeconds(10));
    }
  }

  private static String damage(String text, Random random) {
    if (text.isEmpty()) {
      return text;
    }
    return switch (random.nextInt(7)) {
      case 0 -> text.substring(0, random.nextInt(text.length()));
      case 1 -> text.substring(random.nextInt(text.length()));
      case 2 -> flipBytes(text, random);
      case 3 -> shuffleLines(text, random, false);
      case 4 -> shuffleLines(text, random, true);
      case 5 -> insertJunk(text, random);
      default ->
          text.replace(random.nextBoolean() ? "\n" : ": ", random.nextBoolean() ? "" : "\r\n\r\n");
    };
  }

  private static String flipBytes(String text, Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(200); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return new String(
        bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE);
  }

  private static String shuffleLines(String text, Random random, boolean drop) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n")));
    Collections.shuffle(lines, random);
    return String.join("\n", drop ? lines.subList(0, lines.size() / 2) : lines);
  }

  private static String insertJunk(String text, Random random) {
    String[] junk = {
      "-->",
      "<v ",
      "</v>",
      "&#x110000;",
      "\uD83E",
      "\u0000",
      "[",
      "]: ",
      ": ",
      "00:00:00.000 --> ",
      "99:59:59.999",
      "NOTE\n",
      "WEBVTT\n",
      "\uFEFF",
      "{\"a\":",
      "\r",
      "\u2028",
      "<<>>",
      "Dana: Dana: Dana: "
    };
    StringBuilder broken = new StringBuilder(text);
    for (int i = random.nextInt(40); i >= 0; i--) {
      broken.insert(random.nextInt(broken.length()), junk[random.nextInt(junk.length)]);
    }
    return broken.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void eightMillionHostileCharacters(String name, String text) {
    // The aim is well under two seconds on a free machine; the limit only has to tell linear from
    // quadratic.
    check(name, text, Duration.ofSeconds(20));
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> hostile() {
    int size = 8_000_000;
    return Stream.of(
            new String[] {"one line", fill("the cat and the dog went home. ", size)},
            new String[] {"one word", fill("a", size)},
            new String[] {"syllables", fill("lalo", size)},
            new String[] {"colons", fill(":", size)},
            new String[] {"colons with blanks", fill(": ", size)},
            new String[] {"labels in one line", fill("A: the. Bo: ", size)},
            new String[] {"a label a line", fill("Dana: the cat\n", size)},
            new String[] {"ever new labels", numbered("Name", ": the cat\n", size)},
            new String[] {"tags opened", fill("<v a", size)},
            new String[] {
              "tags nested", "WEBVTT\n\n00:00.000 --> 00:01.000\n" + fill("<v a><b>", size)
            },
            new String[] {"less-than signs", fill("<", size)},
            new String[] {"ampersands", fill("&#", size)},
            new String[] {"blank lines", fill("\n", 1_000_000) + "the cat and the dog"},
            new String[] {"carriage returns", fill("\r", size)},
            new String[] {"arrows", fill("-->\n", size)},
            new String[] {"time lines", fill("00:00:01.000 --> 00:00:02.000\n", size)},
            new String[] {"clocks", fill("[0:0:1] \n", size)},
            new String[] {"brackets", fill("[", size)},
            new String[] {"braces", fill("{", size)},
            new String[] {"captions", fill("[Dana] 00:00:01\nthe\n", size)},
            new String[] {"hyphens", fill("no-", size)})
        .map(each -> org.junit.jupiter.params.provider.Arguments.of(each[0], each[1]));
  }

  private static String fill(String piece, int size) {
    return piece.repeat(size / piece.length());
  }

  private static String numbered(String before, String after, int size) {
    StringBuilder text = new StringBuilder(size);
    for (int i = 0; text.length() < size; i++) {
      text.append(before).append(i).append(after);
    }
    return text.toString();
  }

  private static void check(String name, String text, Duration limit) {
    Transcript transcript =
        assertTimeoutPreemptively(
            limit,
            () -> {
              try {
                return TranscriptReader.read(text, SpeakerHints.NONE, Samples.TINY);
              } catch (UnusableTranscriptException e) {
                assertThat(e.getMessage()).as(name).isNotBlank();
                return null;
              }
            },
            name);
    if (transcript == null) {
      return;
    }
    assertThat(transcript.utterances()).as(name).isNotEmpty();
    long previous = Utterance.UNKNOWN_TIME;
    for (int i = 0; i < transcript.utterances().size(); i++) {
      Utterance utterance = transcript.utterances().get(i);
      boolean sound =
          utterance.index() == i
              && !utterance.text().isBlank()
              && utterance.text().indexOf('\n') < 0
              && utterance.text().indexOf('\0') < 0
              && utterance.startMillis() >= previous
              && utterance.endMillis() >= utterance.startMillis()
              && utterance.role() != null
              && StandardCharsets.UTF_8.newEncoder().canEncode(utterance.text())
              && StandardCharsets.UTF_8.newEncoder().canEncode(utterance.speaker());
      if (!sound) {
        throw new AssertionError(name + ": " + utterance + " after " + previous);
      }
      previous = utterance.startMillis();
    }
  }
}
