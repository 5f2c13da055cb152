package verticles;

import databases.Databases;
import exercises.language.NlpModels;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import lessons.LessonStages;
import settings.Settings;
import telemetry.Health;
import telemetry.StageMetrics;
import work.WorkQueue;
import zoom.ZoomAccount;

/**
 * What a node gives its actors. They share it and own none of it: the node opens it before they
 * start and closes it after they stopped.
 *
 * @param node this node's name, for people who read who holds a lesson
 * @param lessonQueue the work engine over {@code zoom_summaries}, see {@link LessonStages}
 * @param zoom the school's Zoom account; empty when none is configured
 * @param models the language models, loaded at first use and then shared
 */
public record ActorParts(
    Settings settings,
    String node,
    String version,
    Databases databases,
    WorkQueue lessonQueue,
    Supplier<Future<NlpModels>> models,
    StageMetrics stageMetrics,
    PrometheusMeterRegistry registry,
    Health health,
    Optional<ZoomAccount> zoom) {}
