package courses.sources;

/** A request for a source breaks a rule. */
public final class InvalidSource extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String rule;

  /**
   * @param field the member's path, such as {@code source.segments[3].text}
   * @param rule what it must be, as the rest of a sentence that begins with the field
   */
  public InvalidSource(String field, String rule) {
    super(field + " " + rule, null, false, false);
    this.field = field;
    this.rule = rule;
  }

  public String field() {
    return field;
  }

  public String rule() {
    return rule;
  }
}
