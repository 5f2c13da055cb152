package games;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** An item of the cloze, grammar or sentence catalogue, authored or from an approved lesson. */
public interface CatalogueItem extends GameItem {
  /**
   * Members of {@link #json()} that give the answer away or help to it: catalogues leave them out
   * unless asked.
   */
  List<String> answerMembers();

  /** The hint, or a fixed text that says there is none. */
  String hint();

  /** Why the answer is right, or null. */
  String explanation();

  /** When it was written or published. */
  Instant createdAt();

  /** As sessions show it but without the answer members. A new object each time. */
  default JsonObject question() {
    JsonObject json = json();
    answerMembers().forEach(json::remove);
    return json;
  }
}
