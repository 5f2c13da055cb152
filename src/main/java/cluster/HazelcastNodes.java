package cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import settings.Settings;

/**
 * Joins nodes over TCP to named members; nothing is discovered by itself, so a node never joins a stranger's cluster. The cluster only
 * carries wake-ups and requests: the databases stay the truth, and a node that can't join still does its work.
 */
public final class HazelcastNodes {
  private HazelcastNodes() {}

  public static ClusterManager join(Settings.Cluster settings) {
    System.setProperty("hazelcast.logging.type", "slf4j");
    Config config = ConfigUtil.loadConfig();
    config.setClusterName("lessonweave");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    // A node that was killed is forgotten after 10 s instead of a minute: requests to it would time out until then.
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
    join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(3);
    settings.members().forEach(join.getTcpIpConfig()::addMember);
    return new HazelcastClusterManager(config);
  }
}
