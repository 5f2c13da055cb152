package speech;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a longer recording: nothing but frames, so that pieces of one voice are one file when
 * they are put one behind the other. Titles are left out, and so is the frame without sound that
 * says how long the piece is: a player would take it for the whole.
 *
 * @param frames from the first to the last byte
 * @param millis how long a player plays them, counted from the frames
 * @param rate samples a second
 */
public record Mp3Piece(Buffer frames, long millis, int rate) {
  private static final Set<String> LENGTH_MARKS = Set.of("Xing", "Info");
  private static final int VBRI_AT = 36;

  /** Empty when there is no frame in it. */
  static Optional<Mp3Piece> of(Buffer file) {
    int at = Mp3.afterTag(file);
    int end = Mp3.beforeTrailer(file, at);
    int begin = at;
    long samples = 0;
    int rate = 0;
    while (at + Mp3.HEADER <= end) {
      Optional<Mp3Frame> frame = Mp3Frame.of(file.getInt(at));
      if (frame.isEmpty() || at + frame.get().length() > end) {
        break;
      }
      int next = at + frame.get().length();
      if (samples == 0 && saysLength(file, at, frame.get())) {
        begin = next;
      } else {
        samples += frame.get().samples();
        rate = frame.get().rate();
      }
      at = next;
    }
    return samples == 0
        ? Optional.empty()
        : Optional.of(new Mp3Piece(file.slice(begin, at), samples * 1_000 / rate, rate));
  }

  private static boolean saysLength(Buffer file, int at, Mp3Frame frame) {
    int mark = at + Mp3.HEADER + frame.sideInformation();
    return frame.length() > VBRI_AT + 4
        && (LENGTH_MARKS.contains(file.getString(mark, mark + 4, "ISO-8859-1"))
            || file.getString(at + VBRI_AT, at + VBRI_AT + 4, "ISO-8859-1").equals("VBRI"));
  }
}
