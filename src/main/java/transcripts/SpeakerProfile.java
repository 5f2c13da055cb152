package transcripts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One person of a lesson, perhaps under several labels, and what their talk sounds like. */
final class SpeakerProfile {
  private static final List<String> TEACHING =
      phrases(
          """
          very good | well done | good job | excellent | exactly | repeat after me | repeat | it should be |
          we say | you can say | you say | don't say | correction | the correct | try again | once more |
          one more time | let's | look at | read the | the next one | next question | new word | the word is |
          what does | how do we | how do you spell | can you tell me | can you make | homework |
          make a sentence | in english | not quite | almost | careful | remember | for example | it means |
          that means | page | your turn | perfect | great job | listen
          """);

  private static final List<String> LEARNING =
      phrases(
          """
          how do you say | how to say | how i say | what is this word | what it means | i don't understand |
          i not understand | i don't know | i forgot | i forget | in hebrew | in arabic | in spanish |
          in my language | teacher | um, | uh, | eh, | um... | uh... | eh...
          """);

  final String key;
  final Set<String> labels = new LinkedHashSet<>();
  private final Set<String> names = new LinkedHashSet<>();
  final int order;
  int words;
  int turns;
  int questions;
  int teaching;
  int learning;
  int shortTurns;
  int addressed;

  /** Turns that say back to another what that one told of himself: "I ran" - "You ran". */
  int toldBack;

  SpeakerProfile(String key, int order) {
    this.key = key;
    this.order = order;
  }

  private static List<String> phrases(String list) {
    return List.of(list.strip().split("\\s*\\|\\s*"));
  }

  void addLabel(String label) {
    if (labels.add(label)) {
      for (String word : label.split(" ")) {
        String bare = possessorOf(Words.bare(word));
        if (bare.length() >= 2) {
          names.add(bare);
        }
      }
    }
  }

  /** The words of this person's labels, lower case. */
  Set<String> names() {
    return names;
  }

  void hear(String text) {
    String lower = ' ' + text.toLowerCase(Locale.ROOT).replace('’', '\'');
    int count = Words.count(text);
    words += count;
    turns++;
    shortTurns += count <= 4 ? 1 : 0;
    for (int i = 0; i < text.length(); i++) {
      questions += text.charAt(i) == '?' ? 1 : 0;
    }
    for (String phrase : TEACHING) {
      teaching += lower.contains(' ' + phrase) ? 1 : 0;
    }
    for (String phrase : LEARNING) {
      learning += lower.contains(' ' + phrase) ? 1 : 0;
    }
  }

  /**
   * How much this person sounds like the one who teaches, given the lesson's totals. Every part is
   * a share between 0 and 1, so that no single habit decides: leading phrases weigh most, then
   * questions, then amount of talk.
   */
  double teacherScore(
      int allWords,
      int allQuestions,
      int allTeaching,
      int allLearning,
      int allAddressed,
      int allToldBack) {
    double score =
        3 * share(teaching, allTeaching)
            + 2 * share(questions, allQuestions)
            + 1.5 * share(words, allWords);
    score += share(addressed, allAddressed);
    score += 1.5 * share(toldBack, allToldBack);
    score -= 1.5 * share(learning, allLearning);
    score -= turns == 0 ? 0 : (double) shortTurns / turns;
    return score;
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  static String possessorOf(String bare) {
    String plain = bare.replace('’', '\'');
    return plain.endsWith("'s") ? plain.substring(0, plain.length() - 2) : plain;
  }

  static List<SpeakerProfile> of(List<Utterance> utterances) {
    SpeakerGroups groups = new SpeakerGroups();
    for (Utterance utterance : utterances) {
      if (!utterance.speaker().isEmpty()) {
        groups.add(utterance.speaker());
      }
    }
    groups.merge();
    List<SpeakerProfile> profiles = new ArrayList<>(groups.profiles());
    String other = "";
    SpeakerProfile before = null;
    String last = "";
    for (Utterance utterance : utterances) {
      SpeakerProfile profile = groups.of(utterance.speaker());
      if (profile != null) {
        // A turn may be several utterances: what the other said last counts for all of them.
        if (profile != before) {
          other = last;
          last = "";
          before = profile;
        }
        last = (last + ' ' + utterance.text()).strip();
        profile.hear(utterance.text());
        profile.toldBack += tellsBack(utterance.text(), other) ? 1 : 0;
        profile.addressed += addresses(utterance.text(), profile, profiles) ? 1 : 0;
      }
    }
    return profiles;
  }

  /**
   * Whether a text says about "you" what the other said about "I". A teacher takes up what a
   * student tells, in the right form; students repeat, but seldom turn it round.
   */
  private static boolean tellsBack(String text, String other) {
    Set<String> mine = words(text);
    Set<String> theirs = words(other);
    boolean turned =
        (mine.contains("you") || mine.contains("your"))
            && !mine.contains("i")
            && (theirs.contains("i") || theirs.contains("my") || theirs.contains("me"));
    mine.retainAll(theirs);
    mine.removeIf(word -> word.length() < 4);
    return turned && mine.size() >= 2;
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).replace('’', '\'').split("[^\\p{L}]+")) {
      words.add(word);
    }
    return words;
  }

  /** Whether the text names another person of the lesson, as in "Good morning, Noam". */
  private static boolean addresses(String text, SpeakerProfile self, List<SpeakerProfile> all) {
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && text.charAt(i) != ' ') {
        continue;
      }
      if (i > start && Character.isUpperCase(text.charAt(start))) {
        String bare = possessorOf(Words.bare(text.substring(start, i)));
        if (bare.length() >= 3 && !self.names.contains(bare)) {
          for (SpeakerProfile other : all) {
            if (other != self && other.names.contains(bare)) {
              return true;
            }
          }
        }
      }
      start = i + 1;
    }
    return false;
  }
}
