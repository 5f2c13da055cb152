package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nouns, pronouns, adjectives and subjects that a student said in a wrong form or left out. */
final class WordSlips {
  private static final Map<String, List<String>> OBJECTS =
      Map.of(
          "me", List.of("I", "he", "she"),
          "him", List.of("he", "she", "they"),
          "us", List.of("we", "they", "he"),
          "them", List.of("they", "she", "he"));
  private static final Map<String, List<String>> SUBJECTS =
      Map.of(
          "it", List.of("its", "there"),
          "there", List.of("it", "they"),
          "he", List.of("him", "his"),
          "she", List.of("hers", "herself"),
          "they", List.of("them", "their"));
  private static final Map<String, String> POSSESSIVES =
      Map.of(
          "i", "my", "you", "your", "he", "his", "she", "her", "it", "its", "we", "our", "they",
          "their");
  private static final Map<String, List<String>> OWN =
      Map.of(
          "my", List.of("mine", "I"),
          "your", List.of("yours", "you", "you're"),
          "his", List.of("him", "he"),
          "her", List.of("hers", "she"),
          "our", List.of("ours", "we", "us"),
          "their", List.of("theirs", "they", "them"));
  private static final Map<String, List<String>> NEGATED =
      Map.of(
          "anything", List.of("nothing", "none", "no"),
          "anybody", List.of("nobody", "no one", "none"),
          "anyone", List.of("nobody", "no one", "none"));

  private final Morphology morphology;

  WordSlips(Morphology morphology) {
    this.morphology = morphology;
  }

  /** Null where no three options are surely wrong. */
  Gap at(Sentence s, int i, String said) {
    String word = s.lower(i);
    String yours = " You said \"" + said + "\".";
    if (word.matches("(?:i|you|he|she|it|we|they)'(?:s|re|m)")) {
      return contraction(s, i, said);
    }
    if (NEGATED.containsKey(word)) {
      return negated(s, i, said, yours);
    }
    if (OBJECTS.containsKey(word) && s.tag(i - 1).matches("VERB|ADP")) {
      List<String> wrong = new ArrayList<>(List.of(said));
      wrong.addAll(OBJECTS.get(word));
      return Gap.of(
          s,
          i,
          wrong,
          "pronoun",
          List.of(i - 1),
          "After \"" + s.lower(i - 1) + "\" we use the object form: \"" + word + "\"." + yours,
          "The gap comes after \"" + s.lower(i - 1) + "\": which form of the pronoun is that?");
    }
    if (word.equals("than")) {
      return Gap.of(
          s,
          i,
          List.of(said, "of", "that", "from"),
          "comparative",
          List.of(i - 1, i + 1),
          "After \"" + s.lower(i - 1) + "\" the second thing comes with \"than\"." + yours,
          "Two things are compared. Which word joins them?");
    }
    if (OWN.containsKey(word)
        && s.tag(i + 1).matches("NOUN|ADJ")
        && said.matches("i|you|he|she|we|they|it|mine|yours|hers|ours|theirs")) {
      List<String> wrong = new ArrayList<>(List.of(said.equals("i") ? "I" : said));
      wrong.addAll(OWN.get(word));
      return Gap.of(
          s,
          i,
          wrong,
          "pronoun",
          List.of(i + 1),
          "Before \""
              + s.lower(i + 1)
              + "\" we need the word that shows whose it is: \""
              + word
              + "\"."
              + yours,
          "Whose " + s.lower(i + 1) + "? Choose the word that goes before a noun.");
    }
    Gap feeling = feeling(s, i, said, yours);
    return feeling != null ? feeling : number(s, i, said, yours);
  }

  /** "_____ is very big": left out. */
  Gap subject(Sentence s, int i) {
    String word = s.lower(i);
    String verb = s.lower(i + 1);
    boolean heads = i == 0 || s.lower(i - 1).matches("because|but|and|so|[,]|that|now|today");
    boolean helped = verb.matches("is|was|are|were|can|will|has|must");
    // "It is a boy" and "there is a boy" are both English.
    boolean told =
        word.equals("there")
            || !word.equals("it")
            || s.tag(i + 2).matches("ADJ|ADV")
                && !s.tokens().subList(i + 2, s.tokens().size()).stream()
                    .anyMatch(t -> t.lower().matches("an?|no|some|any"));
    if (!SUBJECTS.containsKey(word) || !heads || !helped || !told) {
      return null;
    }
    List<String> wrong = new ArrayList<>(List.of(SlipGaps.NOTHING));
    wrong.addAll(SUBJECTS.get(word));
    return Gap.of(
        s,
        i,
        wrong,
        "pronoun",
        List.of(i + 1, i + 2),
        "In English a sentence needs its subject: \""
            + word
            + " "
            + verb
            + "\". You left the word out.",
        "What is the subject of \"" + verb + "\"?");
  }

