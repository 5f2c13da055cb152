package launch;

import static org.assertj.core.api.Assertions.assertThat;

import databases.BinlogServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node at a school whose server writes a binary log. */
class BinlogTest {
  @TempDir Path folder;

  @Test
  void aClassIsTakenUpThoughTheTableIsLookedAtOnlyOnceAnHour() throws Exception {
    try (SchoolFixture school = new SchoolFixture(folder);
        BinlogServer host = BinlogServer.start()) {
      Map<String, String> environment = new HashMap<>(school.environment());
      environment.putAll(host.environment());
      environment.put("MONITOR_SOURCE", "binlog");
      environment.put("MONITOR_SAFETY_POLL", "1h");
      Node node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
      node.start().await(60, TimeUnit.SECONDS);
      try {
        URI url = URI.create(node.url());
        NodeProcess.await(
            url.resolve("/v1/ready"),
            r ->
                NodeProcess.get(url.resolve("/metrics"))
                    .body()
                    .contains("lessonweave_binlog_streaming 1.0"),
            Duration.ofSeconds(20));
        for (int id = 1; id <= 3; id++) {
          host.endClass(id);
          String wanted = "class_id=" + id;
          JsonObject found =
              NodeProcess.await(
                  url.resolve("/v1/zoom-summaries?" + wanted),
                  r -> new JsonObject(r.body()).getJsonArray("data").size() == 1,
                  Duration.ofSeconds(20));
          assertThat(found.getJsonArray("data")).hasSize(1);
        }
      } finally {
        node.stop().await(40, TimeUnit.SECONDS);
      }
    }
  }
}
