package exercises;

import exercises.language.Morphology;
import exercises.language.Token;
import exercises.language.WordNet;
import exercises.understanding.Glosses;
import exercises.understanding.LessonMaterial;
import exercises.understanding.Mistake;
import exercises.understanding.ModelSentences;
import exercises.understanding.Names;
import exercises.understanding.Parts;
import exercises.understanding.Provenance;
import exercises.understanding.Speech;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import transcripts.Role;
import transcripts.Utterance;

/**
 * What the gate holds items against: the transcript itself, its people, and what was said wrong.
 */
public final class LessonEvidence {
  /** Words that a sentence put right may need although nobody said them. */
  private static final Set<String> FREE =
      Set.of(
          "have", "been", "being", "does", "will", "would", "were", "than", "that", "this", "them",
          "they", "their", "your", "with", "from", "into", "some", "many", "much", "these", "those",
          "there", "what", "where", "when", "which", "mine", "yours", "hers", "ours");

  private static final Pattern CONTRACTION = Pattern.compile("(?:n't|'\\p{L}+)$");

  /** A word said so many times is known by the lesson's end. */
  private static final int OFTEN = 3;

  private final Map<Integer, Utterance> turns = new HashMap<>();
  private final Map<Integer, List<String>> words = new HashMap<>();
  private final Set<String> corrected = new HashSet<>();
  private final Map<String, Integer> lemmas = new HashMap<>();
  private final Morphology morphology;
  private final List<Mistake> mistakes;
  private final boolean rolesKnown;
  final Names names;
  final Glosses glosses;

  /** Reads once what the rules ask of a lesson again and again. */
  public LessonEvidence(
      LessonMaterial material, List<Mistake> mistakes, Morphology morphology, WordNet wordNet) {
    this.mistakes = mistakes;
    this.morphology = morphology;
    this.names = Names.of(material.utterances(), morphology, wordNet);
    this.glosses = new Glosses(morphology, wordNet, material.language());
    this.rolesKnown = material.utterances().stream().anyMatch(u -> u.role() != Role.UNKNOWN);
    for (Utterance turn : material.utterances()) {
      turns.put(turn.index(), turn);
      words.put(turn.index(), Token.words(Speech.clean(glosses.read(turn.text()))));
      Token.words(turn.text()).forEach(this::learn);
    }
    for (Mistake mistake : mistakes) {
      Token.words(mistake.correct()).forEach(this::learn);
      corrected.add(ModelSentences.key(mistake.correct()));
    }
  }

  private void learn(String word) {
    Set<String> said = new HashSet<>(morphology.lemmas(word));
    // "shelf's" and "we've" say "shelf" and "we" as well.
    said.addAll(morphology.lemmas(CONTRACTION.matcher(word).replaceFirst("")));
    said.forEach(lemma -> lemmas.merge(lemma, 1, Integer::sum));
  }

  /** False for the check of a set whose lesson nobody gave: then nothing can be looked up in it. */
  boolean isKnown() {
    return !turns.isEmpty();
  }

  /** Whether the lesson said the word, in some form, often enough to have taught it. */
  boolean isFamiliar(String word) {
    return morphology.lemmas(word).stream().anyMatch(l -> lemmas.getOrDefault(l, 0) >= OFTEN);
  }

  /** The first word of some length that nobody said in any form, or null. */
  String neverSaid(String text) {
    for (String word : Token.words(text)) {
      boolean said =
          word.length() < 4
              || word.contains("'")
              || FREE.contains(word)
              || morphology.lemmas(word).stream().anyMatch(lemmas::containsKey);
      if (!said) {
        return word;
      }
    }
    return null;
  }

  /**
   * True when at least three quarters of the text's words were said in that turn, in that order.
   */
  boolean isGrounded(String text, Provenance source) {
    if (!isKnown()) {
      return true;
    }
    List<String> said = words.get(source.utterance());
    List<String> wanted = Token.words(text);
    if (said == null || wanted.isEmpty()) {
      return false;
    }
    int[] row = new int[wanted.size() + 1];
    for (String word : said) {
      int diagonal = 0;
      for (int j = 1; j <= wanted.size(); j++) {
        int above = row[j];
        row[j] = wanted.get(j - 1).equals(word) ? diagonal + 1 : Math.max(above, row[j - 1]);
        diagonal = above;
      }
    }
    // A short sentence with one word put right has fewer words in common.
    double share = isCorrected(text) ? 0.5 : 0.75;
    return row[wanted.size()] >= share * wanted.size();
  }

  boolean isCorrected(String text) {
    return corrected.contains(ModelSentences.key(text));
  }

  /** True when the text shows what a student said wrong, or a student's words nobody put right. */
  boolean isWrongModel(String text, Provenance source) {
    String key = ModelSentences.key(text);
    for (Mistake mistake : mistakes) {
      if (mistake.isQuotedIn(text) || key.equals(ModelSentences.key(mistake.incorrect()))) {
        return true;
      }
    }
    Utterance turn = turns.get(source.utterance());
    return rolesKnown && turn != null && turn.role() == Role.STUDENT && !isCorrected(text);
  }

  /** True when the lesson itself says the sentence with that other option. */
  boolean wasSaid(String text) {
    List<String> wanted = Token.words(text);
    for (Map.Entry<Integer, List<String>> turn : words.entrySet()) {
      boolean model = turns.get(turn.getKey()).role() != Role.STUDENT;
      if (model
          && Parts.indexOf(turn.getValue(), wanted) >= 0
          && !isWrongModel(text, new Provenance(-1, null, ""))) {
        return true;
      }
    }
    return false;
  }

  /** True for a text that the student said and the lesson put right. */
  boolean isSlip(String text) {
    String key = ModelSentences.key(text);
    return mistakes.stream().anyMatch(m -> key.equals(ModelSentences.key(m.incorrect())));
  }

  List<String> incorrect() {
    List<String> all = new ArrayList<>();
    mistakes.forEach(m -> all.add(m.incorrect()));
    return all;
  }
}
