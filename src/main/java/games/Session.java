package games;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A learner's session of one game, as stored. Optional members are null when there is none.
 *
 * @param mode a {@link Selection.Mode} by name, or what a first-generation client called it
 * @param referenceId what a first-generation client said it played from
 * @param itemIds in play order
 * @param masteredIds items whose latest result was right
 * @param needsPracticeIds items whose latest result was wrong
 * @param finalScore 0 to 100, two decimals; set on completion
 * @param status {@code active}, {@code completed} or {@code abandoned}
 * @param metadata the client's own summary, whether items may be added, what a first-generation
 *     client sent
 */
public record Session(
    String id,
    String userId,
    GameType game,
    String mode,
    String wordListId,
    String topicId,
    String categoryId,
    String lessonId,
    String classId,
    String referenceId,
    String difficulty,
    List<String> itemIds,
    Progress progress,
    List<String> masteredIds,
    List<String> needsPracticeIds,
    Double finalScore,
    String status,
    JsonObject metadata,
    Instant startedAt,
    Instant completedAt) {

  static final String ACTIVE = "active";
  static final String COMPLETED = "completed";
  private static final String OPEN = "openEnded";

  /**
   * How far a session is.
   *
   * @param current answers so far, at most {@code total}
   * @param total items
   * @param correct right answers, repeated ones included
   * @param incorrect wrong answers, repeated ones included
   */
  public record Progress(int current, int total, int correct, int incorrect) {
    Progress answered(boolean right) {
      return new Progress(
          Math.min(total, current + 1),
          total,
          correct + (right ? 1 : 0),
          incorrect + (right ? 0 : 1));
    }

    /** Whether nothing was answered yet. */
    boolean untouched() {
      return correct + incorrect == 0;
    }

    /** 0 to 100, two decimals, halves up. */
    double score() {
      return Math.round(100.0 * 100.0 * correct / Math.max(1, correct + incorrect)) / 100.0;
    }
  }

  public boolean active() {
    return status.equals(ACTIVE);
  }

  public boolean completed() {
    return status.equals(COMPLETED);
  }

  /**
   * Whether it was started without items, so that every item that is answered becomes one of its
   * own.
   */
  boolean openEnded() {
    return metadata != null && metadata.getBoolean(OPEN, false);
  }

  /** The metadata that makes a session {@link #openEnded}. */
  static JsonObject openEndedMetadata() {
    return new JsonObject().put(OPEN, true);
  }

  /** With one more result. */
  Session answered(String itemId, boolean right) {
    List<String> items = itemIds;
    Progress before = progress;
    if (!items.contains(itemId)) {
      items = with(items, itemId);
      before = new Progress(before.current(), items.size(), before.correct(), before.incorrect());
    }
    return new Session(
        id,
        userId,
        game,
        mode,
        wordListId,
        topicId,
        categoryId,
        lessonId,
        classId,
        referenceId,
        difficulty,
        items,
        before.answered(right),
        right ? with(masteredIds, itemId) : without(masteredIds, itemId),
        right ? without(needsPracticeIds, itemId) : with(needsPracticeIds, itemId),
        finalScore,
        status,
        metadata,
        startedAt,
        completedAt);
  }

  /** Finished, with these numbers. */
  Session completed(Progress counted, double score, JsonObject told, Instant at) {
    return new Session(
        id,
        userId,
        game,
        mode,
        wordListId,
        topicId,
        categoryId,
        lessonId,
        classId,
        referenceId,
        difficulty,
        itemIds,
        counted,
        masteredIds,
        needsPracticeIds,
        score,
        COMPLETED,
        told,
        startedAt,
        at);
  }

  private static List<String> with(List<String> ids, String id) {
    if (ids.contains(id)) {
      return ids;
    }
    List<String> longer = new ArrayList<>(ids);
    longer.add(id);
    return List.copyOf(longer);
  }

  private static List<String> without(List<String> ids, String id) {
    return ids.stream().filter(other -> !other.equals(id)).toList();
  }
}
