package games;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a table says of itself in lines before its rows: {@code sep=;} as spreadsheets write it, or
 * lines such as {@code #separator:tab} of Anki's export of notes as plain text.
 *
 * @param delimiter what parts the columns; empty where nothing says so
 * @param html whether the columns are written in HTML
 * @param others columns that are no field of a note (its deck, its tags), from 0
 */
record TableHead(Optional<Character> delimiter, boolean html, Set<Integer> others) {
  private static final int MOST_LINES = 20;
  private static final Pattern SPREADSHEET =
      Pattern.compile("\"?sep=(.)\"?", Pattern.CASE_INSENSITIVE);
  // https://docs.ankiweb.net/importing/text-files.html#file-headers
  private static final Pattern ANKI =
      Pattern.compile(
          "#(separator|html|columns|tags|notetype|deck|if matches"
              + "|(?:guid|notetype|deck|tags) column):(.*)",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads these lines and leaves the text at the first row.
   *
   * @param longestLine characters that may be read ahead; what is longer is a row
   */
  static TableHead read(BufferedReader text, int longestLine) throws IOException {
    Optional<Character> delimiter = Optional.empty();
    boolean html = false;
    Set<Integer> others = new HashSet<>();
    for (int i = 0; i < MOST_LINES; i++) {
      text.mark(longestLine);
      String line = line(text, longestLine);
      Matcher spreadsheet = SPREADSHEET.matcher(line);
      Matcher anki = ANKI.matcher(line);
      if (i == 0 && spreadsheet.matches()) {
        return new TableHead(
            Optional.of(spreadsheet.group(1).charAt(0)).filter(TableHead::canPart),
            false,
            Set.of());
      }
      if (!anki.matches()) {
        text.reset();
        break;
      }
      String key = anki.group(1).toLowerCase(Locale.ROOT);
      String value = anki.group(2);
      if (key.equals("separator")) {
        delimiter = separator(value);
      } else if (key.equals("html")) {
        html = value.strip().equalsIgnoreCase("true");
      } else if (key.endsWith(" column") && value.strip().matches("[1-9][0-9]?")) {
        others.add(Integer.parseInt(value.strip()) - 1);
      }
    }
    return new TableHead(delimiter.filter(TableHead::canPart), html, Set.copyOf(others));
  }

  private static boolean canPart(char delimiter) {
    return delimiter != '"' && delimiter != '\r';
  }

  /** The next line, without its end. */
  private static String line(BufferedReader text, int longest) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < longest) {
      int next = text.read();
      if (next < 0 || next == '\n') {
        break;
      }
      line.append((char) next);
    }
    return line.toString().replaceFirst("\r$", "");
  }

  private static Optional<Character> separator(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "tab" -> Optional.of('\t');
      case "comma" -> Optional.of(',');
      case "semicolon" -> Optional.of(';');
      case "colon" -> Optional.of(':');
      case "pipe" -> Optional.of('|');
      case "space" -> Optional.of(' ');
      default -> value.length() == 1 ? Optional.of(value.charAt(0)) : Optional.empty();
    };
  }
}
