package databases;

import com.github.shyiko.mysql.binlog.network.SSLSocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS for the binary log that checks certificate and host name, as the pool's connections do. */
final class VerifyingSockets implements SSLSocketFactory {
  private final String host;
  private final Optional<Path> authority;

  /**
   * @param authority PEM file of the certificate authority; empty: the JVM's own list
   */
  VerifyingSockets(String host, Optional<Path> authority) {
    this.host = host;
    this.authority = authority;
  }

  @Override
  public SSLSocket createSocket(Socket socket) throws SocketException {
    try {
      SSLSocket secure =
          (SSLSocket)
              context().getSocketFactory().createSocket(socket, host, socket.getPort(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      return secure;
    } catch (IOException | GeneralSecurityException e) {
      SocketException failure = new SocketException("no TLS with " + host + ": " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private SSLContext context() throws IOException, GeneralSecurityException {
    if (authority.isEmpty()) {
      return SSLContext.getDefault();
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(authority.get())) {
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
