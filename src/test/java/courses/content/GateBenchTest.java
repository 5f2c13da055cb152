package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Planted defects: figures of {@code docs/quality.md}. */
class GateBenchTest {
  @Test
  void findsWhatIsPlantedAndRefusesLittleThatIsGood() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Map<String, GateBench.Count> counts = GateBench.run(vertx);
      int found = 0;
      int planted = 0;
      int keysFound = 0;
      int keys = 0;
      for (var one : counts.entrySet()) {
        System.out.printf(
            "%-30s %4d of %4d%n", one.getKey(), one.getValue().found(), one.getValue().planted());
        if (one.getKey().startsWith(GateBench.KEYS)) {
          keysFound += one.getValue().found();
          keys += one.getValue().planted();
        } else if (!one.getKey().startsWith("good")) {
          assertThat(one.getValue().planted()).as(one.getKey()).isPositive();
          found += one.getValue().found();
          planted += one.getValue().planted();
        }
      }
      System.out.printf("planted defects found: %d of %d%n", found, planted);
      System.out.printf("wrong and second right keys found: %d of %d%n", keysFound, keys);
      GateBench.Count good = counts.get("good items refused");
      assertThat(good.found()).isLessThanOrEqualTo(good.planted() * 3 / 100);
      assertThat(found).isGreaterThanOrEqualTo(planted * 97 / 100);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
