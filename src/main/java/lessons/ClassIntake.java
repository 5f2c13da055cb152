package lessons;

import io.vertx.core.Future;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns ended classes into lessons, each once. The lesson is opened first and the class marked
 * afterwards: a crash in between, or a second monitor at the same moment, only finds the lesson
 * there already, because class, date and start time are unique in Postgres. No lock is held on the
 * host's rows while Postgres is asked.
 */
public final class ClassIntake {
  private final HostClasses classes;
  private final Opening opening;
  private final int batch;
  private final Optional<LocalDateTime> notBefore;
  private final int maxAttempts;

  public ClassIntake(
      HostClasses classes,
      Opening opening,
      int batch,
      Optional<LocalDateTime> notBefore,
      int maxAttempts) {
    this.classes = classes;
    this.opening = opening;
    this.batch = batch;
    this.notBefore = notBefore;
    this.maxAttempts = maxAttempts;
  }

  /** What a class becomes: a lesson, something the workflow is told, or both. */
  @FunctionalInterface
  public interface Opening {
    /**
     * Opens each that is not there yet; a class that was opened before is no failure.
     *
     * @return ids of the rows that are new
     */
    Future<List<Long>> open(List<NewLesson> lessons);
  }

  /**
   * What one look at the host's table came to.
   *
   * @param seen ended classes found
   * @param opened ids of the rows that are new
   * @param invalid class id to why no lesson can be opened for it
   */
  public record Intake(int seen, List<Long> opened, Map<Long, String> invalid) {}

  /** Takes one batch. */
  public Future<Intake> take() {
    return classes
        .ended(batch, notBefore)
        .compose(
            ended -> {
              List<EndedClass> good = new ArrayList<>();
              Map<Long, String> invalid = new LinkedHashMap<>();
              List<Future<Void>> notes = new ArrayList<>();
              for (EndedClass one : ended) {
                Optional<String> flaw = one.flaw();
                if (flaw.isEmpty()) {
                  good.add(one);
                } else {
                  invalid.put(one.id(), flaw.get());
                  notes.add(classes.markInvalid(one, flaw.get(), maxAttempts));
                }
              }
              if (ended.isEmpty()) {
                return Future.succeededFuture(new Intake(0, List.of(), invalid));
              }
              Future<List<Long>> opened =
                  good.isEmpty()
                      ? Future.succeededFuture(List.of())
                      : opening
                          .open(good.stream().map(EndedClass::lesson).toList())
                          .compose(ids -> classes.markOpened(good).map(ids));
              notes.add(opened.mapEmpty());
              return Future.join(notes)
                  .map(done -> new Intake(ended.size(), opened.result(), invalid));
            });
  }
}
