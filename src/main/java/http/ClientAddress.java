package http;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import settings.AddressRange;

/**
 * From which address a request came: the peer's, or, through proxies that are trusted, what they
 * say. Each proxy adds its own peer at the end of {@code X-Forwarded-For}; so the list is read from
 * there for as long as the entries are trusted proxies, and what stands before is anybody's word.
 */
final class ClientAddress {
  private final List<AddressRange> proxies;

  /**
   * @param proxies who is trusted; empty: nobody
   */
  ClientAddress(List<AddressRange> proxies) {
    this.proxies = proxies;
  }

  /** The address as text; empty when even the peer's is not known. */
  String of(HttpServerRequest request) {
    String peer = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    if (peer == null) {
      return "";
    }
    return proxies.isEmpty()
        ? peer
        : behind(peer, String.join(",", request.headers().getAll("X-Forwarded-For")));
  }

  /**
   * @param forwarded all headers' entries, comma separated
   */
  String behind(String peer, String forwarded) {
    String client = peer;
    String[] hops = forwarded.split(",");
    for (int i = hops.length - 1; i >= 0 && trusted(client); i--) {
      Optional<InetAddress> hop = AddressRange.address(withoutPort(hops[i].strip()));
      if (hop.isEmpty()) {
        break; // what a trusted proxy would not write: count its own address
      }
      client = hop.get().getHostAddress();
    }
    return client;
  }

  private boolean trusted(String address) {
    return AddressRange.address(address)
        .filter(literal -> proxies.stream().anyMatch(range -> range.contains(literal)))
        .isPresent();
  }

  /** Some proxies write 203.0.113.7:4711 and [2001:db8::7]:4711. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    return hop.indexOf(':') == hop.lastIndexOf(':') && hop.indexOf(':') > 0
        ? hop.substring(0, hop.indexOf(':'))
        : hop;
  }
}
