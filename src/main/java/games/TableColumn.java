package games;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a column of a table of words may hold, and how people name such columns. */
public enum TableColumn {
  WORD(
      Set.of(
          "word",
          "words",
          "term",
          "front",
          "english",
          "english word",
          "phrase",
          "expression",
          "vocabulary",
          "\u05DE\u05D9\u05DC\u05D4",
          "\u0643\u0644\u0645\u0629",
          "palabra")),
  TRANSLATION(translations()),
  NOTES(Set.of("notes", "note", "comment", "comments", "\u05D4\u05E2\u05E8\u05D5\u05EA")),
  EXAMPLE(Set.of("example", "examples", "example sentence", "examplesentence", "sentence")),
  DIFFICULTY(Set.of("difficulty")),
  FAVORITE(Set.of("isfavorite", "is favorite", "favorite", "favourite", "starred"));

  private final Set<String> names;

  TableColumn(Set<String> names) {
    this.names = names;
  }

  /** The usual ones, and the names of languages: the other column is then the English one. */
  private static Set<String> translations() {
    Set<String> names =
        new HashSet<>(
            Set.of(
                "translation",
                "translations",
                "definition",
                "meaning",
                "back",
                "\u05EA\u05E8\u05D2\u05D5\u05DD",
                "\u062A\u0631\u062C\u0645\u0629",
                "traducci\u00F3n"));
    for (String code : Locale.getISOLanguages()) {
      if (!code.equals("en")) {
        names.add(
            Locale.forLanguageTag(code)
                .getDisplayLanguage(Locale.ENGLISH)
                .toLowerCase(Locale.ROOT));
      }
    }
    return Set.copyOf(names);
  }

  /**
   * Index of the first column whose name says that it holds this; -1 when none does.
   *
   * @param row that names the columns, such as {@code Translation (Hebrew)} or {@code
   *     example_sentence}
   */
  int in(List<String> row) {
    for (int i = 0; i < row.size(); i++) {
      String name =
          row.get(i).split("[(:]", 2)[0].strip().toLowerCase(Locale.ROOT).replace('_', ' ');
      if (names.contains(name)) {
        return i;
      }
    }
    return -1;
  }
}
