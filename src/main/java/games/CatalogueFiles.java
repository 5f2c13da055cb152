package games;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The starter catalogue as its authors wrote it: YAML files in the resources, one a topic, named by
 * an index.
 *
 * @param topics in the order of the index
 * @param hash changes whenever a file does
 */
record CatalogueFiles(List<CatalogueTopic> topics, String hash) {
  private static final String FOLDER = "catalogue/";

  /**
   * Reads and checks all files.
   *
   * @throws IllegalStateException naming everything that is wrong with them: the build is broken
   */
  static CatalogueFiles read() {
    MessageDigest digest = sha256();
    List<CatalogueTopic> topics = new ArrayList<>();
    for (String line : text("index.txt").split("\\R")) {
      String name = line.strip();
      if (!name.isEmpty() && !name.startsWith("#")) {
        String text = text(name);
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        topics.add(CatalogueFile.parse(name, text));
      }
    }
    List<String> problems = CatalogueValidator.problems(topics);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "the starter catalogue is broken:\n  " + String.join("\n  ", problems));
    }
    return new CatalogueFiles(List.copyOf(topics), HexFormat.of().formatHex(digest.digest()));
  }

  private static String text(String name) {
    try (InputStream in =
        CatalogueFiles.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + FOLDER + name + ": build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("can't read " + FOLDER + name + " from the jar", failure);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
