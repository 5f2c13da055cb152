package exercises.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A bundled word list with translations: {@code lexicon/<language>.tsv}, lines of headword, word
 * class, level (1 to 3) and translation. A fifth column holds words whose presence asks for that
 * line instead of the first one of its headword: {@code bank} beside {@code river} is not the one
 * with money.
 */
public final class Lexicon {
  private record Line(int level, String translation, Set<String> cues) {}

  private final Map<String, List<Line>> lines = new HashMap<>();
  private final Map<PartOfSpeech, List<String>> words = new LinkedHashMap<>();

  private Lexicon() {}

  /** The list of a language; empty when none is bundled. */
  public static Lexicon of(String language) {
    Lexicon lexicon = new Lexicon();
    String name = language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    if (!name.matches("[a-z]{2,3}")) {
      return lexicon;
    }
    try (InputStream in = Lexicon.class.getResourceAsStream("/lexicon/" + name + ".tsv")) {
      if (in != null) {
        lexicon.read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The word list lexicon/" + name + ".tsv can't be read: rebuild the jar", e);
    }
    return lexicon;
  }

  private void read(BufferedReader reader) throws IOException {
    String text;
    while ((text = reader.readLine()) != null) {
      if (text.isBlank() || text.startsWith("#")) {
        continue;
      }
      String[] cells = text.split("\t", -1);
      PartOfSpeech pos = cells.length < 4 ? null : PartOfSpeech.parse(cells[1]);
      if (pos == null) {
        throw new IOException("line \"" + text + "\" is not headword, class, level, translation");
      }
      Set<String> cues =
          cells.length > 4 && !cells[4].isBlank()
              ? Set.of(cells[4].strip().split("\\s+"))
              : Set.of();
      List<Line> same = lines.computeIfAbsent(pos.ordinal() + cells[0], k -> new ArrayList<>());
      if (same.isEmpty()) {
        words.computeIfAbsent(pos, k -> new ArrayList<>()).add(cells[0]);
      }
      same.add(new Line(Integer.parseInt(cells[2]), cells[3].strip(), cues));
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /**
   * The translation of a lemma in its class, or null.
   *
   * @param context lemmas said around the word, which choose between senses
   */
  public String translation(String lemma, PartOfSpeech pos, Collection<String> context) {
    List<Line> same = lines.get(pos.ordinal() + lemma);
    if (same == null) {
      return null;
    }
    for (Line line : same) {
      if (line.cues().stream().anyMatch(context::contains)) {
        return line.translation();
      }
    }
    return same.get(0).translation();
  }

  /** 1 to 3, or 0 when the word is not in the list. */
  public int level(String lemma, PartOfSpeech pos) {
    List<Line> same = lines.get(pos.ordinal() + lemma);
    return same == null ? 0 : same.get(0).level();
  }

  /** All headwords of a class, in file order. */
  public List<String> words(PartOfSpeech pos) {
    return words.getOrDefault(pos, List.of());
  }
}
