package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.GrammarCheck;
import exercises.language.LearnerSlips;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Tagger;
import exercises.language.Token;
import exercises.language.WordNet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The sentences of a lesson that may be shown as good English. */
public final class ModelSentences {
  static final int SHORTEST = 4;
  static final int LONGEST = 14;
  private static final Pattern CLEAN = Pattern.compile("[\\p{IsLatin}\\p{N} ,.!?'\\-:]+");
  private static final Pattern BAD_START =
      Pattern.compile(
          "(?:ha|and|but|or|because|which|than|like|that|then|not|as|if"
              + " only|so|until|say|means|with|for|to|of|yes|no|okay|um|uh|hmm|yeah|right|well|even)\\b.*");
  private static final Pattern VAGUE =
      Pattern.compile(
          "\\b(?:this one|that one|these ones|the other one|like this|like that|over here|and so"
              + " on|or something|blah|stuff|whatever)\\b");
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(?:\\b(?:phone number|my number|password|e-?mail|gmail|my address|i live"
              + " (?:in|on|at)|you live (?:in|on|at)|my name|your name|last name|surname|years?"
              + " old|birthday is)\\b|@|\\d{5,})");

  /** A word of praise thrown in, a gap read aloud, a word named: no sentence stands so alone. */
  private static final Pattern CHAT =
      Pattern.compile(
          ",\\s*(?:great|lovely|nice|perfect|good|well"
              + " done|excellent|super|right|thanks|sorry|exactly|of course|you know|i see|i mean|i"
              + " know|really)\\s*[,.!?]|\\bblank\\b|\\bbase form\\b|^(?:on, because|i know,|you"
              + " know,|i see,|\\w+ is from \\w+\\.$)|\\b(?:usually |always |don't |just )?say"
              + " \\w+[.!?]$|\\bno [a-z]\\.$|\\ban? (?:\\w+ly"
              + " )?(?:small|big|tiny|huge|long|short|nice|good|bad|new|old)[.!?]$");

  /** Talk about the language itself, and pieces that only look like sentences. */
  private static final Pattern NO_MODEL =
      Pattern.compile(
          "(?:.*\\b(?:past of|the past\\b|you'd say|sounds? (?:like|different)|is written|written"
              + " the same|means|pronounced|people say|is called|is when|is where you|in british|in"
              + " american|plural|past simple|too long|short word|long word)\\b.*|(?:the|a|an) \\w+"
              + " (?:who|where|that|which) [^,]*|(?:your|my|his|her|the|our|their) \\w+,"
              + " .*|(?:there (?:is|are)|is there|are there),.*|(?:an?|the) [\\w-]+, there"
              + " .*|.*\\b(?:must|can|will|should|could|would)[.]|.*\\b(\\p{L}{5,})\\b.*, or"
              + " .*\\b\\1\\b.*|.*\\b(?:but|because|so|and) (?:on|in|at|with|under|for|to|not)"
              + " (?:the |my |your |a )?\\w+[.!]|.*\\b\\w+,"
              + " (?:fast|slow|slowly|please|again|okay|yes|no)[.!?])");

  // "When you are sick you stay in bed" asks nothing: after these the verb stands first, or after
  // what
  // is counted or measured.
  private static final Pattern QUESTION_START =
      Pattern.compile(
          "(?:(?:when|where|why|how(?: (?:many|much|often|old|long|far|big|tall)\\b(?:"
              + " [\\p{L}'-]+){0,2}?)?)"
              + " (?:is|are|was|were|do|does|did|can|could|will|would|should|have|has|am)\\b.*|(?:what|who|whose|which)\\b.*\\b(?:is|are|was|were|do|does|did|can|could|will|would|have|has|am)\\b.*|(?:do|does|did|is|are|was|were|can|could|will|would|should|have|has|am)"
              + " (?:i|you|he|she|it|we|they|the|your|my|his|her|there|this|that|these|those|our|their|people|anyone)\\b.*)");
  private static final Set<String> JOINING =
      Set.of(
          "that",
          "who",
          "which",
          "where",
          "when",
          "because",
          "if",
          "what",
          "how",
          "why",
          "while",
          "before",
          "after",
          "until",
          "as",
          "than",
          "whose",
          "so",
          "everything",
          "something",
          "anything",
          "any");
  private static final Set<String> TAKES_CLAUSE =
      Set.of(
          "think",
          "know",
          "say",
          "hope",
          "believe",
          "guess",
          "see",
          "feel",
          "mean",
          "hear",
          "tell",
          "wish",
          "let",
          "help",
          "make",
          "remember",
          "forget",
          "sure",
          "want",
          "watch");
  private final Morphology morphology;
  private final GrammarCheck grammar;
  private final LearnerSlips slips;
  private final SentenceShape shape;
  private final Tagger tagger;

  /** Not thread-safe. */
  public ModelSentences(Morphology morphology, Tagger tagger) {
    this.morphology = morphology;
    this.grammar = new GrammarCheck(morphology);
    this.slips = new LearnerSlips(morphology);
    this.shape = new SentenceShape(morphology);
    this.tagger = tagger;
  }

  /** Sentences of the lesson fit to practise with, in its order. */
  public List<Sentence> of(LessonText lesson, List<Mistake> mistakes, WordNet wordNet) {
    List<Sentence> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Mistake mistake : mistakes) {
      seen.add(key(mistake.incorrect()));
    }
    for (Mistake mistake : mistakes) {
      boolean sure = mistake.confidence() >= 0.7 && saidByTeacher(mistake) || saidWhole(mistake);
      Sentence sentence =
          sure
              ? accept(mistake.correct(), mistake.provenance(), true, lesson, mistakes, wordNet)
              : null;
      if (sentence != null && seen.add(key(sentence.text()))) {
        found.add(sentence);
      }
    }
    for (Turn turn : lesson.turns()) {
      if (!turn.teaching()) {
        continue;
      }
      for (String spoken : turn.sentences()) {
        Sentence sentence =
            ClassroomTalk.matches(spoken) ? null : spoken(spoken, turn, lesson, mistakes, wordNet);
        if (sentence != null && seen.add(key(sentence.text()))) {
          found.add(sentence);
        }
      }
    }
    return found;
  }

