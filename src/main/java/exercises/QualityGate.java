package exercises;

import exercises.GateRules.Author;
import exercises.language.Level;
import exercises.language.Levels;
import exercises.language.Morphology;
import exercises.language.NlpModels;
import exercises.language.Tagger;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Mistake;
import exercises.understanding.Provenance;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The quality rules of {@link GateRules}, the same for every producer of sets and for teachers who
 * change an item. An item that breaks one is dropped and counted by the rule's name. Not
 * thread-safe: one a worker thread.
 */
public final class QualityGate {
  private final NlpModels models;
  private final Morphology morphology;
  private final Tagger tagger;
  private final Levels levels;

  /** Of the lesson that was checked last; soft, since a gate may lie idle for long. */
  private SoftReference<Heard> lastHeard = new SoftReference<>(null);

  public QualityGate(NlpModels models) {
    this.models = models;
    this.morphology = new Morphology(models);
    this.tagger = new Tagger(models, morphology);
    this.levels = models.levels(morphology);
  }

  /**
   * What a lesson is to the rules.
   *
   * @param level empty when too little was said to tell
   */
  private record Heard(
      LessonMaterial material,
      List<Mistake> mistakes,
      LessonEvidence evidence,
      Optional<Level> level) {}

  /**
   * Reading a lesson takes longer than judging its items, and sets of one lesson are judged one
   * after the other: as candidates, without each item that was dropped, and with a model's items.
   */
  private Heard heard(LessonMaterial material, List<Mistake> mistakes) {
    Heard last = lastHeard.get();
    boolean same = last != null && last.material() == material;
    if (same && last.mistakes().equals(mistakes)) {
      return last;
    }
    List<Mistake> slips = List.copyOf(mistakes);
    Heard heard =
        new Heard(
            material,
            slips,
            new LessonEvidence(material, slips, morphology, models.wordNet),
            same ? last.level() : levels.ofLesson(material.utterances()));
    lastHeard = new SoftReference<>(heard);
    return heard;
  }

  private ItemRules rules(LessonMaterial material, Heard heard, Findings findings) {
    return new ItemRules(
        material,
        heard.evidence(),
        heard.level().orElse(null),
        morphology,
        tagger,
        levels,
        models.wordNet,
        findings);
  }

  /** Checks every item against the lesson it claims to come from, and what the student had. */
  public GateReport check(ExerciseSet set, LessonMaterial material) {
    return new Check(set, material).run();
  }

  /** Checks a set whose lesson is not at hand: what needs the lesson is left out. */
  public GateReport check(ExerciseSet set) {
    return check(set, unknownLesson(set.metadata().language()));
  }

  /** Stands for a lesson that nobody gave. */
  public static LessonMaterial unknownLesson(String language) {
    return new LessonMaterial("", 1, language, List.of(), 0);
  }

  /**
   * What the gate says of an item that a teacher changed.
   *
   * @param refused the rule that forbids it
   * @param warnings rules it breaks that leave the decision to the teacher
   */
  public record Judgement(Optional<BrokenRule> refused, List<BrokenRule> warnings) {}

  /**
   * A rule that an item breaks.
   *
   * @param member of the item, such as {@code blank1.options}
   */
  public record BrokenRule(String rule, String member) {
    /** Why, in a sentence about all items. */
    public String reason() {
      return GateRules.reason(rule);
    }
  }

  /**
   * Judges one item of a set as a teacher's work, against the other items of its kind.
   *
   * @param itemId of the item; it must be in the set
   * @throws IllegalArgumentException when the set has no such item
   */
  public Judgement judge(ExerciseSet set, LessonMaterial material, String itemId) {
    Findings findings = new Findings(Author.TEACHER);
    ItemRules rules = rules(material, heard(material, set.mistakes()), findings);
    return judge(set.flashcards(), Flashcard::id, itemId, rules::flashcard, findings)
        .or(() -> judge(set.spelling(), SpellingWord::id, itemId, rules::spelling, findings))
        .or(() -> judge(set.fillBlank(), FillBlank::id, itemId, rules::fillBlank, findings))
        .or(
            () ->
                judge(set.sentenceBuilder(), SentenceBuilder::id, itemId, rules::builder, findings))
        .or(
            () ->
                judge(
                    set.grammarChallenge(),
                    GrammarChallenge::id,
                    itemId,
                    rules::challenge,
                    findings))
        .or(() -> judge(set.advancedCloze(), AdvancedCloze::id, itemId, rules::cloze, findings))
        .orElseThrow(() -> new IllegalArgumentException("the set has no item " + itemId));
  }

  private static <T> Optional<Judgement> judge(
      List<T> items,
      Function<T, String> id,
      String itemId,
      Function<T, String> rules,
      Findings findings) {
    T judged = null;
    for (T item : items) {
      if (judged == null && itemId.equals(id.apply(item))) {
        judged = item;
      } else {
        rules.apply(item);
      }
    }
    if (judged == null) {
      return Optional.empty();
    }
    // Last, so that it is the one that repeats another.
    findings.next();
    String refused = rules.apply(judged);
    return Optional.of(
        new Judgement(
            Optional.ofNullable(refused).map(rule -> new BrokenRule(rule, findings.member())),
            findings.warnings().stream()
                .map(found -> new BrokenRule(found.rule(), found.member()))
                .toList()));
  }

