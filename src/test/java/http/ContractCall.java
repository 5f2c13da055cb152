package http;

import java.util.ArrayList;
import java.util.List;

/**
 * One row of the contract's operations, and how it is called.
 *
 * @param row its number in the contract
 * @param path with {@code {names}} of what must be there
 * @param body a valid one; empty where none is needed
 * @param status of success in canonical rendering
 * @param answer the object that comes back, or "page X key"
 * @param group of its rate limit
 * @param notes what else holds
 */
record ContractCall(
    String row,
    String method,
    String path,
    String body,
    int status,
    String answer,
    String group,
    String notes) {
  private static final List<String[]> ALIASES =
      List.of(
          new String[] {"/v1/advanced-cloze/", "/v1/cloze/"},
          new String[] {"/v1/grammar-challenge/", "/v1/grammar/"},
          new String[] {"/v1/sentence-builder/", "/v1/sentence/"});
  private static final List<String> FIRST_GENERATION =
      List.of(
          "/v1/sessions/",
          "/v1/progress/",
          "/v1/mistakes/",
          "/v1/stats/",
          "/v1/user/stats",
          "/v1/spelling/words");

  /**
   * One way to call it.
   *
   * @param legacy whether the first generation's rendering is due
   * @param alias whether the path is of an alias family
   */
  record Way(String path, boolean legacy, boolean alias) {}

  static List<ContractCall> all() {
    return ContractTable.rows("calls", 7).stream()
        .map(
            row ->
                new ContractCall(
                    row.get(0),
                    row.get(1).split(" ")[0],
                    row.get(1).split(" ")[1],
                    row.get(2),
                    Integer.parseInt(row.get(3)),
                    row.get(4),
                    row.get(5),
                    row.get(6)))
        .toList();
  }

  static ContractCall of(String row) {
    return all().stream()
        .filter(call -> call.row().equals(row))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("calls.txt has no " + row));
  }

  /** Under both prefixes and every alias. */
  List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    boolean old = FIRST_GENERATION.stream().anyMatch(path::startsWith);
    ways.add(new Way(path, old, false));
    ways.add(new Way("/api" + path, true, false));
    for (String[] alias : ALIASES) {
      // the analytics are of the second generation only
      if (path.startsWith(alias[0])) {
        String other = path.replace(alias[0], alias[1]);
        ways.add(new Way(other, true, true));
        ways.add(new Way("/api" + other, true, true));
      }
    }
    return ways;
  }

  boolean note(String word) {
    return List.of(notes.split(" ")).contains(word);
  }

  /** The word after another in the notes; null without. */
  String noteAfter(String word) {
    List<String> words = List.of(notes.split(" "));
    int at = words.indexOf(word);
    return at < 0 ? null : words.get(at + 1);
  }

  @Override
  public String toString() {
    return row + " " + method + " " + path;
  }
}
