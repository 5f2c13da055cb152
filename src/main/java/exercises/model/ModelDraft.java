package exercises.model;

import exercises.AdvancedCloze;
import exercises.FillBlank;
import exercises.Flashcard;
import exercises.GrammarChallenge;
import exercises.SentenceBuilder;
import exercises.SpellingWord;
import exercises.language.Difficulty;
import exercises.language.Token;
import exercises.rulebased.Builders;
import exercises.rulebased.Gap;
import exercises.rulebased.ItemLimits;
import exercises.rulebased.RuleBasedGenerator;
import exercises.rulebased.WordItems;
import exercises.understanding.Ids;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Provenance;
import exercises.understanding.Sentence;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The items that a model's answers become, before the quality gate and before gaps were solved
 * blind. Made from the lesson's sentences by number, so that an answer can choose and explain, but
 * not invent.
 */
final class ModelDraft {
  private static final int SPARE = 4;

  /** Words of a sentence with one blank about a word. */
  private static final int SHORTEST_BLANK = 5;

  private final LessonTools tools;
  private final LessonMaterial material;
  private final LessonNotes notes;
  private final WrittenText written;
  private final GapProposals proposals;

  /** A single gap with the kind the model meant it for. */
  record Single(String id, boolean challenge, ProposedGap proposed) {}

  /** Two gaps in one sentence. */
  record Pair(String id, ProposedGap first, ProposedGap second, String explanation) {}

  ModelDraft(
      LessonTools tools,
      LessonMaterial material,
      RuleBasedGenerator.Reading reading,
      LessonNotes notes) {
    this.tools = tools;
    this.material = material;
    this.notes = notes;
    this.written = new WrittenText(tools.morphology, reading.lesson(), material.language());
    this.proposals = new GapProposals(tools, material, reading, notes.mistakes());
  }

  /** Cards and spelling words; a word the answer leaves out is left out, unless there is none. */
  List<NotedWord> words(Optional<JsonObject> answer, Map<String, String> hints) {
    if (answer.isEmpty()) {
      return notes.words();
    }
    List<NotedWord> words = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    Set<String> repeated = repeatedTranslations(answer.get());
    for (JsonObject note : NoteReader.objects(answer.get(), "words")) {
      int number = note.getInteger("w", 0);
      if (number < 1 || number > notes.words().size() || !seen.add(number)) {
        continue;
      }
      NotedWord word = notes.words().get(number - 1);
      String told = note.getString("translation");
      String translation = repeated.contains(told) ? null : written.translation(told, word.lemma());
      String hint = written.hint(note.getString("hint"), List.of(word.lemma()));
      if (hint != null) {
        hints.put(word.lemma(), hint);
      }
      List<Sentence> examples = new ArrayList<>(word.examples());
      Sentence shown = sentence(note.getInteger("s", 0));
      if (examples.remove(shown)) {
        examples.add(0, shown);
      }
      words.add(
          new NotedWord(
              word.lemma(),
              word.pos(),
              translation == null ? word.translation() : translation,
              translation == null ? word.translationLanguage() : material.language(),
              examples,
              word.source()));
    }
    return words;
  }

  /**
   * What a model gives for several words is wrong for all but one, and small models copy it from
   * the prompt's example: what was known before holds for all of them.
   */
  private static Set<String> repeatedTranslations(JsonObject answer) {
    Map<String, Integer> words = new HashMap<>();
    Set<String> repeated = new HashSet<>();
    for (JsonObject note : NoteReader.objects(answer, "words")) {
      String translation = note.getString("translation", "");
      Integer before = words.putIfAbsent(translation, note.getInteger("w", 0));
      if (before != null && !before.equals(note.getInteger("w", 0))) {
        repeated.add(translation);
      }
    }
    return repeated;
  }

  List<Flashcard> flashcards(List<NotedWord> words, Map<String, String> hints) {
    return words.stream()
        .map(
            w ->
                new Flashcard(
                    Ids.of(material.seed(), "flashcard", w.lemma()),
                    w.lemma(),
                    w.translation(),
                    w.translationLanguage(),
                    w.examples().get(0).text(),
                    difficulty(w),
                    w.pos().word(),
                    w.source(),
                    hints.getOrDefault(w.lemma(), WordItems.letters(w.pos(), w.lemma())),
                    w.examples().get(0).source()))
        .toList();
  }

