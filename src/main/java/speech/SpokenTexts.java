package speech;

import io.vertx.core.Future;
import java.util.Optional;

/** What a learner may have read aloud. What is not theirs does not exist. */
public interface SpokenTexts {
  /** A word of one of the learner's own lists. */
  Future<Optional<SpokenText>> word(String learner, String wordId);

  /**
   * A sentence of the catalogue, or of an approved lesson that the learner may see.
   *
   * @param learner empty when nobody is named: then only what is for everybody
   */
  Future<Optional<SpokenText>> sentence(Optional<String> learner, String itemId);
}
