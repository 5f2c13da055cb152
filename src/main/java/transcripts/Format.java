package transcripts;

import java.util.Locale;

/** The shape a transcript had when it was read. */
public enum Format {
  /** WebVTT, with or without its header line, as Zoom exports it. */
  WEBVTT,
  /** SubRip: like WebVTT, with a comma before the milliseconds. */
  SRT,
  /** A clock before every turn: {@code [0:3:7] Teacher: Let us begin.} */
  CLOCK_LINES,
  /**
   * What Zoom saves on the host's computer: {@code [Name] 16:02:11} and the words on the lines
   * below.
   */
  ZOOM_CAPTIONS,
  /** A speech recogniser's JSON with an {@code utterances} array. */
  UTTERANCES_JSON,
  /** One turn a line, {@code Speaker: words}. */
  LABELLED_LINES,
  /** All turns in one line: {@code Dana: Hello. Omar: Hi.} */
  FLAT_LINE,
  /** Words that do not tell who said them. */
  PLAIN_TEXT,
  /** Read back from our own stored utterances. */
  STORED;

  /** The lower-case word for logs and clients. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
