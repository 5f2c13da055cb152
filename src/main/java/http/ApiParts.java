package http;

import exercises.language.NlpModels;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import lessons.ApprovalStore;
import lessons.GenerationOverride;
import lessons.LessonStore;
import lessons.SetStore;
import lessons.WorkflowTriggers;
import settings.Settings;
import telemetry.Health;
import work.WorkQueue;
import zoom.EventStore;
import zoom.ZoomAccount;

/**
 * What the endpoints work with.
 *
 * @param mysql the host's database, which also holds the games
 * @param queue the lessons' work queue: redrives failed lessons
 * @param queues every queue that operators may look at, pause and resume; stage names are unique
 *     among them
 * @param compactView of a generated set and a lesson number, the first-generation view (section 5.7
 *     of the wire contract)
 * @param zoomEvents keeps what Zoom's webhooks tell
 * @param zoom the school's Zoom account; empty when none is configured
 * @param audio words and sentences read aloud
 * @param workflowTriggers what the school's workflow is told
 * @param models the language data of the quality gate, loaded when the first teacher changes an
 *     item
 * @param courses courses, their jobs and their assessments
 * @param sources what courses are made of
 */
public record ApiParts(
    Settings settings,
    Pool mysql,
    LessonStore lessons,
    SetStore sets,
    GenerationOverride override,
    WorkQueue queue,
    List<WorkQueue> queues,
    LessonGenerator generator,
    BiFunction<JsonObject, Integer, JsonObject> compactView,
    Health health,
    PrometheusMeterRegistry metrics,
    String version,
    ApprovalStore approvals,
    AudioParts audio,
    WorkflowTriggers workflowTriggers,
    EventStore zoomEvents,
    Optional<ZoomAccount> zoom,
    Supplier<Future<NlpModels>> models,
    CourseParts courses,
    SourceParts sources) {}
