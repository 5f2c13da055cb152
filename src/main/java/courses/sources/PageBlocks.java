package courses.sources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the lines of pages to headings and paragraphs: running heads and page numbers are dropped,
 * words that were divided at a line's end are joined, and so are paragraphs that go on overleaf.
 */
final class PageBlocks {
  private static final int EDGE = 2;
  private static final int FEWEST_PAGES = 3;
  private static final double RUNNING_SHARE = 0.4;
  private static final int RUNNING_IN_A_ROW = 4;
  private static final float HEADING = 1.15f;
  private static final int LONGEST_HEADING = 200;
  private static final int LONGEST_BOLD_HEADING = 90;
  private static final int LEVELS = 3;
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,2})[.)] \\S.*");

  private final List<List<PageLine>> pages;

  /** Running heads and feet, with the smallest type that each is set in. */
  private final Map<String, Float> running = new HashMap<>();

  private final Set<String> hyphenated = new HashSet<>();
  private final Map<Float, Integer> levels = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();
  private float bodySize;
  private int numbered;
  private int from;
  private int to;

  private PageBlocks(List<List<PageLine>> pages) {
    this.pages = pages;
  }

  static List<Block> of(List<List<PageLine>> pages) {
    return new PageBlocks(pages).blocks();
  }

  private List<Block> blocks() {
    findRunning();
    measure();
    for (int page = 0; page < pages.size(); page++) {
      int at = page + 1;
      List<PageLine> lines = kept(page);
      for (int i = 0; i < lines.size(); i++) {
        Optional<PageTable> table = PageTable.at(lines, i);
        if (table.isPresent()) {
          flush();
          table.get().markdown().forEach(rows -> blocks.add(Block.paragraph(rows).onPages(at, at)));
          i += table.get().rows().size() - 1;
          continue;
        }
        PageLine line = lines.get(i).joined();
        int level = level(line, i + 1 < lines.size() ? lines.get(i + 1).joined() : null);
        if (level > 0) {
          flush();
          heading(line, level, page + 1);
        } else {
          text(line, page + 1, i == 0);
        }
      }
    }
    flush();
    return blocks;
  }

  // --- running heads and feet

  private static String shape(String line) {
    return line.toLowerCase(java.util.Locale.ROOT)
        .replace(PageLine.CELL, ' ')
        .replaceAll("\\d+|\\b[ivxl]+\\b", "#");
  }

  private static Set<String> edges(List<PageLine> lines) {
    List<PageLine> byPlace = new ArrayList<>(lines);
    byPlace.sort(java.util.Comparator.comparingDouble(PageLine::top));
    Set<String> edges = new HashSet<>();
    for (int i = 0; i < byPlace.size(); i++) {
      if (i < EDGE || i >= byPlace.size() - EDGE) {
        edges.add(shape(byPlace.get(i).text()));
      }
    }
    return edges;
  }

  private void findRunning() {
    Map<String, List<Integer>> seen = new HashMap<>();
    for (int page = 0; page < pages.size(); page++) {
      for (String edge : edges(pages.get(page))) {
        seen.computeIfAbsent(edge, e -> new ArrayList<>()).add(page);
      }
    }
    seen.forEach(
        (edge, on) -> {
          if (on.size() >= FEWEST_PAGES
              && (on.size() >= pages.size() * RUNNING_SHARE || inARow(on) >= RUNNING_IN_A_ROW)) {
            running.put(edge, smallest(edge));
          }
        });
  }

  private float smallest(String shape) {
    return (float)
        pages.stream()
            .flatMap(List::stream)
            .filter(line -> shape(line.text()).equals(shape))
            .mapToDouble(PageLine::size)
            .min()
            .orElse(0);
  }

  /** A title is on its own page in larger type than at the head of the others. */
  private boolean repeats(PageLine line, String shape) {
    return running.containsKey(shape) && line.size() < running.get(shape) * HEADING;
  }

  private static int inARow(List<Integer> pages) {
    int longest = 1;
    int row = 1;
    for (int i = 1; i < pages.size(); i++) {
      // right and left pages have heads of their own
      row = pages.get(i) - pages.get(i - 1) <= 2 ? row + 1 : 1;
      longest = Math.max(longest, row);
    }
    return longest;
  }

  private List<PageLine> kept(int page) {
    List<PageLine> lines = pages.get(page);
    Set<String> edges = edges(lines);
    List<PageLine> kept = new ArrayList<>();
    for (PageLine line : lines) {
      String shape = shape(line.text());
      boolean number =
          edges.contains(shape)
              && pages.size() > 1
              && shape.matches("(page )?\\W*#\\W*((of|/) ?#)?");
      boolean contents = line.text().matches(".*(\\.\\s?){4,}\\s*\\d+");
      if (!number && !contents && !(edges.contains(shape) && repeats(line, shape))) {
        kept.add(line);
      }
    }
    return kept;
  }

  // --- sizes

  private void measure() {
    Map<Float, Integer> characters = new TreeMap<>();
    for (List<PageLine> lines : pages) {
      for (PageLine line : lines) {
        characters.merge(rounded(line.size()), line.text().length(), Integer::sum);
        for (String word : line.text().split("[^\\p{L}-]+")) {
          if (word.indexOf('-') > 0 && !word.endsWith("-")) {
            hyphenated.add(word.toLowerCase(java.util.Locale.ROOT));
          }
        }
      }
    }
    bodySize =
        characters.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(10f);
    TreeSet<Float> larger = new TreeSet<>();
    for (int page = 0; page < pages.size(); page++) {
      for (PageLine line : kept(page)) {
        if (line.size() >= bodySize * HEADING && letters(line)) {
          larger.add(rounded(line.size()));
        }
      }
    }
    int level = 1;
    for (float size : larger.descendingSet()) {
      levels.put(size, Math.min(level++, LEVELS));
    }
  }

  private static float rounded(float size) {
    return Math.round(size * 2) / 2f;
  }

  private static boolean letters(PageLine line) {
    return line.text().codePoints().filter(Character::isLetter).count() > 1;
  }

  /** 0 for text. */
  private int level(PageLine line, PageLine next) {
    if (!letters(line) || line.text().length() > LONGEST_HEADING) {
      return 0;
    }
    Integer bySize = levels.get(rounded(line.size()));
    if (bySize != null && line.size() >= bodySize * HEADING) {
      return bySize;
    }
    boolean alone =
        line.bold()
            && line.opens()
            && (next == null || !next.bold())
            && line.text().length() <= LONGEST_BOLD_HEADING
            && !line.text().matches(".*[.,;:!]");
    return alone && line.size() >= bodySize * 0.98f ? Math.min(levels.size(), LEVELS) + 1 : 0;
  }

  // --- text

  private void heading(PageLine line, int level, int page) {
    Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
    // a long heading takes several lines
    if (last != null
        && last.level() == level
        && last.page() == page
        && !line.opens()
        && last.text().length() + line.text().length() < LONGEST_HEADING) {
      blocks.set(
          blocks.size() - 1,
          Block.heading(joined(last.text(), line.text()), level).onPages(page, page));
    } else {
      blocks.add(Block.heading(line.text(), level).onPages(page, page));
    }
  }

  private void text(PageLine line, int page, boolean first) {
    boolean goesOn =
        first && paragraph.length() > 0 && !paragraph.toString().matches("(?s).*[.!?:\u2026]\\W?");
    if (point(line)) {
      flush();
    } else if (paragraph.length() > 0 && (line.opens() && !goesOn || first && !goesOn)) {
      flush();
    }
    if (paragraph.length() == 0) {
      from = page;
      paragraph.append(line.text());
    } else {
      String joined = joined(paragraph.toString(), line.text());
      paragraph.setLength(0);
      paragraph.append(joined);
    }
    to = page;
  }

  /** A list's next point: a bullet, or the number after the one before. */
  private boolean point(PageLine line) {
    Matcher number = NUMBER.matcher(line.text());
    if (number.matches()) {
      int value = Integer.parseInt(number.group(1));
      boolean next = value == 1 || value == numbered + 1;
      numbered = next ? value : numbered;
      return next;
    }
    boolean dash = line.text().matches("[-\u2013] \\S.*");
    return line.text().matches("[\u2022\u25aa\u25e6\u2023\u25cf*] \\S.*")
        || dash && (line.opens() || paragraph.toString().matches("(?s)[-\u2013] .*|.*[:;]"));
  }

  private String joined(String before, String after) {
    int end = before.length() - 1;
    boolean divided =
        end > 0
            && (before.charAt(end) == '-' || before.charAt(end) == '\u2010')
            && Character.isLetter(before.charAt(end - 1))
            && Character.isLowerCase(after.codePointAt(0));
    if (!divided) {
      return before + " " + after;
    }
    String head = before.substring(Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n')) + 1);
    String tail = after.split("[^\\p{L}]", 2)[0];
    String whole = (head.substring(0, head.length() - 1) + "-" + tail).toLowerCase(Locale.ROOT);
    // a compound that stands elsewhere with its hyphen keeps it
    return hyphenated.contains(whole.replaceAll("^[^\\p{L}]+", ""))
        ? before + after
        : before.substring(0, end) + after;
  }

  private void flush() {
    if (paragraph.length() > 0) {
      blocks.add(Block.paragraph(paragraph.toString()).onPages(from, to));
      paragraph.setLength(0);
    }
  }
}
