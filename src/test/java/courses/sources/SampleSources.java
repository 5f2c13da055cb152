package courses.sources;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import settings.CourseSourceSettings;

/**
 * Sources as courses get them, read by the same code: a handbook set as a PDF of a dozen pages, and
 * a clip's captions.
 */
public final class SampleSources {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final float LEFT = 72;
  private static final float WIDTH = 450;
  private static final float BODY = 11;

  private SampleSources() {}

  /**
   * The segments of a PDF that a text in simple Markdown was set as: headings of three levels,
   * lists, tables, a running head, page numbers, chapters on pages of their own.
   *
   * @param change done to the Markdown first
   */
  public static List<Segment> book(Vertx vertx, String resource, UnaryOperator<String> change) {
    try {
      Path file = Files.createTempFile("book", ".pdf");
      try {
        set(change.apply(text(resource)), file);
        return read(vertx, file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** The segments of a caption file. */
  public static List<Segment> clip(String resource, UnaryOperator<String> change) {
    List<Block> blocks =
        CaptionText.read(change.apply(text(resource))).stream()
            .map(caption -> Block.said(caption.text(), caption.startMs(), caption.endMs(), ""))
            .toList();
    return Segmenter.segments(blocks);
  }

  /** A text as it was sent, without a title. */
  public static Extracted plain(String text) {
    return Sources.ofBlocks(PlainBlocks.of(text), Optional.empty());
  }

  private static List<Segment> read(Vertx vertx, Path file) {
    DocumentReader reader =
        new DocumentReader(
            vertx,
            new CourseSourceSettings.Reading(
                2_000, Duration.ofSeconds(60), Duration.ofMillis(200), 1, 192));
    try {
      return Segmenter.segments(
          reader
              .read(file, DocumentKind.PDF, System.nanoTime() + TimeUnit.SECONDS.toNanos(100))
              .await(110, TimeUnit.SECONDS)
              .blocks());
    } catch (java.util.concurrent.TimeoutException late) {
      throw new IllegalStateException(late);
    } finally {
      reader.close();
    }
  }

  private static String text(String resource) {
    try (InputStream in = SampleSources.class.getClassLoader().getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Sets a text on pages; gives their number. */
  static int set(String markdown, Path file) throws IOException {
    try (PDDocument document = new PDDocument();
        InputStream ttf = PDDocument.class.getResourceAsStream(FONT)) {
      Setter setter = new Setter(document, PDType0Font.load(document, ttf, true));
      for (String block : markdown.split("\n\n")) {
        setter.block(block.strip());
      }
      setter.end();
      document.save(file.toFile());
      return document.getNumberOfPages();
    }
  }

  private static final class Setter {
    private final PDDocument document;
    private final PDFont font;
    private PDPageContentStream page;
    private float y;
    private boolean first = true;

    Setter(PDDocument document, PDFont font) throws IOException {
      this.document = document;
      this.font = font;
      turn();
    }

    private void turn() throws IOException {
      end();
      PDPage next = new PDPage();
      document.addPage(next);
      page = new PDPageContentStream(document, next);
      float top = next.getMediaBox().getHeight();
      put("A Home Mechanic's Handbook", 9, LEFT, top - 40);
      put(String.valueOf(document.getNumberOfPages()), 9, LEFT + WIDTH / 2, 40);
      y = top - 70;
    }

    void block(String block) throws IOException {
      if (block.startsWith("#")) {
        int level = block.indexOf(' ');
        if (level == 2 && !first) {
          turn();
        }
        first &= level == 1;
        y -= 12;
        lines(block.substring(level + 1), new float[] {24, 18, 14}[level - 1], LEFT, 1.5f);
        y -= 4;
        return;
      }
      for (String line : block.split("\n")) {
        if (line.startsWith("|")) {
          String[] cells = line.substring(1).split("\\|");
          if (y < 80) {
            turn();
          }
          y -= 16;
          for (int i = 0; i < cells.length; i++) {
            put(cells[i].strip(), BODY, LEFT + i * WIDTH / cells.length, y);
          }
        } else if (line.matches("(?:-|\\d\\.) .*")) {
          lines(line.replaceFirst("^- ", "• "), BODY, LEFT + 18, 1.4f);
        } else {
          lines(line, BODY, LEFT, 1.4f);
        }
      }
      y -= 9;
    }

    private void lines(String text, float size, float left, float leading) throws IOException {
      List<String> lines = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      for (String word : text.split(" ")) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (font.getStringWidth(longer) / 1000 * size > WIDTH - (left - LEFT)) {
          lines.add(line.toString());
          line = new StringBuilder(word);
        } else {
          line = new StringBuilder(longer);
        }
      }
      lines.add(line.toString());
      for (String one : lines) {
        if (y < 80) {
          turn();
        }
        y -= size * leading;
        put(one, size, left, y);
      }
    }

    private void put(String text, float size, float x, float at) throws IOException {
      page.beginText();
      page.setFont(font, size);
      page.newLineAtOffset(x, at);
      page.showText(text);
      page.endText();
    }

    void end() throws IOException {
      if (page != null) {
        page.close();
      }
    }
  }
}
