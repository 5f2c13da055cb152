package verticles;

import io.vertx.core.VertxException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import outbound.Failure;
import work.PermanentFailure;

/**
 * A failure that nobody foresaw: a fault of the program's. Its reason names type and place but not
 * the exception's message, which may quote what a child said in a lesson; the log gets the stack
 * without it.
 */
final class ProgramFault extends RuntimeException {
  private ProgramFault(String message) {
    super(message, null, false, false);
  }

  /**
   * The failure itself when it is of a kind that is expected of the outside world, otherwise a
   * fault that is fit to be shown.
   *
   * @param idKey what the id is called in the log, such as {@code lesson_id}
   * @param id of what was worked on
   */
  static Throwable presentable(Throwable failure, Logger log, String idKey, long id) {
    if (failure instanceof PermanentFailure
        || failure instanceof Failure
        || failure instanceof DatabaseException
        || failure instanceof VertxException
        || failure instanceof IOException
        || failure instanceof TimeoutException) {
      return failure;
    }
    StackTraceElement[] stack = failure.getStackTrace();
    String place =
        Arrays.stream(stack)
            .filter(frame -> !frame.getClassName().startsWith("java."))
            .findFirst()
            .map(frame -> frame.getClassName() + ":" + frame.getLineNumber())
            .orElse("an unknown place");
    ProgramFault fault =
        new ProgramFault(
            "a fault in this program: "
                + failure.getClass().getSimpleName()
                + " at "
                + place
                + "; please report it with the log");
    Throwable shown = new Throwable(failure.getClass().getName());
    shown.setStackTrace(stack);
    log.atError().addKeyValue(idKey, id).setCause(shown).log("a fault in this program");
    return fault;
  }
}
