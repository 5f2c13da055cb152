package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.WordNet;
import exercises.understanding.Sentence;
import exercises.understanding.TaughtWord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Wrong options for a verb with an object: verbs that never take one, in the same form. */
final class VerbDistractors {
  private static final List<String> WITHOUT_OBJECT =
      List.of(
          ("listen look go come arrive fall agree complain apologise laugh smile wait sleep belong"
                  + " appear disappear happen exist")
              .split(" "));

  /** Verbs without object that learners take for those with one. */
  private static final Map<String, List<String>> CONFUSED =
      Map.ofEntries(
          Map.entry("hear", List.of("listen")),
          Map.entry("see", List.of("look")),
          Map.entry("watch", List.of("look")),
          Map.entry("find", List.of("look")),
          Map.entry("notice", List.of("look")),
          Map.entry("reach", List.of("arrive", "come")),
          Map.entry("visit", List.of("go", "come")),
          Map.entry("leave", List.of("go")),
          Map.entry("bring", List.of("come")),
          Map.entry("drop", List.of("fall")),
          Map.entry("accept", List.of("agree")),
          Map.entry("regret", List.of("apologise", "complain")),
          Map.entry("own", List.of("belong")),
          Map.entry("expect", List.of("wait")));

  /** So many of the wrong verbs are of the same field as the right one, or taken for it. */
  private static final int PLAUSIBLE = 2;

  private final Morphology morphology;
  private final WordNet wordNet;

  /** Not thread-safe. */
  VerbDistractors(Morphology morphology, WordNet wordNet) {
    this.morphology = morphology;
    this.wordNet = wordNet;
  }

  /** Transitive use rules out verbs that never take an object, whatever they mean. */
  List<String> of(Sentence s, int token, TaughtWord word) {
    String answer = s.lower(token);
    List<String> tags = new ArrayList<>();
    for (String tag : List.of("VBD", "VBZ", "VBG", "VBN", "VB")) {
      if (morphology.hasTag(answer, tag)) {
        tags.add(tag);
      }
    }
    if (tags.isEmpty()) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    int near = 0;
    Set<String> plausible = likely(word.lemma(), false);
    for (String lemma : likely(word.lemma(), true)) {
      String form = tags.get(0).equals("VB") ? lemma : morphology.form(lemma, tags.get(0));
      boolean allForms = form != null;
      for (String tag : tags) {
        allForms &=
            allForms
                && (tag.equals("VB")
                    ? lemma.equals(form)
                    : morphology.forms(lemma, tag).contains(form));
      }
      if (allForms
          && wrong.size() < 3
          && !inSentence(s, lemma)
          && !wordNet.related(lemma, word.lemma(), PartOfSpeech.VERB)) {
        wrong.add(form);
        near += plausible.contains(lemma) ? 1 : 0;
      }
    }
    // "Appear a snack", "happen a snack": nobody would choose one of them.
    return near >= PLAUSIBLE ? wrong : List.of();
  }

  /**
   * Those a learner may take for the verb first, then those about the same thing ("listen" for
   * "hear"), then the others, from another one on for each verb.
   */
  private Set<String> likely(String verb, boolean others) {
    Set<String> fields = wordNet.entry(verb, PartOfSpeech.VERB).fields();
    Set<String> all = new LinkedHashSet<>(CONFUSED.getOrDefault(verb, List.of()));
    WITHOUT_OBJECT.stream()
        .filter(
            v -> wordNet.entry(v, PartOfSpeech.VERB).fields().stream().anyMatch(fields::contains))
        .forEach(all::add);
    if (!others) {
      return all;
    }
    int from = Math.floorMod(verb.hashCode(), WITHOUT_OBJECT.size());
    for (int i = 0; i < WITHOUT_OBJECT.size(); i++) {
      all.add(WITHOUT_OBJECT.get((from + i) % WITHOUT_OBJECT.size()));
    }
    return all;
  }

  /** Whether the verb at the token has an object here, so that one without is wrong. */
  boolean objectFollows(Sentence s, int token) {
    String next = s.lower(token + 1);
    boolean determiner =
        next.matches(
            "the|a|an|my|your|his|her|our|their|this|these|those|some|two|three|it|them|him|us|me");
    boolean time = s.lower(token + 2).matches("lot|little|bit|while|moment|few");
    for (int i = token + 2; i <= token + 3; i++) {
      time |=
          s.tag(i).equals("NOUN")
              && wordNet
                  .entry(morphology.lemma(s.lower(i), PartOfSpeech.NOUN), PartOfSpeech.NOUN)
                  .fields()
                  .contains("noun.time");
    }
    return determiner && !time && !s.tag(token - 1).equals("PART");
  }

  private boolean inSentence(Sentence s, String lemma) {
    return s.tokens().stream().anyMatch(t -> morphology.lemmas(t.lower()).contains(lemma));
  }
}
