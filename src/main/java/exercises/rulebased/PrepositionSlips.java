package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.understanding.EditClassifier;
import exercises.understanding.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Small words that a student took for others, left out or said where none belongs. */
final class PrepositionSlips {
  /**
   * By the word before and the right small word, others that are wrong there whatever follows.
   * "Angry at" and "talk of" are right as well, so they are in no list.
   */
  private static final Map<String, List<String>> GOVERNED =
      Map.ofEntries(
          Map.entry("listen to", List.of("at", "of", "on")),
          Map.entry("wait for", List.of("to", "of", "from")),
          Map.entry("interested in", List.of("on", "at", "of")),
          Map.entry("afraid of", List.of("from", "at", "on")),
          Map.entry("good at", List.of("in", "on", "of")),
          Map.entry("bad at", List.of("in", "on", "of")),
          Map.entry("depend on", List.of("of", "from", "at")),
          Map.entry("married to", List.of("with", "of", "at")),
          Map.entry("laugh at", List.of("of", "on", "from")),
          Map.entry("allergic to", List.of("from", "of", "at")),
          Map.entry("explain to", List.of("at", "on", "of")),
          Map.entry("think of", List.of("at", "on", "in")),
          Map.entry("think about", List.of("at", "on", "in")),
          Map.entry("fill in", List.of("on", "at", "to")),
          Map.entry("shout at", List.of("on", "of", "in")),
          Map.entry("angry with", List.of("from", "of", "on")),
          Map.entry("responsible for", List.of("of", "from", "on")),
          Map.entry("apply for", List.of("of", "at", "on")),
          Map.entry("talk about", List.of("at", "on", "in")),
          Map.entry("proud of", List.of("from", "on", "at")),
          Map.entry("full of", List.of("with", "from", "at")),
          Map.entry("famous for", List.of("of", "from", "at")),
          Map.entry("belong to", List.of("of", "at", "from")),
          Map.entry("different from", List.of("of", "at", "on")),
          Map.entry("similar to", List.of("with", "of", "at")),
          Map.entry("pay for", List.of("of", "at", "on")),
          Map.entry("ask for", List.of("of", "at", "on")),
          Map.entry("work on", List.of("in", "of", "at")),
          Map.entry("bump into", List.of("in", "at", "of")),
          Map.entry("crash into", List.of("with", "at", "of")),
          Map.entry("happy with", List.of("from", "of", "on")),
          Map.entry("look after", List.of("on", "of", "in")),
          Map.entry("made of", List.of("at", "on", "to")),
          Map.entry("tired of", List.of("at", "on", "in")));

  /** By the right small word and the noun after it. */
  private static final Map<String, List<String>> BEFORE_NOUN =
      Map.ofEntries(
          Map.entry("at school", List.of("on", "of", "by")),
          Map.entry("at home", List.of("in", "on", "of")),
          Map.entry("at work", List.of("on", "of", "by")),
          Map.entry("on holiday", List.of("in", "at", "of")),
          Map.entry("on time", List.of("at", "of", "by")),
          Map.entry("on phone", List.of("in", "of", "at")),
          Map.entry("on bus", List.of("in", "of", "at")),
          Map.entry("on train", List.of("in", "of", "at")),
          Map.entry("on plane", List.of("in", "of", "at")),
          Map.entry("on computer", List.of("in", "of", "to")),
          Map.entry("on beach", List.of("in", "of", "from")),
          Map.entry("on platform", List.of("in", "of", "into")),
          Map.entry("on wall", List.of("in", "of", "at")),
          Map.entry("on market", List.of("of", "to", "by")),
          Map.entry("on foot", List.of("by", "with", "in")));

  private static final Set<String> MOVES_OR_SPEAKS =
      Set.of(
          "go", "come", "walk", "run", "drive", "travel", "fly", "move", "get", "take", "bring",
          "send", "give", "speak", "talk", "say", "write", "listen", "show", "return", "throw",
          "carry", "point", "back");

  private final Morphology morphology;
  private final WordGaps words;

  PrepositionSlips(Morphology morphology, WordGaps words) {
    this.morphology = morphology;
    this.words = words;
  }

