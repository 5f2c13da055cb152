package exercises.rulebased;

import exercises.language.GrammarCheck;
import exercises.language.Morphology;
import exercises.language.Token;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Articles, pronouns, comparatives and prepositions taken out where only one word can stand. */
public final class WordGaps {
  private static final Map<String, List<String>> BEFORE_NOUN =
      Map.of(
          "my", List.of("mine", "me", "I"),
          "your", List.of("yours", "you", "you're"),
          "his", List.of("him", "he", "himself"),
          "her", List.of("hers", "she", "herself"),
          "our", List.of("ours", "us", "we"),
          "their", List.of("theirs", "them", "they"));
  private static final Map<String, List<String>> AFTER_BE =
      Map.of(
          "mine", List.of("my", "me", "I"),
          "yours", List.of("your", "you", "you're"),
          "hers", List.of("her", "she", "herself"),
          "ours", List.of("our", "us", "we"),
          "theirs", List.of("their", "them", "they"));
  private static final Map<String, List<String>> AS_OBJECT =
      Map.of(
          "me", List.of("I", "my", "he"),
          "him", List.of("he", "she", "they"),
          "us", List.of("we", "our", "they"),
          "them", List.of("they", "their", "we"));
  private static final Map<String, List<String>> COLLOCATIONS =
      Map.ofEntries(
          Map.entry("listen to", List.of("at", "of", "on")),
          Map.entry("wait for", List.of("to", "of", "from")),
          Map.entry("interested in", List.of("on", "at", "of")),
          Map.entry("afraid of", List.of("from", "at", "on")),
          Map.entry("good at", List.of("on", "of", "from")),
          Map.entry("depend on", List.of("of", "from", "at")),
          Map.entry("married to", List.of("with", "of", "at")));
  private static final Set<String> TWO_OBJECTS =
      Set.of(
          "give", "tell", "show", "send", "buy", "bring", "teach", "make", "call", "ask", "lend",
          "see", "hear", "let");
  private static final Set<String> MONTHS =
      Set.of(
          "january",
          "february",
          "march",
          "april",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december",
          "spring",
          "summer",
          "winter",
          "autumn");
  private final Morphology morphology;

  public WordGaps(Morphology morphology) {
    this.morphology = morphology;
  }

  /** A gap at a function word, or null where no three others are surely wrong. */
  public Gap at(Sentence s, int i) {
    String word = s.lower(i);
    return switch (word) {
      case "a", "an" -> article(s, i, word);
      case "my", "your", "his", "her", "our", "their" -> beforeNoun(s, i, word);
      case "mine", "yours", "hers", "ours", "theirs" -> afterBe(s, i, word);
      case "me", "him", "us", "them" -> object(s, i, word);
      case "in", "on", "at" -> time(s, i, word);
      default -> null;
    };
  }

  /** A gap at a compared adjective, or null. */
  public Gap comparative(Sentence s, int i) {
    String word = s.lower(i);
    boolean compares =
        s.lower(i + 1).equals("than")
            && morphology.hasTag(word, "JJR")
            && !word.matches("more|less|other|better");
    boolean better = word.equals("better") && s.lower(i + 1).equals("than");
    if (!compares && !better) {
      return null;
    }
    String base = better ? "good" : baseOf(morphology, word, "JJR");
    String most = base == null ? null : morphology.form(base, "JJS");
    return most == null
        ? null
        : Gap.of(
            s,
            i,
            List.of(base, most, "more " + base),
            "comparative",
            List.of(i + 1),
            "Two things are compared with \"than\", so \"" + base + "\" becomes \"" + word + "\".",
            "Look at \"than\": how do we compare with \"" + base + "\"?");
  }

  /** "long" of "longer": of several lemmas the dictionary offers, the commonest. */
  static String baseOf(Morphology morphology, String form, String tag) {
    return morphology.readings(form).stream()
        .filter(r -> r.tag().equals(tag))
        .map(Morphology.Reading::lemma)
        .filter(l -> !l.equals(form))
        .max(java.util.Comparator.comparingInt(morphology::frequency))
        .orElse(null);
  }

  /** A preposition that its verb or adjective asks for. */
  Gap collocation(Sentence s, int i) {
    if (i == 0 || !s.tag(i).equals("ADP")) {
      return null;
    }
    for (String lemma : morphology.lemmas(s.lower(i - 1))) {
      List<String> wrong = COLLOCATIONS.get(lemma + " " + s.lower(i));
      boolean object =
          s.tag(i + 1).matches("NOUN|PRON|DET|ADJ|PROPN") || s.lower(i + 1).endsWith("ing");
      if (wrong != null && object) {
        return Gap.of(
            s,
            i,
            wrong,
            "preposition",
            List.of(i - 1),
            "We say \""
                + s.lower(i - 1)
                + " "
                + s.lower(i)
                + "\": this word always brings the same preposition.",
            "Which small word belongs to \"" + s.lower(i - 1) + "\"?");
      }
    }
    return null;
  }

