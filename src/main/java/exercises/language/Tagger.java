package exercises.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import opennlp.tools.postag.POSTaggerME;

/** Word classes of a tokenised sentence. One per thread. */
public final class Tagger {
  private static final Set<String> BEFORE_INFINITIVE =
      Set.of(
          "want",
          "wants",
          "wanted",
          "like",
          "likes",
          "need",
          "needs",
          "needed",
          "have",
          "has",
          "had",
          "try",
          "going",
          "love",
          "loves",
          "start",
          "started",
          "starts",
          "began",
          "begin",
          "used",
          "learn",
          "decided",
          "hope",
          "forgot",
          "remember",
          "able",
          "promised",
          "ready");
  private static final Set<String> DETERMINERS = Set.of("a", "an", "the", "very", "so", "too");
  private static final Set<String> BE =
      Set.of("is", "are", "was", "were", "am", "very", "so", "too");
  private static final Set<String> NOUN_OR_ADJECTIVE = Set.of("NOUN", "ADJ");
  private static final Set<String> VERBAL = Set.of("VERB", "AUX");
  private static final Set<String> MARK_OR_VERB = Set.of("PUNCT", "VERB", "AUX");
  private static final int REMEMBERED = 2_000;

  private final POSTaggerME tagger;
  private final Morphology morphology;

  /**
   * What the model said of the sentences read last. A lesson's are read by who makes a set, by who
   * judges it and by who mends it, and the model takes longer than all that is done with its tags.
   */
  private final Map<List<String>, String[]> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, String[]> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Not thread-safe; shares the loaded models. */
  public Tagger(NlpModels models, Morphology morphology) {
    this.tagger = new POSTaggerME(models.tags);
    this.morphology = morphology;
  }

  /** One tag a token. The model knows contractions only as two tokens, so they are split for it. */
  public List<String> tag(List<Token> tokens) {
    List<String> parts = new ArrayList<>();
    int[] first = new int[tokens.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = parts.size();
      addParts(tokens.get(i).text().replace('’', '\''), parts);
    }
    String[] tags = remembered.get(parts);
    if (tags == null) {
      tags = tagger.tag(parts.toArray(String[]::new));
      remembered.put(parts, tags);
    }
    List<String> result = new ArrayList<>(first.length);
    for (int i = 0; i < first.length; i++) {
      result.add(repaired(tokens, i, tags[first[i]]));
    }
    nounsBeforeVerbs(tokens, result);
    return result;
  }

  /**
   * "An umbrella keeps you dry": read as adjective and noun, which leaves the sentence without a
   * verb.
   */
  private void nounsBeforeVerbs(List<Token> tokens, List<String> tags) {
    for (int i = 1; i + 1 < tags.size(); i++) {
      boolean nounAfter =
          NOUN_OR_ADJECTIVE.contains(tags.get(i + 1))
              && !morphology.hasTag(tokens.get(i + 1).lower(), "VBZ");
      boolean headless = tags.get(i).equals("ADJ") && tags.get(i - 1).equals("DET") && !nounAfter;
      if (headless && morphology.hasTagStarting(tokens.get(i).lower(), "NN")) {
        tags.set(i, "NOUN");
      }
      boolean verbSoFar = tags.subList(0, i + 1).stream().anyMatch(VERBAL::contains);
      if (!verbSoFar
          && tags.get(i).equals("NOUN")
          && tags.get(i + 1).equals("NOUN")
          && morphology.hasTag(tokens.get(i + 1).lower(), "VBZ")
          && i + 2 < tags.size()
          && !MARK_OR_VERB.contains(tags.get(i + 2))) {
        tags.set(i + 1, "VERB");
      }
    }
  }

  private String repaired(List<Token> tokens, int i, String tag) {
    Token token = tokens.get(i);
    if (!token.isWord()) {
      return token.isNumber() ? "NUM" : "PUNCT";
    }
    String lower = token.lower();
    boolean infinitive =
        i > 1
            && tokens.get(i - 1).lower().equals("to")
            && BEFORE_INFINITIVE.contains(tokens.get(i - 2).lower())
            && morphology.hasTag(lower, "VB");
    if (infinitive && !lower.equals("be") && !lower.equals("have") && !lower.equals("do")) {
      return "VERB";
    }
    int dash = tag.indexOf('+');
    return consistent(tokens, i, lower, dash < 0 ? tag : tag.substring(0, dash));
  }

  /**
   * The dictionary knows which classes a word can have; the model, trained on written text,
   * sometimes guesses.
   */
  private String consistent(List<Token> tokens, int i, String lower, String tag) {
    boolean noun = morphology.hasTagStarting(lower, "NN");
    boolean verb = morphology.hasTagStarting(lower, "VB");
    boolean adjective = morphology.hasTag(lower, "JJ");
    String before = i > 0 ? tokens.get(i - 1).lower() : "";
    boolean nounNext =
        i + 1 < tokens.size() && morphology.hasTagStarting(tokens.get(i + 1).lower(), "NN");
    return switch (tag) {
      case "NOUN" ->
          !noun && verb
              ? "VERB"
              : !noun && adjective
                  ? "ADJ"
                  : adjective && nounNext && DETERMINERS.contains(before) ? "ADJ" : tag;
      case "VERB" ->
          !verb && noun
              ? "NOUN"
              : !verb && adjective
                  ? "ADJ"
                  : adjective && BE.contains(before) && !lower.endsWith("ing") ? "ADJ" : tag;
      case "ADJ" -> !adjective && !morphology.hasTagStarting(lower, "JJ") && noun ? "NOUN" : tag;
      default -> tag;
    };
  }

  private static void addParts(String word, List<String> parts) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (lower.equals("can't")) {
      parts.add("ca");
      parts.add("n't");
    } else if (lower.equals("won't")) {
      parts.add("wo");
      parts.add("n't");
    } else if (lower.endsWith("n't")) {
      parts.add(word.substring(0, word.length() - 3));
      parts.add("n't");
    } else {
      int quote = word.lastIndexOf('\'');
      if (quote > 0) {
        parts.add(word.substring(0, quote));
        parts.add(word.substring(quote));
      } else {
        parts.add(word);
      }
    }
  }
}
