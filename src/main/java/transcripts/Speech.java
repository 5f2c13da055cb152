package transcripts;

import java.util.ArrayList;
import java.util.List;

/**
 * From a format's cues to utterances: markup out, labels off, turns joined. Roles are not decided
 * yet.
 */
record Speech(List<Utterance> utterances, Format format, List<String> warnings) {

  /**
   * A stretch of one cue in one voice; {@code label} is null while it may still be part of the
   * text.
   */
  private record Piece(String label, long start, long end, List<String> lines) {}

  static Speech of(Parsed parsed, SpeakerHints hints) {
    Labels labels = new Labels(hints);
    List<Piece> pieces = new ArrayList<>(parsed.cues().size());
    for (Cue cue : parsed.cues()) {
      for (Markup.Piece piece : Markup.pieces(cue.text())) {
        addPiece(pieces, labels, cue, piece);
      }
    }
    labels.decide();
    Turns turns = new Turns();
    boolean labelled = false;
    int unnamed = 0;
    String speaker = "";
    for (Piece piece : pieces) {
      if (piece.label() != null) {
        speaker = piece.label();
      }
      boolean first = true;
      for (String line : piece.lines()) {
        // Later lines of a cue go on with the sentence, unless they begin with somebody who is
        // known to be there.
        Labels.Split split =
            piece.label() == null && (first || line.indexOf(": ") > 0) ? labels.split(line) : null;
        unnamed += first && piece.label() == null && split == null ? 1 : 0;
        speaker = split == null ? speaker : split.label();
        labelled |= !speaker.isEmpty();
        turns.add(speaker, piece.start(), piece.end(), split == null ? line : split.text());
        first = false;
      }
    }
    List<String> warnings = new ArrayList<>();
    if (labelled && unnamed > 0 && parsed.durationMillis() != Utterance.UNKNOWN_TIME) {
      warnings.add(
          unnamed + " cues name no speaker and were taken as the previous speaker going on.");
    }
    if (!labelled) {
      warnings.add(
          "The transcript does not tell who is speaking, so teacher and student cannot be told"
              + " apart.");
    }
    Format format =
        parsed.format() == Format.LABELLED_LINES && !labelled ? Format.PLAIN_TEXT : parsed.format();
    return new Speech(turns.utterances(), format, warnings);
  }

  private static void addPiece(List<Piece> pieces, Labels labels, Cue cue, Markup.Piece piece) {
    String label =
        piece.voice() != null
            ? piece.voice()
            : cue.speaker() == null ? null : Words.clean(Markup.decode(cue.speaker()));
    List<String> lines = new ArrayList<>(1);
    Lines raw = new Lines(piece.text(), 0);
    for (String line = raw.next(); line != null; line = raw.next()) {
      String cleaned = undash(Words.clean(line));
      if (!cleaned.isEmpty()) {
        lines.add(cleaned);
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    if (label == null) {
      labels.learn(lines.get(0));
    } else if (label.length() > Labels.MAX_LABEL) {
      label = Words.clean(label.substring(0, Labels.MAX_LABEL));
    }
    pieces.add(new Piece(label, cue.startMillis(), cue.endMillis(), lines));
  }

  /** Subtitles mark a change of speaker with a dash. */
  private static String undash(String line) {
    return line.startsWith("- ") || line.startsWith("– ") || line.startsWith(">> ")
        ? line.substring(line.indexOf(' ') + 1)
        : line;
  }
}
