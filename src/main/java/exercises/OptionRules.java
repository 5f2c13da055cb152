package exercises;

import exercises.language.Expressions;
import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import exercises.language.WordNet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of gaps and their options. Each check gives the broken rule's name or null. */
public final class OptionRules {
  private static final Pattern BLANK = Pattern.compile("_{2,}");
  private static final Pattern IN_WORD = Pattern.compile("[\\p{L}\\p{N}]_{2,}|_{2,}[\\p{L}\\p{N}]");

  /** Words that can stand for each other in most sentences: two of them are never both offered. */
  private static final List<Set<String>> INTERCHANGEABLE =
      List.of(
          Set.of("can", "could", "will", "would", "should", "must", "may", "might", "did"),
          Set.of("don't", "didn't", "won't", "can't", "couldn't", "wouldn't", "shouldn't"),
          Set.of("doesn't", "didn't", "won't", "can't", "couldn't", "wouldn't", "shouldn't"),
          Set.of("a", "the", "my", "your", "his", "her", "our", "their", "its", "this", "that"),
          Set.of("an", "the", "my", "your", "his", "her", "our", "their", "its", "this", "that"),
          Set.of("the", "my", "your", "his", "her", "our", "their", "these", "those"),
          Set.of("this", "that"),
          Set.of("these", "those"),
          Set.of("he", "she", "it"),
          Set.of("we", "they", "you", "i"),
          Set.of("him", "her", "them", "us", "me", "it"),
          Set.of("mine", "yours", "hers", "ours", "theirs"),
          Set.of("a", "the"),
          Set.of("an", "the"),
          Set.of("many", "some", "several", "the"));

  /** Words of grammar that the dictionary also lists as nouns, verbs or adjectives. */
  private static final Set<String> CLOSED =
      Set.of(
          "am", "is", "are", "was", "were", "be", "been", "being", "do", "does", "did", "done",
          "have", "has", "had", "can", "could", "will", "would", "shall", "should", "must", "may",
          "might", "this", "that", "these", "those", "a", "an", "the", "my", "your", "his", "her",
          "its", "our", "their", "mine", "yours", "hers", "ours", "theirs", "in", "on", "at", "to",
          "for", "from", "of", "by", "with", "than", "as", "like", "since", "off", "up", "down",
          "over", "under", "behind", "between", "next", "some", "any", "many", "much", "few",
          "little", "more", "most", "no", "not", "i", "you", "he", "she", "it", "we", "they", "me",
          "him", "us", "them", "there", "here", "who", "what", "one", "ones");

  private static final Set<String> PAST_BE = Set.of("was", "were");
  private final Findings findings;
  private final LessonEvidence evidence;
  private final Morphology morphology;
  private final WordNet wordNet;

  /** Rules that report to {@code findings}. */
  public OptionRules(
      LessonEvidence evidence, Morphology morphology, WordNet wordNet, Findings findings) {
    this.findings = findings;
    this.evidence = evidence;
    this.morphology = morphology;
    this.wordNet = wordNet;
  }

  static int blanks(String text) {
    return (int) BLANK.matcher(text).results().count();
  }

  /** The text with its blanks replaced by the answers in order. */
  public static String fill(String text, List<String> answers) {
    String out = text;
    for (String answer : answers) {
      out =
          BLANK
              .matcher(out)
              .replaceFirst(Matcher.quoteReplacement(answer.equals("—") ? "" : answer));
    }
    return Expressions.replaceAll(out, "\\s+", " ").strip();
  }

  String brokenText(String text, int answers) {
    if (text == null || blanks(text) != answers) {
      return "blank_count";
    }
    return IN_WORD.matcher(text).find() ? "blank_in_word" : null;
  }

  /** An answer that stands in the text anyway asks for nothing. */
  String brokenStem(String text, String answer, boolean vocabulary) {
    String wanted = answer.toLowerCase(Locale.ROOT);
    if (wanted.length() < 4 || CLOSED.contains(wanted)) {
      return null;
    }
    boolean told =
        Token.words(text).stream()
            .anyMatch(
                w ->
                    w.equals(wanted)
                        || vocabulary && w.length() > 3 && morphology.shareLemma(w, wanted));
    return findings.ends(told, "stem_gives_answer") ? "stem_gives_answer" : null;
  }

  String brokenOptions(List<String> options, String answer, int fewest, int most) {
    if (answer == null
        || answer.isBlank()
        || options.size() < fewest
        || options.size() > most
        || options.stream().anyMatch(o -> o == null || o.isBlank())
        || !options.contains(answer)) {
      return "options";
    }
    Set<String> distinct = new HashSet<>();
    for (String option : options) {
      if (!distinct.add(option.strip().toLowerCase(Locale.ROOT))) {
        return "duplicate_options";
      }
    }
    for (String option : options) {
      String broken = TextRules.broken(option);
      if (broken != null) {
        return broken;
      }
      // Learners' slips such as "more big" are fair options; text nobody can read is not.
      if (TextRules.isNoise(option)) {
        return "answer_noise";
      }
    }
    boolean misspelled =
        Token.words(answer).stream()
            .anyMatch(w -> !w.contains("'") && !morphology.isEnglish(w) && !answer.equals("—"));
    if (findings.ends(misspelled, "misspelled")) {
      return "misspelled";
    }
    return options.stream().anyMatch(o -> evidence.names.isParticipant(o))
        ? "participant_name"
        : null;
  }

