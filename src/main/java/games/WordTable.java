package games;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Words from a table in UTF-8, read row by row: CSV with commas or semicolons, or tabs without
 * quotes as flashcard sites export them. A first row that names the columns may bring them in any
 * order; without one they are word, translation, notes.
 */
public final class WordTable implements Closeable {
  private static final int LONGEST_FIRST_LINE = 4_096;
  // A row is one of names only when it has both kinds, so that words like these can be learnt.
  private static final Set<String> WORD =
      Set.of(
          "word",
          "words",
          "term",
          "front",
          "english",
          "english word",
          "phrase",
          "expression",
          "vocabulary",
          "\u05DE\u05D9\u05DC\u05D4",
          "\u0643\u0644\u0645\u0629",
          "palabra");
  private static final Set<String> TRANSLATION = translationNames();
  private static final Set<String> NOTES =
      Set.of("notes", "note", "comment", "comments", "\u05D4\u05E2\u05E8\u05D5\u05EA");

  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private int word;
  private int translation = 1;
  private int notes = 2;
  private boolean oneColumn = true;

  /**
   * A row as it stands there, unchecked.
   *
   * @param number of the row from 1; empty lines don't count
   * @param oneColumn whether no row up to this one has more, as when other characters part the
   *     columns than was said
   */
  public record Row(
      long number, String word, String translation, Optional<String> notes, boolean oneColumn) {}

  /** The table can't be read at all; the message is for whoever sent it. */
  public static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private UnreadableException(String message) {
      super(message, null, false, false);
    }
  }

  private WordTable(CSVParser parser) {
    this.parser = parser;
    this.records = parser.iterator();
  }

  /**
   * Opens a table. Blocks, as do all methods.
   *
   * @param tabs whether tabs part the columns
   */
  public static WordTable open(InputStream bytes, boolean tabs) throws IOException {
    // a decoder that is not told otherwise would put question marks where bytes are no UTF-8
    BufferedReader text =
        new BufferedReader(
            new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()), LONGEST_FIRST_LINE);
    try {
      text.mark(1);
      if (text.read() != '\uFEFF') {
        text.reset();
      }
      CSVFormat format =
          tabs
              ? CSVFormat.DEFAULT
                  .builder()
                  .setDelimiter('\t')
                  .setQuote(null)
                  .setIgnoreEmptyLines(true)
                  .get()
              : CSVFormat.DEFAULT
                  .builder()
                  .setDelimiter(delimiter(text))
                  .setIgnoreEmptyLines(true)
                  .get();
      return new WordTable(CSVParser.builder().setReader(text).setFormat(format).get());
    } catch (CharacterCodingException notUtf8) {
      text.close();
      throw notUtf8(1);
    }
  }

  /** Spreadsheets of many countries write semicolons. */
  private static char delimiter(BufferedReader text) throws IOException {
    text.mark(LONGEST_FIRST_LINE);
    char[] start = new char[LONGEST_FIRST_LINE];
    int length = Math.max(0, text.read(start, 0, LONGEST_FIRST_LINE));
    text.reset();
    String line = new String(start, 0, length).lines().findFirst().orElse("");
    return line.indexOf(';') >= 0 && line.indexOf(',') < 0 ? ';' : ',';
  }

  /**
   * The next row with content; empty at the end.
   *
   * @throws UnreadableException when the table is broken from here on
   */
  public Optional<Row> next() {
    while (true) {
      CSVRecord record = read();
      if (record == null) {
        return Optional.empty();
      }
      oneColumn &= record.size() == 1;
      if (record.getRecordNumber() == 1 && namesColumns(record)) {
        continue;
      }
      if (record.stream().anyMatch(cell -> !cell.isBlank())) {
        return Optional.of(
            new Row(
                record.getRecordNumber(),
                cell(record, word),
                cell(record, translation),
                Optional.of(cell(record, notes)).filter(text -> !text.isBlank()),
                oneColumn));
      }
    }
  }

  private CSVRecord read() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException failure) {
      if (failure.getCause() instanceof CharacterCodingException) {
        throw notUtf8(parser.getRecordNumber() + 1);
      }
      if (failure.getCause() instanceof CSVException) {
        throw new UnreadableException(
            "row "
                + (parser.getRecordNumber() + 1)
                + " is not CSV: a quoted value must end with a quote, and quotes inside it are"
                + " doubled");
      }
      throw failure;
    }
  }

  private static UnreadableException notUtf8(long row) {
    return new UnreadableException(
        "row " + row + " or one soon after it is not UTF-8: save the file as UTF-8");
  }

  private boolean namesColumns(CSVRecord record) {
    int wordAt = find(record, WORD);
    int translationAt = find(record, TRANSLATION);
    if (wordAt < 0 || translationAt < 0) {
      return false;
    }
    word = wordAt;
    translation = translationAt;
    notes = find(record, NOTES);
    return true;
  }

  /** The usual ones, and the names of languages: the other column is then the English one. */
  private static Set<String> translationNames() {
    Set<String> names =
        new HashSet<>(
            Set.of(
                "translation",
                "translations",
                "definition",
                "meaning",
                "back",
                "\u05EA\u05E8\u05D2\u05D5\u05DD",
                "\u062A\u0631\u062C\u0645\u0629",
                "traducci\u00F3n"));
    for (String code : Locale.getISOLanguages()) {
      if (!code.equals("en")) {
        names.add(
            Locale.forLanguageTag(code)
                .getDisplayLanguage(Locale.ENGLISH)
                .toLowerCase(Locale.ROOT));
      }
    }
    return Set.copyOf(names);
  }

  private static int find(CSVRecord record, Set<String> names) {
    for (int i = 0; i < record.size(); i++) {
      // "Translation (Hebrew)"
      String name = record.get(i).split("[(:]", 2)[0].strip().toLowerCase(Locale.ROOT);
      if (names.contains(name)) {
        return i;
      }
    }
    return -1;
  }

  private static String cell(CSVRecord record, int at) {
    return at >= 0 && at < record.size() ? record.get(at) : "";
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
