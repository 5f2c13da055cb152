package courses.sources;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * The lines of a PDF's pages with what tells headings from text. Runs in a process of its own, see
 * {@link DocumentMain}: what a hostile file costs is bounded there.
 */
final class PdfPages extends PDFTextStripper {
  private static final long STREAM_MEMORY = 96L << 20;
  private static final int FEWEST_LETTERS = 50;

  // wider than any word space of justified text, in ems: the next cell of a table's row
  private static final float CELL_GAP = 1.8f;

  // wider than a word space that is not stretched, in ems: the next cell if lines agree about it
  private static final float RUN_GAP = 0.7f;

  private final List<List<PageLine>> pages = new ArrayList<>();
  private final IntConsumer progress;
  private final int maxCharacters;
  private final StringBuilder line = new StringBuilder();
  private final List<PageLine.Run> runs = new ArrayList<>();
  private int characters;
  private float size;
  private float top;
  private float wordEnd;
  private boolean bold;
  private boolean opens;

  private PdfPages(IntConsumer progress, int maxCharacters) {
    this.progress = progress;
    this.maxCharacters = maxCharacters;
  }

  /**
   * What was read.
   *
   * @param title the file's own, when it names one
   * @param pages the lines of each
   */
  record Read(Optional<String> title, List<List<PageLine>> pages) {}

  /**
   * Reads a file.
   *
   * @param progress gets the number of each page that was read
   * @throws SourceRefused when it can't be read, says why
   */
  static Read read(Path file, int maxPages, int maxCharacters, IntConsumer progress)
      throws IOException {
    try (RandomAccessReadBufferedFile bytes = new RandomAccessReadBufferedFile(file.toFile());
        PDDocument document =
            Loader.loadPDF(
                bytes,
                "",
                null,
                null,
                MemoryUsageSetting.setupMainMemoryOnly(STREAM_MEMORY).streamCache)) {
      int count = document.getNumberOfPages();
      if (count > maxPages) {
        throw new SourceRefused(
            SourceRefused.Code.TOO_LARGE,
            "the document has " + count + " pages; at most " + maxPages + " are taken: split it");
      }
      if (count < 1) {
        throw broken();
      }
      PdfPages pages = new PdfPages(progress, maxCharacters);
      pages.writeText(document, Writer.nullWriter());
      pages.refuseWithoutText();
      return new Read(title(document), pages.pages);
    } catch (InvalidPasswordException locked) {
      throw new SourceRefused(
          SourceRefused.Code.ENCRYPTED,
          "the document is protected with a password: save it without one and upload it again");
    } catch (IOException
        | ClassCastException
        | IllegalArgumentException
        | NullPointerException
        | IndexOutOfBoundsException
        | IllegalStateException unreadable) {
      // the library stumbles in many ways over what is no proper PDF
      throw broken();
    }
  }

  private static SourceRefused broken() {
    return new SourceRefused(
        SourceRefused.Code.BROKEN,
        "the document is damaged or cut short: open it, save it anew as PDF and upload that");
  }

  private void refuseWithoutText() {
    long letters =
        pages.stream()
            .flatMap(List::stream)
            .mapToLong(found -> found.text().codePoints().filter(Character::isLetter).count())
            .sum();
    if (letters < FEWEST_LETTERS) {
      throw new SourceRefused(
          SourceRefused.Code.NO_TEXT,
          "the document holds pictures of pages but no text: run it through text recognition (OCR)"
              + " and upload the result");
    }
  }

  private static Optional<String> title(PDDocument document) {
    try {
      String title = document.getDocumentInformation().getTitle();
      return Optional.ofNullable(title)
          .map(CleanText::line)
          // many programs leave the file's name or their own there
          .filter(
              t -> t.length() > 3 && !t.matches("(?i).*\\.[a-z]{2,5}|microsoft word.*|untitled.*"));
    } catch (RuntimeException odd) {
      return Optional.empty();
    }
  }

  @Override
  protected void startPage(PDPage page) {
    while (pages.size() < getCurrentPageNo()) {
      pages.add(new ArrayList<>()); // pages without contents are passed over
    }
    opens = true;
  }

  @Override
  protected void endPage(PDPage page) {
    endLine();
    progress.accept(getCurrentPageNo());
  }

  @Override
  protected void writeParagraphStart() throws IOException {
    super.writeParagraphStart();
    endLine();
    opens = true;
  }

  @Override
  protected void writeString(String text, List<TextPosition> positions) {
    if (line.length() == 0 && !positions.isEmpty()) {
      TextPosition first = positions.get(0);
      size = first.getFontSizeInPt();
      top = first.getYDirAdj();
      String font = first.getFont() == null ? null : first.getFont().getName();
      bold = font != null && font.toLowerCase(Locale.ROOT).matches(".*(bold|black|heavy).*");
    } else if (!positions.isEmpty()
        && line.charAt(line.length() - 1) == ' '
        && positions.get(0).getXDirAdj() - wordEnd > CELL_GAP * size) {
      line.setCharAt(line.length() - 1, PageLine.CELL);
    }
    if (!positions.isEmpty()) {
      TextPosition last = positions.get(positions.size() - 1);
      float left = positions.get(0).getXDirAdj();
      float right = last.getXDirAdj() + last.getWidthDirAdj();
      run(text, left, right);
      wordEnd = right;
    }
    line.append(text);
    characters += text.length();
    if (characters > maxCharacters) {
      throw new SourceRefused(
          SourceRefused.Code.TOO_LARGE,
          "the document has more than " + maxCharacters + " characters: split it");
    }
  }

  private void run(String text, float left, float right) {
    if (runs.isEmpty() || left - wordEnd > RUN_GAP * size) {
      runs.add(new PageLine.Run(text, left, right));
    } else {
      PageLine.Run open = runs.get(runs.size() - 1);
      String joined = open.text() + (line.charAt(line.length() - 1) == ' ' ? " " : "") + text;
      runs.set(runs.size() - 1, new PageLine.Run(joined, open.left(), right));
    }
  }

  @Override
  protected void writeWordSeparator() {
    line.append(' ');
  }

  @Override
  protected void writeLineSeparator() {
    endLine();
  }

  private void endLine() {
    String text =
        Arrays.stream(line.toString().split(String.valueOf(PageLine.CELL)))
            .map(CleanText::line)
            .filter(cell -> !cell.isEmpty())
            .collect(Collectors.joining(String.valueOf(PageLine.CELL)));
    line.setLength(0);
    if (!text.isEmpty()) {
      List<PageLine.Run> clean =
          runs.stream()
              .map(run -> new PageLine.Run(CleanText.line(run.text()), run.left(), run.right()))
              .filter(run -> !run.text().isEmpty())
              .toList();
      pages.get(pages.size() - 1).add(new PageLine(text, size, bold, top, opens, clean));
      opens = false;
    }
    runs.clear();
  }
}
