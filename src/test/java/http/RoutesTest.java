package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private final Routes<String> routes = new Routes<>();

  RoutesTest() {
    routes.add("/", HttpMethod.GET, "service");
    routes.add("/v1/lists", HttpMethod.GET, "lists");
    routes.add("/v1/lists", HttpMethod.POST, "create");
    routes.add("/v1/lists/:listId", HttpMethod.GET, "list");
    routes.add("/v1/lists/pending", HttpMethod.GET, "pending");
    routes.add("/v1/lists/:id/words/:wordId", HttpMethod.DELETE, "word");
    routes.add("/v1/lists/pending/items", HttpMethod.GET, "items");
  }

  private Routes.Found<String> get(String path) {
    return routes.find(path, HttpMethod.GET).orElseThrow();
  }

  @Test
  void pathsLeadToWhatIsMountedThere() {
    assertThat(get("/").mounted()).contains("service");
    assertThat(get("/v1/lists").mounted()).contains("lists");
    assertThat(routes.find("/v1/lists", HttpMethod.POST).orElseThrow().mounted())
        .contains("create");
    assertThat(get("/v1/lists/7")).extracting("parameters").isEqualTo(Map.of("listId", "7"));
    for (String path : new String[] {"/v1", "/v2/lists", "/v1/lists/7/words", "/v1//lists", "*"}) {
      assertThat(routes.find(path, HttpMethod.GET)).as(path).isEmpty();
    }
  }

  @Test
  void aSlashAtTheEndSaysNothingButNoSegmentIsEmpty() {
    assertThat(get("/v1/lists/").mounted()).contains("lists");
    assertThat(get("/v1/lists/7/").mounted()).contains("list");
    assertThat(routes.find("/v1/lists//", HttpMethod.GET)).isEmpty();
    assertThat(routes.find("/v1/lists//words/1", HttpMethod.DELETE)).isEmpty();
  }

  @Test
  void aSegmentsNameGoesBeforeAParameterUnlessItLeadsNowhere() {
    assertThat(get("/v1/lists/pending").mounted()).contains("pending");
    assertThat(get("/v1/lists/pending/items").mounted()).contains("items");
    Routes.Found<String> word =
        routes.find("/v1/lists/pending/words/w1", HttpMethod.DELETE).orElseThrow();
    assertThat(word.mounted()).contains("word");
    assertThat(word.parameters()).isEqualTo(Map.of("id", "pending", "wordId", "w1"));
  }

  @Test
  void parametersAreDecodedAfterSegmentsAreParted() {
    assertThat(get("/v1/lists/a%2Fb+c%20d").parameters()).isEqualTo(Map.of("listId", "a/b+c d"));
    assertThatThrownBy(() -> routes.find("/v1/lists/%zz", HttpMethod.GET))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherMethodsAreToldWhichThereAre() {
    Routes.Found<String> refused = routes.find("/v1/lists", HttpMethod.DELETE).orElseThrow();
    assertThat(refused.mounted()).isEqualTo(Optional.empty());
    assertThat(refused.allowed()).containsExactly("GET", "HEAD", "POST");
    assertThat(routes.find("/v1/lists/7", HttpMethod.HEAD).orElseThrow().mounted())
        .contains("list");
    assertThatThrownBy(() -> routes.add("/v1/lists/:other", HttpMethod.GET, "again"))
        .hasMessageContaining("two operations take GET /v1/lists/:other");
  }
}
