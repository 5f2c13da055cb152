package exercises.understanding;

import exercises.language.PartOfSpeech;
import java.util.ArrayList;
import java.util.List;

/** A word that a lesson may have taught, with the model sentences that show it. */
final class Candidate {
  final String lemma;
  final PartOfSpeech pos;
  final List<Sentence> examples = new ArrayList<>();

  Candidate(String lemma, PartOfSpeech pos) {
    this.lemma = lemma;
    this.pos = pos;
  }
}
