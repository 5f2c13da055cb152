package transcripts;

/**
 * A piece of the original before cleaning.
 *
 * @param speaker who the format itself says is speaking, null when the label, if any, is still
 *     inside the text
 * @param startMillis {@link Utterance#UNKNOWN_TIME} when the format has no times
 * @param text one or more lines, separated by line feeds
 */
record Cue(String speaker, long startMillis, long endMillis, String text) {
  static Cue untimed(String text) {
    return new Cue(null, Utterance.UNKNOWN_TIME, Utterance.UNKNOWN_TIME, text);
  }
}
