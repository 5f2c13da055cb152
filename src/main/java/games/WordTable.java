package games;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Words from a table in UTF-8, read row by row: CSV with commas or semicolons, or tabs without
 * quotes as flashcard sites export them, or whatever the table itself says ({@link TableHead}). A
 * first row that names the columns may bring them in any order; without one they are word,
 * translation, notes.
 */
public final class WordTable implements Closeable {
  private static final int LONGEST_FIRST_LINE = 4_096;

  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final TableHead head;
  private Map<TableColumn, Integer> columns =
      Map.of(TableColumn.WORD, 0, TableColumn.TRANSLATION, 1, TableColumn.NOTES, 2);
  private boolean oneColumn = true;

  /**
   * A row as it stands there, unchecked.
   *
   * @param number of the row from 1; empty lines and what stands before the rows don't count
   * @param cells of the columns that the table has; those of word and translation are always there
   * @param oneColumn whether no row up to this one has more, as when other characters part the
   *     columns than was said
   */
  public record Row(long number, Map<TableColumn, String> cells, boolean oneColumn) {}

  /** The table can't be read at all; the message is for whoever sent it. */
  public static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private UnreadableException(String message) {
      super(message, null, false, false);
    }
  }

  private WordTable(CSVParser parser, TableHead head) {
    this.parser = parser;
    this.head = head;
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
      TableHead head = TableHead.read(text, LONGEST_FIRST_LINE);
      boolean quoted = !tabs || head.delimiter().isPresent();
      char delimiter =
          head.delimiter().isPresent()
              ? head.delimiter().get()
              : tabs ? '\t' : commaOrSemicolon(text);
      CSVFormat format =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(delimiter)
              .setQuote(quoted ? '"' : null)
              .setIgnoreEmptyLines(true)
              .get();
      return new WordTable(CSVParser.builder().setReader(text).setFormat(format).get(), head);
    } catch (CharacterCodingException notUtf8) {
      text.close();
      throw notUtf8(1);
    }
  }

  /** Spreadsheets of many countries write semicolons. */
  private static char commaOrSemicolon(BufferedReader text) throws IOException {
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
      List<String> fields = fields(record);
      oneColumn &= fields.size() == 1;
      if (record.getRecordNumber() == 1 && namesColumns(fields)) {
        continue;
      }
      if (fields.stream().anyMatch(cell -> !cell.isBlank())) {
        return Optional.of(new Row(record.getRecordNumber(), cells(fields), oneColumn));
      }
    }
  }

  /** What parts the columns, where the table itself says so. */
  public Optional<Character> delimiter() {
    return head.delimiter();
  }

  /** Whether there is a column for translations, as far as has been read. */
  public boolean translates() {
    return columns.containsKey(TableColumn.TRANSLATION);
  }

  /** Whether what stands in the columns is HTML. */
  public boolean html() {
    return head.html();
  }

  private List<String> fields(CSVRecord record) {
    return head.others().isEmpty()
        ? record.toList()
        : IntStream.range(0, record.size())
            .filter(i -> !head.others().contains(i))
            .mapToObj(record::get)
            .toList();
  }

  private Map<TableColumn, String> cells(List<String> fields) {
    Map<TableColumn, String> cells = new EnumMap<>(TableColumn.class);
    columns.forEach(
        (column, at) -> {
          String text = at < fields.size() ? fields.get(at) : "";
          if (!text.isBlank() || column == TableColumn.WORD || column == TableColumn.TRANSLATION) {
            cells.put(column, text);
          }
        });
    return cells;
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

  private boolean namesColumns(List<String> fields) {
    Map<TableColumn, Integer> named = new EnumMap<>(TableColumn.class);
    for (TableColumn column : TableColumn.values()) {
      int at = column.in(fields);
      if (at >= 0) {
        named.put(column, at);
      }
    }
    // words like these can be learnt, so that one name alone is none
    long cells = fields.stream().filter(cell -> !cell.isBlank()).count();
    boolean nothingElse = named.size() > 1 && named.size() == cells;
    if (!named.containsKey(TableColumn.WORD)
        || !named.containsKey(TableColumn.TRANSLATION) && !nothingElse) {
      return false;
    }
    columns = named;
    return true;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
