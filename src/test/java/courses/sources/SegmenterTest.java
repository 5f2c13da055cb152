package courses.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where segments end. */
class SegmenterTest {
  /** Eight words a cue, as automatic captions are: a sentence hardly ever ends with one. */
  @Test
  void captionsAreCutAtTheEndsOfSentences() {
    StringBuilder talk = new StringBuilder();
    for (int i = 1; i <= 40; i++) {
      talk.append("The harbour has ")
          .append("very ".repeat(i % 7))
          .append("old walls, ")
          .append("and ship number ")
          .append(i)
          .append(" lies beside them in the evening. ");
    }
    String[] words = talk.toString().split(" ");
    List<Block> cues = new ArrayList<>();
    for (int i = 0; i < words.length; i += 8) {
      String text = String.join(" ", List.of(words).subList(i, Math.min(words.length, i + 8)));
      cues.add(Block.said(text, i * 400L, i * 400L + 3_200, ""));
    }
    List<Segment> segments = Segmenter.segments(cues);

    assertThat(segments).hasSizeGreaterThan(3);
    assertThat(segments)
        .allSatisfy(
            segment -> {
              assertThat(segment.text()).startsWith("The harbour").endsWith("evening.");
              assertThat(segment.endMs().orElseThrow())
                  .isGreaterThan(segment.startMs().orElseThrow());
            });
    assertThat(String.join(" ", segments.stream().map(Segment::text).toList()))
        .isEqualTo(talk.toString().strip());
    for (int i = 1; i < segments.size(); i++) {
      assertThat(segments.get(i).startMs().orElseThrow())
          .isGreaterThanOrEqualTo(segments.get(i - 1).endMs().orElseThrow());
    }
  }
}
