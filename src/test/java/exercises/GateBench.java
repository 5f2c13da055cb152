package exercises;

import exercises.language.NlpModels;
import exercises.rulebased.RuleBasedGenerator;
import exercises.understanding.Mistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many planted defects the quality gate finds, and how many good items it refuses. */
final class GateBench {
  static final double RECALL_GOAL = 97;
  static final double FALSE_GOAL = 3;

  /**
   * @param planted defects by kind: found and planted
   * @param refused good items with the rule that refused them
   */
  record Result(
      int items,
      int found,
      Map<String, int[]> planted,
      List<String> missed,
      int good,
      List<String> refused) {
    double recall() {
      return 100.0 * found / items;
    }

    double falseRejects() {
      return 100.0 * refused.size() / good;
    }
  }

  private GateBench() {}

  static Result measure(NlpModels models) {
    QualityGate gate = new QualityGate(models);
    RuleBasedGenerator reader = new RuleBasedGenerator(models);
    Map<String, List<Mistake>> mistakes = new HashMap<>();
    List<GoodItems.Item> good = GoodItems.read();
    for (GoodItems.Item item : good) {
      mistakes.computeIfAbsent(
          item.lesson().name(), n -> reader.understand(item.lesson().material()).mistakes());
    }
    List<String> refused = new ArrayList<>();
    for (QualityLesson lesson : good.stream().map(GoodItems.Item::lesson).distinct().toList()) {
      List<GoodItems.Item> items = good.stream().filter(i -> i.lesson() == lesson).toList();
      for (GateReport.Rejection r : check(gate, lesson, items, mistakes)) {
        refused.add(r.rule() + ": " + lesson.name() + " " + r.kind() + ": " + r.text());
      }
    }
    Map<String, int[]> byDefect = new TreeMap<>();
    List<String> missed = new ArrayList<>();
    int found = 0;
    List<Defects.Planted> planted = Defects.of(good);
    for (Defects.Planted one : planted) {
      List<GateReport.Rejection> before =
          check(gate, one.lesson(), one.items().subList(0, one.items().size() - 1), mistakes);
      List<GateReport.Rejection> after = check(gate, one.lesson(), one.items(), mistakes);
      boolean skew = one.defect().startsWith("the answer always");
      boolean caught =
          skew
              ? after.stream().anyMatch(r -> r.rule().equals("position_skew"))
              : after.size() > before.size();
      int[] counts = byDefect.computeIfAbsent(one.defect(), d -> new int[2]);
      counts[1]++;
      if (caught) {
        counts[0]++;
        found++;
      } else {
        missed.add(one.defect() + ": " + one.last().json().encode());
      }
    }
    return new Result(planted.size(), found, byDefect, missed, good.size(), refused);
  }

  private static List<GateReport.Rejection> check(
      QualityGate gate,
      QualityLesson lesson,
      List<GoodItems.Item> items,
      Map<String, List<Mistake>> mistakes) {
    ExerciseSet set = ExerciseSetReader.read(GoodItems.set(lesson, items));
    ExerciseSet with =
        new ExerciseSet(
            set.flashcards(),
            set.spelling(),
            set.fillBlank(),
            set.sentenceBuilder(),
            set.grammarChallenge(),
            set.advancedCloze(),
            mistakes.get(lesson.name()),
            set.transcriptLength(),
            set.metadata());
    return gate.check(with, lesson.material()).rejections().stream()
        .filter(r -> !r.kind().equals("mistakes"))
        .toList();
  }

  /** Prints the result and returns how many of the two goals are missed. */
  static long run(NlpModels models, boolean details) {
    Result result = measure(models);
    System.out.println("Gate, planted defects found by kind:");
    result
        .planted()
        .forEach(
            (defect, counts) -> {
              if (details || counts[0] < counts[1]) {
                System.out.printf(
                    Locale.ROOT, "  %-50s %3d of %3d%n", defect, counts[0], counts[1]);
              }
            });
    result.missed().stream()
        .limit(details ? 500 : 0)
        .forEach(m -> System.out.println("  missed " + m));
    result.refused().forEach(r -> System.out.println("  good item refused, " + r));
    Set<String> goals = new HashSet<>();
    goal(
        goals,
        "recall",
        result.recall() >= RECALL_GOAL,
        String.format(
            Locale.ROOT,
            "%d of %d defects of %d kinds, %.1f%%, goal %.0f%%",
            result.found(),
            result.items(),
            result.planted().size(),
            result.recall(),
            RECALL_GOAL));
    goal(
        goals,
        "false rejects",
        result.falseRejects() <= FALSE_GOAL,
        String.format(
            Locale.ROOT,
            "%d of %d good items, %.1f%%, goal %.0f%%",
            result.refused().size(),
            result.good(),
            result.falseRejects(),
            FALSE_GOAL));
    return goals.size();
  }

  private static void goal(Set<String> missed, String name, boolean met, String text) {
    System.out.println((met ? "  met    " : "  MISSED ") + name + " " + text);
    if (!met) {
      missed.add(name);
    }
  }
}
