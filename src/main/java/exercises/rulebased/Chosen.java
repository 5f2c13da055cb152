package exercises.rulebased;

import exercises.understanding.Mistake;

/**
 * A gap that becomes an item.
 *
 * @param mistake the slip it comes from, or null
 */
record Chosen(Gap gap, Mistake mistake) {}
