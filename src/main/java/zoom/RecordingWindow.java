package zoom;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;

/** A span of time in which a lesson is held. */
public record RecordingWindow(Instant start, Instant end) {
  private static final Duration UNKNOWN_LENGTH = Duration.ofMinutes(60);

  /** When a lesson is held; an hour when its end is not known; empty when its start is not. */
  public static Optional<RecordingWindow> of(RecordingQuery query) {
    return query
        .startsAt()
        .map(
            start -> {
              ZonedDateTime begin = start.atZone(query.zone());
              Instant end =
                  query
                      .endsAt()
                      .map(time -> time.atZone(query.zone()).toInstant())
                      .filter(time -> time.isAfter(begin.toInstant()))
                      .orElse(begin.toInstant().plus(UNKNOWN_LENGTH));
              return new RecordingWindow(begin.toInstant(), end);
            });
  }

  /** How much of another span lies in this one; zero when none. */
  Duration overlap(Instant from, Instant to) {
    Instant later = from.isAfter(start) ? from : start;
    Instant earlier = to.isBefore(end) ? to : end;
    Duration both = Duration.between(later, earlier);
    return both.isNegative() ? Duration.ZERO : both;
  }

  /** This span and so much before and after it. */
  RecordingWindow wider(Duration before, Duration after) {
    return new RecordingWindow(start.minus(before), end.plus(after));
  }
}
