package settings;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells addresses that only this machine reaches. */
final class Loopback {
  private Loopback() {}

  static boolean is(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    // Only literal addresses: a name must not be looked up while settings are read.
    boolean literal = host.matches("[0-9.]+") || host.contains(":");
    try {
      return literal && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
