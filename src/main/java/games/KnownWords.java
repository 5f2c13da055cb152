package games;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.Optional;

/**
 * What learners' words say, remembered since they were dealt: an answer comes soon after, and can
 * be judged without a look at its word. A word may have been changed meanwhile, on this node or
 * another, so who stores a judgement has the database compare the text ({@link ResultProcedure}).
 * Safe for use by several threads.
 */
public final class KnownWords {
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  /** What an entry takes beside its texts, roughly. */
  private static final int ENTRY_BYTES = 200;

  private record Key(String learner, String id) {}

  private final Cache<Key, String> texts =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Key key, String text) -> ENTRY_BYTES + 2 * text.length())
          .executor(Runnable::run)
          .build();

  /** Remembers those of the learner's items that are words of lists. */
  void dealt(String learner, Collection<GameItem> items) {
    for (GameItem item : items) {
      if (item instanceof WordCard card && !card.fromLesson()) {
        texts.put(new Key(learner, card.id()), card.word());
      }
    }
  }

  /** What the learner's word said when it was dealt; empty when it is not remembered. */
  Optional<String> text(String learner, String id) {
    return Optional.ofNullable(texts.getIfPresent(new Key(learner, id)));
  }

  /** It turned out that the word says something else by now, or is gone. */
  void forget(String learner, String id) {
    texts.invalidate(new Key(learner, id));
  }
}
