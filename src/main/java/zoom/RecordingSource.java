package zoom;

import io.vertx.core.Future;

/** Where recordings of lessons come from: a folder, or Zoom's cloud. */
public interface RecordingSource {
  /**
   * Looks for a lesson's recording once. The future fails only when the source itself is out of
   * order (folder not readable, service down), which is worth another attempt; everything about the
   * lesson is in the answer.
   */
  Future<FoundRecording> find(RecordingQuery query);
}
