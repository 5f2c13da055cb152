package http;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who answers which operation of the interface's document. A resource's class adds its own. */
final class Endpoints {
  private final Map<String, Endpoint> byOperation = new LinkedHashMap<>();

  Endpoints add(String operationId, Endpoint endpoint) {
    if (byOperation.putIfAbsent(operationId, endpoint) != null) {
      throw new IllegalStateException("operation " + operationId + " has two endpoints");
    }
    return this;
  }

  Map<String, Endpoint> byOperation() {
    return byOperation;
  }
}
