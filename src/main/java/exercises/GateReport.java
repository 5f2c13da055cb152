package exercises;

import java.util.Map;

/**
 * What the quality gate decided.
 *
 * @param kept the set without the items that broke a rule; its metadata carries warnings and
 *     rejections
 * @param rejected dropped items by the name of the first rule each broke
 */
public record GateReport(ExerciseSet kept, Map<String, Integer> rejected) {}
