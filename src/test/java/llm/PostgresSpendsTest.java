package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lessons.LessonDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Budgets that nodes share through Postgres. */
class PostgresSpendsTest {
  private static LessonDatabases databases;

  @BeforeAll
  static void open() {
    databases = new LessonDatabases();
  }

  @AfterAll
  static void close() {
    databases.close();
  }

  private static SpendStore.Change change(
      String budget, long spent, long released, long least, long most, long cap) {
    return new SpendStore.Change(budget, spent, released, least, most, cap);
  }

  @Test
  void itCountsAsTheProcessDoes() {
    Random random = new Random(4);
    LocalSpends local = new LocalSpends();
    PostgresSpends shared = new PostgresSpends(databases.postgres);
    long[] held = new long[3];
    for (int round = 0; round < 200; round++) {
      List<SpendStore.Change> changes = new ArrayList<>();
      for (int budget : random.nextBoolean() ? new int[] {2, 0} : new int[] {1}) {
        long released = held[budget] == 0 ? 0 : random.nextLong(held[budget] + 1);
        long spent = released == 0 ? 0 : random.nextLong(released + 1);
        held[budget] -= released;
        long least = random.nextInt(50);
        changes.add(
            change("same:" + budget, spent, released, least, least + random.nextInt(50), 2_000));
      }
      List<SpendStore.State> expected = local.exchange(changes).result();

      assertThat(LessonDatabases.await(shared.exchange(changes))).isEqualTo(expected);
      for (int i = 0; i < changes.size(); i++) {
        String budget = changes.get(i).budget();
        held[budget.charAt(budget.length() - 1) - '0'] += expected.get(i).granted();
      }
    }
    assertThat(LessonDatabases.await(PostgresSpends.spent(databases.postgres, "same:1")))
        .isPositive();
  }

  @Test
  void nodesAtOnceGetTheCapBetweenThemAndNoMore() {
    List<Future<Long>> nodes = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      nodes.add(takeAll(new PostgresSpends(databases.postgres), 0));
    }
    LessonDatabases.await(Future.all(nodes));

    assertThat(nodes.stream().mapToLong(Future::result).sum()).isEqualTo(1_000);
  }

  private static Future<Long> takeAll(PostgresSpends node, long had) {
    return node.exchange(List.of(change("b", 0, 0, 7, 7, 1_000), change("a", 0, 0, 1, 7, 1_000)))
        .compose(
            states ->
                states.get(1).granted() == 0
                    ? Future.succeededFuture(had)
                    : takeAll(node, had + states.get(1).granted()));
  }

  @Test
  void whatADeadNodeHeldCountsAsSpent() {
    PostgresSpends node = new PostgresSpends(databases.postgres);
    LessonDatabases.await(node.exchange(List.of(change("dead", 0, 0, 600, 600, 1_000))));
    SpendStore.State held =
        LessonDatabases.await(node.exchange(List.of(change("dead", 0, 0, 500, 500, 1_000)))).get(0);
    assertThat(held).isEqualTo(new SpendStore.State(0, 600, 0));

    databases.postgres(
        "UPDATE llm_budget SET changed_at = now() - INTERVAL '2 minutes' WHERE id = 'dead'");
    SpendStore.State after =
        LessonDatabases.await(node.exchange(List.of(change("dead", 0, 0, 500, 500, 1_000)))).get(0);
    assertThat(after).isEqualTo(new SpendStore.State(600, 0, 0));
  }
}
