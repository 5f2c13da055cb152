package courses.sources;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import llm.TokenEstimate;

/**
 * Joins blocks to segments of a size that lessons can be planned with and referred to: about half a
 * minute of talk, or some paragraphs under one heading. Headings begin a segment and stand in it as
 * Markdown ({@code ## Title}).
 */
final class Segmenter {
  private static final int TIMED_TARGET = 120;
  private static final int TIMED_MOST = 200;
  private static final int TARGET = 250;
  private static final int MOST = 400;
  private static final long PAUSE_MS = 4_000;

  private final List<Segment> segments = new ArrayList<>();
  private final List<Block> open = new ArrayList<>();
  private int tokens;
  private boolean text;

  private Segmenter() {}

  static List<Segment> segments(List<Block> blocks) {
    Segmenter segmenter = new Segmenter();
    for (Block block : blocks) {
      // captions change their lines in the middle of a sentence, where no segment should end
      (block.timed() ? split(block, 0) : List.of(block)).forEach(segmenter::add);
    }
    segmenter.close();
    return segmenter.segments;
  }

  private void add(Block block) {
    int more = TokenEstimate.of(block.text());
    int most = block.timed() ? TIMED_MOST : MOST;
    if (block.level() == 0 && more > most) {
      split(block, most).forEach(this::add);
      return;
    }
    if (block.level() > 0 ? text : !open.isEmpty() && text && full(block, more, most)) {
      close();
    }
    open.add(block);
    tokens += more;
    text |= block.level() == 0;
  }

  private boolean full(Block next, int more, int most) {
    if (tokens + more > most) {
      return true;
    }
    Block last = open.get(open.size() - 1);
    if (!next.timed()) {
      return tokens >= TARGET;
    }
    boolean ended = last.text().matches("(?s).*[.!?\u2026\u3002\u061f][\"')\u201d]?");
    return next.startMs() - last.endMs() > PAUSE_MS && tokens > TIMED_TARGET / 3
        || tokens >= TIMED_TARGET && (ended || !next.speaker().equals(last.speaker()));
  }

  private void close() {
    if (open.isEmpty()) {
      return;
    }
    List<String> speakers =
        open.stream().map(Block::speaker).filter(name -> !name.isEmpty()).distinct().toList();
    StringBuilder words = new StringBuilder();
    String before = "";
    for (Block block : open) {
      if (words.length() > 0) {
        words.append(separator(block, before, speakers.size() > 1));
      }
      if (block.level() > 0) {
        words.append("#".repeat(block.level())).append(' ');
      }
      if (speakers.size() > 1
          && !block.speaker().isEmpty()
          && !(block.speaker().equals(before) && block.timed())) {
        words.append(block.speaker()).append(": ");
      }
      words.append(block.text());
      before = block.speaker();
    }
    segments.add(
        new Segment(
            segments.size(),
            words.toString(),
            open.stream().filter(Block::timed).map(Block::startMs).findFirst(),
            open.stream().filter(Block::timed).map(Block::endMs).reduce(Math::max),
            open.stream().map(Block::page).filter(page -> page > 0).reduce(Math::min),
            open.stream().map(Block::pageTo).filter(page -> page > 0).reduce(Math::max),
            speakers.size() == 1 ? Optional.of(speakers.get(0)) : Optional.empty()));
    open.clear();
    tokens = 0;
    text = false;
  }

  private static String separator(Block block, String speakerBefore, boolean many) {
    if (!block.timed()) {
      return "\n\n";
    }
    return many && !block.speaker().equals(speakerBefore) ? "\n" : " ";
  }

  /**
   * Cuts at the ends of sentences, and where there are none at words; times in proportion.
   *
   * @param most tokens of a piece; 0 for pieces of one sentence each
   */
  private static List<Block> split(Block block, int most) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (String sentence : sentences(block.text())) {
      if (piece.length() > 0 && TokenEstimate.of(piece + sentence) > most) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.append(sentence);
      while (most > 0 && TokenEstimate.of(piece.toString()) > most) {
        int at = wordEnd(piece, most);
        pieces.add(piece.substring(0, at));
        piece.delete(0, at);
      }
    }
    pieces.add(piece.toString());
    List<Block> blocks = new ArrayList<>();
    int done = 0;
    for (String words : pieces) {
      int until = done + words.length();
      if (!words.isBlank()) {
        blocks.add(
            new Block(
                words.strip(),
                0,
                time(block, done),
                time(block, until),
                block.page(),
                block.pageTo(),
                block.speaker()));
      }
      done = until;
    }
    return blocks;
  }

  private static long time(Block block, int characters) {
    return block.timed()
        ? block.startMs()
            + (block.endMs() - block.startMs()) * characters / Math.max(1, block.text().length())
        : -1;
  }

  private static int wordEnd(StringBuilder text, int most) {
    int end = text.length();
    while (end > 1 && TokenEstimate.of(text.substring(0, end)) > most) {
      end /= 2;
    }
    int space = text.lastIndexOf(" ", end);
    int cut = space > 0 ? space : end;
    return Character.isLowSurrogate(text.charAt(Math.min(cut, text.length() - 1))) && cut > 1
        ? cut - 1
        : cut;
  }

  private static List<String> sentences(String text) {
    BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ROOT);
    ends.setText(text);
    List<String> sentences = new ArrayList<>();
    int from = ends.first();
    for (int to = ends.next(); to != BreakIterator.DONE; from = to, to = ends.next()) {
      sentences.add(text.substring(from, to));
    }
    return sentences;
  }
}