  /** What identifies a set's items, for the check of a later set of the same student. */
  public static Set<String> keys(ExerciseSet set) {
    Set<String> keys = new HashSet<>();
    for (Flashcard f : set.flashcards()) {
      keys.add(SetRules.key("flashcards", String.valueOf(f.word())));
    }
    for (SpellingWord s : set.spelling()) {
      keys.add(SetRules.key("spelling", String.valueOf(s.word())));
    }
    for (FillBlank f : set.fillBlank()) {
      keys.add(gapKey("fill_blank", f.sentence(), f.correctAnswer()));
    }
    for (GrammarChallenge g : set.grammarChallenge()) {
      keys.add(gapKey("grammar_challenge", g.prompt(), g.correctAnswer()));
    }
    for (AdvancedCloze c : set.advancedCloze()) {
      String one = String.valueOf(c.blank1().correct());
      String two = String.valueOf(c.blank2().correct());
      keys.add(
          SetRules.key(
              "advanced_cloze",
              OptionRules.fill(String.valueOf(c.sentence()), List.of(one, two))
                  + " "
                  + one
                  + " "
                  + two));
    }
    for (SentenceBuilder s : set.sentenceBuilder()) {
      keys.add(SetRules.key("sentence_builder", String.valueOf(s.english())));
    }
    return keys;
  }

  private static String gapKey(String kind, String text, String answer) {
    return SetRules.key(
        kind,
        OptionRules.fill(String.valueOf(text), List.of(String.valueOf(answer))) + " " + answer);
  }

  /** One look at a set that a program made. */
  private final class Check {
    private final ExerciseSet set;
    private final Heard heard;
    private final Findings findings = new Findings(Author.GENERATOR);
    private final ItemRules rules;
    private final List<GateReport.Rejection> rejections = new ArrayList<>();

    Check(ExerciseSet set, LessonMaterial material) {
      this.set = set;
      this.heard = heard(material, set.mistakes());
      this.rules = rules(material, heard, findings);
    }

    GateReport run() {
      ExerciseSet kept =
          new ExerciseSet(
              keep(
                  "flashcards",
                  set.flashcards(),
                  Flashcard::id,
                  f -> f.word() + " | " + f.exampleSentence(),
                  rules::flashcard),
              keep(
                  "spelling",
                  set.spelling(),
                  SpellingWord::id,
                  s -> s.word() + " | " + s.sampleSentence(),
                  rules::spelling),
              keep(
                  "fill_blank",
                  set.fillBlank(),
                  FillBlank::id,
                  f -> f.sentence() + " " + f.options(),
                  rules::fillBlank),
              keep(
                  "sentence_builder",
                  set.sentenceBuilder(),
                  SentenceBuilder::id,
                  SentenceBuilder::english,
                  rules::builder),
              keep(
                  "grammar_challenge",
                  set.grammarChallenge(),
                  GrammarChallenge::id,
                  g -> g.prompt() + " " + g.options(),
                  rules::challenge),
              keep(
                  "advanced_cloze",
                  set.advancedCloze(),
                  AdvancedCloze::id,
                  c -> c.sentence() + " " + c.blank1().options() + " " + c.blank2().options(),
                  rules::cloze),
              keep(
                  "mistakes",
                  set.mistakes(),
                  Mistake::id,
                  m -> m.incorrect() + " -> " + m.correct(),
                  rules::mistake),
              set.transcriptLength(),
              set.metadata());
      kept = spread(kept);
      ExerciseSet levelled =
          kept.with(kept.metadata().with(heard.level(), SetLevels.of(kept, levels)));
      return new GateReport(SetWarnings.on(levelled, rejections), rejections);
    }

    /** Drops items until right answers are spread over the positions. */
    private ExerciseSet spread(ExerciseSet kept) {
      List<Integer> places = new ArrayList<>();
      kept.fillBlank().forEach(f -> places.add(f.options().indexOf(f.correctAnswer())));
      kept.grammarChallenge().forEach(g -> places.add(g.options().indexOf(g.correctAnswer())));
      List<Integer> surplus = SetRules.skewed(places);
      if (surplus.isEmpty()) {
        return kept;
      }
      List<FillBlank> gaps = new ArrayList<>();
      List<GrammarChallenge> challenges = new ArrayList<>();
      for (int i = 0; i < places.size(); i++) {
        boolean gap = i < kept.fillBlank().size();
        FillBlank f = gap ? kept.fillBlank().get(i) : null;
        GrammarChallenge g = gap ? null : kept.grammarChallenge().get(i - kept.fillBlank().size());
        if (!surplus.contains(i)) {
          if (gap) {
            gaps.add(f);
          } else {
            challenges.add(g);
          }
        } else if (gap) {
          reject("fill_blank", f.id(), "position_skew", f.sentence() + " " + f.options());
        } else {
          reject("grammar_challenge", g.id(), "position_skew", g.prompt() + " " + g.options());
        }
      }
      return new ExerciseSet(
          kept.flashcards(),
          kept.spelling(),
          gaps,
          kept.sentenceBuilder(),
          challenges,
          kept.advancedCloze(),
          kept.mistakes(),
          kept.transcriptLength(),
          kept.metadata());
    }

    private <T> List<T> keep(
        String kind,
        List<T> items,
        Function<T, String> id,
        Function<T, String> shown,
        Function<T, String> check) {
      List<T> kept = new ArrayList<>();
      for (T item : items) {
        findings.next();
        String broken = check.apply(item);
        if (broken == null) {
          kept.add(item);
        } else {
          reject(kind, id.apply(item), broken, shown.apply(item));
        }
      }
      return List.copyOf(kept);
    }

    private void reject(String kind, String id, String rule, String text) {
      // What is kept with the set must not keep a child's name.
      String shown = rule.equals("participant_name") ? "" : Provenance.bounded(text);
      rejections.add(new GateReport.Rejection(kind, id, rule, shown));
    }
  }
}
