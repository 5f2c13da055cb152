package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.Lexicon;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.language.WordNet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every word that a lesson may have taught: those of its model sentences and those it presented.
 */
final class WordCandidates {
  private final Morphology morphology;
  private final Lexicon lexicon;
  private final WordNet wordNet;

  /** Not thread-safe. */
  WordCandidates(Morphology morphology, Lexicon lexicon, WordNet wordNet) {
    this.morphology = morphology;
    this.lexicon = lexicon;
    this.wordNet = wordNet;
  }

  /**
   * @param announced words the teacher said the lesson was about
   * @param taughtForms forms that bear a sign of teaching
   */
  List<Candidate> in(
      LessonText lesson,
      List<Sentence> sentences,
      List<String> announced,
      Set<String> taughtForms) {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    Set<String> terms = terms(lesson);
    for (Sentence sentence : sentences) {
      for (int i = 0; i < sentence.tokens().size(); i++) {
        collect(sentence, i, lesson, announced, taughtForms, candidates);
      }
      phrases(sentence, announced, terms, candidates);
    }
    Set<String> presented = new LinkedHashSet<>(taughtForms);
    presented.addAll(announced);
    // A rare word that keeps coming back is what the talk is about.
    surface(lesson)
        .forEach(
            (form, n) -> {
              if (n >= 3 && morphology.frequency(form) <= 9) {
                presented.add(form);
              }
            });
    withoutExample(lesson, presented, candidates);
    Set<String> inPhrases = new HashSet<>();
    candidates.values().stream()
        .filter(c -> c.lemma.contains(" "))
        .forEach(
            c -> {
              for (String part : c.lemma.split(" ")) {
                inPhrases.addAll(morphology.lemmas(part));
              }
            });
    candidates.values().removeIf(c -> inPhrases.contains(c.lemma));
    return new ArrayList<>(candidates.values());
  }

  /**
   * Terms of two words, such as "sleeping bag", that the lesson announced and the dictionary has.
   */
  private void phrases(
      Sentence sentence, List<String> announced, Set<String> terms, Map<String, Candidate> into) {
    String words = " " + String.join(" ", Token.words(sentence.text())) + " ";
    Set<String> forms = new LinkedHashSet<>(announced);
    forms.addAll(terms);
    for (String form : forms) {
      boolean term =
          form.contains(" ")
              && words.contains(" " + form + " ")
              && !wordNet.entry(form, PartOfSpeech.NOUN).fields().isEmpty();
      if (term) {
        Candidate candidate =
            into.computeIfAbsent(form, k -> new Candidate(form, PartOfSpeech.NOUN));
        candidate.examples.add(sentence);
      }
    }
  }

  /** Pairs of words said at least three times that the dictionary lists as one noun. */
  private Set<String> terms(LessonText lesson) {
    Map<String, Integer> pairs = new HashMap<>();
    for (Turn turn : lesson.turns()) {
      List<String> words = Token.words(turn.text());
      for (int i = 0; i + 1 < words.size(); i++) {
        if (words.get(i).length() > 2 && words.get(i + 1).length() > 2) {
          pairs.merge(words.get(i) + " " + words.get(i + 1), 1, Integer::sum);
        }
      }
    }
    Set<String> found = new LinkedHashSet<>();
    pairs.forEach(
        (pair, said) -> {
          String[] words = pair.split(" ");
          boolean open =
              said >= 3
                  && morphology.hasTagStarting(words[1], "NN")
                  && morphology.readings(words[0]).stream()
                      .anyMatch(r -> Expressions.matches(r.tag(), "NN.*|JJ|VBG"))
                  && !TeachingSigns.isFunctionWord(words[0], morphology)
                  && !PlainWords.isEmpty(words[0]);
          if (open && !wordNet.entry(pair, PartOfSpeech.NOUN).fields().isEmpty()) {
            found.add(pair);
          }
        });
    return found;
  }

  private void collect(
      Sentence sentence,
      int i,
      LessonText lesson,
      List<String> announced,
      Set<String> taughtForms,
      Map<String, Candidate> into) {
    Token token = sentence.tokens().get(i);
    String lower = token.lower();
    // "exhausted" taught as a word is an adjective, not a form of "to exhaust".
    boolean participle =
        lower.endsWith("ed")
            && morphology.hasTag(lower, "JJ")
            && (announced.contains(lower) || taughtForms.contains(lower));
    PartOfSpeech pos =
        participle ? PartOfSpeech.ADJECTIVE : PartOfSpeech.ofUniversalTag(sentence.tag(i));
    boolean word =
        pos != null
            && token.isWord()
            && lower.length() >= 3
            && Expressions.matches(lower, "[a-z]+")
            && !(token.isCapitalised() && i > 0)
            && !lesson.names().isParticipant(lower)
            && !lesson.glosses().isForeign(lower);
    if (!word || morphology.readings(lower).stream().noneMatch(r -> r.pos() == pos)) {
      return;
    }
    String lemma = morphology.lemma(lower, pos);
    boolean usable =
        lemma.length() >= 3 && Expressions.matches(lemma, "[a-z]+") && morphology.isEnglish(lemma);
    if (usable) {
      Candidate candidate =
          into.computeIfAbsent(pos.ordinal() + lemma, k -> new Candidate(lemma, pos));
      if (!candidate.examples.contains(sentence)) {
        candidate.examples.add(sentence);
      }
    }
  }

  /** Words presented although no sentence around them is fit to be a model. */
  private void withoutExample(LessonText lesson, Set<String> forms, Map<String, Candidate> into) {
    for (String form : forms) {
      boolean word =
          Expressions.matches(form, "[a-z]{3,}")
              && morphology.isEnglish(form)
              && morphology.frequency(form) >= 5
              && !TeachingSigns.isFunctionWord(form, morphology)
              && !PlainWords.isCalendar(form)
              && !lesson.names().isParticipant(form)
              && !lesson.glosses().isForeign(form);
      if (!word) {
        continue;
      }
      PartOfSpeech pos = mainClass(form);
      if (pos != null) {
        String lemma = morphology.lemma(form, pos);
        boolean known =
            into.values().stream().anyMatch(c -> c.lemma.equals(lemma) || c.lemma.equals(form));
        if (!known && lemma.length() >= 3) {
          into.put(pos.ordinal() + lemma, new Candidate(lemma, pos));
        }
      }
    }
  }

  private static Map<String, Integer> surface(LessonText lesson) {
    Map<String, Integer> counts = new HashMap<>();
    lesson
        .turns()
        .forEach(turn -> Token.words(turn.text()).forEach(w -> counts.merge(w, 1, Integer::sum)));
    return counts;
  }

  /** The class a word alone most likely has: the one the word list or WordNet knows it in first. */
  private PartOfSpeech mainClass(String form) {
    if (form.endsWith("ing")
        && morphology.hasTag(form, "VBG")
        && lexicon.level(form, PartOfSpeech.NOUN) == 0) {
      return PartOfSpeech.VERB;
    }
    if (form.endsWith("ed") && morphology.hasTag(form, "JJ")) {
      return PartOfSpeech.ADJECTIVE;
    }
    PartOfSpeech first = null;
    for (PartOfSpeech pos : PartOfSpeech.values()) {
      boolean read = morphology.readings(form).stream().anyMatch(r -> r.pos() == pos);
      if (read && lexicon.level(morphology.lemma(form, pos), pos) > 0) {
        return pos;
      }
      first = read && first == null ? pos : first;
    }
    return first;
  }
}
