package exercises.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The student says "I", the teacher echoes "you": the same sentence from both sides of the
 * conversation.
 */
final class PointOfView {
  private static final Map<String, String> TO_STUDENT =
      Map.ofEntries(
          Map.entry("i", "you"),
          Map.entry("me", "you"),
          Map.entry("my", "your"),
          Map.entry("mine", "yours"),
          Map.entry("am", "are"),
          Map.entry("'m", "are"),
          Map.entry("was", "were"),
          Map.entry("we", "you"),
          Map.entry("our", "your"),
          Map.entry("us", "you"),
          Map.entry("myself", "yourself"));

  private PointOfView() {}

  /** The student's words as the teacher would say them to the student. */
  static List<String> flip(List<String> words) {
    List<String> flipped = new ArrayList<>(words.size());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean first = i > 0 && words.get(i - 1).equals("i");
      boolean beOfI = Set.of("am", "'m", "was").contains(word);
      flipped.add(beOfI && !first ? word : TO_STUDENT.getOrDefault(word, word));
    }
    return flipped;
  }

  /** Words put in must mean the same from both sides of the conversation. */
  static boolean flippable(Alignment alignment) {
    return alignment.edits().stream()
        .allMatch(e -> e.right().stream().noneMatch(EditClassifier.PRONOUNS::contains));
  }

  /** An alignment with the turned words, told in the student's words again. */
  static Alignment unflip(Alignment flipped, Parts words) {
    List<Edit> edits = new ArrayList<>();
    for (Edit edit : flipped.edits()) {
      boolean afterI = edit.from() > 0 && words.parts().get(edit.from() - 1).equals("i");
      List<String> right = new ArrayList<>();
      for (String word : edit.right()) {
        right.add(
            !afterI ? word : word.matches("are|'re") ? "am" : word.equals("were") ? "was" : word);
      }
      Edit turned =
          new Edit(edit.from(), edit.to(), words.parts().subList(edit.from(), edit.to()), right);
      if (!turned.wrong().equals(turned.right())) {
        edits.add(turned);
      }
    }
    return new Alignment(
        flipped.from(), flipped.to(), edits, flipped.equal(), flipped.foreign(), flipped.cost());
  }
}
