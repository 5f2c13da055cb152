package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
  @Test
  void isValidOpenApi31() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      JsonObject served = ApiDocument.shared().json().toJsonObject();
      OutputUnit result =
          OpenAPIVersion.V3_1
              .getRepository(vertx, "app://")
              .compose(
                  repository -> OpenAPIVersion.V3_1.validateContract(vertx, repository, served))
              .await(20, TimeUnit.SECONDS);
      assertThat(result.getValid()).as("%s", result).isTrue();
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void everyOperationHasAnIdOfItsOwnAndDocumentsItsErrors() {
    var operations = ApiDocument.shared().operations();
    assertThat(operations).extracting(Operation::id).doesNotHaveDuplicates().doesNotContainNull();
    JsonObject paths = ApiDocument.shared().json().toJsonObject().getJsonObject("paths");
    for (Operation operation : operations) {
      JsonObject responses =
          paths
              .getJsonObject(operation.path())
              .getJsonObject(operation.method().name().toLowerCase(java.util.Locale.ROOT))
              .getJsonObject("responses");
      if (operation.path().startsWith("/v1/") && !operation.open()) {
        assertThat(responses.fieldNames()).as(operation.id()).contains("default");
      }
    }
  }

  @Test
  void limitsAreThoseOfTheContract() {
    assertThat(ApiDocument.shared().operation("process").bodyLimit()).isEqualTo(2 << 20);
    assertThat(ApiDocument.shared().operation("processBatch").bodyLimit()).isEqualTo(8 << 20);
    assertThat(ApiDocument.shared().operation("triggerLessonProcessing").bodyLimit())
        .isEqualTo(256 << 10);
  }
}
