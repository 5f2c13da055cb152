package exercises.model;

import exercises.language.Token;
import exercises.rulebased.Builders;
import exercises.rulebased.RuleBasedGenerator;
import exercises.understanding.GrammarPoint;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Mistake;
import exercises.understanding.PrivateText;
import exercises.understanding.Sentence;
import exercises.understanding.Turn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is sent to a model about a lesson: the data of each prompt, without anything private, and
 * bounded.
 */
final class LessonRequests {
  private static final int MOST_GAP_SENTENCES = 28;
  private static final int MOST_BUILDERS = 13;
  private static final int MOST_CLOZE = 10;
  private static final int LONG = 7;

  private final LessonMaterial material;
  private final RuleBasedGenerator.Reading reading;
  private final PrivateText privacy;

  LessonRequests(LessonMaterial material, RuleBasedGenerator.Reading reading) {
    this.material = material;
    this.reading = reading;
    this.privacy = new PrivateText(reading.lesson().names(), reading.lesson().glosses());
  }

  PrivateText privacy() {
    return privacy;
  }

  /** A piece of the transcript with what the rules saw in the whole lesson. */
  JsonObject analyse(TranscriptChunks.Chunk chunk) {
    JsonArray words = new JsonArray();
    reading.understanding().vocabulary().stream()
        .limit(NoteReader.MOST_WORDS)
        .forEach(w -> words.add(w.lemma()));
    JsonArray mistakes = new JsonArray();
    for (Mistake m : reading.understanding().mistakes()) {
      if (chunk.turns().contains(m.provenance().utterance()) && isPublic(m.incorrect())) {
        mistakes.add(
            m.provenance().utterance() + ": " + m.incorrect() + " -> " + privacy.of(m.correct()));
      }
    }
    return new JsonObject()
        .put("student_language", material.language())
        .put(
            "found",
            new JsonObject()
                .put(
                    "focus",
                    reading.understanding().focus().grammar().map(GrammarPoint::id).orElse("none"))
                .put("words", words)
                .put("mistakes", mistakes))
        .put("lines", chunk.lines());
  }

  JsonObject words(LessonNotes notes) {
    JsonArray words = new JsonArray();
    Set<Integer> shown = new HashSet<>();
    for (int i = 0; i < notes.words().size(); i++) {
      NotedWord word = notes.words().get(i);
      JsonArray numbers = new JsonArray();
      for (Sentence example : word.examples()) {
        int number = notes.sentences().indexOf(example) + 1;
        if (number > 0 && isPublic(example.text()) && numbers.size() < 3) {
          numbers.add(number);
          shown.add(number);
        }
      }
      boolean translated = !"en".equals(word.translationLanguage());
      words.add(
          new JsonObject()
              .put("w", i + 1)
              .put("word", word.lemma())
              .put("class", word.pos().word())
              .put("translation", translated ? word.translation() : "")
              .put("s", numbers));
    }
    JsonArray sentences = new JsonArray();
    shown.stream().sorted().forEach(n -> sentences.add(sentence(notes, n)));
    return new JsonObject()
        .put("student_language", material.language())
        .put("words", words)
        .put("sentences", sentences);
  }

  JsonObject gaps(LessonNotes notes) {
    JsonArray mistakes = new JsonArray();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (Mistake m : notes.mistakes()) {
      if (m.confidence() >= 0.7 && isPublic(m.incorrect()) && isPublic(m.correct())) {
        numbers.put(m.correct(), numbers.size() + 1);
        mistakes.add(
            new JsonObject()
                .put("m", numbers.get(m.correct()))
                .put("said", m.incorrect())
                .put("correct", m.correct()));
      }
    }
    Set<Integer> others = new HashSet<>(cloze(notes));
    List<Integer> chosen = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      for (int n = 1; n <= notes.sentences().size(); n++) {
        boolean room = chosen.size() < (pass == 0 ? MOST_GAP_SENTENCES : 10);
        if (room && !chosen.contains(n) && others.contains(n) == (pass == 1) && fits(notes, n, 4)) {
          chosen.add(n);
        }
      }
    }
    JsonArray sentences = new JsonArray();
    for (int n : chosen) {
      JsonObject one = sentence(notes, n);
      Integer m = numbers.get(notes.sentences().get(n - 1).text());
      sentences.add(m == null ? one : one.put("m", m));
    }
    return about(notes).put("mistakes", mistakes).put("sentences", sentences);
  }

  JsonObject sentences(LessonNotes notes) {
    JsonArray builders = new JsonArray();
    for (int n = 1; n <= notes.sentences().size() && builders.size() < MOST_BUILDERS; n++) {
      if (fits(notes, n, 4) && Builders.suits(notes.sentences().get(n - 1))) {
        builders.add(sentence(notes, n));
      }
    }
    JsonArray cloze = new JsonArray();
    cloze(notes).forEach(n -> cloze.add(sentence(notes, n)));
    return about(notes)
        .put("student_language", material.language())
        .put("builders", builders)
        .put("cloze", cloze);
  }

  /**
   * Sentences kept for two gaps each: of the longer ones every other, so that both kinds get good
   * ones.
   */
  private List<Integer> cloze(LessonNotes notes) {
    List<Integer> fit = new ArrayList<>();
    for (int n = 1; n <= notes.sentences().size(); n++) {
      if (fits(notes, n, LONG)) {
        fit.add(n);
      }
    }
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < fit.size() && chosen.size() < MOST_CLOZE; i += 2) {
      chosen.add(fit.get(i));
    }
    return chosen;
  }

  private JsonObject about(LessonNotes notes) {
    JsonArray words = new JsonArray();
    notes.words().forEach(w -> words.add(w.lemma()));
    return new JsonObject()
        .put("level", level())
        .put("focus", notes.focus().map(GrammarPoint::title).orElse(null))
        .put("words", words);
  }

  /** By how much the student says at a time. */
  private String level() {
    int words = 0;
    int turns = 0;
    for (Turn turn : reading.lesson().turns()) {
      int said = turn.isStudent() ? Token.words(turn.text()).size() : 0;
      words += said;
      turns += said > 0 ? 1 : 0;
    }
    double each = turns == 0 ? 0 : (double) words / turns;
    return each < 6 ? "beginner" : each < 14 ? "intermediate" : "advanced";
  }

  private boolean fits(LessonNotes notes, int number, int fewest) {
    Sentence sentence = notes.sentences().get(number - 1);
    return sentence.wordCount() >= fewest && isPublic(sentence.text());
  }

  private boolean isPublic(String text) {
    return privacy.of(text).equals(text);
  }

  private static JsonObject sentence(LessonNotes notes, int number) {
    return new JsonObject().put("s", number).put("text", notes.sentences().get(number - 1).text());
  }
}
