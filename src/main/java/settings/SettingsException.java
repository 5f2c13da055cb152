package settings;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Settings that can't be used: all problems at once, so that one restart is enough to mend them.
 */
public final class SettingsException extends RuntimeException {
  private final transient List<Problem> problems;

  /**
   * @param key the setting, as it stands in {@code application.yaml}
   * @param problem what is wrong with the value; never the value of a secret
   * @param remedy what would be right
   */
  public record Problem(String key, String problem, String remedy) {
    @Override
    public String toString() {
      return key + ": " + problem + " - " + remedy;
    }
  }

  public SettingsException(List<Problem> problems) {
    super(
        problems.size()
            + (problems.size() == 1 ? " setting is wrong:\n" : " settings are wrong:\n")
            + problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
