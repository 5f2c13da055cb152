package games;

import java.util.Optional;

/**
 * Which of a learner's lists are wanted, in which order.
 *
 * @param search part of the name, taken literally
 * @param ascending oldest first, or A to Z
 */
public record WordListFilter(
    Optional<String> search,
    Optional<Boolean> favorite,
    Optional<String> classId,
    Sort sort,
    boolean ascending) {

  /** What lists are sorted by; equal ones by id. */
  public enum Sort {
    CREATED("created_at"),
    UPDATED("updated_at"),
    NAME("name");

    final String column;

    Sort(String column) {
      this.column = column;
    }
  }
}
