package databases;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Event loops that have MySQL connections of their own. */
class LoopPoolsTest {
  private static final int STATEMENTS = 60;

  private final Vertx vertx = Vertx.vertx();
  private final Map<Thread, Set<Long>> seen = new ConcurrentHashMap<>();
  private Databases databases;

  @BeforeEach
  void open() throws Exception {
    databases = Databases.open(vertx, TestServers.freshSettings()).await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    databases.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** Asks which connection it is on, many times at once, on its loop. */
  private final class Asking extends VerticleBase {
    private Runnable giveBack;

    @Override
    public Future<?> start() {
      giveBack = databases.ownMysql(context.getInstanceCount());
      return connections(databases.mysql()).onSuccess(ids -> seen.put(Thread.currentThread(), ids));
    }

    Future<Set<Long>> again() {
      Promise<Set<Long>> asked = Promise.promise();
      context.runOnContext(on -> connections(databases.mysql()).onComplete(asked));
      return asked.future();
    }

    @Override
    public Future<?> stop() {
      giveBack.run();
      return Future.succeededFuture();
    }
  }

  private static Future<Set<Long>> connections(Pool pool) {
    List<Future<Long>> asked = new ArrayList<>();
    for (int i = 0; i < STATEMENTS; i++) {
      asked.add(
          i % 2 == 0
              ? pool.preparedQuery("SELECT CONNECTION_ID()")
                  .execute()
                  .map(rows -> rows.iterator().next().getLong(0))
              : pool.withTransaction(
                  transaction ->
                      transaction
                          .query("SELECT CONNECTION_ID()")
                          .execute()
                          .map(rows -> rows.iterator().next().getLong(0))));
    }
    return Future.join(asked)
        .map(
            all -> {
              Set<Long> ids = new HashSet<>();
              asked.forEach(one -> ids.add(one.result()));
              return ids;
            });
  }

  @Test
  void noTwoLoopsHaveAConnectionInCommon() throws Exception {
    String deployed =
        vertx
            .deployVerticle(() -> new Asking(), new DeploymentOptions().setInstances(2))
            .await(30, TimeUnit.SECONDS);
    assertThat(seen).hasSize(2);
    Set<Long> all = new HashSet<>();
    for (Set<Long> ofOne : seen.values()) {
      assertThat(ofOne).hasSizeBetween(1, 5); // its half of ten
      for (Long id : ofOne) {
        assertThat(all.add(id)).as("connection %d is one loop's only", id).isTrue();
      }
    }
    Set<Long> others = connections(databases.mysql()).await(30, TimeUnit.SECONDS);
    assertThat(others).hasSizeBetween(1, 10).doesNotContainAnyElementsOf(all);
    assertThat(databases.mysql().size()).isEqualTo(all.size() + others.size());

    vertx.undeploy(deployed).await(10, TimeUnit.SECONDS);
    assertThat(databases.mysql().size()).isEqualTo(others.size());
    assertThat(connections(databases.mysql()).await(30, TimeUnit.SECONDS)).isNotEmpty();
  }

  @Test
  void whoeverIsLeftOnALoopGoesOnWhenTheFirstIsGone() throws Exception {
    Map<Asking, String> deployed = new LinkedHashMap<>();
    // more than there are loops, so that some share one
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors() + 1; i++) {
      Asking asking = new Asking();
      deployed.put(asking, vertx.deployVerticle(asking).await(30, TimeUnit.SECONDS));
    }
    assertThat(seen.size()).isLessThan(deployed.size());
    for (Asking gone : List.copyOf(deployed.keySet())) {
      vertx.undeploy(deployed.remove(gone)).await(10, TimeUnit.SECONDS);
      for (Asking left : deployed.keySet()) {
        assertThat(left.again().await(30, TimeUnit.SECONDS)).isNotEmpty();
      }
    }
  }
}
