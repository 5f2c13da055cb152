package launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The nodes of {@code deploy/compose.yaml} together do all the work. */
class ComposeTest {
  @Test
  void theSplitNodesRunEveryVerticle() throws IOException {
    Map<String, Map<String, Map<String, Object>>> compose;
    try (Reader reader = Files.newBufferedReader(Path.of("deploy/compose.yaml"))) {
      compose = new Yaml().load(reader);
    }
    Set<String> run = new TreeSet<>();
    for (Map<String, Object> service : compose.get("services").values()) {
      if (List.of("split").equals(service.get("profiles"))) {
        List<?> command = (List<?>) service.get("command");
        String names = (String) command.get(command.indexOf("--verticles") + 1);
        for (String name : names.split(",")) {
          run.add(name.replaceAll(":\\d+$", ""));
        }
      }
    }
    assertThat(run).containsExactlyInAnyOrderElementsOf(Roster.names());
  }
}
