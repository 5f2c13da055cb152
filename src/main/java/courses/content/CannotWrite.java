package courses.content;

/** An author has nothing to write a part from; asking the same author again does not help. */
public class CannotWrite extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For the owner: what is missing and what to do. */
  public CannotWrite(String message) {
    super(message, null, false, false);
  }
}
