package exercises.model;

import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.rulebased.RuleBasedGenerator;
import exercises.understanding.ClassroomTalk;
import exercises.understanding.GrammarPoint;
import exercises.understanding.LessonMaterial;
import exercises.understanding.LessonText;
import exercises.understanding.Mistake;
import exercises.understanding.MistakeFinder;
import exercises.understanding.ModelSentences;
import exercises.understanding.Parts;
import exercises.understanding.Provenance;
import exercises.understanding.Sentence;
import exercises.understanding.Speech;
import exercises.understanding.TaughtWord;
import exercises.understanding.Translator;
import exercises.understanding.Turn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a model's notes on the pieces of a lesson together. Nothing is believed: a word must have
 * been said, a sentence must be one the teacher said, a mistake one the student made.
 * Deterministic: the same notes give the same lesson.
 */
final class NoteReader {
  static final int MOST_WORDS = 15;
  private static final int MOST_SENTENCES = 40;

  /** Mistakes that nobody but the model saw. */
  private static final int MOST_CLAIMED = 4;

  /** The least share of a spoken sentence that a model sentence keeps. */
  private static final double KEPT = 0.7;

  /** The notes on one piece. */
  record Noted(TranscriptChunks.Chunk chunk, JsonObject notes) {}

  private final LessonTools tools;
  private final LessonMaterial material;
  private final RuleBasedGenerator.Reading reading;
  private final LessonText lesson;
  private final WrittenText written;
  private final Map<String, Integer> refused = new HashMap<>();

  NoteReader(LessonTools tools, LessonMaterial material, RuleBasedGenerator.Reading reading) {
    this.tools = tools;
    this.material = material;
    this.reading = reading;
    this.lesson = reading.lesson();
    this.written = new WrittenText(tools.morphology, lesson, material.language());
  }

  /** Reads the notes; without any, what the rules found is what is known. */
  LessonNotes read(List<Noted> all) {
    Set<String> fromModel = new HashSet<>();
    List<Mistake> mistakes = mistakes(all, fromModel);
    List<Sentence> sentences = sentences(all, mistakes);
    return new LessonNotes(
        focus(all), words(all, sentences), mistakes, sentences, fromModel, Map.copyOf(refused));
  }

  /** The rules' point when any piece agrees with it, else the one most pieces name. */
  private Optional<GrammarPoint> focus(List<Noted> all) {
    Map<GrammarPoint, Integer> votes = new LinkedHashMap<>();
    for (Noted noted : all) {
      JsonObject focus = noted.notes().getJsonObject("focus");
      String id = focus.getString("point", "none");
      boolean shown =
          focus.getJsonArray("lines").stream()
              .anyMatch(n -> n instanceof Number line && in(noted, line.intValue()));
      for (GrammarPoint point : GrammarPoint.values()) {
        if (point.id().equals(id) && shown) {
          votes.merge(point, noted.chunk().turns().size(), Integer::sum);
        }
      }
    }
    Optional<GrammarPoint> ruled = reading.understanding().focus().grammar();
    if (votes.isEmpty() || ruled.isPresent() && votes.containsKey(ruled.get())) {
      return ruled;
    }
    return votes.entrySet().stream()
        .max(Map.Entry.<GrammarPoint, Integer>comparingByValue())
        .map(Map.Entry::getKey);
  }

  private List<Mistake> mistakes(List<Noted> all, Set<String> fromModel) {
    NotedMistakes check = new NotedMistakes(tools.morphology, lesson, written);
    Map<String, Mistake> found = new LinkedHashMap<>();
    List<Mistake> ruled = reading.understanding().mistakes();
    ruled.forEach(m -> found.put(key(m), m));
    int claimed = 0;
    for (Noted noted : all) {
      for (JsonObject note : objects(noted.notes(), "mistakes")) {
        int line = note.getInteger("line", -1);
        Mistake mistake =
            in(noted, line)
                ? check.of(
                    material.seed(),
                    line,
                    note.getString("said"),
                    note.getString("correct"),
                    note.getString("why"))
                : null;
        if (mistake == null) {
          refuse("mistake_not_said");
          continue;
        }
        boolean unsure = mistake.confidence() < 0.7;
        boolean known =
            found.containsKey(key(mistake)) || ruled.stream().anyMatch(m -> sameWords(m, mistake));
        if (!known && !(unsure && claimed >= MOST_CLAIMED)) {
          claimed += unsure ? 1 : 0;
          found.put(key(mistake), mistake);
          fromModel.add(mistake.id());
        }
      }
    }
    return found.values().stream()
        .sorted(Comparator.comparingDouble(Mistake::confidence).reversed())
        .limit(MistakeFinder.MOST)
        .sorted(Comparator.comparingInt(m -> m.provenance().utterance()))
        .toList();
  }

