package databases;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PerPoolTest {
  private static Pool pool(Vertx vertx) {
    return MySQLBuilder.pool().connectingTo(new MySQLConnectOptions()).using(vertx).build();
  }

  @Test
  void thereIsOneForEachPoolHoweverManyAsk() throws Exception {
    Vertx vertx = Vertx.vertx();
    Vertx other = Vertx.vertx();
    try {
      Pool first = pool(vertx);
      Pool second = pool(vertx);
      AtomicInteger made = new AtomicInteger();
      PerPool<String> things = new PerPool<>("test.things");
      Set<String> got = ConcurrentHashMap.newKeySet();
      IntStream.range(0, 64)
          .parallel()
          .forEach(i -> got.add(things.of(vertx, first, () -> "thing " + made.incrementAndGet())));
      assertThat(got).isEqualTo(Set.of("thing 1"));
      assertThat(things.of(vertx, second, () -> "of the second")).isEqualTo("of the second");
      assertThat(new PerPool<String>("test.others").of(vertx, first, () -> "other"))
          .isEqualTo("other");
      assertThat(things.of(other, first, () -> "elsewhere")).isEqualTo("elsewhere");
      assertThat(new PerPool<String>("test.things").of(vertx, first, () -> "again"))
          .isEqualTo("thing 1");
    } finally {
      for (Vertx one : List.of(vertx, other)) {
        one.close().await(10, TimeUnit.SECONDS);
      }
    }
  }
}