  List<SpellingWord> spelling(List<NotedWord> words) {
    List<SpellingWord> items = new ArrayList<>();
    for (NotedWord w : words) {
      // Another sentence than the flashcard's, where the lesson has one.
      Sentence sample = w.examples().get(w.examples().size() > 1 ? 1 : 0);
      items.add(
          new SpellingWord(
              Ids.of(material.seed(), "spelling", w.lemma()),
              w.lemma(),
              w.translation(),
              w.translationLanguage(),
              w.translation(),
              sample.text(),
              difficulty(w),
              w.source(),
              sample.source()));
    }
    return items;
  }

  private Difficulty difficulty(NotedWord word) {
    return tools.levels.ofCard(word.lemma()).difficulty();
  }

  /** Gaps of one blank, each sentence once. */
  List<Single> singles(JsonObject answer) {
    List<Single> singles = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (JsonObject note : NoteReader.objects(answer, "gaps")) {
      Sentence sentence = sentence(note.getInteger("s", 0));
      if (sentence == null || used.contains(sentence.text())) {
        continue;
      }
      ProposedGap gap =
          proposals.of(
              sentence,
              note.getString("answer"),
              GapProposals.strings(note, "distractors", 40),
              note.getString("concept"),
              note.getString("explanation"),
              note.getString("hint"),
              notes.mended(sentence));
      if (gap != null) {
        // A short sentence is only fit for the grammar of it.
        boolean grammar = !gap.gap().concept().equals("vocabulary");
        boolean brief = sentence.wordCount() < SHORTEST_BLANK;
        boolean challenge =
            grammar && (brief || "grammar_challenge".equals(note.getString("kind")));
        if (brief && !grammar) {
          continue;
        }
        used.add(sentence.text());
        String kind = challenge ? "grammar_challenge" : "fill_blank";
        singles.add(new Single(Ids.of(material.seed(), kind, gap.gap().prompt()), challenge, gap));
      }
    }
    return singles;
  }

  /** Sentences with two blanks. */
  List<Pair> pairs(JsonObject answer) {
    List<Pair> pairs = new ArrayList<>();
    for (JsonObject note : NoteReader.objects(answer, "cloze")) {
      Sentence sentence = sentence(note.getInteger("s", 0));
      List<JsonObject> blanks = NoteReader.objects(note, "blanks");
      if (sentence == null || sentence.wordCount() < 6 || blanks.size() != 2) {
        continue;
      }
      ProposedGap one = blank(sentence, blanks.get(0));
      ProposedGap two = blank(sentence, blanks.get(1));
      if (one == null || two == null) {
        continue;
      }
      boolean swapped = one.gap().token() > two.gap().token();
      ProposedGap first = swapped ? two : one;
      ProposedGap second = swapped ? one : two;
      boolean apart =
          second.gap().token() - first.gap().token() >= 2
              && !first.gap().evidence().contains(second.gap().token())
              && !second.gap().evidence().contains(first.gap().token());
      if (apart) {
        String text = prompt(sentence, first.gap(), second.gap());
        String explanation = written.explanation(note.getString("explanation"), sentence.text());
        pairs.add(
            new Pair(
                Ids.of(material.seed(), "advanced_cloze", text),
                first,
                second,
                explanation == null
                    ? first.gap().explanation() + " " + second.gap().explanation()
                    : explanation));
      }
    }
    return pairs;
  }

  private ProposedGap blank(Sentence sentence, JsonObject blank) {
    return proposals.of(
        sentence,
        blank.getString("answer"),
        GapProposals.strings(blank, "distractors", 40),
        null,
        null,
        blank.getString("hint"),
        null);
  }

  static String prompt(Sentence sentence, Gap first, Gap second) {
    return sentence.replace(List.of(first.token(), second.token()), FillBlank.BLANK);
  }

  List<FillBlank> fillBlanks(List<Single> singles) {
    List<FillBlank> items = new ArrayList<>();
    for (Single single : singles) {
      Gap gap = single.proposed().gap();
      if (!single.challenge()) {
        items.add(
            new FillBlank(
                single.id(),
                gap.prompt(),
                options(gap, single.id()),
                gap.answer(),
                tools.levels.ofText(gap.sentence().text()).difficulty(),
                gap.explanation(),
                gap.hint(),
                gap.concept(),
                source(single.proposed()),
                gap.sentence().source()));
      }
    }
    return items;
  }

