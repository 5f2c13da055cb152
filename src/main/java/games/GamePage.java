package games;

import java.util.List;

/**
 * One page of a list.
 *
 * @param total number of rows on all pages
 */
public record GamePage<T>(List<T> rows, long total) {}