  /**
   * @param text the gapped sentence with every other gap filled
   * @param vocabulary true when the meaning is asked for, false when the form is
   */
  public String brokenChoice(String text, List<String> options, String answer, boolean vocabulary) {
    for (String option : options) {
      if (option.equals(answer)) {
        continue;
      }
      // What the student said and the teacher put right is wrong, though its form may fit.
      boolean slip =
          !vocabulary
              && evidence.isSlip(fill(text, List.of(option)))
              && !morphology.shareLemma(
                  option.toLowerCase(Locale.ROOT), answer.toLowerCase(Locale.ROOT));
      if (slip) {
        continue;
      }
      String broken =
          findings.weigh(vocabulary ? rival(option, answer) : formRival(option, answer, text));
      if (broken != null) {
        return broken;
      }
      boolean said = !option.equals("—") && evidence.wasSaid(fill(text, List.of(option)));
      if (findings.ends(said, "several_right_options")) {
        return "several_right_options";
      }
    }
    return null;
  }

  private String rival(String option, String answer) {
    String one = option.toLowerCase(Locale.ROOT);
    String other = answer.toLowerCase(Locale.ROOT);
    if (!morphology.isEnglish(one) || evidence.glosses.isForeign(one)) {
      return "not_english";
    }
    boolean sameForm =
        morphology.readings(one).stream()
            .anyMatch(
                a ->
                    morphology.readings(other).stream()
                        .anyMatch(b -> base(a.tag()).equals(base(b.tag()))));
    if (!sameForm) {
      return "other_word_class";
    }
    boolean passes =
        wordNet.couldPass(
            morphology.lemma(one, PartOfSpeech.NOUN), morphology.lemma(other, PartOfSpeech.NOUN));
    if (passes) {
      return "several_right_options";
    }
    for (PartOfSpeech pos : PartOfSpeech.values()) {
      if (wordNet.related(morphology.lemma(one, pos), morphology.lemma(other, pos), pos)) {
        return "several_right_options";
      }
    }
    return null;
  }

  private String formRival(String option, String answer, String text) {
    String one = option.toLowerCase(Locale.ROOT);
    String other = answer.toLowerCase(Locale.ROOT);
    if (otherWord(one, other)) {
      return "several_right_options";
    }
    boolean negated =
        one.equals(other + "n't") || other.equals(one + "n't") || one.equals("not " + other);
    boolean swap =
        negated || INTERCHANGEABLE.stream().anyMatch(s -> s.contains(one) && s.contains(other));
    return swap || bothFinite(one, other, text) ? "several_right_options" : null;
  }

  /** Another word in the same form: the grammar allows both, and only the meaning could decide. */
  private boolean otherWord(String one, String other) {
    if (CLOSED.contains(one) || CLOSED.contains(other) || morphology.shareLemma(one, other)) {
      return false;
    }
    Set<String> these = openTags(one);
    Set<String> those = openTags(other);
    long common = these.stream().filter(those::contains).count();
    return common * 2 > Math.min(these.size(), those.size());
  }

  private Set<String> openTags(String word) {
    Set<String> tags = new HashSet<>();
    for (Morphology.Reading reading : morphology.readings(word)) {
      if (Expressions.matches(reading.tag(), "(?:NN|VB|JJ).*")) {
        tags.add(base(reading.tag()));
      }
    }
    return tags;
  }

  /**
   * "likes" and "liked", "is" and "was": both agree with their subject, so only a time word can
   * decide.
   */
  private boolean bothFinite(String one, String other, String text) {
    if (!morphology.shareLemma(one, other)
        || afterNumber(text)
        || Expressions.matches(
            text,
            "(?i).*\\b(?:yesterday|ago|last"
                + " (?:night|week|month|year|summer|winter|weekend|\\w+day))\\b.*")) {
      return false;
    }
    boolean be = Set.of("am", "is", "are", "was", "were").contains(one);
    if (be) {
      boolean singular =
          Set.of("is", "was", "am").contains(one) && Set.of("is", "was", "am").contains(other);
      boolean plural = Set.of("are", "were").contains(one) && Set.of("are", "were").contains(other);
      boolean amIs = Set.of(one, other).equals(Set.of("am", "is"));
      return PAST_BE.contains(one) != PAST_BE.contains(other)
          && (singular || plural)
          && !amIs
          && matchesSubject(one, text);
    }
    boolean pastAndPresent = past(one) && present(other) || past(other) && present(one);
    boolean needsBase =
        Expressions.matches(
            text,
            "(?i).*\\b(?:hasn't|haven't|hadn't|isn't|aren't|do|does|did|don't|doesn't|didn't|can|can't|will|won't|would|should|must|could|to|have|has|had|is|are|am|was|were|let)\\b(?:"
                + " \\w+){0,2} _{2,}.*");
    return pastAndPresent && !needsBase && subjectAllows(past(one) ? other : one, text);
  }

  /** "three times": a noun, whatever verb it looks like. */
  private static boolean afterNumber(String text) {
    return Expressions.matches(
        before(text), "two|three|four|five|six|seven|eight|nine|ten|many|some|these|those|\\d+");
  }

  private static boolean matchesSubject(String be, String text) {
    String before = before(text);
    if (be.equals("am") || before.equals("i")) {
      return be.equals("am") || be.equals("was");
    }
    return true;
  }

  private boolean subjectAllows(String present, String text) {
    String subject = before(text);
    boolean third =
        Expressions.matches(subject, "he|she|it|this|that")
            || morphology.hasTagStarting(subject, "NN") && !morphology.hasTag(subject, "NNS");
    return morphology.hasTag(present, "VBZ") == third;
  }

  private static String before(String text) {
    List<String> words = Token.words(BLANK.split(text, 2)[0]);
    return words.isEmpty() ? "" : words.get(words.size() - 1);
  }

  private boolean past(String word) {
    return morphology.hasTag(word, "VBD");
  }

  private boolean present(String word) {
    return (morphology.hasTag(word, "VBZ") || morphology.hasTag(word, "VBP")) && !past(word);
  }

  private static String base(String tag) {
    return tag.split(":")[0];
  }
}
