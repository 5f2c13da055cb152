package courses.sources;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The text of documents as Word wrote them before 2007 (MS-DOC): its pieces in their order, without
 * any formatting, footnotes and headers.
 */
final class WordText {
  private static final int WORD = 0xA5EC;
  private static final int WORD_97 = 0x00C1;
  private static final int ENCRYPTED = 0x0100;
  private static final int TABLE_ONE = 0x0200;
  private static final int COMPRESSED = 0x40000000;
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private WordText() {}

  /**
   * Paragraphs separated by blank lines.
   *
   * @throws SourceRefused when it is broken, encrypted, older than Word 97, or no document at all
   */
  static String of(byte[] bytes, int maxCharacters) {
    try {
      CompoundFile file = new CompoundFile(bytes);
      ByteBuffer main =
          file.stream("WordDocument")
              .orElseThrow(
                  () ->
                      new SourceRefused(
                          SourceRefused.Code.UNSUPPORTED_TYPE,
                          "the file is an office file, but no Word document: save it as PDF"));
      if ((main.getShort(0) & 0xFFFF) != WORD || (main.getShort(2) & 0xFFFF) < WORD_97) {
        throw new SourceRefused(
            SourceRefused.Code.UNSUPPORTED_TYPE,
            "the document was written before Word 97: save it as DOCX");
      }
      int flags = main.getShort(0x0A);
      if ((flags & ENCRYPTED) != 0) {
        throw new SourceRefused(
            SourceRefused.Code.ENCRYPTED,
            "the document is protected with a password: save it without one");
      }
      ByteBuffer table =
          file.stream((flags & TABLE_ONE) != 0 ? "1Table" : "0Table")
              .orElseThrow(() -> new IllegalArgumentException("it lacks its table"));
      String text =
          pieces(main, table, main.getInt(0x4C), main.getInt(0x01A2), main.getInt(0x01A6));
      if (text.length() > maxCharacters) {
        throw new SourceRefused(
            SourceRefused.Code.TOO_LARGE,
            "the document has more than " + maxCharacters + " characters: split it");
      }
      return plain(text);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException broken) {
      throw new SourceRefused(
          SourceRefused.Code.BROKEN, "the document is broken: open it in Word and save it as DOCX");
    }
  }

  /** The piece table stands behind the properties that pieces may share. */
  private static String pieces(
      ByteBuffer main, ByteBuffer table, int characters, int at, int size) {
    int position = at;
    int end = Math.addExact(at, size);
    while (position < end && table.get(position) == 1) {
      position += 3 + (table.getShort(position + 1) & 0xFFFF);
    }
    if (position >= end || table.get(position) != 2) {
      throw new IllegalArgumentException("it lacks its pieces");
    }
    int length = table.getInt(position + 1);
    int starts = position + 5;
    int count = (length - 4) / 12;
    // a character takes a byte at least, whatever the file says of itself
    int most = Math.min(characters, main.limit());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count && text.length() < most; i++) {
      int from = table.getInt(starts + 4 * i);
      int to = table.getInt(starts + 4 * (i + 1));
      int place = table.getInt(starts + 4 * (count + 1) + 8 * i + 2);
      int wanted = Math.max(0, Math.min(to - from, most - text.length()));
      boolean compressed = (place & COMPRESSED) != 0;
      int begin = compressed ? (place & ~COMPRESSED) / 2 : place;
      byte[] bytes = new byte[Math.min(wanted * (compressed ? 1 : 2), main.limit())];
      main.get(begin, bytes);
      text.append(new String(bytes, compressed ? WINDOWS : StandardCharsets.UTF_16LE));
    }
    return text.toString();
  }

  /** Marks become what they mean; of fields only what they show stays. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    Deque<Boolean> instructions = new ArrayDeque<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case 0x13 -> instructions.push(true);
        case 0x14 -> {
          if (!instructions.isEmpty()) {
            instructions.pop();
            instructions.push(false);
          }
        }
        case 0x15 -> instructions.poll();
        case '\r', 0x0C -> plain.append("\n\n");
        case 0x07 -> plain.append("\n");
        case 0x0B -> plain.append(' ');
        case 0x1E -> plain.append('-');
        default -> {
          if (!instructions.contains(true) && (c >= ' ' || c == '\t')) {
            plain.append(c);
          }
        }
      }
    }
    return plain.toString();
  }
}
