package telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;
import settings.Settings;

/**
 * Sets the log up as the settings say. Logs go to standard error: standard output belongs to what a
 * command prints.
 */
public final class Logging {
  private Logging() {}

  public static void configure(Settings.Log log) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    Level level = Level.toLevel(log.level());
    context.putProperty("LEVEL", level.levelStr);
    // Debugging this program is not debugging its libraries, but nobody who asks for errors only
    // wants their warnings.
    context.putProperty(
        "LIBRARY_LEVEL", level.isGreaterOrEqual(Level.WARN) ? level.levelStr : Level.WARN.levelStr);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    String file = log.json() ? "/conf/logback-json.xml" : "/conf/logback-text.xml";
    try {
      configurator.doConfigure(Logging.class.getResource(file));
    } catch (JoranException e) {
      throw new IllegalStateException("the packed log configuration " + file + " is broken", e);
    }
  }
}
