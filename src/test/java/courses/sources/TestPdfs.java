package courses.sources;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** PDFs for tests, with an embedded font. */
public final class TestPdfs {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private TestPdfs() {}

  /**
   * A line to be set.
   *
   * @param gap between it and the line before, in points
   */
  public record Line(String text, float size, float gap) {}

  public static Line line(String text) {
    return new Line(text, 11, 14);
  }

  public static Line paragraph(String text) {
    return new Line(text, 11, 34);
  }

  public static Line heading(String text) {
    return new Line(text, 18, 40);
  }

  /** A file with these lines on its pages, from the top. */
  public static Path write(Path file, List<List<Line>> pages) {
    return write(file, pages, null);
  }

  /** As above, locked with this password. */
  public static Path write(Path file, List<List<Line>> pages, String password) {
    try (PDDocument document = new PDDocument();
        InputStream ttf = PDDocument.class.getResourceAsStream(FONT)) {
      PDFont font = PDType0Font.load(document, ttf, true);
      for (List<Line> lines : pages) {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          float y = page.getMediaBox().getHeight() - 40;
          for (Line line : lines) {
            y -= line.gap();
            content.beginText();
            content.setFont(font, line.size());
            content.newLineAtOffset(60, y);
            content.showText(line.text());
            content.endText();
          }
        }
      }
      if (password != null) {
        document.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
      }
      document.save(file.toFile());
      return file;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** A scan: a picture a page, no text. */
  public static Path scan(Path file, int pages) {
    try (PDDocument document = new PDDocument()) {
      var picture = new java.awt.image.BufferedImage(200, 280, 1);
      for (int i = 0; i < pages; i++) {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.drawImage(LosslessFactory.createFromImage(document, picture), 0, 0);
        }
      }
      document.save(file.toFile());
      return file;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