  /** "_____ going to fall": "he". */
  private static Gap contraction(Sentence s, int i, String said) {
    String whole = s.tokens().get(i).text();
    String pronoun = whole.substring(0, whole.indexOf(whole.contains("’") ? '’' : '\''));
    String lower = pronoun.toLowerCase(java.util.Locale.ROOT);
    String next = s.lower(i + 1);
    boolean needsBe =
        next.endsWith("ing") && next.length() > 4 || next.matches("not|an?|the|very|too");
    if (!said.equals(lower) || !needsBe) {
      return null;
    }
    String possessive = POSSESSIVES.get(lower);
    boolean capital = Character.isUpperCase(whole.charAt(0));
    return Gap.of(
        s,
        i,
        List.of(pronoun, capital ? Token.capitalised(possessive) : possessive, pronoun + "'ll"),
        "verb_tense",
        List.of(i + 1),
        "Before \""
            + next
            + "\" the sentence needs the verb \"be\": \""
            + whole
            + "\" has it. You said \""
            + pronoun
            + "\".",
        "Which verb is missing before \"" + next + "\"?");
  }

  private static Gap negated(Sentence s, int i, String said, String yours) {
    boolean not = false;
    String negative = "";
    for (int k = 0; k < i; k++) {
      if (s.lower(k).matches(".*n't|not|never|nobody")) {
        not = true;
        negative = s.lower(k);
      }
    }
    List<String> wrong = new ArrayList<>(List.of(said));
    wrong.addAll(NEGATED.get(s.lower(i)));
    return !not
        ? null
        : Gap.of(
            s,
            i,
            wrong,
            "negation",
            List.of(i - 1),
            "\""
                + negative
                + "\" makes the sentence negative already, so the other word is \""
                + s.lower(i)
                + "\"."
                + yours,
            "The sentence is negative already: look at \"" + negative + "\".");
  }

  /** "I was very _____": "scary". */
  private Gap feeling(Sentence s, int i, String said, String yours) {
    String word = s.lower(i);
    String verb = morphology.lemma(word, PartOfSpeech.VERB);
    boolean felt = morphology.hasTag(word, "VBN") && word.endsWith("ed");
    boolean causes = morphology.hasTag(word, "VBG") && word.endsWith("ing");
    boolean pair =
        (felt || causes)
            && !said.contains(" ")
            && morphology.isEnglish(said)
            && said.length() > 3
            && said.regionMatches(0, verb, 0, Math.min(said.length(), verb.length()) - 1)
            && morphology.hasTagStarting(said, "JJ")
            && morphology.hasTagStarting(word, "JJ");
    return !pair
        ? null
        : Gap.of(
            s,
            i,
            List.of(said, verb, morphology.form(verb, "VBZ")),
            "word_form",
            List.of(i - 1),
            (felt
                    ? "\""
                        + word
                        + "\" tells how somebody feels; \""
                        + said
                        + "\" tells what makes them feel so."
                    : "\""
                        + word
                        + "\" tells what something is like; \""
                        + said
                        + "\" tells how it makes somebody feel.")
                + yours,
            felt ? "How does somebody feel?" : "What is it like?");
  }

  private Gap number(Sentence s, int i, String said, String yours) {
    String word = s.lower(i);
    if (!s.tag(i).equals("NOUN") || said.contains(" ")) {
      return null;
    }
    String base = morphology.lemma(word, PartOfSpeech.NOUN);
    boolean plural = morphology.hasTag(word, "NNS") && !base.equals(word);
    String counts = "";
    for (int k = Math.max(0, i - 2); k < i; k++) {
      boolean many =
          s.tag(k).equals("NUM") && !s.lower(k).matches("one|1")
              || s.lower(k).matches("many|these|those|few|several|both");
      counts = many ? s.lower(k) : counts;
    }
    boolean form =
        said.equals(base) || said.startsWith(base.substring(0, Math.min(3, base.length())));
    boolean people = word.equals("people") && said.equals("persons");
    if (plural && (form || people) && (!counts.isEmpty() || !morphology.isEnglish(said))) {
      boolean regular = word.equals(base + "s") || word.equals(base + "es");
      List<String> wrong = new ArrayList<>(List.of(said, base));
      wrong.addAll(
          people
              ? List.of("people's")
              : regular
                  ? List.of(base + "'s", "a " + base)
                  : List.of(base + "s", word + "s", base + "'s"));
      return Gap.of(
          s,
          i,
          wrong,
          "plural",
          List.of(i - 1),
          (counts.isEmpty()
                  ? "The plural of \"" + base + "\" is \"" + word + "\"."
                  : "After \"" + counts + "\" the noun is plural: \"" + word + "\".")
              + yours,
          counts.isEmpty()
              ? "How is the plural of \"" + base + "\" written?"
              : "One or more than one? Look at \"" + counts + "\".");
    }
    boolean uncountable = !plural && said.equals(base + "s") && !morphology.hasTag(word, "NNS");
    return !uncountable || s.lower(i - 1).matches("an?|one|every|each|this|that")
        ? null
        : Gap.of(
            s,
            i,
            List.of(said, word + "'s", said + "'"),
            "plural",
            List.of(i - 1),
            "\"" + word + "\" can't be counted here, so it takes no -s." + yours,
            "Can we count it?");
  }
}
