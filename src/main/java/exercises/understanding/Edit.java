package exercises.understanding;

import java.util.List;

/**
 * One change from what the student said to what is right.
 *
 * @param from first part of the student's sentence that changes
 * @param to after the last one; equal to {@code from} when something is missing there
 * @param wrong those parts
 * @param right what stands there instead
 */
public record Edit(int from, int to, List<String> wrong, List<String> right) {}
