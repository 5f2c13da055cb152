package http;

import cluster.HazelcastNodes;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import settings.Settings;

/**
 * Token buckets by learner and group of operations: section 1.9 of the wire contract. A node of a
 * cluster asks the cluster's buckets and falls back to its own while the cluster does not answer: a
 * limit is no reason to turn learners away.
 */
final class RateLimiter implements Shareable {
  /** The group of callers that nobody knows. */
  static final String ANONYMOUS = "anonymous";

  private static final Logger LOG = LoggerFactory.getLogger(RateLimiter.class);
  private static final int MOST_BUCKETS = 100_000;
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final Duration CLUSTER_WAIT = Duration.ofMillis(250);

  private final Cache<String, Bucket> local =
      Caffeine.newBuilder()
          .maximumSize(MOST_BUCKETS)
          .expireAfterAccess(PERIOD.multipliedBy(2))
          .build();

  private final boolean enabled;
  private final Map<String, BucketConfiguration> groups = new TreeMap<>();
  private final Optional<AsyncProxyManager<String>> cluster;
  private final Duration clusterWait;

  /**
   * The limiter of this process, one for all event loops; its buckets are the cluster's when the
   * node is in one.
   */
  static RateLimiter of(Vertx vertx, Settings.RateLimits settings) {
    return vertx
        .sharedData()
        .<String, RateLimiter>getLocalMap("http.rate-limits")
        .computeIfAbsent(
            settings.toString(),
            key -> new RateLimiter(settings, HazelcastNodes.buckets(vertx), CLUSTER_WAIT));
  }

  /**
   * @param cluster the buckets that all nodes share; empty for a node alone
   * @param clusterWait how long one request waits for them
   */
  RateLimiter(
      Settings.RateLimits settings,
      Optional<AsyncProxyManager<String>> cluster,
      Duration clusterWait) {
    this.enabled = settings.enabled();
    this.clusterWait = clusterWait;
    this.cluster = cluster;
    settings
        .perMinute()
        .forEach(
            (group, tokens) ->
                groups.put(
                    group,
                    BucketConfiguration.builder()
                        .addLimit(
                            Bandwidth.builder()
                                .capacity(tokens)
                                .refillGreedy(tokens, PERIOD)
                                .build())
                        .build()));
  }

  boolean knows(String group) {
    return groups.containsKey(group);
  }

  /**
   * What one request found.
   *
   * @param limit requests a minute
   * @param remaining how many are left now
   * @param waitSeconds until the next one is allowed, at least 1; 0 when this one is
   * @param resetSeconds until all are there again
   */
  record Verdict(long limit, long remaining, long waitSeconds, long resetSeconds) {
    boolean allowed() {
      return waitSeconds == 0;
    }
  }

  /**
   * Takes one request off a bucket; empty when limits are switched off.
   *
   * @param who the learner, or the address of a caller nobody knows
   */
  Future<Optional<Verdict>> take(Vertx vertx, String group, String who) {
    if (!enabled) {
      return Future.succeededFuture(Optional.empty());
    }
    BucketConfiguration configuration = groups.get(group);
    String key = group + "\n" + who;
    if (cluster.isEmpty()) {
      return Future.succeededFuture(
          Optional.of(verdict(configuration, takeLocally(configuration, key))));
    }
    Context context = vertx.getOrCreateContext();
    // inside compose, because a member that has left the cluster throws instead of failing
    return Future.succeededFuture(cluster.get())
        .compose(
            buckets ->
                Future.fromCompletionStage(
                    buckets
                        .builder()
                        .build(key, () -> CompletableFuture.completedFuture(configuration))
                        .tryConsumeAndReturnRemaining(1),
                    context))
        .timeout(clusterWait.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure -> {
              LOG.debug("the cluster's rate limits don't answer; this node's own count", failure);
              return Future.succeededFuture(takeLocally(configuration, key));
            })
        .map(probe -> Optional.of(verdict(configuration, probe)));
  }

  private ConsumptionProbe takeLocally(BucketConfiguration configuration, String key) {
    return local
        .get(key, k -> Bucket.builder().addLimit(configuration.getBandwidths()[0]).build())
        .tryConsumeAndReturnRemaining(1);
  }

  private static Verdict verdict(BucketConfiguration configuration, ConsumptionProbe probe) {
    return new Verdict(
        configuration.getBandwidths()[0].getCapacity(),
        probe.getRemainingTokens(),
        probe.isConsumed() ? 0 : Math.max(1, seconds(probe.getNanosToWaitForRefill())),
        seconds(probe.getNanosToWaitForReset()));
  }

  /** Rounded up: who waits so long is not turned away again. */
  private static long seconds(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
  }
}
