package courses.content;

/** Segments by ordinal, both ends included. */
public record Span(int from, int to) implements Content {
  public Span {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "a span must run forwards from 0 on, not " + from + " to " + to);
    }
  }

  /** Whether a segment lies in it. */
  public boolean contains(int ordinal) {
    return ordinal >= from && ordinal <= to;
  }
}
