package courses.sources;

/**
 * Words on the screen.
 *
 * @param endMs not before {@code startMs}, and not after the next one's start once cleaned
 * @param text one line once cleaned
 */
record Caption(long startMs, long endMs, String text) {}
