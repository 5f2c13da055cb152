package http;

import databases.PerPool;
import games.Catalogues;
import games.GameType;
import games.Games;
import games.IdleSessions;
import games.KnownWords;
import io.vertx.core.Vertx;

/** Every resource's endpoints; a new resource adds its line. */
final class AllEndpoints {
  private static final PerPool<KnownWords> WORDS = new PerPool<>("http.known-words");

  private AllEndpoints() {}

  static Endpoints of(Vertx vertx, ApiParts parts, ApiDocument document) {
    Endpoints endpoints = new Endpoints();
    new HealthEndpoints(parts).addTo(endpoints);
    new MetricsEndpoint(parts.metrics()).addTo(endpoints);
    new DocsEndpoints(document).addTo(endpoints);
    new ProcessEndpoints(parts, document.operation("process").rules()).addTo(endpoints);
    new ZoomLessonEndpoints(parts).addTo(endpoints);
    new RecordingEndpoints(vertx, parts).addTo(endpoints);
    new ExerciseEndpoints(parts).addTo(endpoints);
    new LessonEndpoints(parts).addTo(endpoints);
    new WorkEndpoints(parts).addTo(endpoints);
    new WorkflowEndpoints(vertx, parts).addTo(endpoints);
    new ZoomWebhookEndpoint(parts).addTo(endpoints);
    Catalogues catalogues = Catalogues.keeping(parts.mysql(), parts.settings().catalogue().age());
    KnownWords words = WORDS.of(vertx, parts.mysql(), KnownWords::new);
    SessionServices services = SessionServices.of(parts.mysql(), Games.all(catalogues, words));
    new SessionEndpoints(services, GameType.FLASHCARDS, "/v1/flashcards")
        .addTo(endpoints, "Flashcard");
    new SessionEndpoints(services, GameType.SPELLING_BEE, "/v1/spelling")
        .addTo(endpoints, "Spelling");
    CatalogueEndpoints.addAllTo(endpoints, parts.mysql(), catalogues, services);
    new TopicPerformanceEndpoint(parts.mysql()).addTo(endpoints);
    new UniversalEndpoints(services).addTo(endpoints);
    new FlashcardEndpoints(parts.mysql()).addTo(endpoints);
    new SpellingEndpoints(parts.mysql()).addTo(endpoints);
    new IdleSessions(parts.mysql()).abandonHourly(vertx);
    new WordListEndpoints(parts.mysql()).addTo(endpoints);
    new WordEndpoints(parts.mysql()).addTo(endpoints);
    new ApprovalEndpoints(parts).addTo(endpoints);
    new AudioEndpoints(parts.audio(), parts.settings().speech()).addTo(endpoints);
    new AudioFileEndpoint(parts.audio().library()).addTo(endpoints);
    new WordImport(parts.mysql(), document.operation("createWord").rules()).addTo(endpoints);
    new WordExport(parts.mysql(), RequestFiles.folder(parts.settings().dataDir())).addTo(endpoints);
    new SpeechToTextWebhook(parts).addTo(endpoints);
    new CourseJobEndpoints(parts).addTo(endpoints);
    new CourseEndpoints(parts).addTo(endpoints);
    new CourseAudioEndpoint(parts).addTo(endpoints);
    new CourseResponses(parts).addTo(endpoints);
    new CourseNotes(parts).addTo(endpoints);
    new CourseProgressEndpoints(parts).addTo(endpoints);
    new PdfProgress(parts).addTo(endpoints);
    new PdfRecommendations(parts).addTo(endpoints);
    new TopicProgress(parts).addTo(endpoints);
    new CourseAssessments(parts).addTo(endpoints);
    new TopicCourseEndpoints(parts).addTo(endpoints);
    new PdfCourseEndpoints(parts).addTo(endpoints);
    new PdfQuizzes(parts).addTo(endpoints);
    new NoteAssessments(parts).addTo(endpoints);
    new RemediationEndpoint(parts).addTo(endpoints);
    new SourceFileEndpoints(parts).addTo(endpoints);
    new UploadEndpoint(parts).addTo(endpoints);
    new TranscriptEndpoint(parts).addTo(endpoints);
    new ModelEndpoints(parts).addTo(endpoints);
    return endpoints;
  }
}
