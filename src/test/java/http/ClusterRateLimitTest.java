package http;

import static org.assertj.core.api.Assertions.assertThat;

import cluster.HazelcastNodes;
import databases.TestServers;
import io.vertx.core.Vertx;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import settings.Settings;

/** Two nodes of one cluster count one learner's requests together. */
class ClusterRateLimitTest {
  private static final Settings.RateLimits LIMITS =
      new Settings.RateLimits(true, TestServers.rates(6));

  @Test
  void nodesShareTheBuckets() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var settings =
        new Settings.Cluster(
            true, "127.0.0.1", port, List.of("127.0.0.1:" + port, "127.0.0.1:" + (port + 1)));
    Vertx one = join(settings);
    Vertx two = join(settings);
    try {
      RateLimiter first = patient(one);
      RateLimiter second = patient(two);
      // the first of a cluster takes seconds, and one comes back every ten
      take(first, one, "user warm-up");
      take(second, two, "user warm-up");
      for (int left = 5; left >= 0; left--) {
        boolean even = left % 2 == 0;
        assertThat(take(even ? first : second, even ? one : two).remaining()).isEqualTo(left);
      }
      assertThat(take(first, one).allowed()).isFalse();
      assertThat(take(second, two).allowed()).isFalse();
    } finally {
      two.close().await(30, TimeUnit.SECONDS);
    }
    // the other node is gone, perhaps with the count: this one goes on
    RateLimiter left = patient(one);
    assertThat(RateLimiter.of(one, LIMITS)).isSameAs(RateLimiter.of(one, LIMITS));
    assertThat(take(left, one).limit()).isEqualTo(6);
    one.close().await(30, TimeUnit.SECONDS);
    // and without any cluster by itself
    assertThat(take(left, one).remaining()).isEqualTo(5);
  }

  private static RateLimiter patient(Vertx vertx) {
    return new RateLimiter(LIMITS, HazelcastNodes.buckets(vertx), Duration.ofSeconds(15));
  }

  private static Vertx join(Settings.Cluster settings) throws Exception {
    return Vertx.builder()
        .withClusterManager(HazelcastNodes.join(settings))
        .buildClustered()
        .await(60, TimeUnit.SECONDS);
  }

  private static RateLimiter.Verdict take(RateLimiter limiter, Vertx vertx) throws Exception {
    return take(limiter, vertx, "user stu-1");
  }

  private static RateLimiter.Verdict take(RateLimiter limiter, Vertx vertx, String who)
      throws Exception {
    return limiter.take(vertx, "read", who).await(20, TimeUnit.SECONDS).orElseThrow();
  }
}