  /**
   * @param said what the student said in its place; empty for nothing
   */
  Gap swapped(Sentence s, int i, String said) {
    String word = s.lower(i);
    boolean small =
        said.isEmpty()
            || EditClassifier.PREPOSITIONS.contains(said)
            || said.matches("(?:in|on|at|by|of) the")
            || said.matches("during|than");
    if (!small || s.lower(i + 1).equals("of") || i == 0 && s.wordCount() < 5) {
      return null;
    }
    String own = said.isEmpty() ? SlipGaps.NOTHING : said;
    String added = said.isEmpty() ? " You left the word out." : " You said \"" + said + "\".";
    Gap timed = words.at(s, i);
    if (timed != null) {
      List<String> options = new ArrayList<>(List.of(own));
      options.addAll(timed.distractors());
      return Gap.of(
          s,
          i,
          options,
          timed.concept(),
          timed.evidence(),
          timed.explanation() + added,
          timed.hint());
    }
    String governor = governor(s, i);
    if (governor != null) {
      List<String> options = new ArrayList<>(List.of(own));
      options.addAll(GOVERNED.get(governor));
      return Gap.of(
          s,
          i,
          options,
          "preposition",
          List.of(i - 1, i + 1),
          "\"" + s.lower(i - 1) + "\" goes with \"" + word + "\"." + added,
          "Which small word belongs to \"" + s.lower(i - 1) + "\"?");
    }
    int noun = noun(s, i);
    boolean done =
        word.equals("by") && morphology.hasTag(s.lower(i - 1), "VBN") && s.tag(i - 2).equals("AUX");
    List<String> known = BEFORE_NOUN.get(word + " " + s.lower(noun));
    known = done ? List.of("of", "at") : known;
    List<String> wrong = known == null ? plain(s, i, noun) : known;
    if (wrong.isEmpty() || said.isEmpty() && known == null) {
      return null;
    }
    String phrase = s.text().substring(s.tokens().get(i).start(), s.tokens().get(noun).end());
    List<String> options = new ArrayList<>(List.of(own));
    options.addAll(wrong);
    return Gap.of(
        s,
        i,
        options,
        "preposition",
        List.of(i - 1, i + 1, noun),
        "With \""
            + s.lower(noun)
            + "\" the small word here is \""
            + word
            + "\": \""
            + phrase
            + "\"."
            + added,
        "Which small word goes before \""
            + s.text().substring(s.tokens().get(i + 1).start(), s.tokens().get(noun).end())
            + "\" here?");
  }

  private String governor(Sentence s, int i) {
    return morphology.lemmas(s.lower(i - 1)).stream()
        .map(lemma -> lemma + " " + s.lower(i))
        .filter(GOVERNED::containsKey)
        .findFirst()
        .orElse(null);
  }

  /** The noun that the small word stands before, articles and adjectives between. */
  private static int noun(Sentence s, int i) {
    int noun = i + 1;
    while (noun + 1 < s.tokens().size()
        && noun < i + 4
        && (s.tag(noun).matches("DET|ADJ|NUM")
            || s.lower(noun).matches("my|your|his|her|our|their"))) {
      noun++;
    }
    return noun;
  }

  /** "Of" and "to" stand before no place where nobody goes and nothing is said. */
  private List<String> plain(Sentence s, int i, int noun) {
    boolean going =
        s.tokens().stream()
            .anyMatch(
                t -> MOVES_OR_SPEAKS.contains(morphology.lemma(t.lower(), PartOfSpeech.VERB)));
    boolean time =
        s.tag(noun).equals("NUM")
            || s.lower(noun).matches(".*day|.*night|.*time|week|month|year|hour|minute|moment");
    boolean thing = s.tag(noun).equals("NOUN") && !s.tag(noun + 1).equals("NOUN");
    boolean after = s.tag(i - 1).matches("NOUN|VERB|AUX|PRON|ADJ");
    return going || time || !thing || !after || s.lower(i).matches("of|to|from|with|for|by")
        ? List.of()
        : List.of("of", "to");
  }

  /** "He called _____ plumber": "to the". */
  Gap extra(Sentence s, int i, String extra) {
    if (!EditClassifier.PREPOSITIONS.contains(extra)
        || !s.tag(i - 1).equals("VERB")
        || !s.tag(i).matches("DET|PRON|NUM|NOUN|PROPN")) {
      return null;
    }
    String word = s.tokens().get(i).text();
    List<String> options = new ArrayList<>(List.of(extra + " " + word));
    for (String small : List.of("of", "at", "to")) {
      options.add(small + " " + word);
    }
    String phrase =
        s.text()
            .substring(
                s.tokens().get(i - 1).start(),
                s.tokens()
                    .get(s.tag(i).equals("DET") && i + 1 < s.tokens().size() ? i + 1 : i)
                    .end());
    return Gap.of(
        s,
        i,
        options,
        "preposition",
        List.of(i - 1, i + 1),
        "\""
            + s.lower(i - 1)
            + "\" needs no small word after it: \""
            + phrase
            + "\". You said \""
            + extra
            + "\".",
        "Does a small word come after \"" + s.lower(i - 1) + "\"?");
  }
}
