package http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import settings.AddressRange;

class ClientAddressTest {
  private final ClientAddress addresses =
      new ClientAddress(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::/8")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1 | 203.0.113.7 | 203.0.113.7",
        "10.0.0.1 | 203.0.113.7:4711 | 203.0.113.7",
        "10.0.0.1 | [2001:db8::7]:4711 | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1 | 1.1.1.1, 203.0.113.7, 10.9.9.9, fd00::1 | 203.0.113.7",
        "10.0.0.1 | '' | 10.0.0.1",
        "10.0.0.1 | unknown | 10.0.0.1",
        "10.0.0.1 | 999.1.1.1 | 10.0.0.1",
        "10.0.0.1 | 203.0.113.7, school.example | 10.0.0.1",
        "10.0.0.1 | 10.0.0.2 | 10.0.0.2",
        "203.0.113.9 | 203.0.113.7 | 203.0.113.9",
      })
  void onlyTrustedProxiesAreBelieved(String peer, String forwarded, String client) {
    assertThat(addresses.behind(peer, forwarded)).isEqualTo(client);
  }
}
