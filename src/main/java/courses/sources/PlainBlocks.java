package courses.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads plain text and Markdown: paragraphs, and what is marked or looks like a heading. */
final class PlainBlocks {
  private static final Pattern MARKED = Pattern.compile("(#{1,6})\\s+(.{1,200}?)\\s*#*");
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?:(?:Chapter|Part|Section|Lesson|Unit)\\s+)?\\d{1,2}(?:\\.\\d{1,2}){0,3}[.:)]?\\s+\\p{L}.{0,90}");
  private static final int LONGEST_HEADING = 90;

  private PlainBlocks() {}

  static List<Block> of(String text) {
    List<Block> blocks = new ArrayList<>();
    for (String part : text.split("\n[ \t]*\n")) {
      String[] lines = part.strip().split("\n");
      StringBuilder paragraph = new StringBuilder();
      for (int i = 0; i < lines.length; i++) {
        String line = lines[i].strip();
        Matcher marked = MARKED.matcher(line);
        boolean underlined =
            i + 1 < lines.length
                && !line.isEmpty()
                && line.length() <= LONGEST_HEADING
                && lines[i + 1].strip().matches("={3,}|-{3,}");
        if (marked.matches()) {
          flush(blocks, paragraph);
          blocks.add(Block.heading(CleanText.line(marked.group(2)), marked.group(1).length()));
        } else if (underlined) {
          flush(blocks, paragraph);
          blocks.add(Block.heading(CleanText.line(line), lines[i + 1].contains("=") ? 1 : 2));
          i++;
        } else if (lines.length == 1 && looksLikeHeading(line)) {
          blocks.add(Block.heading(CleanText.line(line), 2));
        } else if (!line.isEmpty()) {
          paragraph.append(paragraph.length() > 0 ? "\n" : "").append(line);
        }
      }
      flush(blocks, paragraph);
    }
    return blocks;
  }

  /** Stands alone, short, and no sentence. */
  private static boolean looksLikeHeading(String line) {
    return line.length() <= LONGEST_HEADING
        && !line.matches(".*[.!?,;:\u3002\u061f]")
        && line.codePoints().anyMatch(Character::isLetter)
        && (NUMBERED.matcher(line).matches()
            || line.codePoints().noneMatch(Character::isLowerCase)
                && line.codePoints().anyMatch(Character::isUpperCase)
            || line.split("\\s+").length <= 8
                && Character.isUpperCase(line.codePointAt(0))
                && line.split("\\s+").length > 1);
  }

  private static void flush(List<Block> blocks, StringBuilder paragraph) {
    if (paragraph.length() > 0) {
      blocks.add(Block.paragraph(paragraph.toString()));
      paragraph.setLength(0);
    }
  }
}
