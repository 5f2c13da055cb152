package courses.content;

import java.util.ArrayList;
import java.util.List;

/** What is left of the parts to study with, item by item; {@code null} where that is nothing. */
final class StudyGate {
  private final Grounding grounding;
  private final ProseGate prose;
  private final Sieve sieve;

  StudyGate(Grounding grounding, ProseGate prose, Sieve sieve) {
    this.grounding = grounding;
    this.prose = prose;
    this.sieve = sieve;
  }

  Concepts concepts(Concepts concepts) {
    List<Concept> kept =
        sieve.keep(concepts.concepts(), prose::broken, Concept::title).stream()
            .map(
                c ->
                    new Concept(
                        c.title(),
                        c.searchParams(),
                        c.researchedContent(),
                        List.of(),
                        grounding.own(c.sourceRefs())))
            .toList();
    return kept.isEmpty() ? null : new Concepts(kept);
  }

  Flashcards flashcards(Flashcards cards) {
    List<Flashcard> kept =
        sieve.keep(cards.cards(), prose::broken, c -> c.question() + " " + c.answer()).stream()
            .map(
                c ->
                    new Flashcard(
                        c.chapterIndex(),
                        c.question(),
                        c.answer(),
                        c.difficulty(),
                        grounding
                            .refs(c.answer(), c.sourceRefs())
                            .orElse(grounding.own(c.sourceRefs()))))
            .toList();
    return kept.isEmpty() ? null : new Flashcards(kept);
  }

  WordGame game(WordGame game) {
    List<GameWord> kept =
        sieve.keep(game.words(), prose::broken, w -> Grading.normal(w.word())).stream()
            .map(
                w ->
                    new GameWord(
                        w.chapterIndex(),
                        w.word(),
                        w.definition(),
                        w.incorrectOptions(),
                        grounding
                            .refs(w.definition(), w.sourceRefs())
                            .orElse(grounding.own(w.sourceRefs()))))
            .toList();
    return kept.isEmpty() ? null : new WordGame(kept);
  }

  Qnas qnas(Qnas pairs) {
    List<Qna> kept =
        sieve
            .keep(
                pairs.pairs(),
                q ->
                    GateRules.first(
                        () -> prose.texts(q.question(), q.answer()),
                        () -> grounding.prose(q.answer(), Grounding.ANSWER)),
                Qna::question)
            .stream()
            .map(
                q ->
                    new Qna(
                        q.chapterIndex(),
                        q.question(),
                        q.answer(),
                        grounding
                            .refs(q.answer(), q.sourceRefs())
                            .orElse(grounding.own(q.sourceRefs()))))
            .toList();
    return kept.isEmpty() ? null : new Qnas(kept);
  }

  /** Terms that nothing in the source carries go; an analogy that breaks a rule goes too. */
  Notebook notebook(Notebook notebook) {
    List<Notebook.KeyTerm> terms =
        sieve.keep(
            notebook.keyConcepts(),
            t ->
                GateRules.first(
                    () -> prose.texts(t.term(), t.definition()),
                    () -> grounding.prose(t.definition(), Grounding.ANSWER)),
            Notebook.KeyTerm::term);
    List<String> map = new ArrayList<>(List.of(notebook.mindMap().root()));
    for (Notebook.Branch branch : notebook.mindMap().children()) {
      map.add(branch.title());
      map.addAll(branch.children());
    }
    return !terms.isEmpty()
            && sieve.pass(
                GateRules.first(
                    () -> prose.texts(map.toArray(String[]::new)),
                    () -> prose.texts(notebook.studyGuide())))
        ? new Notebook(
            terms,
            notebook.analogy().filter(like -> sieve.pass(prose.texts(like))),
            notebook.mindMap(),
            notebook.studyGuide())
        : null;
  }
}
