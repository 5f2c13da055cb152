package games;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who looks at a catalogue: the authored part is everybody's, lessons are not.
 *
 * @param learner sees the approved lessons of whole classes and the learner's own; nobody sees
 *     those of whole classes only
 * @param classId teachers and services name a class and see all of its lessons
 */
public record CatalogueViewer(Optional<String> learner, Optional<String> classId) {
  /** A learner and nothing more. */
  public static CatalogueViewer learner(String id) {
    return new CatalogueViewer(Optional.of(id), Optional.empty());
  }

  /** Which rows {@code l} of {@code lessons} are to be seen. */
  GameItems.Condition lessons() {
    String own =
        learner.isPresent()
            ? "(l.status = 'approved' AND (l.student_id IS NULL OR l.student_id = ?))"
            : "(l.status = 'approved' AND l.student_id IS NULL)";
    List<Object> arguments = learner.<List<Object>>map(List::of).orElse(List.of());
    if (classId.isEmpty()) {
      return new GameItems.Condition(own, arguments);
    }
    List<Object> both = new ArrayList<>(arguments);
    both.add(classId.get());
    return new GameItems.Condition("(" + own + " OR l.class_id = ?)", both);
  }
}
