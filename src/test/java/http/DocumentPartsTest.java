package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentPartsTest {
  private static final String MAIN =
      """
      tags: [{name: base}]
      paths:
        /v1/base: {get: {operationId: base, responses: {"200": {$ref: "#/components/responses/Object"}}}}
      components:
        responses: {Object: {description: Success}}
      """;

  private static Map<String, Object> merged(String one, String two) {
    Map<String, String> files =
        Map.of(
            "main.yaml",
            MAIN,
            "parts/index.txt",
            "# parts\none.yaml\n\ntwo.yaml\n",
            "parts/one.yaml",
            one,
            "parts/two.yaml",
            two);
    return DocumentParts.merged("main.yaml", "parts/", files::get);
  }

  @Test
  void partsAddPathsComponentsAndTags() {
    Map<String, Object> document =
        merged(
            """
            tags: [{name: one}]
            paths: {/v1/one: {get: {operationId: one, schema: {$ref: "#/components/schemas/Two"}}}}
            """,
            """
            components: {schemas: {Two: {type: object}}, responses: {Two: {description: too}}}
            paths: {/v1/two: {post: {operationId: two}}}
            """);
    assertThat(document.get("paths"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("/v1/base", "/v1/one", "/v1/two");
    assertThat(document.get("tags"))
        .isEqualTo(List.of(Map.of("name", "base"), Map.of("name", "one")));
    assertThat(document.get("components"))
        .isEqualTo(
            Map.of(
                "responses",
                    Map.of(
                        "Object",
                        Map.of("description", "Success"),
                        "Two",
                        Map.of("description", "too")),
                "schemas", Map.of("Two", Map.of("type", "object"))));
  }

  @Test
  void whatTwoFilesSayIsRefusedWithBothNames() {
    refused("paths: {/v1/base: {}}", "paths: {}", "path /v1/base", "main.yaml", "parts/one.yaml");
    refused(
        "paths: {/v1/a: {get: {operationId: x}}}",
        "paths: {/v1/b: {get: {operationId: x}}}",
        "operationId x",
        "parts/one.yaml",
        "parts/two.yaml");
    refused(
        "components: {schemas: {A: {}}}",
        "components: {schemas: {A: {}}}",
        "component schemas/A",
        "parts/one.yaml",
        "parts/two.yaml");
    refused("tags: [{name: base}]", "paths: {}", "tag base", "main.yaml", "parts/one.yaml");
    refused(
        "paths: {/v1/a: {}, /v1/a: {}}",
        "paths: {}",
        "parts/one.yaml is not valid YAML",
        "duplicate key");
  }

  @Test
  void whatIsNoPartIsRefused() {
    refused("info: {title: mine}", "paths: {}", "parts/one.yaml has the member info");
    refused("- a list", "paths: {}", "parts/one.yaml must be a YAML mapping");
    refused(
        "paths: {/v1/a: {get: {x: {$ref: \"#/components/schemas/Gone\"}}}}",
        "paths: {}",
        "#/components/schemas/Gone",
        "paths//v1/a/get/x");
    refused("paths: [1]", "paths: {}", "where a mapping is needed");
  }

  private static void refused(String one, String two, String... told) {
    assertThatThrownBy(() -> merged(one, two))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .contains(told);
  }
}
