package games;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a learner wants to play.
 *
 * @param wordListId word games
 * @param topicId also the category of grammar questions
 * @param itemIds chosen one by one, without repetition; empty when none were chosen
 * @param difficulty {@code easy}, {@code medium} or {@code hard}
 * @param shuffle whether the order is to be random
 * @param limit the most items wanted, 1 to 100; chosen items are all played
 */
public record Selection(
    Mode mode,
    Optional<String> wordListId,
    Optional<String> topicId,
    Optional<String> lessonId,
    List<String> itemIds,
    Optional<String> difficulty,
    boolean shuffle,
    int limit) {

  /** Where the items come from: section 1.12 of the wire contract. */
  public enum Mode {
    CUSTOM,
    LESSON,
    TOPIC,
    MISTAKES,
    /** Words that were never practised. */
    UNKNOWN;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode a client asks for.
     *
     * @throws GameProblem when {@code game} has no such mode
     */
    public static Mode of(GameType game, String name) {
      String asked = name.equals("unknown_words") ? "unknown" : name;
      return game.modes().stream()
          .filter(mode -> mode.wireName().equals(asked))
          .findFirst()
          .orElseThrow(
              () ->
                  GameProblem.invalid(
                      "mode",
                      "must be one of "
                          + game.modes().stream()
                              .map(Mode::wireName)
                              .collect(Collectors.joining(", "))));
    }
  }

  /** The chosen items, which mode {@code custom} demands of games without word lists. */
  public List<String> requiredItems(String member) {
    if (itemIds.isEmpty()) {
      throw GameProblem.invalid(member, "is missing; mode custom needs the items to play");
    }
    return itemIds;
  }

  /** The lesson to play, which mode {@code lesson} demands. */
  public String requiredLesson() {
    return lessonId.orElseThrow(
        () -> GameProblem.invalid("lessonId", "is missing; mode lesson needs it"));
  }

  /** The topic to play, for games whose mode {@code topic} demands one. */
  public String requiredTopic() {
    return topicId.orElseThrow(
        () -> GameProblem.invalid("topicId", "is missing; mode topic needs it"));
  }
}
