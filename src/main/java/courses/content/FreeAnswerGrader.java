package courses.content;

import static courses.content.ModelReplies.objects;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import llm.Ask;
import llm.Model;
import llm.ModelUnavailable;
import llm.Prompt;

/**
 * Has a language model grade what rules can't: answers in a learner's own words. The model does not
 * give the grade: it names the ideas of the expected answer and quotes, for each that the learner
 * has, the learner's own words. The grade is counted from what the quotes bear out, so a text that
 * only talks to the model earns nothing, even where the model listens to it.
 */
public final class FreeAnswerGrader {
  /** Part of the key under which grades are kept: another prompt may grade otherwise. */
  public static final int VERSION = 1;

  private static final String SERVICE = "quiz";
  private static final int LONGEST = 4_000;
  private static final int MOST_IDEAS = 6;
  private static final int TOKENS = 900;
  private static final double PARTLY = 0.5;
  private static final int STEM = 4;

  // Writing without blanks between words.
  private static final Pattern UNSPACED =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsKhmer}\\p{IsLao}]");

  private final Model model;
  private final Prompt prompt = Prompt.load("course-grade", VERSION);

  public FreeAnswerGrader(Model model) {
    this.model = model;
  }

  /**
   * What is to be graded.
   *
   * @param background what the course says on the question; may be empty
   * @param answer as {@link FreeAnswer#of} left it, not empty
   * @param language of the feedback; BCP 47 tag
   * @param account what the usage is booked on
   */
  public record Task(
      String question,
      String expected,
      List<String> accepted,
      String background,
      String answer,
      String language,
      String account)
      implements Content {}

  /**
   * A model's judgement.
   *
   * @param share of the points, 0 to 1
   * @param feedback for the learner
   */
  public record Judgement(double share, String feedback) implements Content {}

  /** Fails with {@link ModelUnavailable}, also when nothing that can be believed came back. */
  public Future<Judgement> grade(Task task, Duration within) {
    if (!model.available(SERVICE)) {
      return Future.failedFuture(
          new ModelUnavailable(
              ModelUnavailable.Reason.NO_KEY, "no model is there to grade answers"));
    }
    String answer = ModelMaterial.clean(task.answer(), LONGEST);
    JsonObject data =
        new JsonObject()
            .put("question", ModelMaterial.clean(task.question(), LONGEST))
            .put(
                "expected",
                new JsonObject()
                    .put("answer", ModelMaterial.clean(task.expected(), LONGEST))
                    .put("alsoAccepted", new JsonArray(task.accepted()))
                    .put("background", ModelMaterial.clean(task.background(), LONGEST)))
            .put("answer", answer)
            .put("targetLanguage", task.language());
    return model
        .complete(
            new Ask(
                SERVICE,
                task.account(),
                prompt,
                data,
                TOKENS,
                within,
                reply -> faults(reply, task, answer)))
        .map(FreeAnswerGrader::judgement);
  }

  private static List<String> faults(JsonObject reply, Task task, String answer) {
    List<String> faults = new ArrayList<>();
    List<JsonObject> ideas = objects(reply, "ideas").toList();
    if (ideas.isEmpty() || ideas.size() > MOST_IDEAS) {
      faults.add("name 1 to " + MOST_IDEAS + " ideas of the expected answer");
    }
    String right = task.expected() + " " + String.join(" ", task.accepted());
    String expected = task.question() + " " + right;
    for (JsonObject idea : ideas) {
      String name = idea.getString("idea");
      String evidence = idea.getString("evidence");
      if (!idea.getString("said").equals("no")) {
        if (!quoted(evidence, answer)) {
          faults.add("the evidence for \"" + name + "\" must be copied exactly from the answer");
        } else if (FreeAnswer.addressesTheGrader(evidence)
            || !related(evidence, name + " " + right)) {
          faults.add("the evidence for \"" + name + "\" says nothing on the subject");
        }
      }
      if (!Sentences.shareWord(name, expected)
          && !Sentences.shareWord(name, task.background())
          && !UNSPACED.matcher(expected).find()) {
        faults.add("\"" + name + "\" is no idea of the expected answer: use its words");
      }
    }
    if (new GateRules(task.question(), task.language(), task.background())
        .broken(reply.getString("reason"))
        .isPresent()) {
      faults.add("reason must be one or two plain sentences to the learner");
    }
    return faults;
  }

  /**
   * Whether a quote has to do with what is expected: a word in common, or its stem. What says it in
   * entirely other words is left to a review.
   */
  private static boolean related(String evidence, String expected) {
    if (UNSPACED.matcher(expected).find()) {
      return evidence
          .codePoints()
          .filter(Character::isLetterOrDigit)
          .anyMatch(sign -> expected.indexOf(sign) >= 0);
    }
    List<String> wanted = Sentences.words(expected);
    return Sentences.shareWord(evidence, expected)
        || Sentences.words(evidence).stream()
            .filter(word -> word.length() > STEM)
            .anyMatch(
                word -> wanted.stream().anyMatch(one -> one.startsWith(word.substring(0, STEM))));
  }

  /** Whether the words stand in the answer, one behind the other. */
  private static boolean quoted(String evidence, String answer) {
    List<String> words = Sentences.words(Grading.normal(evidence));
    List<String> all = Sentences.words(Grading.normal(answer));
    return !words.isEmpty()
        && (Collections.indexOfSubList(all, words) >= 0
            || UNSPACED.matcher(answer).find()
                && String.join("", all).contains(String.join("", words)));
  }

  private static Judgement judgement(JsonObject reply) {
    List<JsonObject> ideas = objects(reply, "ideas").toList();
    Set<String> used = new HashSet<>();
    double said = 0;
    for (JsonObject idea : ideas) {
      String how = idea.getString("said");
      // the same few words can't be proof of everything
      boolean first =
          how.equals("no")
              || ideas.size() == 1
              || used.add(Grading.normal(idea.getString("evidence")))
              || Sentences.words(idea.getString("evidence")).size() > 3;
      said += !first ? 0 : how.equals("yes") ? 1 : how.equals("partly") ? PARTLY : 0;
    }
    double share = reply.getBoolean("contradicts") ? 0 : said / ideas.size();
    return new Judgement(
        Math.round(share * 100) / 100.0, ModelMaterial.clean(reply.getString("reason"), 500));
  }
}
