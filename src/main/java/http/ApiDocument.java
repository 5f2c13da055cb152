package http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The interface's document, read once per process: its operations with their rules, and the texts
 * that are served.
 *
 * <p>The rules run on vertx-json-schema directly. The OpenAPI module above it was tried: it refuses
 * {@code type: [string, "null"]}, problem+json and html answers and servers with different
 * prefixes, names only the first wrong parameter, and sends each request through a worker thread.
 * That the document is valid OpenAPI 3.1 is checked by a test, not at every start.
 */
final class ApiDocument {
  private static final String RESOURCE = "openapi/lessonweave.yaml";
  private static final String PARTS = "openapi/parts/";
  private static final List<HttpMethod> METHODS =
      List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

  private final List<Operation> operations;
  private final Buffer yaml;
  private final Buffer json;

  private ApiDocument(List<Operation> operations, Buffer yaml, Buffer json) {
    this.operations = operations;
    this.yaml = yaml;
    this.json = json;
  }

  private static final class Holder {
    static final ApiDocument DOCUMENT = load();
  }

  /** The process's document. The first call reads files for some 0.2 s: not for an event loop. */
  static ApiDocument shared() {
    return Holder.DOCUMENT;
  }

  List<Operation> operations() {
    return operations;
  }

  Operation operation(String id) {
    return operations.stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  Buffer yaml() {
    return yaml;
  }

  /** As the YAML, with {@code /api} named as a second server. */
  Buffer json() {
    return json;
  }

  private static ApiDocument load() {
    Map<String, Object> parsed = DocumentParts.merged(RESOURCE, PARTS, DocumentParts::resource);
    String text = yaml(parsed);
    JsonObject document = new JsonObject(parsed);
    Buffer served = withAlias(document).toBuffer();

    List<Operation> operations = new ArrayList<>();
    for (String path : document.getJsonObject("paths").fieldNames()) {
      JsonObject item = document.getJsonObject("paths").getJsonObject(path);
      for (HttpMethod method : METHODS) {
        JsonObject operation = item.getJsonObject(method.name().toLowerCase(java.util.Locale.ROOT));
        if (operation != null) {
          operations.add(Operation.of(document, path, method, item, operation));
        }
      }
    }
    // the operations have added schemas of their query strings, so this comes after them
    SchemaRepository schemas =
        SchemaRepository.create(
            new JsonSchemaOptions()
                .setDraft(Draft.DRAFT202012)
                .setBaseUri(SchemaRules.BASE_URI)
                .setOutputFormat(OutputFormat.Basic));
    schemas.dereference(JsonSchema.of(document));
    SchemaRules.settle(document);
    operations.forEach(operation -> operation.rules().bind(document, schemas));
    return new ApiDocument(List.copyOf(operations), Buffer.buffer(text), served);
  }

  private static String yaml(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(true);
    options.setWidth(120);
    return new Yaml(options).dump(document);
  }

  private static JsonObject withAlias(JsonObject document) {
    return document
        .copy()
        .put(
            "servers",
            new JsonArray()
                .add(new JsonObject().put("url", "/"))
                .add(
                    new JsonObject()
                        .put("url", "/api")
                        .put("description", "First-generation rendering")));
  }

  static Buffer resource(String name) {
    try (InputStream in = ApiDocument.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name + ": build it again");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException("can't read " + name + " from the jar", failure);
    }
  }
}
