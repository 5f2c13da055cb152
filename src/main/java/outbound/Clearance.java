package outbound;

/**
 * Asked at the last moment whether a request may still go, after its connection is there. Used on
 * the context of the call.
 */
public interface Clearance {
  /** Whatever is sent may go at any time. */
  Clearance ALWAYS = () -> true;

  /**
   * Right before the first byte leaves.
   *
   * @return false: it must not go any more; the call fails, and was not sent
   */
  boolean given();

  /** The request was handed to the network. */
  default void used() {}
}