  private static String key(Mistake m) {
    return m.provenance().utterance() + " " + m.wrongPart() + ">" + m.rightPart();
  }

  /** Two readings of one slip: the same turn, the one's words within the other's. */
  private static boolean sameWords(Mistake one, Mistake other) {
    return one.provenance().utterance() == other.provenance().utterance()
        && (one.correct().equalsIgnoreCase(other.correct())
            || one.incorrect().equalsIgnoreCase(other.incorrect()));
  }

  private List<Sentence> sentences(List<Noted> all, List<Mistake> mistakes) {
    Map<String, Sentence> found = new LinkedHashMap<>();
    tools
        .sentences
        .of(lesson, mistakes, tools.models.wordNet)
        .forEach(s -> found.put(ModelSentences.key(s.text()), s));
    Map<Integer, Turn> turns = new HashMap<>();
    lesson.turns().forEach(t -> turns.put(t.utterance().index(), t));
    Set<String> noted = new HashSet<>();
    for (Noted piece : all) {
      for (JsonObject note : objects(piece.notes(), "sentences")) {
        int line = note.getInteger("line", -1);
        Sentence sentence =
            in(piece, line) ? said(turns.get(line), note.getString("text"), mistakes) : null;
        if (sentence == null) {
          refuse("sentence_not_said");
          continue;
        }
        String key = ModelSentences.key(sentence.text());
        noted.add(key);
        found.putIfAbsent(key, sentence);
      }
    }
    List<Sentence> best = new ArrayList<>(found.values());
    best.sort(
        Comparator.comparingDouble(
            (Sentence s) ->
                -s.rank()
                    - (s.corrected() ? 3 : 0)
                    - (noted.contains(ModelSentences.key(s.text())) ? 2 : 0)));
    return best.stream().limit(MOST_SENTENCES).toList();
  }

  /** The note as a sentence of that turn, or null when the teacher did not say it so. */
  private Sentence said(Turn turn, String text, List<Mistake> mistakes) {
    if (turn == null || !turn.teaching() || text == null || text.length() > Provenance.LONGEST) {
      return null;
    }
    List<String> wanted = Parts.of(text).parts();
    for (String spoken : turn.sentences()) {
      String bare = Speech.bare(spoken);
      List<String> heard = Parts.of(bare).parts();
      if (wanted.size() < KEPT * heard.size() || !isWithin(wanted, heard)) {
        continue;
      }
      String clean = Speech.written(Speech.bare(text), ModelSentences.asks(text));
      return ClassroomTalk.matches(clean)
          ? null
          : tools.sentences.accept(
              clean, turn.source(), false, lesson, mistakes, tools.models.wordNet);
    }
    return null;
  }

  /** True when all words stand there in that order; words between them may have been left out. */
  private static boolean isWithin(List<String> wanted, List<String> heard) {
    int next = 0;
    for (String word : heard) {
      if (next < wanted.size() && Parts.same(wanted.get(next), word)) {
        next++;
      }
    }
    return next == wanted.size();
  }

  private List<NotedWord> words(List<Noted> all, List<Sentence> sentences) {
    Map<String, NotedWord> found = new LinkedHashMap<>();
    Map<String, Integer> votes = new HashMap<>();
    for (int rank = 0; rank < MOST_WORDS; rank++) {
      for (Noted noted : all) {
        List<JsonObject> notes = objects(noted.notes(), "words");
        if (rank >= notes.size()) {
          continue;
        }
        NotedWord word = word(notes.get(rank), noted, sentences);
        if (word != null) {
          votes.merge(word.lemma(), 1, Integer::sum);
          found.putIfAbsent(word.lemma(), word);
        }
      }
    }
    Map<String, TaughtWord> ruled = new LinkedHashMap<>();
    reading.words().forEach(w -> ruled.putIfAbsent(w.lemma(), w));
    List<NotedWord> best = new ArrayList<>(found.values());
    best.sort(
        Comparator.comparingInt(
            (NotedWord w) -> -votes.get(w.lemma()) - (ruled.containsKey(w.lemma()) ? 2 : 0)));
    for (TaughtWord word : reading.words()) {
      NotedWord rule = found.containsKey(word.lemma()) ? null : ruleWord(word, sentences);
      if (rule != null) {
        best.add(rule);
      }
    }
    return best.stream().limit(MOST_WORDS).toList();
  }

