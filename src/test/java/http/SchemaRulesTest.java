package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All event loops check with the same schemas, so a check must leave them as they are. */
class SchemaRulesTest {
  private static JsonObject document() {
    JsonObject inner =
        new JsonObject()
            .put("type", "object")
            .put(
                "properties",
                new JsonObject().put("tags", list(new JsonObject().put("type", "string"))))
            .put("additionalProperties", new JsonObject().put("type", "integer"));
    return new JsonObject()
        .put(
            "schema",
            new JsonObject()
                .put("type", "object")
                .put("not", new JsonObject().put("required", new JsonArray().add("never")))
                .put("properties", new JsonObject().put("rows", list(inner))));
  }

  private static JsonObject list(JsonObject items) {
    return new JsonObject().put("type", "array").put("items", items);
  }

  private static final JsonObject BODY =
      new JsonObject()
          .put(
              "rows",
              new JsonArray()
                  .add(
                      new JsonObject().put("tags", new JsonArray().add("a").add(3)).put("n", "x")));

  private static SchemaRepository dereferenced(JsonObject document) {
    return SchemaRepository.create(
            new JsonSchemaOptions()
                .setDraft(Draft.DRAFT202012)
                .setBaseUri(SchemaRules.BASE_URI)
                .setOutputFormat(OutputFormat.Basic))
        .dereference(JsonSchema.of(document));
  }

  /** Every object and list in the document, by identity. */
  private static List<Integer> identities(Object node) {
    List<Integer> found = new ArrayList<>(List.of(System.identityHashCode(node)));
    if (node instanceof JsonObject object) {
      found.addAll(identities(object.getMap()));
    } else if (node instanceof JsonArray array) {
      found.addAll(identities(array.getList()));
    } else if (node instanceof Map<?, ?> map) {
      map.values().forEach(value -> found.addAll(identities(value)));
    } else if (node instanceof List<?> values) {
      values.forEach(value -> found.addAll(identities(value)));
    }
    return found;
  }

  @Test
  void checksOfASettledDocumentOnlyRead() {
    JsonObject document = document();
    SchemaRepository schemas = dereferenced(document);
    SchemaRules.settle(document);
    List<Integer> before = identities(document);
    SchemaRules rules = new SchemaRules(document, schemas, "/schema");
    assertThat(rules.broken(BODY))
        .extracting(ApiException.Field::field)
        .contains("rows[0].tags[1]", "rows[0].n");
    assertThat(rules.broken(new JsonObject().put("rows", new JsonArray()))).isEmpty();
    assertThat(identities(document)).isEqualTo(before);
  }

  /** The reason for settling; if this fails, the library has changed and settling can go. */
  @Test
  void otherwiseTheFirstCheckReplacesParts() {
    JsonObject document = document();
    SchemaRepository schemas = dereferenced(document);
    List<Integer> before = identities(document);
    new SchemaRules(document, schemas, "/schema").broken(BODY);
    assertThat(identities(document)).isNotEqualTo(before);
  }
}
