package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.Morphology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Slips that are wrong wherever they are said ("more cheap", "before two weeks", "enjoy to swim"),
 * where the teacher's answer has the right form. What else the teacher said does not matter, so
 * these are found in answers that no alignment can follow.
 */
final class TellingSlips {
  /** The rest of the sentence is the student's own: only what the teacher said becomes a model. */
  private static final double CONFIDENCE = 0.65;

  private static final Set<String> TAKES_ING =
      Set.of("enjoy", "finish", "mind", "avoid", "keep", "practise", "practice", "suggest", "miss");
  private static final Set<String> TAKES_TO =
      Set.of(
          "hope", "decide", "want", "need", "promise", "plan", "learn", "offer", "refuse",
          "manage");
  private static final String NUMBER =
      "an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|\\d+";
  private static final String SPAN = "(?:minute|hour|day|night|week|month|year)s?";
  private static final String DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?";
  private static final String MODAL = "must|can|could|should|may|might|will|would";
  private static final String PREPOSITION = "for|of|at|in|without|about|after|before";

  private final Morphology morphology;
  private final MistakeWriter writer;

  TellingSlips(Morphology morphology, MistakeWriter writer) {
    this.morphology = morphology;
    this.writer = writer;
  }

  /** Each slip of the student's sentence that the teacher's turn has in its right form. */
  List<Mistake> find(String seed, Parts words, Turn student, Turn teacher) {
    List<String> said = words.parts();
    List<String> right = Parts.of(teacher.text()).parts();
    List<Mistake> found = new ArrayList<>();
    for (int i = 0; i < said.size() && said.size() <= 40; i++) {
      Edit edit = at(said, i, right);
      if (edit == null) {
        continue;
      }
      Alignment alignment =
          new Alignment(edit.from(), edit.to(), List.of(edit), 2, 0, Alignment.GRAMMAR);
      Mistake mistake =
          writer.write(
              seed, words, alignment, student, teacher.text(), CONFIDENCE, "teacher_correction");
      if (mistake != null) {
        found.add(mistake);
      }
      i = Math.max(i, edit.to() - 1);
    }
    return found;
  }

  private Edit at(List<String> said, int i, List<String> right) {
    Edit edit = compared(said, i, right);
    edit = edit == null ? secondVerb(said, i, right) : edit;
    edit = edit == null ? time(said, i, right) : edit;
    edit = edit == null ? third(said, i, right) : edit;
    edit = edit == null ? counted(said, i, right) : edit;
    edit = edit == null ? owner(said, i, right) : edit;
    return edit == null ? turned(said, i, right) : edit;
  }

  /** "More cheap", "the most big". */
  private Edit compared(List<String> said, int i, List<String> right) {
    if (!Expressions.matches(word(said, i), "more|most")
        || !morphology.hasTag(word(said, i + 1), "JJ")) {
      return null;
    }
    if (said.get(i).equals("more") && morphology.hasTagStarting(word(said, i + 2), "NN")) {
      // "More cold water" is more of it.
      return null;
    }
    String form = morphology.form(word(said, i + 1), said.get(i).equals("more") ? "JJR" : "JJS");
    return form != null && right.contains(form) ? replace(said, i, i + 2, List.of(form)) : null;
  }

  /** "Enjoy to swim", "hope getting", "thanks for listen", "must to go". */
  private Edit secondVerb(List<String> said, int i, List<String> right) {
    String word = said.get(i);
    String next = word(said, i + 1);
    String after = word(said, i + 2);
    Set<String> lemmas = morphology.lemmas(word);
    if (next.equals("to") && morphology.hasTag(after, "VB")) {
      String ing = morphology.form(after, "VBG");
      if (lemmas.stream().anyMatch(TAKES_ING::contains) && right.contains(ing)) {
        return replace(said, i + 1, i + 3, List.of(ing));
      }
      boolean bare =
          Expressions.matches(word, MODAL)
              && right.contains(after)
              && Parts.indexOf(right, List.of("to", after)) < 0;
      return bare ? replace(said, i + 1, i + 2, List.of()) : null;
    }
    boolean ing = next.endsWith("ing") && morphology.hasTag(next, "VBG");
    if (ing && lemmas.stream().anyMatch(TAKES_TO::contains)) {
      for (String lemma : morphology.lemmas(next)) {
        if (!lemma.equals(next) && Parts.indexOf(right, List.of("to", lemma)) >= 0) {
          return replace(said, i + 1, i + 2, List.of("to", lemma));
        }
      }
    }
    if (Expressions.matches(word, PREPOSITION)
        && morphology.hasTag(next, "VB")
        && !morphology.hasTagStarting(next, "NN")) {
      String form = morphology.form(next, "VBG");
      return form != null && Parts.indexOf(right, List.of(word, form)) >= 0
          ? replace(said, i + 1, i + 2, List.of(form))
          : null;
    }
    return null;
  }

