package transcripts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides who teaches and who learns. What is known beforehand counts first: the teacher's name or
 * address, labels that are roles. Otherwise the talk itself tells: who leads, praises, corrects,
 * asks and speaks most. There is one teacher and, unless labels say otherwise, one student; further
 * voices (a parent) stay {@link Role#UNKNOWN}. Utterances without a label are never guessed. The
 * same input always gives the same answer.
 */
public final class Speakers {
  /** A lone voice is the teacher only when it leads this often. */
  private static final double LONE_TEACHER_RATE = 0.15;

  private static final Set<String> TITLES =
      Set.of("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "teacher", "tutor");

  private Speakers() {}

  /**
   * @param roles by label as it stands in the utterances
   * @param reasons by label, one sentence each, for people who ask why
   */
  public record Assignment(Map<String, Role> roles, Map<String, String> reasons) {
    public Assignment {
      roles = Map.copyOf(roles);
      reasons = Map.copyOf(reasons);
    }

    /** The utterances with these roles. */
    public List<Utterance> apply(List<Utterance> utterances) {
      List<Utterance> assigned = new ArrayList<>(utterances.size());
      for (Utterance u : utterances) {
        Role role = roles.getOrDefault(u.speaker(), Role.UNKNOWN);
        assigned.add(
            new Utterance(u.index(), u.speaker(), role, u.startMillis(), u.endMillis(), u.text()));
      }
      return assigned;
    }
  }

  /** Roles for every label that occurs. */
  public static Assignment assign(List<Utterance> utterances, SpeakerHints hints) {
    return new Decision(SpeakerProfile.of(utterances), hints).decide();
  }

  private static final class Decision {
    private final List<SpeakerProfile> people;
    private final SpeakerHints hints;
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();

    Decision(List<SpeakerProfile> people, SpeakerHints hints) {
      this.people = people;
      this.hints = hints;
    }

    Assignment decide() {
      SpeakerProfile teacher = teacher();
      List<SpeakerProfile> others = new ArrayList<>();
      for (SpeakerProfile person : people) {
        if (person != teacher) {
          others.add(person);
        }
      }
      students(others, teacher);
      return new Assignment(roles, reasons);
    }

    private SpeakerProfile teacher() {
      List<SpeakerProfile> byName = matching(this::isHintedTeacher);
      List<SpeakerProfile> named =
          byName.isEmpty() ? matching(person -> hasRole(person, LabelWords.TEACHER)) : byName;
      if (named.size() == 1) {
        return give(
            named.get(0),
            Role.TEACHER,
            byName.isEmpty()
                ? "the label says so"
                : "the label matches the teacher's name or address");
      }
      List<SpeakerProfile> possible = new ArrayList<>(named.isEmpty() ? people : named);
      possible.removeIf(
          person ->
              hasRole(person, LabelWords.STUDENT)
                  || hasRole(person, LabelWords.OTHER)
                  || isHintedStudent(person));
      if (possible.isEmpty()) {
        return null;
      }
      if (people.size() == 1) {
        SpeakerProfile lone = possible.get(0);
        if (lone.teaching >= 3 && lone.teaching >= LONE_TEACHER_RATE * lone.turns) {
          return give(
              lone,
              Role.TEACHER,
              "the only voice, and it leads: "
                  + lone.teaching
                  + " instructions, praises or corrections");
        }
        give(lone, Role.UNKNOWN, "the only voice, and nothing tells whether it teaches or learns");
        return null;
      }
      if (possible.size() == 1) {
        return give(possible.get(0), Role.TEACHER, "everybody else is known not to be the teacher");
      }
      possible.sort(
          Comparator.comparingDouble(this::score)
              .reversed()
              .thenComparing(
                  Comparator.<SpeakerProfile>comparingInt(person -> person.words).reversed())
              .thenComparingInt(person -> person.order));
      SpeakerProfile best = possible.get(0);
      return give(
          best,
          Role.TEACHER,
          String.format(
              Locale.ROOT,
              "sounds most like the teacher (%.1f against %.1f): %d words, %d questions, %d"
                  + " instructions, praises or corrections",
              score(best),
              score(possible.get(1)),
              best.words,
              best.questions,
              best.teaching));
    }

    private void students(List<SpeakerProfile> others, SpeakerProfile teacher) {
      List<SpeakerProfile> left = new ArrayList<>();
      boolean student = false;
      for (SpeakerProfile person : others) {
        if (reasons.containsKey(person.labels.iterator().next())) {
          continue;
        }
        if (hasRole(person, LabelWords.OTHER)) {
          give(person, Role.UNKNOWN, "the label says it is somebody else, such as a parent");
        } else if (isHintedStudent(person) || hasRole(person, LabelWords.STUDENT)) {
          give(person, Role.STUDENT, "the label says so or matches the student's name");
          student = true;
        } else {
          left.add(person);
        }
      }
      left.sort(
          Comparator.<SpeakerProfile>comparingInt(person -> person.turns)
              .reversed()
              .thenComparing(
                  Comparator.<SpeakerProfile>comparingInt(person -> person.words).reversed())
              .thenComparingInt(person -> person.order));
      for (SpeakerProfile person : left) {
        if (student || teacher == null) {
          give(
              person,
              Role.UNKNOWN,
              student
                  ? "a further voice besides teacher and student"
                  : "no teacher is known to tell from");
        } else {
          give(person, Role.STUDENT, "takes most turns after the teacher (" + person.turns + ")");
          student = true;
        }
      }
    }

    private double score(SpeakerProfile person) {
      int words = 0;
      int questions = 0;
      int teaching = 0;
      int learning = 0;
      int addressed = 0;
      int toldBack = 0;
      for (SpeakerProfile each : people) {
        words += each.words;
        questions += each.questions;
        teaching += each.teaching;
        learning += each.learning;
        addressed += each.addressed;
        toldBack += each.toldBack;
      }
      return person.teacherScore(words, questions, teaching, learning, addressed, toldBack);
    }

    private List<SpeakerProfile> matching(Predicate<SpeakerProfile> test) {
      return people.stream().filter(test).toList();
    }

    private SpeakerProfile give(SpeakerProfile person, Role role, String reason) {
      for (String label : person.labels) {
        roles.put(label, role);
        reasons.put(label, reason);
      }
      return person;
    }

    private static boolean hasRole(SpeakerProfile person, Set<String> words) {
      for (String label : person.labels) {
        for (String word : label.split(" ")) {
          if (words.contains(Words.bare(word))) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean isHintedTeacher(SpeakerProfile person) {
      if (hasRole(person, LabelWords.OTHER)) {
        return false; // "Dana's mother" is not Dana
      }
      boolean byName = hints.teacherName().filter(name -> isNamed(person, name)).isPresent();
      return byName || hints.teacherEmail().filter(email -> isLocalPart(person, email)).isPresent();
    }

    private boolean isHintedStudent(SpeakerProfile person) {
      return !hasRole(person, LabelWords.OTHER)
          && hints.studentName().filter(name -> isNamed(person, name)).isPresent();
    }

    /**
     * The first name is enough, for labels are often only that; a family name alone is not,
     * families share it.
     */
    private static boolean isNamed(SpeakerProfile person, String name) {
      for (String word : Words.clean(name).split(" ")) {
        String bare = Words.bare(word);
        if (!bare.isEmpty() && !TITLES.contains(bare)) {
          return person.names().contains(bare);
        }
      }
      return false;
    }

    /** {@code dana.levi}, {@code danalevi7}, {@code dlevi} and {@code dana} all fit Dana Levi. */
    private static boolean isLocalPart(SpeakerProfile person, String email) {
      int at = email.indexOf('@');
      String[] parts =
          (at < 0 ? email : email.substring(0, at)).toLowerCase(Locale.ROOT).split("[^\\p{L}]+");
      for (String part : parts) {
        if (part.length() >= 3 && person.names().contains(part)) {
          return true;
        }
      }
      String letters = String.join("", parts);
      List<String> names = List.copyOf(person.names());
      if (names.size() < 2) {
        return false;
      }
      String family = names.get(names.size() - 1);
      return letters.equals(String.join("", names))
          || letters.equals(names.get(0).charAt(0) + family);
    }
  }
}
