package exercises.understanding;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a lesson was about, what it taught, where the student slipped, and what was left aside.
 *
 * @param vocabulary the words taught, best first, at most 15; a word need not stand in any sentence
 *     fit to be a model
 * @param mistakes in the order of the lesson, at most 15
 */
public record Understanding(
    Focus focus, List<Word> vocabulary, List<Mistake> mistakes, SetAside setAside) {
  public Understanding {
    vocabulary = List.copyOf(vocabulary);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * What the lesson practised.
   *
   * @param grammar empty for a lesson that practised no one point, such as a conversation
   * @param topic a field of vocabulary such as {@code food}, or empty
   * @param frames sentences said again and again with one place changed, most practised first
   * @param evidence indexes of the utterances that show the grammar point, in order, at most 20
   */
  public record Focus(
      Optional<GrammarPoint> grammar, String topic, List<Frame> frames, List<Integer> evidence) {
    static final Focus NONE = new Focus(Optional.empty(), "", List.of(), List.of());

    public Focus {
      frames = List.copyOf(frames);
      evidence = List.copyOf(evidence);
    }

    JsonObject toJson() {
      JsonArray list = new JsonArray();
      frames.forEach(frame -> list.add(frame.toJson()));
      return new JsonObject()
          .put("grammar", grammar.map(GrammarPoint::id).orElse(null))
          .put("title", grammar.map(GrammarPoint::title).orElse(null))
          .put("topic", topic.isEmpty() ? null : topic)
          .put("frames", list)
          .put("evidence", new JsonArray(List.copyOf(evidence)));
    }
  }

  /**
   * A practised sentence frame.
   *
   * @param pattern lower case, {@code …} where it varied: {@code the … is mine}
   * @param fillers what stood there, in the order of the lesson
   * @param utterances who said it where, in order
   */
  public record Frame(String pattern, List<String> fillers, List<Integer> utterances) {
    public Frame {
      fillers = List.copyOf(fillers);
      utterances = List.copyOf(utterances);
    }

    JsonObject toJson() {
      return new JsonObject()
          .put("pattern", pattern)
          .put("fillers", new JsonArray(List.copyOf(fillers)))
          .put("utterances", new JsonArray(List.copyOf(utterances)));
    }
  }

  /** How a lesson shows that it teaches a word. */
  public enum Teaching {
    ANNOUNCED,
    DEFINED,
    GLOSSED,
    SPELLED,
    REPEATED,
    DRILLED,
    /** Only used, but of a level and in a way worth keeping. */
    USED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A word the lesson taught.
   *
   * @param lemma its dictionary form
   * @param partOfSpeech {@code noun}, {@code verb}, {@code adjective} or {@code adverb}
   * @param translation in the learner's language when the lesson or the word list gives one, or
   *     empty
   * @param score higher is surer; only good for ranking within the lesson
   * @param utterances where it was taught, in order, at most 10
   */
  public record Word(
      String lemma,
      String partOfSpeech,
      Set<Teaching> teaching,
      String translation,
      double score,
      List<Integer> utterances) {
    public Word {
      teaching = Set.copyOf(teaching);
      utterances = List.copyOf(utterances);
    }

    JsonObject toJson() {
      return new JsonObject()
          .put("word", lemma)
          .put("score", Math.round(score))
          .put("part_of_speech", partOfSpeech)
          .put("teaching", new JsonArray(teaching.stream().sorted().map(Teaching::word).toList()))
          .put("translation", translation.isEmpty() ? null : translation)
          .put("utterances", new JsonArray(List.copyOf(utterances)));
    }
  }

  /**
   * Sentences that were left aside, by reason; and how many different names were kept out.
   *
   * @param unreadable sentences in which recognition left too little to rely on
   */
  public record SetAside(
      int classroomTalk, int smallTalk, int firstLanguage, int unreadable, int names) {
    public JsonObject toJson() {
      return new JsonObject()
          .put("classroom_talk", classroomTalk)
          .put("small_talk", smallTalk)
          .put("first_language", firstLanguage)
          .put("unreadable", unreadable)
          .put("names", names);
    }
  }

  /** For {@code --explain}: focus, vocabulary, mistakes and counts; no names. */
  public JsonObject toJson() {
    JsonArray words = new JsonArray();
    vocabulary.forEach(word -> words.add(word.toJson()));
    JsonArray slips = new JsonArray();
    mistakes.forEach(mistake -> slips.add(mistake.toJson()));
    return new JsonObject()
        .put("focus", focus.toJson())
        .put("vocabulary", words)
        .put("mistakes", slips)
        .put("set_aside", setAside.toJson());
  }
}
