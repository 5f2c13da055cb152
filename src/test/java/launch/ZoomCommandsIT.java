package launch;

import static org.assertj.core.api.Assertions.assertThat;

import demo.ImitationZoom;
import demo.ZoomGrants;
import fakes.FakeZoom;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the Zoom account, from the packed program. */
@Tag("packed")
class ZoomCommandsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ImitationZoom zoom = new ImitationZoom("client-1", "secret-1", false);
  private final FakeZoom fake = FakeZoom.start(vertx, zoom);
  private final Map<String, String> environment = new HashMap<>();
  private SchoolFixture school;

  @BeforeEach
  void open() {
    school = new SchoolFixture(folder);
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    environment.putAll(school.environment());
    environment.put("ZOOM_CLIENT_ID", "client-1");
    environment.put("ZOOM_CLIENT_SECRET", "secret-1");
    environment.put("ZOOM_TOKEN_KEYS", Base64.getEncoder().encodeToString(key));
    environment.put("ZOOM_API_URL", fake.api.address() + "/v2");
    environment.put("ZOOM_TOKEN_URL", fake.api.address() + "/oauth/token");
  }

  @AfterEach
  void close() throws Exception {
    fake.close();
    school.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private String run(int status, Map<String, String> more, String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    NodeProcess command = NodeProcess.start(all, arguments);
    assertThat(command.awaitExit(PATIENCE)).as(command.output()).isEqualTo(status);
    assertThat(command.output()).doesNotContain(ZoomGrants.MARK).doesNotContain("secret-1");
    return command.output();
  }

  @Test
  void statusSaysWhatToDoAndAuthorizeDoesIt() {
    assertThat(run(1, Map.of("ZOOM_CLIENT_ID", "", "ZOOM_CLIENT_SECRET", ""), "zoom", "status"))
        .contains("zoom.client-id");

    assertThat(run(1, Map.of(), "zoom", "status", "--check"))
        .contains("lessonweave zoom authorize");
    assertThat(zoom.grants.given()).isZero();

    String refreshToken = zoom.grants.refreshToken();
    run(0, Map.of("ZOOM_REFRESH_TOKEN", refreshToken), "zoom", "authorize");
    assertThat(zoom.grants.given()).isEqualTo(1);

    assertThat(run(0, Map.of(), "zoom", "status")).contains("app:client-1");
    assertThat(zoom.grants.given()).as("looking asks Zoom for nothing").isEqualTo(1);

    // The token of before is dead; the stored one is not given up for it.
    assertThat(run(1, Map.of("ZOOM_REFRESH_TOKEN", refreshToken), "zoom", "authorize"))
        .contains("nothing was changed");
    run(0, Map.of(), "zoom", "status");
  }
}
