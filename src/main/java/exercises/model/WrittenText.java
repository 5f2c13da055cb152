package exercises.model;

import exercises.SentenceRules;
import exercises.language.Morphology;
import exercises.language.Scripts;
import exercises.language.Token;
import exercises.understanding.LessonText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds what a model wrote in its own words (hints, explanations, translations) to what may be
 * shown. Each method gives the tidied text, or null when it is not fit and the rules' own wording
 * has to do.
 */
final class WrittenText {
  private static final int LONGEST_HINT = 120;
  private static final int LONGEST_EXPLANATION = 240;
  private static final int LONGEST_WORD = 60;
  private static final int LONGEST_SENTENCE = 240;

  /** Common spoken English begins here on the dictionary's scale of 0 to about 22. */
  private static final int COMMON = 9;

  private static final Pattern ENGLISH =
      Pattern.compile("[\\p{IsLatin}\\p{N} ,.!?'\"“”’‘:;()+/=–—-]+");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[|\\]|[{}<>|\\\\_^`~*#@$%]");
  private static final Pattern LETTERS =
      Pattern.compile("(?i)\\b(?:letters?|starts? with|begins? with|spell|rhymes?)\\b");

  private final Morphology morphology;
  private final LessonText lesson;
  private final String language;

  WrittenText(Morphology morphology, LessonText lesson, String language) {
    this.morphology = morphology;
    this.lesson = lesson;
    this.language = language;
  }

  /** A hint that is common English, names nobody and does not hold the answer or a form of it. */
  String hint(String text, List<String> answers) {
    String hint = english(text, LONGEST_HINT);
    if (hint == null || Token.words(hint).size() < 2) {
      return null;
    }
    for (String answer : answers) {
      if (SentenceRules.givesAway(hint, answer) || sharesWord(hint, answer)) {
        return null;
      }
    }
    return hint;
  }

  private boolean sharesWord(String hint, String answer) {
    Set<String> forms = new HashSet<>();
    for (String word : Token.words(answer)) {
      if (word.length() > 3) {
        forms.addAll(morphology.lemmas(word));
      }
    }
    return Token.words(hint).stream()
        .anyMatch(w -> w.length() > 3 && morphology.lemmas(w).stream().anyMatch(forms::contains));
  }

  /** An explanation in common English that quotes the sentence it is about. */
  String explanation(String text, String sentence) {
    String explanation = english(text, LONGEST_EXPLANATION);
    if (explanation == null || LETTERS.matcher(explanation).find() && explanation.length() < 20) {
      return null;
    }
    Set<String> said = new HashSet<>(Token.words(sentence));
    return Token.words(explanation).stream().anyMatch(said::contains) ? explanation : null;
  }

  /**
   * English anybody may read: every word common or said in the lesson, no name, nothing that is no
   * language.
   */
  private String english(String text, int longest) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String tidy = text.strip().replaceAll("\\s+", " ").replace('’', '\'').replace('‘', '\'');
    if (tidy.length() > longest
        || !ENGLISH.matcher(tidy).matches()
        || SuspectText.isSuspect(tidy)
        || lesson.names().occursIn(tidy)) {
      return null;
    }
    Set<String> said = lessonWords();
    for (String word : Token.words(tidy)) {
      boolean known =
          !Character.isLetter(word.charAt(0))
              || said.contains(word)
              || morphology.isEnglish(word) && frequency(word) >= COMMON;
      if (!known) {
        return null;
      }
    }
    String out = Token.capitalised(tidy);
    return out.matches(".*[.!?]$") ? out : out + ".";
  }

  private int frequency(String word) {
    int best = morphology.frequency(word);
    for (String lemma : morphology.lemmas(word)) {
      best = Math.max(best, morphology.frequency(lemma));
    }
    return word.contains("'") ? Math.max(best, COMMON) : best;
  }

  private Set<String> words;

  private Set<String> lessonWords() {
    if (words == null) {
      words = new HashSet<>();
      lesson.turns().forEach(t -> words.addAll(Token.words(t.text())));
    }
    return words;
  }

  /** A translation of a word: in the language's script, short, no sentence. */
  String translation(String text, String english) {
    String tidy = foreign(text, LONGEST_WORD);
    if (tidy == null || tidy.split(" ").length > 5 || tidy.matches(".*[.!?:;]$")) {
      return null;
    }
    return tidy.equalsIgnoreCase(english) && !latin() ? null : tidy;
  }

  /**
   * A translation of a sentence: in the language's script, of about the sentence's length, and not
   * the sentence itself.
   */
  String sentenceTranslation(String text, String english) {
    String tidy = foreign(text, LONGEST_SENTENCE);
    if (tidy == null) {
      return null;
    }
    int words = Token.words(english).size();
    int own = tidy.split("\\s+").length;
    boolean spaced = !language.matches("(?i)(?:zh|ja|th|ko).*");
    boolean length = !spaced || own >= Math.max(1, words / 3) && own <= words * 2 + 3;
    Set<String> said = new HashSet<>(Token.words(english));
    long same = Token.words(tidy).stream().filter(said::contains).count();
    return length && same * 2 <= Math.max(2, words) ? tidy : null;
  }

  private String foreign(String text, int longest) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String tidy = text.strip().replaceAll("\\s+", " ");
    boolean fit =
        tidy.length() <= longest
            && !SuspectText.isSuspect(tidy)
            && !PLACEHOLDER.matcher(tidy).find()
            && Scripts.isIn(tidy, language);
    return fit ? tidy : null;
  }

  /** True for a language that is written like English, whose script tells nothing. */
  private boolean latin() {
    return Scripts.isIn("a", language);
  }

  /**
   * What is wrong with a reply whose translations are mostly in another language than asked for.
   *
   * @param texts the translations of one reply
   * @param sources what each translates
   */
  static List<String> wrongLanguage(
      List<String> texts, List<String> sources, String language, Morphology morphology) {
    int wrong = 0;
    boolean latin = Scripts.isIn("a", language);
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      boolean copied = text.strip().equalsIgnoreCase(sources.get(i).strip());
      boolean english =
          latin
              && !language.toLowerCase(Locale.ROOT).startsWith("en")
              && text.contains(" ")
              && Token.words(text).stream().allMatch(morphology::isEnglish);
      wrong += !Scripts.isIn(text, language) || copied && text.contains(" ") || english ? 1 : 0;
    }
    List<String> problems = new ArrayList<>();
    if (texts.size() >= 2 && wrong * 2 > texts.size()) {
      problems.add(
          wrong
              + " of "
              + texts.size()
              + " translations are not in the language \""
              + language
              + "\"; write all of them in that language and its own script");
    }
    return problems;
  }
}
