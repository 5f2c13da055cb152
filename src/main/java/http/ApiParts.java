package http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.function.BiFunction;
import lessons.ApprovalStore;
import lessons.GenerationOverride;
import lessons.LessonStore;
import lessons.SetStore;
import lessons.WorkflowTriggers;
import settings.Settings;
import telemetry.Health;
import work.WorkQueue;

/**
 * What the endpoints work with.
 *
 * @param mysql the host's database, which also holds the games
 * @param queue the lessons' work queue: redrives failed lessons
 * @param queues every queue that operators may look at, pause and resume; stage names are unique
 *     among them
 * @param compactView of a generated set and a lesson number, the first-generation view (section 5.7
 *     of the wire contract)
 * @param audio words and sentences read aloud
 * @param workflowTriggers what the school's workflow is told
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
    SourceParts sources) {}