  /** "Before two weeks", "since six years", "in Friday", "the next week". */
  private static Edit time(List<String> said, int i, List<String> right) {
    String word = said.get(i);
    String next = word(said, i + 1);
    String after = word(said, i + 2);
    if (Expressions.matches(word, "before|since|from")
        && Expressions.matches(next, NUMBER)
        && Expressions.matches(after, SPAN)) {
      boolean ago = Parts.indexOf(right, List.of(after, "ago")) >= 0;
      boolean lasting =
          !word.equals("before") && Parts.indexOf(right, List.of("for", next, after)) >= 0;
      return ago
          ? replace(said, i, i + 3, List.of(next, after, "ago"))
          : lasting ? replace(said, i, i + 1, List.of("for")) : null;
    }
    if (Expressions.matches(word, "in|at|the") && Expressions.matches(next, DAY)) {
      boolean on =
          Parts.indexOf(right, List.of("on", next)) >= 0
              && !Expressions.matches(word(said, i - 1), "on|by|until|till|since");
      return on ? replace(said, i, i + 1, List.of("on")) : null;
    }
    if (word.equals("the")
        && Expressions.matches(next, "next|last")
        && Expressions.matches(after, SPAN)) {
      boolean bare =
          Parts.indexOf(right, List.of(next, after)) >= 0
              && Parts.indexOf(right, List.of("the", next, after)) < 0
              && !Expressions.matches(word(said, i - 1), "in|of|for|during|on|at");
      return bare ? replace(said, i, i + 1, List.of()) : null;
    }
    return null;
  }

  /** "She miss her grandmother", "my brother eat it". */
  private Edit third(List<String> said, int i, List<String> right) {
    String verb = said.get(i);
    String subject = word(said, i - 1);
    boolean pronoun = Expressions.matches(subject, "he|she|it");
    int from = pronoun ? i - 1 : i - 2;
    boolean named =
        !pronoun
            && Expressions.matches(word(said, from), "my|your|his|her|our|their")
            && morphology.hasTag(subject, "NN")
            && !morphology.hasTagStarting(verb, "NN");
    boolean heads =
        from == 0
            || Expressions.matches(word(said, from - 1), "because|but|and|so|when|now|yes|no|then");
    boolean base =
        (pronoun || named)
            && heads
            && morphology.hasTag(verb, "VBP")
            && !morphology.hasTag(verb, "VBD")
            && !EditClassifier.AUXILIARIES.contains(verb.equals("have") ? "" : verb)
            && !EditClassifier.PREPOSITIONS.contains(verb)
            && !morphology.hasTagStarting(verb, "RB");
    if (!base) {
      return null;
    }
    for (String tag : List.of("VBZ", "VBD")) {
      String form = morphology.form(verb, tag);
      int at = form == null ? -1 : right.indexOf(form);
      boolean told =
          at > 0
              && (Expressions.matches(right.get(at - 1), "he|she|it|who|always|never|only")
                  || right.get(at - 1).equals(subject));
      if (told) {
        return replace(said, i, i + 1, List.of(form));
      }
    }
    return null;
  }

  /** "Three medal": the teacher counts them. */
  private Edit counted(List<String> said, int i, List<String> right) {
    String noun = word(said, i + 1);
    boolean one =
        Expressions.matches(said.get(i), "two|three|four|five|six|seven|eight|nine|ten|many")
            && morphology.hasTag(noun, "NN")
            && !morphology.hasTag(noun, "NNS")
            && !morphology.hasTagStarting(noun, "JJ")
            && !Expressions.matches(noun, "one|two|three|hundred|thousand|million|percent");
    String plural = one ? morphology.form(noun, "NNS") : null;
    String after = word(said, i + 2);
    if (plural != null && Parts.indexOf(right, List.of(after, plural)) >= 0) {
      // "Two eye black": put right are both.
      return replace(said, i + 1, i + 3, List.of(after, plural));
    }
    if (morphology.hasTagStarting(after, "JJ")) {
      return null;
    }
    return plural != null && !plural.equals(noun) && right.contains(plural)
        ? replace(said, i + 1, i + 2, List.of(plural))
        : null;
  }

  /** "The chair of my father". */
  private static Edit owner(List<String> said, int i, List<String> right) {
    boolean of =
        said.get(i).equals("the")
            && word(said, i + 2).equals("of")
            && Expressions.matches(word(said, i + 3), "my|your|his|her|our|their");
    String thing = word(said, i + 1);
    String owner = word(said, i + 4);
    return of && Parts.indexOf(right, List.of(owner + "'s", thing)) >= 0
        ? replace(said, i, i + 5, List.of(said.get(i + 3), owner + "'s", thing))
        : null;
  }

  /** "The fur brown": the teacher has "brown fur". */
  private Edit turned(List<String> said, int i, List<String> right) {
    String noun = said.get(i);
    String adjective = word(said, i + 1);
    boolean pair =
        morphology.hasTagStarting(noun, "NN")
            && !morphology.hasTagStarting(noun, "JJ")
            && !morphology.hasTagStarting(noun, "VB")
            && morphology.hasTag(adjective, "JJ")
            && !morphology.hasTagStarting(adjective, "RB")
            && !morphology.hasTagStarting(adjective, "VB")
            && i + 2 == said.size();
    return pair
            && Parts.indexOf(right, List.of(adjective, noun)) >= 0
            && Parts.indexOf(right, List.of(noun, adjective)) < 0
        ? replace(said, i, i + 2, List.of(adjective, noun))
        : null;
  }

  private static Edit replace(List<String> said, int from, int to, List<String> with) {
    return new Edit(from, to, new ArrayList<>(said.subList(from, to)), with);
  }

  private static String word(List<String> words, int i) {
    return i < 0 || i >= words.size() ? "" : words.get(i);
  }
}
