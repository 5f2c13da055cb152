package cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.NetworkConfig;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.grid.hazelcast.Bucket4jHazelcast;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Optional;
import settings.Settings;

/**
 * Joins nodes over TCP to named members; nothing is discovered by itself, so a node never joins a
 * stranger's cluster. The cluster only carries wake-ups and requests: the databases stay the truth,
 * and a node that can't join still does its work.
 */
public final class HazelcastNodes {
  private static final String BUCKETS = "rate-limits";
  private static final int BUCKET_IDLE_SECONDS = 120;
  private static final int MOST_BUCKETS = 100_000;

  private HazelcastNodes() {}

  /** Token buckets that all nodes of the cluster share; empty when this node is in none. */
  public static Optional<AsyncProxyManager<String>> buckets(Vertx vertx) {
    return ((VertxInternal) vertx).clusterManager() instanceof HazelcastClusterManager manager
        ? Optional.of(
            Bucket4jHazelcast.<String>entryProcessorBasedBuilder(
                    manager.getHazelcastInstance().getMap(BUCKETS))
                .build()
                .asAsync())
        : Optional.empty();
  }

  public static ClusterManager join(Settings.Cluster settings) {
    System.setProperty("hazelcast.logging.type", "slf4j");
    Config config = ConfigUtil.loadConfig();
    config.setClusterName("lessonweave");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    // A node that was killed is forgotten after 10 s instead of a minute: requests to it would time
    // out until then.
    config.setProperty("hazelcast.heartbeat.interval.seconds", "2");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(settings.port()).setPortAutoIncrement(true);
    if (!settings.host().equals("0.0.0.0")) {
      network.getInterfaces().setEnabled(true).addInterface(settings.host());
    }
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    // forgotten when full again at the latest; no backup, since a lost count only gives somebody
    // another minute's requests
    config.addMapConfig(
        new MapConfig(BUCKETS)
            .setMaxIdleSeconds(BUCKET_IDLE_SECONDS)
            .setBackupCount(0)
            .setEvictionConfig(
                new EvictionConfig()
                    .setEvictionPolicy(EvictionPolicy.LRU)
                    .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                    .setSize(MOST_BUCKETS)));
    join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(3);
    settings.members().forEach(join.getTcpIpConfig()::addMember);
    return new HazelcastClusterManager(config);
  }
}
