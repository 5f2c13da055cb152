package settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Environment names that were meant for this program and say nothing to it. An environment is full
 * of other programs' names, so only what is a letter or two away from a known one counts, and what
 * begins like a section that no other program has.
 */
final class MistypedNames {
  private static final int LENGTH_FOR_ONE = 6;
  private static final int LENGTH_FOR_TWO = 10;
  private static final String MODEL_POOLS = "LLM_POOL_";

  /** Of other programs, and a letter away from ours. */
  private static final Set<String> OTHERS = Set.of("HTTPS", "MSSQL", "PGSQL", "NOSQL");

  /** What Kubernetes says of each service, whatever its name. */
  private static final Pattern OF_SERVICES =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP).*)?)");

  private final Set<String> known;
  private final Set<String> families = new HashSet<>();

  /**
   * @param keys every setting
   * @param known every environment name that is read, but for {@code NAME_FILE}
   */
  MistypedNames(Set<String> keys, Set<String> known) {
    this.known = new HashSet<>(known);
    known.forEach(name -> this.known.add(name + "_FILE"));
    for (String key : keys) {
      int end = key.lastIndexOf('.');
      String family = end < 0 ? "" : EnvironmentNames.of(key.substring(0, end));
      if (family.contains("_")) {
        families.add(family + "_");
      }
    }
  }

  /** A line for each of them. */
  List<String> in(Map<String, String> environment) {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (!value.isBlank() && !known.contains(name) && mayBeOurs(name)) {
                lines.addAll(line(name));
              }
            });
    return lines;
  }

  private static boolean mayBeOurs(String name) {
    return !name.startsWith(MODEL_POOLS)
        && !OTHERS.contains(first(name))
        && !OF_SERVICES.matcher(name).matches();
  }

  private List<String> line(String name) {
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance =
          Math.abs(candidate.length() - name.length()) > 2
              ? Integer.MAX_VALUE
              : distance(name, candidate);
      boolean near =
          distance == 1 && candidate.length() >= LENGTH_FOR_ONE
              || distance == 2
                  && candidate.length() >= LENGTH_FOR_TWO
                  && first(name).equals(first(candidate));
      if (near && (distance < least || distance == least && candidate.compareTo(nearest) < 0)) {
        nearest = candidate;
        least = distance;
      }
    }
    if (nearest != null) {
      return List.of(
          "the environment's "
              + name
              + " is not a setting and is ignored: is "
              + nearest
              + " meant?");
    }
    return families.stream().anyMatch(name::startsWith)
        ? List.of(
            "the environment's "
                + name
                + " is not a setting and is ignored:"
                + " conf/application.yaml names all there are")
        : List.of();
  }

  private static String first(String name) {
    int end = name.indexOf('_');
    return end < 0 ? name : name.substring(0, end);
  }

  /** Letters to add, leave out, change or swap with the next one. */
  private static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(steps[i - 1][j - 1] + changed, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        steps[i][j] = swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
      }
    }
    return steps[a.length()][b.length()];
  }
}
