package courses.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fakes.FakeReply;
import fakes.FakeService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import outbound.Failure;
import settings.CourseSourceSettings;
import settings.Secret;

/** A web search on a real socket of this machine. */
class WebSearchTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private WebSearch search(FakeService service) {
    return WebSearch.of(
            vertx,
            new CourseSourceSettings.Search(
                Optional.of(new Secret("test-key-1")), service.address().resolve("/search")),
            new SimpleMeterRegistry())
        .orElseThrow();
  }

  private static JsonObject result(String title, String url, String description) {
    return new JsonObject().put("title", title).put("url", url).put("description", description);
  }

  @Test
  void fiveSafePagesOfDifferentHostsAreTaken() throws Exception {
    JsonArray results =
        new JsonArray()
            .add(
                result(
                    "Rivers &amp; lakes",
                    "https://www.example.org/rivers",
                    "<strong>Rivers</strong> flow."))
            .add(result("Again", "https://example.org/other", "The same host."))
            .add(result("Script", "javascript:alert(1)", "Not a page."))
            .add(result("Inside", "file:///etc/passwd", "Not a page."))
            .add(result("", "https://nameless.example/", "No title."))
            .add(new JsonObject().put("title", "No address"))
            .add(result("Film", "https://www.youtube.com/watch?v=abcdefghijk", "A film."))
            .add(result("Manual", "https://docs.example.net/rivers", "A manual."))
            .add(result("Four", "https://four.example/", "x"))
            .add(result("Five", "http://five.example/", "x"))
            .add(result("Six", "https://six.example/", "x"));
    try (FakeService service =
        FakeService.start(
            vertx,
            request ->
                Future.succeededFuture(
                    FakeReply.json(
                        200,
                        new JsonObject().put("web", new JsonObject().put("results", results)))))) {
      List<WebSearch.Resource> found =
          search(service).find("Rivers & \"lakes\"?\n").await(15, TimeUnit.SECONDS);
      assertThat(found)
          .extracting(WebSearch.Resource::title)
          .containsExactly("Rivers & lakes", "Film", "Manual", "Four", "Five");
      assertThat(found)
          .extracting(WebSearch.Resource::type)
          .containsExactly("article", "video", "documentation", "article", "article");
      assertThat(found.get(0).provider()).isEqualTo("example.org");
      assertThat(found.get(0).description()).isEqualTo("Rivers flow.");
      assertThat(service.received.get(0).uri()).contains("q=Rivers+%26+%22lakes%22%3F");
      assertThat(service.received.get(0).header("X-Subscription-Token")).isEqualTo("test-key-1");
    }
  }

  @Test
  void anAnswerWithoutResultsIsNoFailureAndARefusalIsOne() throws Exception {
    try (FakeService service =
        FakeService.start(
            vertx, request -> Future.succeededFuture(FakeReply.json(200, new JsonObject())))) {
      assertThat(search(service).find("x").await(15, TimeUnit.SECONDS)).isEmpty();
    }
    try (FakeService service =
        FakeService.start(
            vertx, request -> Future.succeededFuture(FakeReply.json(401, new JsonObject())))) {
      assertThatThrownBy(() -> search(service).find("x").await(15, TimeUnit.SECONDS))
          .isInstanceOf(Failure.class)
          .hasMessageNotContaining("test-key-1");
    }
  }

  @Test
  void withoutAKeyThereIsNone() {
    assertThat(
            WebSearch.of(
                vertx,
                new CourseSourceSettings.Search(
                    Optional.empty(), java.net.URI.create("https://search.invalid")),
                new SimpleMeterRegistry()))
        .isEmpty();
  }
}
