package courses.content;

import courses.sources.Segment;
import exercises.language.Expressions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A source without what talks to the program: neither a model nor the rules are shown it, and
 * nothing is grounded in it.
 */
final class SafeSource {
  private static final int LONGEST_SENTENCE = 60;
  private static final int WINDOW = 20;
  private static final int OVERLAP = 150;

  private record Piece(int segment, int from, int to) {}

  private record Signs(boolean order, boolean odd, boolean code) {}

  // The source is looked at anew for each part that is made of it.
  private static final Remembered<Signs> SIGNS =
      new Remembered<>(text -> new Signs(Orders.given(text), Orders.odd(text), Orders.code(text)));

  private final List<Segment> segments;
  private final boolean aboutModels;
  private final boolean aboutPrograms;

  private SafeSource(List<Segment> segments, boolean aboutModels, boolean aboutPrograms) {
    this.segments = segments;
    this.aboutModels = aboutModels;
    this.aboutPrograms = aboutPrograms;
  }

  /**
   * The segments with their ordinals; those of which nothing is left are gone, but for one, so that
   * a source of nothing but orders is not taken for none.
   */
  static List<Segment> clean(String title, List<Segment> segments) {
    SafeSource source =
        new SafeSource(segments, Orders.isSubject(title), Orders.isProgramming(title));
    boolean clean = !source.anywhere();
    return clean ? segments : source.swept();
  }

  private List<Segment> swept() {
    List<Piece> words = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      String text = segments.get(i).text();
      int at = 0;
      while (at < text.length()) {
        int end = at;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        if (end > at) {
          words.add(new Piece(i, at, end));
        }
        at = Math.max(end, at + 1);
      }
    }
    Set<Piece> gone = new HashSet<>();
    int from = 0;
    for (int i = 0; i < words.size(); i++) {
      String word = word(words.get(i));
      boolean last = i + 1 == words.size();
      boolean ends = Expressions.matches(word, ".*[.!?。！？…][\"'”’)\\]]*") || last || line(words, i);
      if (ends || i - from >= LONGEST_SENTENCE) {
        sweep(words.subList(from, i + 1), gone);
        from = i + 1;
      }
    }
    // what was cut at a sentence's or a caption's end
    for (int i = 0; i + WINDOW <= words.size(); i += WINDOW / 2) {
      List<Piece> window = words.subList(i, i + WINDOW);
      if (window.stream().noneMatch(gone::contains) && suspect(text(window))) {
        gone.addAll(window);
      }
    }
    return without(words, gone);
  }

  /** Each segment is looked at with the beginning of the next: an order may go on there. */
  private boolean anywhere() {
    for (int i = 0; i < segments.size(); i++) {
      String next = i + 1 < segments.size() ? segments.get(i + 1).text() : "";
      String head = next.substring(0, Math.min(OVERLAP, next.length()));
      if (suspect(segments.get(i).text() + " " + head)) {
        return true;
      }
    }
    return false;
  }

  private boolean suspect(String text) {
    Signs signs = SIGNS.of(text);
    return signs.order() || !aboutModels && signs.odd() || !aboutPrograms && signs.code();
  }

  private boolean line(List<Piece> words, int i) {
    Piece one = words.get(i);
    Piece next = words.get(i + 1);
    return one.segment() == next.segment()
        && segments.get(one.segment()).text().substring(one.to(), next.from()).contains("\n");
  }

  private void sweep(List<Piece> sentence, Set<Piece> gone) {
    if (suspect(text(sentence))) {
      gone.addAll(sentence);
    }
  }

  private String word(Piece piece) {
    return segments.get(piece.segment()).text().substring(piece.from(), piece.to());
  }

  private String text(List<Piece> words) {
    return String.join(" ", words.stream().map(piece -> word(piece)).toList());
  }

  private List<Segment> without(List<Piece> words, Set<Piece> gone) {
    List<List<Piece>> bySegment = new ArrayList<>();
    segments.forEach(segment -> bySegment.add(new ArrayList<>()));
    words.forEach(piece -> bySegment.get(piece.segment()).add(piece));
    List<Segment> clean = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      StringBuilder left = new StringBuilder(segment.text());
      for (int k = bySegment.get(i).size() - 1; k >= 0; k--) {
        Piece piece = bySegment.get(i).get(k);
        if (gone.contains(piece)) {
          left.delete(piece.from(), piece.to());
        }
      }
      String text = Expressions.replaceAll(left.toString(), "[ \\t]{2,}", " ").strip();
      if (text.codePoints().anyMatch(Character::isLetterOrDigit)) {
        clean.add(
            new Segment(
                segment.ordinal(),
                text,
                segment.startMs(),
                segment.endMs(),
                segment.pageFrom(),
                segment.pageTo(),
                segment.speaker()));
      }
    }
    Segment first = segments.get(0);
    return clean.isEmpty() ? List.of(Segment.of(first.ordinal(), "")) : clean;
  }

  /** A brief whose title gives orders has none; the owner's own wishes stay. */
  static Brief clean(Brief brief) {
    String title = brief.title();
    boolean orders = Orders.given(title) || !Orders.isSubject(title) && Orders.odd(title);
    return orders
        ? new Brief(
            brief.account(),
            "",
            brief.language(),
            brief.targetLanguage(),
            brief.difficulty(),
            brief.purpose(),
            brief.customPrompt(),
            brief.chapters())
        : brief;
  }
}
