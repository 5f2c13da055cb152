package exercises.rulebased;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.understanding.Sentence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes out a taught adjective and offers the other words of its family: "lazy" against "lazily",
 * "laziness". Which adjective is meant only a picture could tell; which form is right the sentence
 * tells alone.
 */
final class AdjectiveGaps {
  private static final Set<String> DEGREE = Set.of("very", "so", "too", "really");
  private static final Set<String> BE = Set.of("is", "are", "am", "was", "were", "be");

  /** "It was luck": after these a noun may be right as well. */
  private static final Set<String> OPEN_SUBJECTS =
      Set.of("it", "it's", "this", "that", "that's", "there", "what", "here");

  private final Morphology morphology;

  AdjectiveGaps(Morphology morphology) {
    this.morphology = morphology;
  }

  /** A gap at the adjective, or null where its place does not show that it must be one. */
  Gap at(Sentence s, int i) {
    String word = s.lower(i);
    boolean plain =
        i > 0
            && s.wordCount() >= 4
            && s.tag(i).equals("ADJ")
            && morphology.hasTag(word, "JJ")
            && !morphology.hasTagStarting(word, "NN");
    // "very scared" is an adjective for sure, "is broken" may be something that happens.
    boolean made = morphology.hasTagStarting(word, "VB");
    if (!plain || made && !(word.endsWith("ed") && DEGREE.contains(s.lower(i - 1)))) {
      return null;
    }
    String before = s.lower(i - 1);
    boolean ends = s.tag(i + 1).equals("PUNCT") || s.lower(i + 1).matches("and|but|because|when");
    boolean degree = DEGREE.contains(before) && !s.tag(i + 1).equals("NOUN");
    boolean says =
        ends
            && (BE.contains(before) && !OPEN_SUBJECTS.contains(s.lower(i - 2)) && i > 1
                || degree && !OPEN_SUBJECTS.contains(s.lower(0)));
    boolean describes =
        !made
            && (before.matches("an?|the") || s.tag(i - 1).equals("VERB"))
            && s.tag(i + 1).equals("NOUN");
    if (!says && !describes) {
      return null;
    }
    List<String> wrong = made ? verbForms(word) : family(word, says, degree);
    String noun = s.lower(i + 1);
    return Gap.of(
        s,
        i,
        wrong,
        "word_form",
        describes ? List.of(i - 1, i + 1) : List.of(i - 1),
        describes
            ? "The word tells what kind of "
                + noun
                + " it is, so it is the adjective: \""
                + word
                + "\"."
            : "The word comes after \""
                + before
                + "\" and tells what somebody or something is like, so it is the adjective: \""
                + word
                + "\".",
        describes
            ? "What kind of " + noun + "? Which form describes a noun?"
            : "Which form tells what somebody or something is like?");
  }

  /** The verb an adjective such as "scared" is made of. */
  private List<String> verbForms(String word) {
    String verb = morphology.lemma(word, PartOfSpeech.VERB);
    String third = morphology.form(verb, "VBZ");
    return third == null || verb.equals(word) ? List.of() : List.of(verb, third, "to " + verb);
  }

  /** The adverb, the nouns and, where no comparison can follow, the comparison. */
  private List<String> family(String word, boolean says, boolean degree) {
    String stem = word.endsWith("y") ? word.substring(0, word.length() - 1) + "i" : word;
    Set<String> all = new LinkedHashSet<>();
    boolean able = word.endsWith("le") && !word.endsWith("ole");
    add(all, able ? word.substring(0, word.length() - 1) + "y" : stem + "ly", "RB");
    add(all, stem + "ness", "NN");
    if (word.endsWith("ful") || word.endsWith("ous")) {
      add(all, word.substring(0, word.length() - 3), "NN");
      add(all, word.substring(0, word.length() - 3) + "s", "NNS");
    }
    if (word.endsWith("ive")) {
      add(all, word.substring(0, word.length() - 3) + "e", "NN");
      add(all, word.substring(0, word.length() - 3) + "ion", "NN");
    }
    if (word.endsWith("ent") || word.endsWith("ant")) {
      add(all, word.substring(0, word.length() - 1) + "ce", "NN");
    }
    if (word.endsWith("y") && says) {
      add(all, word.substring(0, word.length() - 1), "NN");
      add(all, word.substring(0, word.length() - 1) + "e", "NN");
    }
    if (degree) {
      String more = morphology.form(word, "JJR");
      String most = morphology.form(word, "JJS");
      if (more != null && most != null) {
        all.add(more);
        all.add(most);
      }
    }
    String longer = morphology.form(word, "JJR");
    if (longer != null && !longer.startsWith("more ")) {
      // A learner's slip that is wrong everywhere.
      all.add("more " + longer);
    }
    all.remove(word);
    return List.copyOf(all);
  }

  /** A noun that is an adjective or verb as well could be right. */
  private void add(Set<String> all, String form, String tag) {
    boolean sure =
        morphology.isEnglish(form)
            && morphology.hasTagStarting(form, tag)
            && !morphology.hasTagStarting(form, "JJ");
    if (sure) {
      all.add(form);
    }
  }
}
