package exercises.understanding;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Scripts;
import exercises.language.Token;
import exercises.language.WordNet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What speakers say in the learner's language: {@code Yofi (good)}, {@code umbrella (מטרייה)}.
 * Collects translations that are written in the learner's script and the foreign words that must
 * never be taught as English; takes the brackets out of the text.
 */
public final class Glosses {
  private static final Pattern BRACKETS = Pattern.compile("\\s*[\\[(]([^\\])]{1,120})[\\])]");
  private static final Pattern SAID_TO_BE =
      Pattern.compile(
          "(?i)\\b(\\p{IsLatin}{3,})\\s+(?:is|means|it's|that's|,)\\s+([\\p{IsHebrew}\\p{IsArabic}\\p{IsCyrillic}][\\p{L}\\p{M}"
              + " \"'׳״]{1,40})");
  private final Morphology morphology;
  private final WordNet wordNet;
  private final String language;
  private final Map<String, String> translations = new HashMap<>();
  private final Set<String> foreign = new HashSet<>();
  private final Set<String> glossed = new LinkedHashSet<>();

  /** Empty; {@code language} is the learner's. */
  public Glosses(Morphology morphology, WordNet wordNet, String language) {
    this.morphology = morphology;
    this.wordNet = wordNet;
    this.language = language;
  }

  /** Learns from the text's brackets and returns it without them. */
  public String read(String text) {
    Matcher said = SAID_TO_BE.matcher(text);
    while (said.find()) {
      offer(said.group(1), said.group(2));
    }
    Matcher matcher = BRACKETS.matcher(text);
    StringBuilder clean = new StringBuilder();
    while (matcher.find()) {
      learn(text.substring(0, matcher.start()), matcher.group(1).strip());
      matcher.appendReplacement(clean, "");
    }
    return matcher.appendTail(clean).toString();
  }

  private void learn(String before, String gloss) {
    List<Token> tokens = Token.split(before);
    if (tokens.isEmpty()) {
      return;
    }
    Token last = tokens.get(tokens.size() - 1);
    if (!last.isWord()) {
      return;
    }
    List<String> inside = new ArrayList<>(Token.words(gloss));
    if (inside.size() == 2 && inside.get(0).matches("an?|the|to")) {
      inside.remove(0);
    }
    boolean insideEnglish = !inside.isEmpty() && inside.stream().allMatch(morphology::isEnglish);
    if (!insideEnglish) {
      offer(last.text(), gloss);
      inside.stream().filter(w -> !morphology.isEnglish(w)).forEach(foreign::add);
      return;
    }
    for (int i = tokens.size() - 1; i >= 0 && tokens.get(i).isWord(); i--) {
      String word = tokens.get(i).lower();
      if (!morphology.isEnglish(word)) {
        foreign.add(word);
        offer(String.join(" ", inside), tokens.get(i).text());
        if (inside.size() == 1) {
          glossed.add(inside.get(0));
        }
      } else if (i == tokens.size() - 1 && homograph(word, inside)) {
        foreign.add(word);
      } else {
        break;
      }
    }
  }

  /** A foreign word that happens to be spelled like a rare English one: {@code bait (house)}. */
  private boolean homograph(String word, List<String> gloss) {
    if (gloss.size() > 2 || morphology.frequency(word) >= 12) {
      return false;
    }
    for (PartOfSpeech pos : PartOfSpeech.values()) {
      if (gloss.stream().anyMatch(g -> wordNet.related(word, g, pos))) {
        return false;
      }
    }
    return true;
  }

  private void offer(String english, String translation) {
    String word = english.toLowerCase(Locale.ROOT);
    if (word.matches("\\p{IsLatin}+")
        && morphology.isEnglish(word)
        && Scripts.isIn(translation, language)) {
      translations.putIfAbsent(word, translation.strip());
    }
  }

  /** The translation somebody gave in this lesson for the lemma, or null. */
  public String translation(String lemma) {
    return translations.get(lemma);
  }

  /** English words given for a foreign one: somebody missed them. */
  Set<String> glossed() {
    return glossed;
  }

  /** Whether a lower-case word was used as one of the learner's language. */
  public boolean isForeign(String lowerWord) {
    return foreign.contains(lowerWord);
  }
}
