package anki;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Fields of Anki's notes are HTML with marks of Anki's own; words here are plain text. */
public final class FieldText {
  private static final Set<String> BLOCKS =
      Set.of("div", "p", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr");
  private static final Set<String> NOT_TEXT = Set.of("style", "script");
  private static final Set<String> MEDIA =
      Set.of("<img", "[sound:", "<audio", "<video", "<svg", "<object", "<embed");
  private static final Set<String> LATEX_MARKS =
      Set.of("[latex]", "[/latex]", "[$]", "[/$]", "[$$]", "[/$$]");
  private static final int LONGEST_ENTITY = 10;
  private static final int NO_BREAK_SPACE = 0xA0;
  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          // Anki's editor writes it for plain blanks
          Map.entry("nbsp", " "),
          Map.entry("ensp", " "),
          Map.entry("emsp", " "),
          Map.entry("thinsp", " "),
          Map.entry("ndash", "\u2013"),
          Map.entry("mdash", "\u2014"),
          Map.entry("hellip", "\u2026"),
          Map.entry("lsquo", "\u2018"),
          Map.entry("rsquo", "\u2019"),
          Map.entry("ldquo", "\u201c"),
          Map.entry("rdquo", "\u201d"),
          Map.entry("lrm", "\u200e"),
          Map.entry("rlm", "\u200f"),
          Map.entry("shy", "\u00ad"));

  private final String html;
  private final StringBuilder text = new StringBuilder();
  private int at;
  private int openClozes;
  // Once a closing mark was looked for in vain, it is not looked for again: linear time.
  private boolean noMoreTags;
  private boolean noMoreMarks;

  private FieldText(String html) {
    this.html = html;
  }

  /**
   * What a learner reads of a field: without tags, sounds, pictures and the marks of clozes, whose
   * answers stay. Blocks and {@code <br>} become line breaks. Takes time linear in its length.
   */
  public static String toText(String html) {
    return new FieldText(html).read();
  }

  /** Whether a field shows or plays something that is no text. */
  static boolean hasMedia(String html) {
    String lower = html.toLowerCase(Locale.ROOT);
    return MEDIA.stream().anyMatch(lower::contains);
  }

  /** A field that shows this text and nothing else, whatever marks stand in it. */
  static String toHtml(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '[' -> html.append("&#91;");
        case '{' -> html.append("&#123;");
        case '\n' -> html.append("<br>");
        case '\r' -> {
          if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
            html.append("<br>");
          }
        }
        case '\t' -> html.append("&#9;");
        // among them the one that parts fields
        default -> html.append(c < ' ' ? ' ' : c);
      }
    }
    return html.toString();
  }

  /** What Anki sorts and compares a field of {@link #toHtml} by: its text in one line. */
  static String sortText(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && c != '\r') {
        line.append(c < ' ' && c != '\t' ? ' ' : c);
      }
    }
    return line.toString();
  }

  private String read() {
    while (at < html.length()) {
      char c = html.charAt(at);
      boolean taken =
          switch (c) {
            case '<' -> tag();
            case '&' -> entity();
            case '[' -> mark();
            case '{' -> clozeStart();
            case '}' -> clozeEnd();
            case ':' -> clozeHint();
            default -> false;
          };
      if (!taken) {
        text.append(c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
        at++;
      }
    }
    return text.toString().strip();
  }

  private boolean tag() {
    if (html.startsWith("<!--", at)) {
      int end = html.indexOf("-->", at + 4);
      at = end < 0 ? html.length() : end + 3;
      return true;
    }
    int nameStart = html.startsWith("</", at) ? at + 2 : at + 1;
    int nameEnd = nameStart;
    while (nameEnd < html.length() && isAlphanumeric(html.charAt(nameEnd))) {
      nameEnd++;
    }
    if (noMoreTags || nameEnd == nameStart) {
      return false;
    }
    int end = html.indexOf('>', nameEnd);
    if (end < 0) {
      noMoreTags = true;
      return false;
    }
    String name = html.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
    boolean opens = nameStart == at + 1;
    at = end + 1;
    if (opens && NOT_TEXT.contains(name)) {
      skipElement(name);
    } else if (name.equals("br")) {
      text.append('\n');
    } else if (BLOCKS.contains(name) && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    return true;
  }

  private void skipElement(String name) {
    while (at < html.length()) {
      int close = html.indexOf("</", at);
      if (close < 0) {
        at = html.length();
      } else if (html.regionMatches(true, close + 2, name, 0, name.length())) {
        int end = html.indexOf('>', close);
        at = end < 0 ? html.length() : end + 1;
        return;
      } else {
        at = close + 2;
      }
    }
  }

  private boolean entity() {
    int last = Math.min(html.length(), at + LONGEST_ENTITY);
    int end = at + 1;
    while (end < last && html.charAt(end) != ';') {
      end++;
    }
    if (end == last) {
      return false;
    }
    String name = html.substring(at + 1, end);
    String decoded = name.startsWith("#") ? numeric(name.substring(1)) : ENTITIES.get(name);
    if (decoded == null) {
      return false;
    }
    text.append(decoded);
    at = end + 1;
    return true;
  }

  private static String numeric(String number) {
    boolean hex = number.startsWith("x") || number.startsWith("X");
    String digits = hex ? number.substring(1) : number;
    if (!digits.matches(hex ? "[0-9a-fA-F]{1,7}" : "[0-9]{1,7}")) {
      return null;
    }
    int point = Integer.parseInt(digits, hex ? 16 : 10);
    if (point == NO_BREAK_SPACE) {
      return " ";
    }
    boolean character =
        point > 0
            && Character.isValidCodePoint(point)
            && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    return character ? Character.toString(point) : "\ufffd";
  }

  private boolean mark() {
    for (String latex : LATEX_MARKS) {
      if (html.startsWith(latex, at)) {
        at += latex.length();
        return true;
      }
    }
    boolean anki =
        html.startsWith("[sound:", at)
            || html.startsWith("[anki:", at)
            || html.startsWith("[/anki:", at);
    if (!anki || noMoreMarks) {
      return false;
    }
    int end = html.indexOf(']', at);
    if (end < 0) {
      noMoreMarks = true;
      return false;
    }
    at = end + 1;
    return true;
  }

  private boolean clozeStart() {
    int digits = at + 3;
    if (!html.startsWith("{{c", at)) {
      return false;
    }
    int end = digits;
    while (end < html.length() && Character.isDigit(html.charAt(end))) {
      end++;
    }
    if (end == digits || !html.startsWith("::", end)) {
      return false;
    }
    openClozes++;
    at = end + 2;
    return true;
  }

  private boolean clozeEnd() {
    if (openClozes == 0 || !html.startsWith("}}", at)) {
      return false;
    }
    openClozes--;
    at += 2;
    return true;
  }

  private boolean clozeHint() {
    if (openClozes == 0 || !html.startsWith("::", at)) {
      return false;
    }
    int end = html.indexOf("}}", at);
    at = end < 0 ? html.length() : end;
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
