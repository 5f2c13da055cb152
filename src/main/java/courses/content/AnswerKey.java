package courses.content;

import java.util.List;
import java.util.Optional;

/**
 * What is right; never sent before submission.
 *
 * @param correct option id of a multiple choice; {@code true} or {@code false}; the answers to
 *     blanks separated by {@code |}; a model answer otherwise
 * @param accepted further accepted answers
 * @param regex for blanks and code, read by a linear-time engine
 * @param pairs of a drag and drop
 */
public record AnswerKey(
    String correct, List<String> accepted, Optional<String> regex, List<Pair> pairs)
    implements Content {
  /** A key with one right answer only. */
  public static AnswerKey of(String correct) {
    return new AnswerKey(correct, List.of(), Optional.empty(), List.of());
  }
}
