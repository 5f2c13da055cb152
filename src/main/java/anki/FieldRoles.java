package anki;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which field of a note type is what of a word; -1 where none is. Names that people commonly give
 * their fields decide; where they don't, the order does: word, translation, notes.
 *
 * @param word index of the field
 */
record FieldRoles(int word, int translation, int notes, int example) {
  private static final Set<String> WORDS =
      Set.of("word", "term", "front", "expression", "vocabulary", "vocab", "english", "text");
  private static final Set<String> TRANSLATIONS =
      Set.of("translation", "definition", "meaning", "back", "back extra", "hebrew", "answer");
  private static final Set<String> NOTES =
      Set.of("notes", "note", "extra", "comment", "comments", "remarks", "hint");
  private static final Set<String> EXAMPLES =
      Set.of("example", "example sentence", "sentence", "examples");
  // says whether a second card is wanted; pictures, sounds and what orders notes is no text to
  // learn
  private static final Set<String> NO_CONTENT =
      Set.of("add reverse", "audio", "sound", "image", "picture", "id", "noteid", "sort", "index");

  /**
   * @param names of a note type's fields in their order
   */
  static FieldRoles of(List<String> names) {
    List<String> plain = names.stream().map(FieldRoles::plain).toList();
    int word = find(plain, WORDS);
    int translation = find(plain, TRANSLATIONS);
    int notes = find(plain, NOTES);
    int example = find(plain, EXAMPLES);
    boolean[] taken = new boolean[names.size()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] =
          i == word
              || i == translation
              || i == notes
              || i == example
              || NO_CONTENT.contains(plain.get(i));
    }
    word = word < 0 ? next(taken) : word;
    translation = translation < 0 ? next(taken) : translation;
    notes = notes < 0 ? next(taken) : notes;
    // a note type whose names say nothing about its two sides
    if (word < 0 || translation < 0) {
      return new FieldRoles(0, 1, 2, -1);
    }
    return new FieldRoles(word, translation, notes, example);
  }

  private static int find(List<String> names, Set<String> wanted) {
    for (int i = 0; i < names.size(); i++) {
      if (wanted.contains(names.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static int next(boolean[] taken) {
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        taken[i] = true;
        return i;
      }
    }
    return -1;
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
