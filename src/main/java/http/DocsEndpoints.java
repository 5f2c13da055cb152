package http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** The document, and Swagger UI to browse it, all from this jar: works without any other server. */
final class DocsEndpoints {
  /** Where the webjar of the version in the pom keeps its files. */
  static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/5.30.3/";

  private static final Map<String, String> TYPES =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "docs.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");
  // Swagger UI sets styles on elements and draws with data: images; scripts come from files only.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; frame-ancestors 'none'";

  private final ApiDocument document;

  DocsEndpoints(ApiDocument document) {
    this.document = document;
  }

  void addTo(Endpoints endpoints) {
    endpoints
        .add("docs", this::page)
        .add("docsAsset", this::asset)
        .add("openapiJson", call -> text("application/json", document.json()))
        .add("openapiYaml", call -> text("application/yaml", document.yaml()));
  }

  private Future<Reply> page(Call call) {
    // Relative links, so that the page also works behind a proxy that adds a prefix.
    String base = call.calledWithSlash() ? "" : "docs/";
    return call.vertx()
        .executeBlocking(() -> ApiDocument.resource("webroot/docs.html"), false)
        .map(page -> Buffer.buffer(page.toString().replace("{base}", base)))
        .map(
            page ->
                Reply.bytes(
                    "text/html; charset=utf-8", page, Map.of("Content-Security-Policy", POLICY)));
  }

  private Future<Reply> asset(Call call) {
    String name = call.pathSegment("asset");
    String type = TYPES.get(name);
    if (type == null) {
      return Future.failedFuture(
          new ApiException(ErrorCode.NOT_FOUND, "the documentation has no such file"));
    }
    String resource = name.equals("docs.js") ? "webroot/docs.js" : WEBJAR + name;
    return call.vertx()
        .executeBlocking(() -> ApiDocument.resource(resource), false)
        .map(file -> Reply.bytes(type, file, Map.of("Cache-Control", "max-age=86400")));
  }

  private static Future<Reply> text(String type, Buffer text) {
    return Future.succeededFuture(Reply.bytes(type, text, Map.of("Cache-Control", "no-cache")));
  }
}
