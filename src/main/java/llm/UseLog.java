package llm;

import io.vertx.core.buffer.Buffer;

/**
 * What was used of one limit in a sliding window: a log of amounts by time, so that in no window of
 * the length, wherever it begins, more than the limit is used. Whatever way the provider counts
 * (fixed minutes, sliding minutes, or a bucket that holds the limit and refills evenly), it then
 * never sees more than it allows. Amounts closer together than a grain are kept as one, at the
 * later time, which bounds the log.
 */
final class UseLog {
  private static final int GRAINS = 600;
  // How much the same moment differs when it is told twice.
  private static final long CLOCK_ERROR = 5;

  private final long windowMillis;
  private final long grainMillis;
  // a ring would save moving; the log is short and moves rarely
  private long[] first = new long[8];
  private long[] last = new long[8];
  private long[] amounts = new long[8];
  private int head;
  private int tail;
  private long total;
  private long lastExpiry = Long.MIN_VALUE;

  UseLog(long windowMillis) {
    this.windowMillis = windowMillis;
    this.grainMillis = Math.max(1, windowMillis / GRAINS);
  }

  /** Used in the window that ends at {@code now}. */
  long used(long now) {
    while (head < tail && last[head] + windowMillis <= now) {
      lastExpiry = last[head] + windowMillis;
      total -= amounts[head++];
    }
    return total;
  }

  /** Whether less counts at {@code now} than did at {@code when}, because time has passed. */
  boolean expiredBetween(long when, long now) {
    used(now);
    return lastExpiry > when;
  }

  /**
   * @param when not always the latest: nodes tell a little later what they used
   */
  void add(long when, long amount) {
    total += amount;
    int at = tail;
    while (at > head && first[at - 1] > when) {
      at--;
    }
    if (at > head && (when - first[at - 1] < grainMillis || when <= last[at - 1])) {
      last[at - 1] = Math.max(last[at - 1], when);
      amounts[at - 1] += amount;
    } else if (at < tail && last[at] - when < grainMillis) {
      first[at] = when;
      amounts[at] += amount;
    } else {
      insert(at, when, amount);
    }
  }

  private void insert(int place, long when, long amount) {
    int at = place;
    if (tail == amounts.length) {
      at -= head;
      makeRoom();
    }
    System.arraycopy(first, at, first, at + 1, tail - at);
    System.arraycopy(last, at, last, at + 1, tail - at);
    System.arraycopy(amounts, at, amounts, at + 1, tail - at);
    first[at] = when;
    last[at] = when;
    amounts[at] = amount;
    tail++;
  }

  /**
   * Corrects an amount that was added at {@code when}; below zero it gives back. What there is no
   * amount for any more is added, and not given back.
   */
  void correct(long when, long difference) {
    for (int i = head; i < tail; i++) {
      if (last[i] >= when - CLOCK_ERROR) {
        long corrected = Math.max(0, amounts[i] + difference);
        total += corrected - amounts[i];
        amounts[i] = corrected;
        return;
      }
    }
    if (difference > 0) {
      add(when, difference);
    }
  }

  /** What was added at {@code when} counts so much later; what is not there any more, anew. */
  void move(long when, long laterMillis, long amount) {
    for (int i = head; i < tail; i++) {
      if (last[i] >= when - CLOCK_ERROR) {
        long taken = Math.min(amount, amounts[i]);
        amounts[i] -= taken;
        total -= taken;
        break;
      }
    }
    if (amount > 0) {
      add(when + laterMillis, amount);
    }
  }

  /** Milliseconds until {@code amount} fits under {@code limit}; 0 when it does now. */
  long waitFor(long now, long amount, long limit) {
    long excess = used(now) + amount - limit;
    for (int i = head; i < tail && excess > 0; i++) {
      excess -= amounts[i];
      if (excess <= 0) {
        return Math.max(1, last[i] + windowMillis - now);
      }
    }
    return excess > 0 ? windowMillis : 0;
  }

  private void makeRoom() {
    int size = tail - head;
    int capacity = size > amounts.length / 2 ? amounts.length * 2 : amounts.length;
    first = moved(first, size, capacity);
    last = moved(last, size, capacity);
    amounts = moved(amounts, size, capacity);
    head = 0;
    tail = size;
  }

  private long[] moved(long[] from, int size, int capacity) {
    long[] to = new long[capacity];
    System.arraycopy(from, head, to, 0, size);
    return to;
  }

  void write(Buffer buffer) {
    buffer.appendInt(tail - head).appendLong(lastExpiry);
    for (int i = head; i < tail; i++) {
      buffer.appendLong(first[i]).appendInt((int) (last[i] - first[i])).appendLong(amounts[i]);
    }
  }

  /**
   * Replaces what is here.
   *
   * @param withExpiry whether the form has the time of the last expiry
   * @return the place behind what was read
   */
  int read(Buffer buffer, int from, boolean withExpiry) {
    int size = buffer.getInt(from);
    int at = from + Integer.BYTES;
    if (withExpiry) {
      lastExpiry = buffer.getLong(at);
      at += Long.BYTES;
    }
    head = 0;
    tail = 0;
    total = 0;
    if (size > amounts.length) {
      first = new long[size];
      last = new long[size];
      amounts = new long[size];
    }
    for (int i = 0; i < size; i++) {
      first[i] = buffer.getLong(at);
      last[i] = first[i] + buffer.getInt(at + Long.BYTES);
      amounts[i] = buffer.getLong(at + Long.BYTES + Integer.BYTES);
      total += amounts[i];
      at += 2 * Long.BYTES + Integer.BYTES;
    }
    tail = size;
    return at;
  }
}
