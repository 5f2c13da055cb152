package speech;

import java.time.Duration;

/** An engine could not speak a text, so that the next one is to. */
final class EngineFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Duration rest;

  /**
   * @param rest how long the engine is better left alone; zero when only this text is to blame
   */
  EngineFailure(String message, Duration rest) {
    // expected and handled: nobody looks at the stack
    super(message, null, false, false);
    this.rest = rest;
  }

  static EngineFailure ofText(String message) {
    return new EngineFailure(message, Duration.ZERO);
  }

  Duration rest() {
    return rest;
  }
}
