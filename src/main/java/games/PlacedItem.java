package games;

import java.time.Instant;

/** An item that has all it shares with the other games' items in its entry. */
interface PlacedItem extends CatalogueItem {
  CatalogueEntry entry();

  @Override
  default String id() {
    return entry().id();
  }

  @Override
  default String hint() {
    return entry().hintOrNone();
  }

  @Override
  default String explanation() {
    return entry().explanation();
  }

  @Override
  default Instant createdAt() {
    return entry().createdAt();
  }
}
