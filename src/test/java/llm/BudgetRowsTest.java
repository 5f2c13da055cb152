package llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import lessons.LessonDatabases;
import messages.Addresses;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Budgets' rows in Postgres: notices, and what becomes of old ones. */
class BudgetRowsTest {
  private static LessonDatabases databases;

  @BeforeAll
  static void open() {
    databases = new LessonDatabases();
  }

  @AfterAll
  static void close() {
    databases.close();
  }

  @Test
  void ofSeveralNodesOneTellsAndAHigherCapIsToldOfAnew() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    List<JsonObject> told = new CopyOnWriteArrayList<>();
    Promise<Void> last = Promise.promise();
    var consumer =
        databases
            .vertx
            .eventBus()
            .<JsonObject>consumer(
                Addresses.LLM_BUDGET,
                message -> {
                  told.add(message.body());
                  if (message.body().getString("budget").equals("end")) {
                    last.complete();
                  }
                });
    List<BudgetNotices> nodes =
        List.of(
            new BudgetNotices(databases.vertx, databases.postgres, registry),
            new BudgetNotices(databases.vertx, databases.postgres, registry));
    for (int round = 0; round < 3; round++) {
      nodes.forEach(node -> node.reached("job:1", 80, 800, 1_000));
    }
    until(() -> told.size() >= 1);
    nodes.forEach(node -> node.reached("job:1", 100, 990, 1_000));
    until(() -> told.size() >= 2);
    nodes.forEach(node -> node.reached("job:1", 80, 990, 1_000));
    nodes.forEach(node -> node.reached("job:1", 80, 1_700, 2_000));
    until(() -> told.size() >= 3);
    nodes.get(0).reached("end", 100, 1, 1);
    last.future().await(10, TimeUnit.SECONDS);
    consumer.unregister().await(10, TimeUnit.SECONDS);

    assertThat(told.stream().map(one -> one.getString("budget") + one.getInteger("percent")))
        .containsExactly("job:180", "job:1100", "job:180", "end100");
    assertThat(registry.counter("llm.budget.notices", "percent", "80").count()).isEqualTo(2);
    assertThat(told.get(2).getDouble("maxUsd")).isEqualTo(2e-6);
  }

  private static void until(BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!there.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it is told within 20 s").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Test
  void oldRowsAreDeletedAndYoungOnesStay() {
    for (String[] row :
        new String[][] {
          {"day:2020-01-01", "8 days"},
          {"day:2020-01-01:user:mia", "8 days"},
          {"day:2020-01-02", "6 days"},
          {"lesson-1", "401 days"},
          {"lesson-2", "300 days"}
        }) {
      databases.postgres(
          "INSERT INTO llm_budget (id, changed_at) VALUES ($1, now() - $2::TEXT::INTERVAL)",
          row[0],
          row[1]);
    }
    databases.postgres(
        "INSERT INTO llm_quota (quota, updated_at) VALUES ('old', now() - INTERVAL '4 days'),"
            + " ('young', now())");
    LessonDatabases.await(ModelUpkeep.run(databases.postgres));

    assertThat(
            databases.count(
                "SELECT count(*) FROM llm_budget WHERE id IN ('day:2020-01-02', 'lesson-2')"))
        .isEqualTo(2);
    assertThat(
            databases.count(
                "SELECT count(*) FROM llm_budget WHERE id LIKE 'day:2020-01-01%' OR id ="
                    + " 'lesson-1'"))
        .isZero();
    assertThat(databases.count("SELECT count(*) FROM llm_quota WHERE quota = 'old'")).isZero();
    assertThat(databases.count("SELECT count(*) FROM llm_quota WHERE quota = 'young'")).isOne();
  }

  @Test
  void whatIsNearlySpentIsKnownFromItsRow() {
    ModelReports reports = new ModelReports(databases.postgres);
    databases.postgres("INSERT INTO llm_budget (id, spent) VALUES ('near', 800000000)");
    assertThat(LessonDatabases.await(reports.nearlySpent(List.of(new Budget("near", 1))))).isTrue();
    assertThat(LessonDatabases.await(reports.nearlySpent(List.of(new Budget("near", 1.01)))))
        .isFalse();
    assertThat(LessonDatabases.await(reports.nearlySpent(List.of(Budget.ofUser("lea"))))).isFalse();
    databases.postgres(
        "INSERT INTO llm_budget (id, told_percent) VALUES ($1, 80)",
        "day:" + LocalDate.now(ZoneOffset.UTC) + ":user:lea");
    assertThat(LessonDatabases.await(reports.nearlySpent(List.of(Budget.ofUser("lea"))))).isTrue();
  }
}
