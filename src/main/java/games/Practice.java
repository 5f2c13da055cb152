package games;

import java.time.Instant;

/**
 * How a learner did with a word so far.
 *
 * @param count answers
 * @param correct right ones among them
 * @param accuracy percent, 0 to 100; 0 before the first answer
 * @param last time of the last answer, or null
 */
record Practice(int count, int correct, int accuracy, Instant last) {
  static final Practice NONE = new Practice(0, 0, 0, null);

  static Practice of(int count, int correct, Instant last) {
    return new Practice(count, correct, percent(correct, count), last);
  }

  Practice and(boolean right, Instant at) {
    return of(count + 1, correct + (right ? 1 : 0), at);
  }

  /** Percent of {@code part} in {@code whole}, halves up; 0 of nothing. */
  static int percent(long part, long whole) {
    return whole == 0 ? 0 : (int) ((200 * part + whole) / (2 * whole));
  }
}
