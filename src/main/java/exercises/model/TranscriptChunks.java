package exercises.model;

import exercises.language.Token;
import exercises.understanding.ClassroomTalk;
import exercises.understanding.LessonText;
import exercises.understanding.PrivateText;
import exercises.understanding.Turn;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import transcripts.Role;

/**
 * A lesson cut into pieces that fit a model's window. Turns that only run the lesson are left out;
 * neighbouring pieces share their last two turns, so that a correction at the seam is seen together
 * with the slip.
 */
final class TranscriptChunks {
  /**
   * One piece.
   *
   * @param lines {@code index|role|second|text}, role being T, S or ?
   * @param turns the indexes of the utterances in it
   */
  record Chunk(JsonArray lines, Set<Integer> turns, int tokens) {}

  private static final int SHARED = 2;
  private static final int LONGEST_LINE = 600;
  private final PrivateText privacy;

  TranscriptChunks(PrivateText privacy) {
    this.privacy = privacy;
  }

  /**
   * @param tokensEach the most a piece may take, as {@link #tokens} counts
   * @param most how many pieces at most; of a longer lesson those stay that hold most of {@code
   *     telling}, the rest evenly
   * @param telling indexes of utterances known to matter
   */
  List<Chunk> of(LessonText lesson, int tokensEach, int most, Set<Integer> telling) {
    List<Line> lines = new ArrayList<>();
    for (Turn turn : lesson.turns()) {
      if (isTelling(turn) || telling.contains(turn.utterance().index())) {
        lines.addAll(lines(turn));
      }
    }
    List<Chunk> chunks = cut(lines, tokensEach);
    if (chunks.size() <= most) {
      return chunks;
    }
    List<Chunk> best = new ArrayList<>(chunks);
    best.sort(
        Comparator.comparingLong((Chunk c) -> c.turns().stream().filter(telling::contains).count())
            .reversed());
    Set<Chunk> kept = new HashSet<>(best.subList(0, most));
    return chunks.stream().filter(kept::contains).toList();
  }

  private record Line(int turn, String text, int tokens) {}

  private static List<Chunk> cut(List<Line> lines, int tokensEach) {
    List<Chunk> chunks = new ArrayList<>();
    int from = 0;
    while (from < lines.size()) {
      int sum = 0;
      int to = from;
      while (to < lines.size() && (to == from || sum + lines.get(to).tokens() <= tokensEach)) {
        sum += lines.get(to++).tokens();
      }
      JsonArray array = new JsonArray();
      Set<Integer> turns = new HashSet<>();
      for (Line line : lines.subList(from, to)) {
        array.add(line.text());
        turns.add(line.turn());
      }
      chunks.add(new Chunk(array, Set.copyOf(turns), sum));
      if (to == lines.size()) {
        break;
      }
      from = to - from > 2 * SHARED ? to - SHARED : to;
    }
    return chunks;
  }

  /** What every sentence of which only runs the lesson teaches nothing. */
  private static boolean isTelling(Turn turn) {
    if (turn.text().isBlank()) {
      return false;
    }
    return turn.sentences().stream()
            .anyMatch(s -> !ClassroomTalk.matches(s) && Token.words(s).size() >= 2)
        || turn.isStudent() && Token.words(turn.text()).size() >= 2;
  }

  private List<Line> lines(Turn turn) {
    String role =
        turn.utterance().role() == Role.TEACHER
            ? "T"
            : turn.utterance().role() == Role.STUDENT ? "S" : "?";
    long second = Math.max(0, turn.utterance().startMillis() / 1000);
    String head = turn.utterance().index() + "|" + role + "|" + second + "|";
    List<Line> lines = new ArrayList<>();
    // Not the cleaned text: glosses in brackets are translations, hesitations tell of slips.
    String text = privacy.of(turn.utterance().text().replaceAll("[\\s|]+", " ").strip());
    while (!text.isEmpty()) {
      int end = Math.min(text.length(), LONGEST_LINE);
      if (end < text.length()) {
        int stop = text.lastIndexOf(". ", end);
        int space = text.lastIndexOf(' ', end);
        end = stop > end / 2 ? stop + 1 : space > end / 2 ? space : end;
      }
      String line = head + text.substring(0, end).strip();
      lines.add(new Line(turn.utterance().index(), line, tokens(line) + 2));
      text = text.substring(end).strip();
    }
    return lines;
  }

  /**
   * What a text costs, estimated on the high side: a token for 3.5 Latin characters, one for 1.6 of
   * another script.
   */
  static int tokens(String text) {
    int latin = 0;
    int other = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x250) {
        latin++;
      } else {
        other++;
      }
    }
    return (int) Math.ceil(latin / 3.5 + other / 1.6);
  }
}