  /** Whether the teacher said just this sentence. */
  private static boolean saidWhole(Mistake mistake) {
    List<String> words = Parts.of(mistake.correct()).parts();
    List<String> said = Parts.of(mistake.context()).parts();
    return mistake.source().equals("teacher_correction")
        && (Parts.indexOf(said, words) >= 0 || Parts.indexOf(said, PointOfView.flip(words)) >= 0);
  }

  /**
   * A correction of one piece leaves the rest of the sentence unjudged: it is a model only where
   * the teacher said its words too, but for those that change with who speaks.
   */
  private static boolean saidByTeacher(Mistake mistake) {
    if (mistake.source().equals("student_mistake")) {
      return true;
    }
    List<String> words = Parts.of(mistake.correct()).parts();
    List<String> said = Parts.of(mistake.context()).parts();
    List<String> flipped = PointOfView.flip(words);
    int unheard = 0;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean small =
          EditClassifier.PRONOUNS.contains(word)
              || EditClassifier.AUXILIARIES.contains(word)
              || EditClassifier.ARTICLES.contains(word);
      boolean heard = said.contains(word) || said.contains(flipped.get(i));
      unheard += heard || small ? 0 : 1;
    }
    return unheard == 0 || unheard == 1 && words.size() <= 5;
  }

  private Sentence spoken(
      String spoken, Turn turn, LessonText lesson, List<Mistake> mistakes, WordNet wordNet) {
    String bare = Speech.bare(spoken);
    boolean inverted = asks(bare);
    boolean asked = spoken.strip().endsWith("?");
    if (asked && !inverted) {
      // "You goed?" is an echo, not a model.
      return null;
    }
    return accept(Speech.written(bare, inverted), turn.source(), false, lesson, mistakes, wordNet);
  }

  /** The sentence as one to practise with, or null where it is not fit for that. */
  public Sentence accept(
      String text,
      Provenance source,
      boolean corrected,
      LessonText lesson,
      List<Mistake> mistakes,
      WordNet wordNet) {
    List<Token> tokens = Token.split(text);
    int words = (int) tokens.stream().filter(t -> t.isWord() || t.isNumber()).count();
    String lower = text.toLowerCase(Locale.ROOT);
    boolean plain =
        words >= SHORTEST
            && words <= LONGEST
            && CLEAN.matcher(text).matches()
            && !BAD_START.matcher(lower).matches()
            && !VAGUE.matcher(lower).find()
            && !PERSONAL.matcher(lower).find()
            && !Expressions.matches(
                lower,
                ".*\\b(?:have|has|had|is|are|need|want|see|eat|take) (?:an?|the|my) \\w+ an?"
                    + " \\w+[.!?]")
            && !Expressions.matches(lower, ".+\\b(?:yes|yeah|okay|ok|hey|oh|ha|wow)\\b.*")
            && !Expressions.matches(lower, "(?s).*[.!?;] .*")
            && !CHAT.matcher(lower).find()
            && !Expressions.matches(lower, ".*(?:is|am|are|'s|'m|'re) (?:\\w+ )?years[.!]")
            && !(corrected
                && Expressions.matches(lower, "(?:your|my|his|her|the|our|their) \\w+, .*"))
            && !(NO_MODEL.matcher(lower).matches() && !corrected)
            && !(Expressions.matches(lower, "(?:what|where|who|why|how|which|when)\\b.*")
                && !text.endsWith("?")
                && !Expressions.matches(lower, "(?:when|what|how) [^,]+,.*"))
            && !text.contains("--");
    if (!plain
        || corrected && ClassroomTalk.matches(text)
        || mistakes.stream().anyMatch(mistake -> mistake.isQuotedIn(text))
        || lesson.names().occursIn(text)) {
      return null;
    }
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      String bare = Expressions.replaceFirst(token.lower(), "'s$", "");
      boolean place = token.isCapitalised() && wordNet.isPlaceOrTime(token.text());
      boolean proper =
          token.isCapitalised()
              && morphology.readings(token.text()).stream()
                  .anyMatch(r -> Expressions.matches(r.tag(), "JJ|NN|NNP?S?"));
      if (token.isWord()
          && (lesson.glosses().isForeign(bare)
              || !morphology.isEnglish(bare) && !place && !proper && !hyphenated(token))) {
        return null;
      }
    }
    List<String> tags = tagger.tag(tokens);
    int last = tags.size() - 2;
    boolean nounMissing =
        last > 1
            && tags.get(last).equals("ADJ")
            && !morphology.hasTagStarting(tokens.get(last).lower(), "NN")
            && Expressions.matches(tokens.get(last - 1).lower(), "an?|the|my|your|his|her");
    return !nounMissing
            && !misheard(tokens, tags)
            && complete(tokens, tags, text)
            && !runsOn(tokens, tags)
            && grammar.fault(tokens, tags) == null
            && slips.in(tokens, tags) == null
            && shape.standsAlone(lower, tokens, tags)
        ? Sentence.of(text, tokens, tags, source, corrected)
        : null;
  }

  /** "to the farm a sea", "to you catch": words that recognition put side by side. */
  private static boolean misheard(List<Token> tokens, List<String> tags) {
    for (int i = 2; i + 1 < tags.size(); i++) {
      boolean governed =
          tags.get(i - 1).equals("NOUN")
              && (tags.get(i - 2).equals("ADP")
                  || i > 2 && tags.get(i - 3).equals("ADP") && tags.get(i - 2).equals("DET"));
      boolean nounAgain =
          Expressions.matches(tokens.get(i).lower(), "an?|the|my|your")
              && tags.get(i + 1).equals("NOUN");
      boolean verbAfter =
          i + 2 < tags.size()
              && tags.subList(i + 2, tags.size()).stream()
                  .anyMatch(t -> Expressions.matches(t, "VERB|AUX"));
      boolean handed =
          tokens.get(i - 2).lower().equals("to")
              && tags.get(i - 1).equals("PRON")
              && tags.get(i).equals("VERB");
      if (governed && nounAgain && !verbAfter || handed) {
        return true;
      }
    }
    return false;
  }

  private boolean hyphenated(Token token) {
    String[] parts = token.lower().split("-");
    if (parts.length < 2) {
      return false;
    }
    for (String part : parts) {
      if (!morphology.isEnglish(part)) {
        return false;
      }
    }
    return true;
  }

  /** "I agree heavy luggage is a problem": two sentences that a recogniser wrote as one. */
  private boolean runsOn(List<Token> tokens, List<String> tags) {
    boolean verbSeen = false;
    boolean subjectSince = false;
    for (int i = 0; i < tokens.size(); i++) {
      String word = tokens.get(i).lower();
      if (Expressions.matches(tags.get(i), "PUNCT|CCONJ|SCONJ") || JOINING.contains(word)) {
        verbSeen = false;
      } else if (Expressions.matches(tags.get(i), "VERB|AUX")) {
        boolean finite =
            i > 0
                && !tokens.get(i - 1).lower().equals("to")
                && (morphology.hasTag(word, "VBD")
                    || morphology.hasTag(word, "VBZ")
                    || Expressions.matches(word, "is|are|was|were|am|has|had|did|does"));
        if (verbSeen && subjectSince && finite) {
          return true;
        }
        verbSeen |=
            !TAKES_CLAUSE.contains(morphology.lemma(word, PartOfSpeech.VERB))
                && !tags.get(i).equals("AUX");
        subjectSince = false;
      } else {
        subjectSince |= verbSeen && Expressions.matches(tags.get(i), "NOUN|PRON|PROPN");
      }
    }
    return false;
  }

  private static boolean complete(List<Token> tokens, List<String> tags, String text) {
    int verb = -1;
    for (int i = 0; i < tags.size() && verb < 0; i++) {
      boolean finiteContraction =
          Expressions.matches(
              tokens.get(i).lower(), "(?:i|you|he|she|it|we|they|that|there)'(?:m|re|s|ve|ll|d)");
      if (Expressions.matches(tags.get(i), "VERB|AUX") || finiteContraction) {
        verb = i;
      }
    }
    if (verb < 0) {
      return false;
    }
    boolean activity =
        verb == 0 && tokens.get(0).lower().endsWith("ing") && tags.get(1).equals("AUX");
    if (text.endsWith("?") || activity) {
      return true;
    }
    for (int i = 0; i <= verb; i++) {
      boolean contraction = tokens.get(i).lower().contains("'") && tags.get(i).equals("PRON");
      if (i < verb && Expressions.matches(tags.get(i), "PRON|NOUN|PROPN")
          || i == verb && contraction) {
        return true;
      }
    }
    return false;
  }

  /** True for a text that asks, whatever mark it ends with. */
  public static boolean asks(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return QUESTION_START.matcher(lower).matches()
        && !Expressions.matches(lower, "(?:when|what|whose|how) [^,]+,.*");
  }

  /** The same for sentences that differ in case and marks only. */
  public static String key(String text) {
    return String.join(" ", Token.words(text));
  }
}
