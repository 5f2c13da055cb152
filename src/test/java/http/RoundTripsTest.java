package http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import settings.Settings;

/**
 * How often each operation of the games goes to the database: what the table in docs/performance.md
 * says, counted by the server itself.
 */
class RoundTripsTest extends ApiTest {
  private static final Path TABLE = Path.of("docs", "performance.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)`(?:, ([^|]+?))? \\| (\\d+) \\|.*");
  // as many as there are words
  private static final Set<String> BY_SIZE = Set.of("importWords", "exportWords");

  private GameRequests requests;

  RoundTripsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  /** One row of the table. */
  record Row(String operation, String variant, int trips) {}

  static List<Row> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(
            row ->
                new Row(
                    row.group(1),
                    row.group(2) == null ? "" : row.group(2),
                    Integer.parseInt(row.group(3))))
        .toList();
  }

  @BeforeAll
  void seed() {
    new OwnershipWalkSeed(databases);
    requests = new GameRequests(server);
  }

  @Test
  void everyOperationOfTheGamesIsInTheTable() throws IOException {
    Set<String> stated = rows().stream().map(Row::operation).collect(Collectors.toSet());
    Set<String> games = new TreeSet<>();
    for (Operation operation : ApiDocument.shared().operations()) {
      String path = operation.mounts().get(0).route();
      if (path.matches(
          "/v1/(word-lists|flashcards|spelling|advanced-cloze|grammar-challenge|sentence-builder"
              + "|sessions|progress(?!/[a-z])|mistakes|stats|user)(/.*)?")) {
        games.add(operation.id());
      }
    }
    games.removeAll(BY_SIZE);
    assertThat(games).hasSizeGreaterThan(50).isEqualTo(new TreeSet<>(stated));
  }

  @TestFactory
  Stream<DynamicTest> eachGoesAsOftenAsTheTableSays() throws IOException {
    return rows().stream()
        .map(
            row ->
                dynamicTest(
                    row.operation() + " " + row.variant(),
                    () -> {
                      GameRequests.Request request =
                          requests.request(row.operation(), row.variant());
                      long before = statements();
                      ApiServer.Answer answer = request.send();
                      long after = statements();
                      assertThat(answer.status()).as(answer.response().body()).isBetween(200, 299);
                      assertThat(after - before - 1).isEqualTo(row.trips());
                    }));
  }

  /**
   * Statements that the server was sent, this one included; preparing, which happens once a
   * connection, is not among them.
   */
  private long statements() {
    return Long.parseLong(
        databases.mysql("SHOW GLOBAL STATUS LIKE 'Questions'").iterator().next().getString(1));
  }
}
