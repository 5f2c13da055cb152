package exercises.understanding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Sentences practised again and again with one place changed: "the bike is mine". */
public final class Frames {
  private static final int MOST = 6;
  private static final int FILLERS = 3;
  private static final int LONGEST = 10;

  private Frames() {}

  private record Use(String filler, int turn) {}

  /** The frames practised, the most practised first. */
  public static List<Understanding.Frame> of(List<LessonSentence> sentences) {
    Map<String, List<Use>> uses = new LinkedHashMap<>();
    for (LessonSentence sentence : sentences) {
      List<String> words = sentence.parts();
      if (words.size() < 3 || words.size() > LONGEST) {
        continue;
      }
      for (int slot = 0; slot < words.size(); slot++) {
        add(uses, words, slot, slot + 1, sentence.turn());
      }
      for (int head = 2; head <= Math.min(4, words.size() - 2); head++) {
        add(uses, words, head, words.size(), sentence.turn());
      }
    }
    List<Understanding.Frame> all = new ArrayList<>();
    Map<Understanding.Frame, Double> worth = new HashMap<>();
    uses.forEach(
        (pattern, list) -> {
          Set<String> fillers = new LinkedHashSet<>();
          Set<Integer> turns = new TreeSet<>();
          list.forEach(
              use -> {
                fillers.add(use.filler());
                turns.add(use.turn());
              });
          int fixed = pattern.split(" ").length - 1;
          if (fillers.size() >= FILLERS && turns.size() >= FILLERS && fixed >= 2) {
            Understanding.Frame frame =
                new Understanding.Frame(pattern, List.copyOf(fillers), List.copyOf(turns));
            all.add(frame);
            worth.put(frame, turns.size() * (fixed + (pattern.endsWith("…") ? 0 : 0.5)));
          }
        });
    all.sort(Comparator.comparingDouble((Understanding.Frame f) -> -worth.get(f)));
    List<Understanding.Frame> chosen = new ArrayList<>();
    Set<Integer> covered = new HashSet<>();
    for (Understanding.Frame frame : all) {
      long fresh = frame.utterances().stream().filter(t -> !covered.contains(t)).count();
      if (chosen.size() < MOST && fresh * 2 >= frame.utterances().size()) {
        chosen.add(frame);
        covered.addAll(frame.utterances());
      }
    }
    return chosen;
  }

  private static void add(
      Map<String, List<Use>> uses, List<String> words, int from, int to, int turn) {
    List<String> pattern = new ArrayList<>(words.subList(0, from));
    pattern.add("…");
    pattern.addAll(words.subList(to, words.size()));
    uses.computeIfAbsent(String.join(" ", pattern), k -> new ArrayList<>())
        .add(new Use(String.join(" ", words.subList(from, to)), turn));
  }
}
