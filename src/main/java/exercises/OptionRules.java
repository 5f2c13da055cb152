package exercises;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of gaps and their options. Each check gives the broken rule's name or null. */
final class OptionRules {
  private static final Pattern BLANK = Pattern.compile("_{2,}");
  private static final Pattern IN_WORD = Pattern.compile("[\\p{L}\\p{N}]_{2,}|_{2,}[\\p{L}\\p{N}]");

  /** Words that can stand for each other in most sentences: two of them are never both offered. */
  private static final List<Set<String>> INTERCHANGEABLE =
      List.of(
          Set.of("can", "could", "will", "would", "should", "must", "may", "might"),
          Set.of("my", "your", "his", "her", "our", "their", "its"),
          Set.of("this", "that"),
          Set.of("these", "those"),
          Set.of("he", "she", "it"),
          Set.of("we", "they", "you", "i"),
          Set.of("him", "her", "them", "us", "me", "it"),
          Set.of("mine", "yours", "hers", "ours", "theirs"),
          Set.of("a", "the"),
          Set.of("an", "the"),
          Set.of("many", "some", "several", "the"));

  private static final Set<String> PAST_BE = Set.of("was", "were");
  private final LessonEvidence evidence;
  private final Morphology morphology;
  private final WordNet wordNet;

  OptionRules(LessonEvidence evidence, Morphology morphology, WordNet wordNet) {
    this.evidence = evidence;
    this.morphology = morphology;
    this.wordNet = wordNet;
  }

  static int blanks(String text) {
    return (int) BLANK.matcher(text).results().count();
  }

  static String fill(String text, List<String> answers) {
    String out = text;
    for (String answer : answers) {
      out =
          BLANK
              .matcher(out)
              .replaceFirst(Matcher.quoteReplacement(answer.equals("—") ? "" : answer));
    }
    return out.replaceAll("\\s+", " ").strip();
  }

  String brokenText(String text, int answers) {
    if (text == null || blanks(text) != answers) {
      return "blank_count";
    }
    return IN_WORD.matcher(text).find() ? "blank_in_word" : null;
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
    return options.stream().anyMatch(o -> evidence.names.isParticipant(o))
        ? "participant_name"
        : null;
  }

  /**
   * @param text the gapped sentence with every other gap filled
   * @param vocabulary true when the meaning is asked for, false when the form is
   */
  String brokenChoice(String text, List<String> options, String answer, boolean vocabulary) {
    for (String option : options) {
      if (option.equals(answer)) {
        continue;
      }
      String broken = vocabulary ? rival(option, answer) : formRival(option, answer, text);
      if (broken != null) {
        return broken;
      }
      if (!option.equals("—") && evidence.wasSaid(fill(text, List.of(option)))) {
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
    boolean swap = INTERCHANGEABLE.stream().anyMatch(s -> s.contains(one) && s.contains(other));
    return swap || bothFinite(one, other, text) ? "several_right_options" : null;
  }

  /**
   * "likes" and "liked", "is" and "was": both agree with their subject, so only a time word can
   * decide.
   */
  private boolean bothFinite(String one, String other, String text) {
    if (!morphology.shareLemma(one, other)
        || text.matches(
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
        text.matches(
            "(?i).*\\b(?:do|does|did|don't|doesn't|didn't|can|can't|will|won't|would|should|must|could|to|have|has|had|is|are|am|was|were|let)\\b(?:"
                + " \\w+){0,2} _{2,}.*");
    return pastAndPresent && !needsBase && subjectAllows(past(one) ? other : one, text);
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
        subject.matches("he|she|it|this|that")
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
