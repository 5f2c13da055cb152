package lessons;

import java.util.List;
import java.util.Optional;
import messages.Addresses;
import work.Stage;
import work.WorkTable;

/** The stages a lesson passes, over its row in {@code zoom_summaries}. */
public final class LessonStages {
  private LessonStages() {}

  /** Bring the recording's transcript. */
  public static final Stage FETCH = new Stage("fetch", Addresses.LESSONS_FETCH, "pending");

  /** Clean it, and tell teacher from student. */
  public static final Stage TRANSCRIBE =
      new Stage("transcribe", Addresses.LESSONS_TRANSCRIBE, "awaiting_exercises");

  /** Make exercises of it. */
  public static final Stage GENERATE =
      new Stage("generate", Addresses.LESSONS_GENERATE, "awaiting_exercises");

  public static final WorkTable TABLE =
      new WorkTable("zoom_summaries", "lesson_id", List.of(FETCH, TRANSCRIBE, GENERATE));

  /** The stage that follows; empty after the last. */
  public static Optional<Stage> after(Stage stage) {
    int next = TABLE.stages().indexOf(stage) + 1;
    return next < TABLE.stages().size() ? Optional.of(TABLE.stages().get(next)) : Optional.empty();
  }
}
