package settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Addresses that begin alike, as CIDR writes them: {@code 10.0.0.0/8}, {@code fd00::/8}; an address
 * alone is a range of one.
 *
 * @param bits how many leading bits are compared
 */
public record AddressRange(InetAddress base, int bits) {
  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException when it is none; names are not looked up
   */
  public static AddressRange parse(String text) {
    String[] parts = text.strip().split("/", 2);
    InetAddress base =
        address(parts[0]).orElseThrow(() -> new IllegalArgumentException("no address: " + text));
    int width = base.getAddress().length * Byte.SIZE;
    if (parts.length == 1) {
      return new AddressRange(base, width);
    }
    if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > width) {
      throw new IllegalArgumentException("no prefix length: " + text);
    }
    return new AddressRange(base, Integer.parseInt(parts[1]));
  }

  /** A literal IPv4 or IPv6 address; empty for anything else, names included. */
  public static Optional<InetAddress> address(String text) {
    boolean literal =
        text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
            || text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    if (!literal) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException outOfRange) {
      return Optional.empty();
    }
  }

  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % Byte.SIZE);
      if (((mine[i / Byte.SIZE] ^ other[i / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
