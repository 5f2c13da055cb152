package games;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

/**
 * Ids of what learners make: UUIDs of version 7 (RFC 9562, section 5.7), which begin with the time.
 * Rows of one moment lie side by side in the primary index, which InnoDB keeps the rows themselves
 * in; with random ids each new row lay on a page of its own, to be read, split and written back.
 */
public final class RowIds {
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private RowIds() {}

  /** One that nobody else has, in 36 characters; safe on all threads. */
  public static String next() {
    return IDS.generate().toString();
  }
}
