package lessons;

import java.util.List;

/**
 * One page of a longer list.
 *
 * @param total rows on all pages
 */
public record Page<T>(List<T> rows, long total) {}
