package games;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/** Makes one game's items of rows. Empty where a row can't be played. */
interface CatalogueReader<T extends CatalogueItem> {
  /**
   * @param row with the content columns of the game's {@link CatalogueSchema}
   */
  Optional<T> authored(CatalogueEntry entry, Row row);

  /**
   * @param data what the lesson's publishing stored: section 3.5 of the wire contract
   */
  Optional<T> published(CatalogueEntry entry, JsonObject data);
}
