package exercises.understanding;

import exercises.language.Morphology;
import exercises.language.SentenceSplitter;
import exercises.language.WordNet;
import java.util.ArrayList;
import java.util.List;
import transcripts.Role;
import transcripts.Utterance;

/** The lesson as the extractors read it. */
public record LessonText(List<Turn> turns, Names names, Glosses glosses) {
  private static final int LONGEST_TURN = 8_000;

  /** Splits a lesson's turns into sentences and finds names and glosses in them. */
  public static LessonText of(
      LessonMaterial material, SentenceSplitter splitter, Morphology morphology, WordNet wordNet) {
    List<Utterance> utterances = material.utterances();
    Names names = Names.of(utterances, morphology, wordNet);
    Glosses glosses = new Glosses(morphology, wordNet, material.language());
    boolean anyTeacher = utterances.stream().anyMatch(u -> u.role() == Role.TEACHER);
    boolean anyStudent = utterances.stream().anyMatch(u -> u.role() == Role.STUDENT);
    List<Turn> turns = new ArrayList<>(utterances.size());
    for (Utterance utterance : utterances) {
      String raw = utterance.text();
      String text =
          Speech.clean(
              glosses.read(raw.length() > LONGEST_TURN ? raw.substring(0, LONGEST_TURN) : raw));
      // Without roles nobody is known to be the student: then everybody's well-formed sentences
      // have to do.
      boolean teaching =
          utterance.role() == Role.TEACHER
              || utterance.role() == Role.UNKNOWN && !anyTeacher && !anyStudent;
      turns.add(
          new Turn(utterance, teaching, text, text.isEmpty() ? List.of() : splitter.split(text)));
    }
    return new LessonText(turns, names, glosses);
  }
}
