package courses.sources;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.PageLine.Run;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables whose columns stand close: what lines agree about is a column. */
class PageTableTest {
  private static PageLine line(Run... runs) {
    String text = String.join(" ", Arrays.stream(runs).map(Run::text).toList());
    return new PageLine(text, 10, false, 0, true, List.of(runs));
  }

  @Test
  void columnsAreFlushLeftOrRight() {
    List<PageLine> lines =
        List.of(
            line(new Run("Item", 50, 70), new Run("Purpose", 90, 130), new Run("Price", 200, 230)),
            line(
                new Run("Smoker", 50, 85), new Run("Calms bees", 90, 145), new Run("35", 218, 230)),
            line(new Run("Brush", 50, 80), new Run("Sweeps bees", 90, 150), new Run("6", 224, 230)),
            line(new Run("A line of text behind it.", 50, 190)));

    assertThat(PageTable.at(lines, 0).orElseThrow().markdown())
        .containsExactly(
            "| Item | Purpose | Price |\n|---|---|---|\n| Smoker | Calms bees | 35 |\n"
                + "| Brush | Sweeps bees | 6 |");
  }

  @Test
  void gapsAtOtherPlacesInEachLineAreStretchedText() {
    List<PageLine> lines =
        List.of(
            line(new Run("In the year", 50, 95), new Run("of the flood", 104, 160)),
            line(new Run("many who lived", 50, 120), new Run("near it", 130, 158)),
            line(new Run("left", 50, 66), new Run("their houses for", 75, 155)));

    assertThat(PageTable.at(lines, 0)).isEmpty();
  }

  @Test
  void pointsOfAListAreNoTable() {
    List<PageLine> lines =
        List.of(
            line(new Run("1.", 50, 58), new Run("Open the box", 70, 130)),
            line(new Run("2.", 50, 58), new Run("Take the lamp", 70, 133)),
            line(new Run("3.", 50, 58), new Run("Close the box", 70, 132)));

    assertThat(PageTable.at(lines, 0)).isEmpty();
  }
}
