package exercises.model;

import exercises.rulebased.Gap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A second look at gaps whose options no rule can judge: the model that made them, or another,
 * solves them without knowing the answer. Only what has exactly one solution, the intended one, is
 * kept.
 */
final class BlindSolving {
  private static final int MOST = 24;

  private record Question(int number, String text, List<String> options) {}

  private final List<Question> questions = new ArrayList<>();
  private final Map<String, List<Integer>> numbers = new HashMap<>();

  BlindSolving(List<ModelDraft.Single> singles, List<ModelDraft.Pair> pairs) {
    for (ModelDraft.Single single : singles) {
      Gap gap = single.proposed().gap();
      ask(single.id(), single.proposed(), gap.prompt(), single.id());
    }
    for (ModelDraft.Pair pair : pairs) {
      ask(pair.id(), pair.first(), pair.first().gap().prompt(), pair.id() + 1);
      ask(pair.id(), pair.second(), pair.second().gap().prompt(), pair.id() + 2);
    }
  }

  private void ask(String id, ProposedGap proposed, String text, String order) {
    if (!proposed.proven()) {
      int number = questions.size() + 1;
      numbers.computeIfAbsent(id, k -> new ArrayList<>()).add(number);
      questions.add(new Question(number, text, ModelDraft.options(proposed.gap(), order)));
    }
  }

  boolean isNeeded() {
    return !questions.isEmpty();
  }

  JsonObject data() {
    JsonArray items = new JsonArray();
    for (Question question : questions.subList(0, Math.min(MOST, questions.size()))) {
      items.add(
          new JsonObject()
              .put("q", question.number())
              .put("text", question.text())
              .put("options", new JsonArray(question.options())));
    }
    return new JsonObject().put("items", items);
  }

  /** Whether a gap may be shown, given the solutions; without solutions only what rules prove. */
  boolean isSound(String id, List<ProposedGap> gaps, Optional<JsonObject> solutions) {
    List<Integer> asked = numbers.getOrDefault(id, List.of());
    if (asked.isEmpty()) {
      return true;
    }
    if (solutions.isEmpty()) {
      return false;
    }
    Map<Integer, Set<String>> solved = new HashMap<>();
    for (JsonObject item : NoteReader.objects(solutions.get(), "items")) {
      Set<String> fits = new HashSet<>();
      GapProposals.strings(item, "fits", 60)
          .forEach(fit -> fits.add(fit.strip().toLowerCase(Locale.ROOT)));
      solved.put(item.getInteger("q", 0), fits);
    }
    List<String> answers =
        gaps.stream().filter(g -> !g.proven()).map(g -> g.gap().answer()).toList();
    for (int i = 0; i < asked.size(); i++) {
      Set<String> only = Set.of(answers.get(i).toLowerCase(Locale.ROOT));
      if (!only.equals(solved.get(asked.get(i)))) {
        return false;
      }
    }
    return true;
  }
}
