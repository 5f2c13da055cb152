package launch;

import io.vertx.core.Deployable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import verticles.ActorParts;
import verticles.ClassMonitor;
import verticles.CourseGenerator;
import verticles.ExerciseGenerator;
import verticles.GameHttp;
import verticles.LanguageModel;
import verticles.LessonPublisher;
import verticles.SpeechSynthesizer;
import verticles.TranscriptProcessor;
import verticles.WorkflowCaller;
import verticles.ZoomFetcher;

/**
 * Every verticle there is, by the name operators use, in the order they are deployed: those that
 * serve first, those that feed last.
 */
final class Roster {
  /**
   * @param instances how many when nobody says
   */
  record Role(Function<ActorParts, Deployable> make, IntSupplier instances) {}

  private static final Map<String, Role> ROLES = roles();

  private Roster() {}

  private static Map<String, Role> roles() {
    Map<String, Role> roles = new LinkedHashMap<>();
    roles.put(
        "GameHttp", new Role(GameHttp::new, () -> Runtime.getRuntime().availableProcessors()));
    roles.put("LessonPublisher", new Role(LessonPublisher::new, () -> 1));
    roles.put("SpeechSynthesizer", new Role(SpeechSynthesizer::new, () -> 1));
    roles.put("LanguageModel", new Role(LanguageModel::new, () -> 1));
    roles.put("ExerciseGenerator", new Role(ExerciseGenerator::new, () -> 1));
    roles.put("TranscriptProcessor", new Role(TranscriptProcessor::new, () -> 1));
    roles.put("ZoomFetcher", new Role(ZoomFetcher::new, () -> 1));
    roles.put("CourseGenerator", new Role(CourseGenerator::new, () -> 1));
    roles.put("WorkflowCaller", new Role(WorkflowCaller::new, () -> 1));
    roles.put("ClassMonitor", new Role(ClassMonitor::new, () -> 1));
    return Collections.unmodifiableMap(roles);
  }

  static Set<String> names() {
    return ROLES.keySet();
  }

  static Role role(String name) {
    return ROLES.get(name);
  }
}
