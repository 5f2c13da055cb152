package load;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Students who play the steps of a mix, by chance and weight. Used on one thread at a time. */
final class SchoolClass {
  private final List<Step> steps;
  private final List<Student> students;
  private final Random random;
  private final Requests requests;

  /** What is sent for a step. */
  interface Requests {
    /**
     * @param student the number of the student who plays it
     */
    String of(Step step, int student);
  }

  SchoolClass(List<Step> steps, List<Student> students, Random random, Requests requests) {
    this.steps = steps;
    this.students = students;
    this.random = random;
    this.requests = requests;
  }

  /**
   * Steps by chance, each for some student; who has nothing to play on or to use up makes it
   * instead, and where one step is measured alone, another student goes on.
   */
  Supplier<Load.Job> jobs(Predicate<Step> wanted) {
    Supplier<Step> next = weighted(wanted);
    boolean single = steps.stream().filter(wanted).count() == 1;
    return () -> {
      Step step = next.get();
      int player = random.nextInt(students.size());
      if (!students.get(player).can(step)) {
        if (single) {
          player = firstWhoCan(step);
        } else {
          step = maker(step.needs());
        }
      }
      return player < 0 ? null : job(step, player);
    };
  }

  private int firstWhoCan(Step step) {
    for (int i = 0; i < students.size(); i++) {
      if (students.get(i).can(step)) {
        return i;
      }
    }
    return -1;
  }

  /** The step that makes something of a kind. */
  Step maker(String kind) {
    return steps.stream().filter(step -> kind.equals(step.makes())).findFirst().orElseThrow();
  }

  private Load.Job job(Step step, int player) {
    Student student = students.get(player);
    String text = requests.of(step, player);
    return new Load.Job() {
      @Override
      public String text() {
        return text;
      }

      @Override
      public void answered(Wire.Answer answer) {
        if (step.makes() != null && answer.status() == 201) {
          student.made(step.makes(), answer.made());
        }
      }
    };
  }

  private Supplier<Step> weighted(Predicate<Step> wanted) {
    List<Step> chosen = steps.stream().filter(wanted).toList();
    int[] upTo = new int[chosen.size()];
    int sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += chosen.size() == 1 ? 1 : chosen.get(i).weight();
      upTo[i] = sum;
    }
    int total = sum;
    return () -> {
      int at = Arrays.binarySearch(upTo, random.nextInt(total) + 1);
      return chosen.get(at < 0 ? -at - 1 : at);
    };
  }
}
