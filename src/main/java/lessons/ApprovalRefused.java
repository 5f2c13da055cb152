package lessons;

/**
 * What was asked of a set can't be done in its present state. The message says why and what to do,
 * for the teacher to read.
 */
public final class ApprovalRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ApprovalRefused(String message) {
    // expected and answered: nobody looks at its stack trace
    super(message, null, false, false);
  }
}
