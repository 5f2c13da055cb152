package exercises.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Short explanations in easy English for words that lessons teach often. */
public final class PlainDefinitions {
  private static final String RESOURCE = "/lexicon/plain.tsv";
  private static final Map<String, String> ALL = read();

  private PlainDefinitions() {}

  /** The explanation of a lemma in its class, or null. */
  public static String of(String lemma, PartOfSpeech pos) {
    return ALL.get(pos.ordinal() + lemma);
  }

  private static Map<String, String> read() {
    Map<String, String> all = new HashMap<>();
    try (InputStream in = PlainDefinitions.class.getResourceAsStream(RESOURCE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        String[] cells = line.split("\t");
        PartOfSpeech pos =
            line.startsWith("#") || cells.length != 3 ? null : PartOfSpeech.parse(cells[1]);
        if (pos != null) {
          all.put(pos.ordinal() + cells[0], cells[2]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " can't be read: rebuild the jar", e);
    }
    return Map.copyOf(all);
  }
}
