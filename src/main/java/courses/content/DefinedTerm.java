package courses.content;

import courses.content.SourceText.Unit;
import courses.content.Terms.Found;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a sentence seems to define, as a definition: whether its words are one noun phrase, and
 * whether what is said of it can stand without the sentences around.
 */
final class DefinedTerm {
  private static final Pattern LEANS_OUT =
      Pattern.compile(
          "(?i).*\\b(?:this|these|those|there|here|he|she|him|his|different|another)\\b.*");

  /** Pronouns that may stand for what the definition itself named before. */
  private static final Pattern LEANS = Pattern.compile("(?i)\\b(?:they|them|their|it|its|her)\\b");

  private static final Pattern NAMED_BEFORE =
      Pattern.compile(
          "(?i).*\\b(?:(?:an?|the|of|many|two|three)\\s+\\p{L}+|something|somebody|someone|anything).*\\s");

  /** Where another clause begins, which is no part of what is said. */
  static final Pattern CLAUSE = Pattern.compile("(?:,|;)\\s+(?:and|but|so|yet|because|while)\\s");

  private final EnglishText english;

  DefinedTerm(EnglishText english) {
    this.english = english;
  }

  /** "Wet lubricant": the one word before a noun that the tagger does not take for a part of it. */
  private static boolean describes(List<Word> tagged, Found noun) {
    return noun.start() > 4
        && tagged.size() >= 3
        && noun.start() == tagged.get(1).end() + 1
        && tagged.get(1).tag().matches("VERB|ADJ|ADV|NUM")
        && tagged.get(1).text().matches("\\p{L}{3,}");
  }

  private List<Word> tagged(String phrase) {
    return english.words(phrase + " is new.").stream()
        .filter(word -> word.end() <= phrase.length())
        .toList();
  }

  /** The term's words as the sentence has them, at their places behind an article of four. */
  private static List<Word> inPlace(String term, Unit unit) {
    int from = unit.text().indexOf(term);
    return unit.words().stream()
        .filter(word -> word.start() >= from && word.end() <= from + term.length())
        .map(
            word ->
                new Word(
                    word.text(),
                    word.lemma(),
                    word.tag(),
                    word.start() - from + 4,
                    word.end() - from + 4))
        .toList();
  }

  /**
   * Whether a meaning leans on what stood before it. "A pump that squeezes the gas until it is hot"
   * does not: its pronoun stands for what it names itself.
   */
  private static boolean leansOut(String meaning) {
    if (LEANS_OUT.matcher(meaning).matches()) {
      return true;
    }
    Matcher pronoun = LEANS.matcher(meaning);
    while (pronoun.find()) {
      String before = meaning.substring(0, pronoun.start());
      boolean clause =
          before.matches(
              "(?i).*\\b(?:that|which|who|whose|where|when|until|if|so|while|to|you)\\s.*");
      if (!clause || !NAMED_BEFORE.matcher(before).matches()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The definition; empty where the words are no term, or the meaning leans on what stood before.
   *
   * @param written the term's words in the sentence
   * @param article with a space, lower-case; empty for none
   * @param loose the term may have words before it that don't belong to it
   * @param verb "is" or "are" where it tells whether the term is a plural; empty otherwise
   */
  Optional<Definition> define(
      String written, String article, String said, Unit unit, boolean loose, String verb) {
    boolean common =
        article.isEmpty()
                && verb.equals("are")
                && english.frequency(written) == 0
                && !written.contains(" ")
            || article.isEmpty()
                && english.frequency(written.split("[ -]")[0].toLowerCase(Locale.ROOT)) > 0
            // "Thermophilic bacteria", "Trilateration": only the first word has a capital, by its
            // look
            || article.isEmpty()
                && unit.text().startsWith(written)
                && written.matches(
                    "\\p{Lu}\\p{Ll}+(?:ic|al|ous|ive|ar|ary|ed|ing)(?:"
                        + " \\p{Ll}+)+|\\p{Lu}\\p{Ll}{3,}(?:ation|ition|ment|ness|ysis|osis|ism|ology|ography)");
    String term =
        common ? Character.toLowerCase(written.charAt(0)) + written.substring(1) : written;
    // The tagger knows a noun by its article and by what follows: "Truing", "bead" and "wet" are
    // verbs to it otherwise; "valve" in "expansion valve" only where the sentence is whole.
    String phrase = "the " + term;
    List<Word> tagged = tagged(phrase);
    List<Found> phrases = Terms.phrases(tagged, phrase, english);
    if (phrases.size() != 1 || phrases.get(0).end() != phrase.length()) {
      List<Word> again = inPlace(written, unit);
      List<Found> other = Terms.phrases(again, phrase, english);
      if (other.size() == 1 && other.get(0).end() == phrase.length()) {
        tagged = again;
        phrases = other;
      }
    }
    if (!loose && phrases.size() == 1 && describes(tagged, phrases.get(0))) {
      Found noun = phrases.get(0);
      phrases =
          List.of(
              new Found(
                  phrase.substring(4, noun.start()) + noun.lemma(),
                  4,
                  noun.end(),
                  noun.plural(),
                  noun.name()));
    }
    boolean gerund = phrases.isEmpty() && term.matches("\\p{L}{3,}ing");
    if (phrases.size() != 1 && !gerund) {
      return Optional.empty();
    }
    Found found =
        gerund
            ? new Found(term.toLowerCase(Locale.ROOT), 4, phrase.length(), false, false)
            : phrases.get(0);
    String meaning = said.strip();
    Matcher clause = CLAUSE.matcher(meaning);
    if (clause.find() && meaning.substring(0, clause.start()).split(" ").length >= 4) {
      meaning = meaning.substring(0, clause.start());
    }
    boolean whole = found.end() == phrase.length() && (found.start() == 4 || loose);
    // "This pull", "a different danger": the words lean on what stood before.
    if (!whole || leansOut(meaning) || meaning.split(" ").length < (loose ? 4 : 5)) {
      return Optional.empty();
    }
    String head = phrase.substring(found.start(), found.end());
    if (meaning.toLowerCase(Locale.ROOT).contains(head.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    boolean name = english.words(meaning).get(0).tag().equals("PROPN");
    String lower =
        Character.isUpperCase(meaning.charAt(0)) && !name
            ? Character.toLowerCase(meaning.charAt(0)) + meaning.substring(1)
            : meaning;
    boolean plural = verb.equals("are") || !verb.equals("is") && found.plural();
    return Optional.of(new Definition(found.lemma(), head, article, plural, lower, unit));
  }
}
