package courses.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Paragraphs and headings of a Word document. Only its text part is read, as a stream and without
 * document types or outside entities; nothing is unpacked to the disk.
 */
final class DocxBlocks {
  private static final String PART = "word/document.xml";

  private DocxBlocks() {}

  static List<Block> of(Path file, int maxCharacters) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry part = zip.getEntry(PART);
      if (part == null) {
        throw new SourceRefused(
            SourceRefused.Code.UNSUPPORTED_TYPE,
            "the file is an archive but no Word document: upload PDF, DOCX or plain text");
      }
      try (InputStream in = zip.getInputStream(part)) {
        return read(in, maxCharacters);
      }
    } catch (ZipException | XMLStreamException broken) {
      throw new SourceRefused(
          SourceRefused.Code.BROKEN,
          "the document is damaged: open it, save it anew and upload that");
    }
  }

  private static List<Block> read(InputStream in, int maxCharacters) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader xml = factory.createXMLStreamReader(in);
    List<Block> blocks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    String style = "";
    boolean inText = false;
    int characters = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "t" -> inText = true;
          case "tab" -> text.append(' ');
          case "br", "cr" -> text.append('\n');
          case "pStyle" -> style = value(xml);
          default -> {}
        }
      } else if (event == XMLStreamConstants.CHARACTERS && inText) {
        text.append(xml.getText());
        characters += xml.getTextLength();
        if (characters > maxCharacters) {
          throw new SourceRefused(
              SourceRefused.Code.TOO_LARGE,
              "the document has more than " + maxCharacters + " characters: split it");
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        if (xml.getLocalName().equals("t")) {
          inText = false;
        } else if (xml.getLocalName().equals("p")) {
          add(blocks, text.toString(), style);
          text.setLength(0);
          style = "";
        }
      }
    }
    return blocks;
  }

  private static String value(XMLStreamReader xml) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals("val")) {
        return xml.getAttributeValue(i);
      }
    }
    return "";
  }

  private static void add(List<Block> blocks, String words, String style) {
    String text = CleanText.paragraphs(words);
    if (text.isEmpty()) {
      return;
    }
    if (style.matches("(?i)title")) {
      blocks.add(Block.heading(CleanText.line(text), 1));
    } else if (style.matches("(?i)heading[1-6]")) {
      blocks.add(Block.heading(CleanText.line(text), style.charAt(style.length() - 1) - '0'));
    } else {
      blocks.add(Block.paragraph(text));
    }
  }
}