  private Gap article(Sentence s, int i, String word) {
    String next = s.lower(i + 1);
    boolean vowel = word.equals("an");
    boolean sure =
        vowel
            ? GrammarCheck.startsWithVowelSound(next)
            : GrammarCheck.startsWithConsonantSound(next);
    int noun = s.tag(i + 1).equals("ADJ") ? i + 2 : i + 1;
    boolean single =
        s.tag(noun).equals("NOUN")
            && morphology.hasTag(s.lower(noun), "NN")
            && !morphology.hasTag(s.lower(noun), "NNS")
            && !s.tag(noun + 1).equals("NOUN");
    if (!sure
        || !single
        || s.lower(i - 1).matches("half|such|what|quite|once|twice")
        || s.lower(noun).matches("lot|few|little|bit|couple")) {
      return null;
    }
    return Gap.of(
        s,
        i,
        List.of(vowel ? "a" : "an", "many", "these"),
        "article",
        List.of(i + 1, noun),
        articleReason(word, next, s.lower(noun)),
        articleHint(next));
  }

  /**
   * Why it is "a" or "an".
   *
   * @param word the article that is right
   * @param next the word behind it
   * @param noun the thing, which may be that word
   */
  static String articleReason(String word, String next, String noun) {
    return "There is one \""
        + noun
        + "\" here, and \""
        + next
        + "\" starts with a "
        + (word.equals("an") ? "vowel" : "consonant")
        + " sound, so we say \""
        + word
        + " "
        + next
        + (noun.equals(next) ? "" : " " + noun)
        + "\".";
  }

  static String articleHint(String next) {
    return "One or many? And which sound does \"" + next + "\" start with?";
  }

  private Gap beforeNoun(Sentence s, int i, String word) {
    int noun = s.tag(i + 1).equals("ADJ") ? i + 2 : i + 1;
    boolean clear =
        s.tag(noun).equals("NOUN")
            && !morphology.hasTagStarting(s.lower(i + 1), "VB")
            && morphology.lemmas(s.lower(i - 1)).stream().noneMatch(TWO_OBJECTS::contains);
    return !clear
        ? null
        : Gap.of(
            s,
            i,
            BEFORE_NOUN.get(word),
            "pronoun",
            List.of(i + 1, noun),
            "A noun follows (\""
                + s.lower(noun)
                + "\"), so we need the word that goes before a noun: \""
                + word
                + " "
                + s.lower(noun)
                + "\".",
            "Whose " + s.lower(noun) + "? Choose the word that goes before a noun.");
  }

  private Gap afterBe(Sentence s, int i, String word) {
    boolean end = s.tag(i + 1).equals("PUNCT") || i + 1 >= s.tokens().size();
    boolean be = s.lower(i - 1).matches("is|are|was|were");
    boolean thing = be && s.tag(i - 2).equals("NOUN") && !person(s.lower(i - 2));
    boolean question =
        s.isQuestion()
            && s.tag(i - 1).equals("NOUN")
            && s.lower(i - 2).matches("this|that|the|these|those")
            && s.lower(i - 3).matches("is|are|was|were")
            && !person(s.lower(i - 1));
    if (!end || !thing && !question) {
      return null;
    }
    String owned = be ? s.lower(i - 2) : s.lower(i - 1);
    return Gap.of(
        s,
        i,
        AFTER_BE.get(word),
        "pronoun",
        List.of(be ? i - 2 : i - 1),
        "No noun follows, so the word must stand alone: the "
            + owned
            + (be && s.lower(i - 1).matches("are|were") ? " are \"" : " is \"")
            + word
            + "\".",
        "Whose " + owned + "? No noun comes after the gap.");
  }

  private static boolean person(String noun) {
    return noun.matches(
        "boy|girl|man|woman|friend|teacher|child|person|brother|sister|mother|father|baby|one");
  }

  private Gap object(Sentence s, int i, String word) {
    boolean end = s.tag(i + 1).equals("PUNCT") || i + 1 >= s.tokens().size();
    boolean governed =
        s.tag(i - 1).matches("VERB|ADP") && !s.lower(i - 1).matches("than|like|as|but|except");
    return !end || !governed
        ? null
        : Gap.of(
            s,
            i,
            AS_OBJECT.get(word),
            "pronoun",
            List.of(i - 1),
            "After \""
                + s.lower(i - 1)
                + "\" we use the object form: \""
                + s.lower(i - 1)
                + " "
                + word
                + "\".",
            "The gap comes after \"" + s.lower(i - 1) + "\": which form of the pronoun is that?");
  }

  private Gap time(Sentence s, int i, String word) {
    String next = s.lower(i + 1);
    String phrase = null;
    if (word.equals("on") && next.matches("(?:mon|tues|wednes|thurs|fri|satur|sun)days?")) {
      phrase = Token.capitalised(next);
    } else if (word.equals("in") && (MONTHS.contains(next) || next.matches("(?:19|20)\\d\\d"))) {
      phrase = s.tokens().get(i + 1).text();
    } else if (word.equals("in")
        && next.equals("the")
        && s.lower(i + 2).matches("morning|afternoon|evening")
        && !s.lower(i + 3).equals("of")) {
      phrase = "the " + s.lower(i + 2);
    } else if (word.equals("at") && (next.equals("night") || s.lower(i + 2).matches("o'clock"))) {
      phrase = next.equals("night") ? "night" : next + " o'clock";
    }
    boolean range = s.tokens().stream().anyMatch(t -> t.lower().equals("from"));
    if (phrase == null || range) {
      return collocation(s, i);
    }
    List<String> wrong = new ArrayList<>(List.of("in", "on", "at", "to"));
    wrong.remove(word);
    return Gap.of(
        s,
        i,
        wrong,
        "preposition",
        List.of(i + 1, i + 2),
        "With \""
            + phrase
            + "\" we say when it happens with \""
            + word
            + "\": \""
            + word
            + " "
            + phrase
            + "\".",
        "Which small word do we use with \"" + phrase + "\"?");
  }
}
