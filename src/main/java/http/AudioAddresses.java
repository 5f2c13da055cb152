package http;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import speech.Audio;

/** Absolute addresses of audio, which players open on their own. */
final class AudioAddresses {
  static final String PATH = "/v1/audio/";

  // A name or literal address with a port. Anything else in the host header would be an address we
  // did not mean.
  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

  private final Optional<URI> publicUrl;

  /**
   * @param publicUrl without a slash at the end; empty: what the request was sent to
   */
  AudioAddresses(Optional<URI> publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Empty when neither the settings nor the request say where this server is. */
  Optional<String> of(Audio audio, Call call) {
    return of(PATH + audio.id(), call);
  }

  /**
   * As {@link #of(Audio, Call)}, of anything else that players open.
   *
   * @param path with its query
   */
  Optional<String> of(String path, Call call) {
    return publicUrl.map(URI::toString).or(() -> called(call)).map(base -> base + path);
  }

  private static Optional<String> called(Call call) {
    // TLS ends at a proxy, which says so. A caller who lies gets an address that is wrong for
    // nobody else.
    boolean tls =
        call.header("X-Forwarded-Proto")
            .filter(said -> said.split(",", 2)[0].strip().equalsIgnoreCase("https"))
            .isPresent();
    return call.authority()
        .filter(host -> AUTHORITY.matcher(host).matches())
        .map(host -> (tls ? "https://" : "http://") + host);
  }
}
