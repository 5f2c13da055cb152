package http;

import courses.AnswerGrades;
import courses.NoteStore;
import courses.ProgressStore;
import courses.QuizRecords;
import courses.ResponseStore;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/** What learners leave in courses: graded answers, notes, progress. */
public record CourseLearning(
    AnswerGrades grades,
    ResponseStore responses,
    NoteStore notes,
    ProgressStore progress,
    QuizRecords quizzes) {
  /** Over the stores in Postgres. */
  static CourseLearning over(Vertx vertx, Pool postgres) {
    return new CourseLearning(
        new AnswerGrades(vertx, postgres),
        new ResponseStore(postgres),
        new NoteStore(postgres),
        new ProgressStore(postgres),
        new QuizRecords(postgres));
  }
}
