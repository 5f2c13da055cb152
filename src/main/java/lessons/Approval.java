package lessons;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * A generated set, what was decided about it, and how far MySQL has followed.
 *
 * @param judgedBy who approved or rejected it, as far as they were named; {@code auto} where the
 *     school wants no approval
 * @param judgedAt when; empty while the set is pending
 * @param reason why it was rejected
 * @param publication status of its row in {@code lesson_publications}: pending, processing,
 *     completed or failed; empty when it was never approved
 * @param publicationError why publishing waits or failed
 */
public record Approval(
    StoredSet set,
    Optional<String> judgedBy,
    Optional<Instant> judgedAt,
    Optional<String> reason,
    Optional<String> publication,
    Optional<String> publicationError) {

  /** Column list of {@link #of}, for {@code lesson_exercises e LEFT JOIN lesson_publications p}. */
  static final String COLUMNS =
      StoredSet.COLUMNS
          + """
          , CASE e.status WHEN 'approved' THEN e.approved_by WHEN 'rejected' THEN e.rejected_by END AS judged_by,
          CASE e.status WHEN 'approved' THEN e.approved_at WHEN 'rejected' THEN e.rejected_at END AS judged_at,
          CASE e.status WHEN 'rejected' THEN e.rejection_reason END AS reason,
          p.status AS publication, p.last_error AS publication_error
          """;

  static Approval of(Row row) {
    return new Approval(
        StoredSet.of(row),
        Lesson.text(row, "judged_by"),
        Lesson.instant(row, "judged_at"),
        Lesson.text(row, "reason"),
        Lesson.text(row, "publication"),
        Lesson.text(row, "publication_error"));
  }

  /** Why learners could not be shown this set if it were approved; empty when they could. */
  Optional<String> flaw() {
    if (set.userId().filter(id -> !id.isBlank()).isEmpty()) {
      return Optional.of("the set names no learner (user_id), and would be shown to everybody");
    }
    if (set.classId().filter(id -> !id.isBlank()).isEmpty()) {
      return Optional.of("the set names no class (class_id)");
    }
    if (set.userId().get().length() > 128
        || set.classId().get().length() > 64
        || set.teacherId().orElse("").length() > 64) {
      return Optional.of(
          "its user_id is longer than 128 characters, or its class_id or teacher_id longer than"
              + " 64");
    }
    return Optional.empty();
  }

  /** Whether MySQL is, or will be without anybody's doing, as decided. */
  boolean settled() {
    return publication.isPresent() && !publication.get().equals("failed");
  }
}
