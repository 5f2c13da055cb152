package http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The contract's rows as text: columns parted by {@code |}, comments after {@code #}. */
final class ContractTable {
  private ContractTable() {}

  /**
   * The rows of a table below {@code contract/}.
   *
   * @param columns how many each row has; missing ones at the end are empty
   */
  static List<List<String>> rows(String name, int columns) {
    try (InputStream in = ContractTable.class.getResourceAsStream("/contract/" + name + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> columns(line, columns))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> columns(String line, int columns) {
    String[] parts = line.split("\\|", columns);
    String[] whole = Arrays.copyOf(parts, columns);
    return Arrays.stream(whole).map(part -> part == null ? "" : part.strip()).toList();
  }
}
