package messages;

/**
 * The event bus addresses: the whole contract between the actors. Messages on {@code lessons.*}
 * only say "look now", the work itself is a row; they may get lost.
 */
public final class Addresses {
  private Addresses() {}

  /** A lesson may need its recording: wakes ZoomFetcher. */
  public static final String LESSONS_FETCH = "lessons.fetch";

  /** A lesson's transcript may need processing: wakes TranscriptProcessor. */
  public static final String LESSONS_TRANSCRIBE = "lessons.transcribe";

  /** A lesson may need exercises: wakes ExerciseGenerator. */
  public static final String LESSONS_GENERATE = "lessons.generate";

  /** Zoom has said that a recording is there: wakes ZoomFetcher. */
  public static final String ZOOM_EVENTS = "zoom.events";

  /** A judged set may need publishing: wakes LessonPublisher. */
  public static final String LESSONS_PUBLISH = "lessons.publish";

  /** The school's workflow may have to be told of a class: wakes WorkflowCaller. */
  public static final String LESSONS_TRIGGER = "lessons.trigger";

  /** The school's workflow may have delivered a lesson: wakes WorkflowCaller. */
  public static final String LESSONS_DELIVER = "lessons.deliver";

  /** A course's source may have to be read: wakes CourseGenerator. */
  public static final String COURSES_EXTRACT = "courses.course_extract";

  /** A part of a course may have to be written: wakes CourseGenerator. */
  public static final String COURSES_WRITE = "courses.course_write";

  /** A script of a course may have to be read aloud: wakes CourseGenerator. */
  public static final String COURSES_SPEECH = "courses.course_speech";

  /** Work of a course was called off: CourseGenerator looks which, and tells it to stop. */
  public static final String COURSES_STOP = "courses.stop";

  /**
   * A course's job has a new event, of the job that {@code about} names: wakes whoever shows them.
   * Without a name it may be any, for notifications were missed.
   */
  public static final String COURSES_EVENTS = "courses.events";

  /**
   * Request/reply, answered by CourseGenerator: what is made while somebody waits for it. {@code
   * {what: quiz, owner, course, chapter?}} and {@code {what: notes, owner, files, questions,
   * difficulty}} give a {@code courses.content.Assessment}, {@code {what: again, owner, course,
   * chapter}} gives {@code {lessons}}. Fails with 400 when nothing can be made of what is there,
   * and with 503 when it may be tried again.
   */
  public static final String COURSES_DEMAND = "courses.demand";

  /**
   * Request/reply: a learner's free answer as {@code courses.content.FreeAnswerGrader.Task} in, a
   * model's {@code Judgement} out; answered by CourseGenerator where there may be a model.
   */
  public static final String COURSES_GRADE = "courses.grade";

  /**
   * Sent once for a budget of calls of models: {@code {budget, percent, spentUsd, maxUsd}} when 80
   * percent of it are spent, and when it is; read by CourseGenerator.
   */
  public static final String LLM_BUDGET = "llm.budget";

  /** The host's classes may have ended: wakes ClassMonitor. */
  public static final String CLASSES_ENDED = "classes.ended";

  /**
   * Published: a lesson moved, as {@link LessonProgress}; for whoever watches, nobody depends on
   * it.
   */
  public static final String LESSONS_PROGRESS = "progress.lessons";

  /** Request/reply: a transcript in, a generated set out; answered by ExerciseGenerator. */
  public static final String EXERCISES_GENERATE = "exercises.generate";

  /**
   * Request/reply: {@code {text}} in, the kept audio's {@code {id, bytes}} out; answered by
   * SpeechSynthesizer.
   */
  public static final String SPEECH_SYNTHESIZE = "speech.synthesize";

  /**
   * Request/reply: {@code {language, without}} in, {@code {voice, piece_characters}} of the voice
   * that would read it out, or an empty object; {@code {task, audio, ordinal, voice, text,
   * language}} in, {@code {outcome: read | refused | resting}} out when that piece of a course's
   * recording is stored or will not be; answered by SpeechSynthesizer.
   */
  public static final String SPEECH_NARRATE = "speech.narrate";

  /**
   * Request/reply: one call of a language model, as {@code llm.Question} in and {@code
   * llm.ChatReply} out; answered by LanguageModel.
   */
  public static final String LLM_COMPLETE = "llm.complete";

  /**
   * Published: the id of a call on {@link #LLM_COMPLETE} whose answer nobody wants any more; heard
   * by every LanguageModel.
   */
  public static final String LLM_CANCEL = "llm.cancel";

  /** Request/reply: which services have models, and how large; answered by LanguageModel. */
  public static final String LLM_STATUS = "llm.status";
}
