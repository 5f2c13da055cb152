package courses.content;

/**
 * The source holds too little for this part: no fault of anybody's, so that a course without it is
 * whole where the part is not what the course is about.
 */
public final class TooLittleSource extends CannotWrite {
  private static final long serialVersionUID = 1L;

  /** For the owner: what the source has too little of. */
  public TooLittleSource(String message) {
    super(message);
  }
}