  List<GrammarChallenge> challenges(List<Single> singles) {
    List<GrammarChallenge> items = new ArrayList<>();
    for (Single single : singles) {
      Gap gap = single.proposed().gap();
      if (single.challenge()) {
        items.add(
            new GrammarChallenge(
                single.id(),
                gap.prompt(),
                options(gap, single.id()),
                gap.answer(),
                gap.explanation(),
                gap.hint(),
                tools.levels.ofText(gap.sentence().text()).difficulty(),
                gap.concept(),
                source(single.proposed()),
                gap.sentence().source()));
      }
    }
    return items;
  }

  private static String source(ProposedGap proposed) {
    return proposed.mistake() == null ? "" : proposed.mistake().incorrect();
  }

  List<AdvancedCloze> cloze(List<Pair> pairs) {
    List<AdvancedCloze> items = new ArrayList<>();
    for (Pair two : pairs) {
      Gap first = two.first().gap();
      Gap second = two.second().gap();
      Sentence sentence = first.sentence();
      items.add(
          new AdvancedCloze(
              two.id(),
              prompt(sentence, first, second),
              new AdvancedCloze.Blank(options(first, two.id() + 1), first.answer(), first.hint()),
              new AdvancedCloze.Blank(
                  options(second, two.id() + 2), second.answer(), second.hint()),
              Difficulty.harder(
                  tools.levels.ofText(sentence.text()).difficulty(), Difficulty.INTERMEDIATE),
              sentence.text(),
              "advanced_cloze",
              two.explanation(),
              sentence.source()));
    }
    return items;
  }

  /** Sentences to put together, with what the model knows of their other orders. */
  List<SentenceBuilder> builders(JsonObject answer) {
    List<SentenceBuilder> items = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (JsonObject note : NoteReader.objects(answer, "builders")) {
      Sentence s = sentence(note.getInteger("s", 0));
      if (s == null
          || !Builders.suits(s)
          || items.size() >= ItemLimits.SENTENCE_BUILDER + SPARE
          || !used.add(s.text())) {
        continue;
      }
      Set<List<String>> orders = new LinkedHashSet<>(Builders.orders(s));
      for (String other : GapProposals.strings(note, "other_orders", Provenance.LONGEST)) {
        List<String> order = order(s, other);
        if (order != null && orders.size() < 4) {
          orders.add(order);
        }
      }
      items.add(
          new SentenceBuilder(
              Ids.of(material.seed(), "sentence_builder", s.text()),
              s.text(),
              Builders.tokens(s),
              List.copyOf(orders),
              List.of(),
              written.sentenceTranslation(note.getString("translation"), s.text()),
              (s.isQuestion() ? "It is a question" : "It is a statement")
                  + " of "
                  + s.wordCount()
                  + " words and starts with \""
                  + s.tokens().get(0).text()
                  + "\".",
              tools.levels.ofText(s.text()).difficulty(),
              s.source()));
    }
    return items;
  }

  /** Another order of exactly the sentence's tokens, written as its own are; or null. */
  private List<String> order(Sentence s, String text) {
    List<String> own = new ArrayList<>(Builders.tokens(s));
    List<String> order = new ArrayList<>();
    for (Token token : Token.split(text)) {
      String same = null;
      for (String mine : own) {
        if (mine.equalsIgnoreCase(token.text().replace('’', '\''))) {
          same = mine;
          break;
        }
      }
      if (same == null) {
        return null;
      }
      own.remove(same);
      order.add(same);
    }
    boolean right =
        own.isEmpty()
            && tools.grammar.fault(Token.split(Token.join(order)), List.of()) == null
            && order.get(order.size() - 1).matches("[.!?]");
    return right ? order : null;
  }

  /** A sentence of the notes by its number, from 1; null for any other number. */
  private Sentence sentence(int number) {
    return number < 1 || number > notes.sentences().size()
        ? null
        : notes.sentences().get(number - 1);
  }

  /** Options in an order that depends on nothing but the item. */
  static List<String> options(Gap gap, String id) {
    List<String> options = new ArrayList<>(gap.distractors());
    options.add(gap.answer());
    Collections.shuffle(options, new Random(id.hashCode()));
    return List.copyOf(options);
  }
}
