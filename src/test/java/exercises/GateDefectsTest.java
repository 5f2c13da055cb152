package exercises;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The gate against defects planted in good items; {@code bench/run quality} shows each miss. */
class GateDefectsTest {
  @Test
  void findsPlantedDefectsAndLeavesGoodItemsAlone() {
    GateBench.Result result = GateBench.measure(Lessons.MODELS);

    assertThat(result.items()).isGreaterThanOrEqualTo(400);
    assertThat(result.planted()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(result.good()).isGreaterThanOrEqualTo(150);
    assertThat(result.recall()).as("missed %s", result.missed()).isGreaterThanOrEqualTo(97);
    assertThat(result.falseRejects()).as("refused %s", result.refused()).isLessThanOrEqualTo(3);
  }
}
