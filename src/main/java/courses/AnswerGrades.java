package courses;

import courses.content.Content;
import courses.content.FreeAnswer;
import courses.content.FreeAnswerGrader;
import courses.content.FreeAnswerGrader.Judgement;
import courses.content.Grading;
import courses.content.Written;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import messages.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grades answers: by rules, and where those can't tell, by a model, wherever in the cluster one is
 * to be had. Without one the answer waits for a review; it is never silently wrong. The same answer
 * to the same question is asked about once.
 */
public final class AnswerGrades {
  /** For a model's judgement; whoever handed the answer in waits for it. */
  public static final Duration MODEL = Duration.ofSeconds(9);

  private static final Duration REPLY = MODEL.plusSeconds(1);
  private static final String USUAL_LANGUAGE = "en";
  private static final Logger LOG = LoggerFactory.getLogger(AnswerGrades.class);

  private final Vertx vertx;
  private final Pool pool;

  public AnswerGrades(Vertx vertx, Pool postgres) {
    this.vertx = vertx;
    this.pool = postgres;
  }

  /**
   * A question with an answer to it.
   *
   * @param background what the course says on the question, for a model; may be empty
   * @param answer as it was sent; null when there is none
   */
  public record Answered(Grading.Item item, String background, Object answer) {}

  /**
   * A grade, and who gave it.
   *
   * @param grader {@link Written#RULES} or {@link Written#MODEL}
   * @param feedback a model's words to the learner
   */
  public record Graded(Grading.Grade grade, String grader, Optional<String> feedback) {}

  /** The language that the owner's course teaches in; BCP 47 tag. */
  public Future<String> language(String owner, Optional<UUID> course) {
    if (course.isEmpty()) {
      return Future.succeededFuture(USUAL_LANGUAGE);
    }
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT coalesce(target_language, nullif(language, 'und')) AS language FROM course"
                + " WHERE id = $1 AND owner_id = $2",
            Tuple.of(course.get(), owner))
        .map(
            rows ->
                rows.size() == 0
                    ? USUAL_LANGUAGE
                    : Optional.ofNullable(rows.iterator().next().getString("language"))
                        .orElse(USUAL_LANGUAGE));
  }

  /**
   * Grades one answer; never fails for want of a model.
   *
   * @param course of the question; empty when it is of none
   * @param language of the course; BCP 47 tag
   */
  public Future<Graded> grade(
      String owner, Optional<UUID> course, String language, Answered answered) {
    Grading.Item item = answered.item();
    if (!Grading.isFree(item.type()) || !(answered.answer() instanceof String written)) {
      return Future.succeededFuture(rules(item, answered.answer(), language));
    }
    String answer = FreeAnswer.of(written, language);
    if (answer.isBlank() && !written.isBlank()) {
      // nothing but words to whoever grades: a person is to see that
      return Future.succeededFuture(
          new Graded(
              new Grading.Grade(item.id(), Grading.Outcome.PENDING_REVIEW, 0, item.points()),
              Written.RULES,
              Optional.empty()));
    }
    Graded byRules = rules(item, answer, language);
    if (byRules.grade().outcome() != Grading.Outcome.PENDING_REVIEW) {
      return Future.succeededFuture(byRules);
    }
    return judged(owner, course, language, answered, answer)
        .map(
            judgement ->
                new Graded(
                    Grading.grade(item, judgement.share()),
                    Written.MODEL,
                    Optional.of(judgement.feedback())))
        .recover(
            failure -> {
              LOG.debug("a free answer waits for a review: {}", failure.toString());
              return Future.succeededFuture(byRules);
            });
  }

  private static Graded rules(Grading.Item item, Object answer, String language) {
    return new Graded(Grading.grade(item, answer, language), Written.RULES, Optional.empty());
  }

  /**
   * Grades a whole test.
   *
   * @param answers by question id, also of questions that there are not
   * @param backgrounds by question id, see {@link Answered}
   * @param passingScore percentage, 0 to 100
   */
  public Future<Grading.Result> grade(
      String owner,
      Optional<UUID> course,
      List<Grading.Item> items,
      Map<String, Object> answers,
      Map<String, String> backgrounds,
      int passingScore) {
    return language(owner, course)
        .compose(
            language -> {
              List<Future<Graded>> all = new ArrayList<>();
              for (Grading.Item item : items) {
                all.add(
                    grade(
                        owner,
                        course,
                        language,
                        new Answered(
                            item,
                            backgrounds.getOrDefault(item.id(), ""),
                            answers.get(item.id()))));
              }
              return Future.all(all)
                  .map(
                      done ->
                          Grading.total(
                              items,
                              all.stream().map(one -> one.result().grade()).toList(),
                              answers.keySet(),
                              passingScore));
            });
  }

  private Future<Judgement> judged(
      String owner, Optional<UUID> course, String language, Answered answered, String answer) {
    Grading.Item item = answered.item();
    FreeAnswerGrader.Task task =
        new FreeAnswerGrader.Task(
            item.text(),
            item.key().correct(),
            item.key().accepted(),
            answered.background(),
            answer,
            language,
            course.map(id -> "course:" + id).orElse("assessment"));
    String question =
        CourseRequest.sha256(
            FreeAnswerGrader.VERSION
                + "\n"
                + language
                + "\n"
                + item.text()
                + "\n"
                + item.key().toJson().encode());
    String given = CourseRequest.sha256(Grading.normal(answer));
    return known(owner, course, question, given)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.get())
                    : vertx
                        .eventBus()
                        .<JsonObject>request(
                            Addresses.COURSES_GRADE,
                            task.toJson(),
                            new DeliveryOptions().setSendTimeout(REPLY.toMillis()))
                        .map(reply -> Content.read(Judgement.class, reply.body()))
                        .compose(judged -> keep(owner, course, question, given, judged)));
  }

  private Future<Optional<Judgement>> known(
      String owner, Optional<UUID> course, String question, String answer) {
    if (course.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    return OwnerScope.of(pool, owner)
        .run(
            "SELECT share, feedback FROM course_free_grade WHERE course_id = $1 AND owner_id = $2"
                + " AND question = $3 AND answer = $4",
            Tuple.of(course.get(), owner, question, answer))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        new Judgement(
                            rows.iterator().next().getDouble("share"),
                            rows.iterator().next().getString("feedback"))));
  }

  private Future<Judgement> keep(
      String owner, Optional<UUID> course, String question, String answer, Judgement judged) {
    if (course.isEmpty()) {
      return Future.succeededFuture(judged);
    }
    return OwnerScope.of(pool, owner)
        .run(
            "INSERT INTO course_free_grade (course_id, owner_id, question, answer, share, feedback)"
                + " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            Tuple.of(course.get(), owner, question, answer, judged.share(), judged.feedback()))
        .map(judged);
  }
}
