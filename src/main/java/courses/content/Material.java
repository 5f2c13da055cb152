package courses.content;

import courses.sources.Segment;
import java.util.List;

/**
 * What a course is made of.
 *
 * @param segments in order; empty for a bare topic, whose line is the brief's title
 */
public record Material(Brief brief, List<Segment> segments) {
  public Material {
    segments = List.copyOf(segments);
  }

  /** Whether there is nothing but a line of text. */
  public boolean isTopic() {
    return segments.isEmpty();
  }

  /** The segments of a span; none for an absent one. */
  public List<Segment> within(java.util.Optional<Span> span) {
    return span.map(s -> segments.stream().filter(one -> s.contains(one.ordinal())).toList())
        .orElse(List.of());
  }
}