  private NotedWord ruleWord(TaughtWord word, List<Sentence> sentences) {
    Translator.Translation translation = reading.translations().get(word);
    List<Sentence> examples = examples(word.lemma(), word.pos(), sentences);
    return translation == null || examples.isEmpty()
        ? null
        : new NotedWord(
            word.lemma(),
            word.pos(),
            translation.text(),
            translation.language(),
            examples,
            word.source());
  }

  private NotedWord word(JsonObject note, Noted noted, List<Sentence> sentences) {
    String text = note.getString("word", "").strip().toLowerCase(Locale.ROOT);
    PartOfSpeech pos = PartOfSpeech.parse(note.getString("part_of_speech", ""));
    text = text.replaceFirst("^(?:to|a|an|the) (?=\\p{L})", "");
    if (pos == null || !text.matches("\\p{IsLatin}{2,24}(?:[ -]\\p{IsLatin}{2,24}){0,2}")) {
      return refuse("word_form");
    }
    List<String> parts = List.of(text.split("[ -]"));
    boolean fit =
        parts.stream()
            .allMatch(
                p ->
                    tools.morphology.isEnglish(p)
                        && !lesson.glosses().isForeign(p)
                        && !lesson.names().isParticipant(p));
    if (!fit || parts.size() == 1 && ClassroomTalk.isClassroomWord(text)) {
      return refuse("word_not_english");
    }
    String lemma = parts.size() == 1 ? tools.morphology.lemma(text, pos) : text;
    boolean classed =
        parts.size() > 1 || tools.morphology.readings(lemma).stream().anyMatch(r -> r.pos() == pos);
    if (!classed || !wasSaid(parts, noted)) {
      return refuse("word_not_said");
    }
    List<Sentence> examples = examples(lemma, pos, sentences);
    if (examples.isEmpty()) {
      return refuse("word_without_sentence");
    }
    String translation = written.translation(note.getString("translation"), lemma);
    TaughtWord ruled =
        reading.words().stream().filter(w -> w.lemma().equals(lemma)).findFirst().orElse(null);
    String language = material.language();
    if (translation == null) {
      Translator.Translation known = tools.translation(material, lesson, lemma, pos, examples);
      if (known == null) {
        return refuse("word_without_translation");
      }
      translation = known.text();
      language = known.language();
    }
    return new NotedWord(
        lemma,
        pos,
        translation,
        language,
        examples,
        ruled == null ? "ai_extracted" : ruled.source());
  }

  private boolean wasSaid(List<String> parts, Noted noted) {
    for (Turn turn : lesson.turns()) {
      if (noted.chunk().turns().contains(turn.utterance().index())
          && contains(Token.words(turn.text()), parts)) {
        return true;
      }
    }
    return false;
  }

  private boolean contains(List<String> words, List<String> parts) {
    for (int i = 0; i + parts.size() <= words.size(); i++) {
      boolean here = true;
      for (int j = 0; j < parts.size() && here; j++) {
        String part = parts.get(j);
        here =
            words.get(i + j).equals(part)
                || words.get(i + j).replaceFirst("'s$", "").equals(part)
                || tools.morphology.lemmas(words.get(i + j)).contains(part);
      }
      if (here) {
        return true;
      }
    }
    return false;
  }

  private List<Sentence> examples(String lemma, PartOfSpeech pos, List<Sentence> sentences) {
    List<String> parts = List.of(lemma.split("[ -]"));
    return sentences.stream()
        .filter(s -> contains(Token.words(s.text()), parts))
        .sorted(Comparator.comparingInt((Sentence s) -> usedAs(s, lemma, pos) ? 0 : 1))
        .limit(4)
        .toList();
  }

  private boolean usedAs(Sentence sentence, String lemma, PartOfSpeech pos) {
    for (int i = 0; i < sentence.tokens().size(); i++) {
      if (PartOfSpeech.ofUniversalTag(sentence.tag(i)) == pos
          && tools.morphology.lemmas(sentence.lower(i)).contains(lemma)) {
        return true;
      }
    }
    return false;
  }

  private static boolean in(Noted noted, int line) {
    return noted.chunk().turns().contains(line);
  }

  private <T> T refuse(String reason) {
    refused.merge(reason, 1, Integer::sum);
    return null;
  }

  /** The members of an array that are objects; at most 40. */
  static List<JsonObject> objects(JsonObject from, String name) {
    JsonArray array = from.getJsonArray(name, new JsonArray());
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; i < Math.min(array.size(), 40); i++) {
      if (array.getValue(i) instanceof JsonObject object) {
        objects.add(object);
      }
    }
    return objects;
  }
}
