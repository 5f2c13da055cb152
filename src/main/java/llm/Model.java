package llm;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A language model as the rest of the program sees it: asked for an object, gives a valid one. */
public interface Model {
  /**
   * Whether asking makes sense: there are keys for the service and its providers are not known to
   * be down. Costs nothing; the answer may be a few seconds old.
   */
  boolean available(String service);

  /**
   * Tokens that input and output of one call may have together, so that callers can cut long
   * material into parts (see {@link TokenEstimate}); 0 when nobody serves the service.
   */
  int contextTokens(String service);

  /**
   * An object that obeys the prompt's schema and the ask's own checks. Fails with {@link
   * ModelUnavailable} and nothing else: the caller goes on without a model.
   */
  Future<JsonObject> complete(Ask ask);

  /**
   * The same model for one piece of work: every call counts against its budgets, and all are called
   * off together. A call beyond a budget fails with {@link ModelUnavailable.Reason#BUDGET}, one
   * called off with {@link ModelUnavailable.Reason#CANCELLED}.
   *
   * @param budgets e.g. one of the job; besides those an ask has already
   */
  default Model within(List<Budget> budgets, Cancellation cancellation) {
    Model all = this;
    return new Model() {
      @Override
      public boolean available(String service) {
        return all.available(service);
      }

      @Override
      public int contextTokens(String service) {
        return all.contextTokens(service);
      }

      @Override
      public Future<JsonObject> complete(Ask ask) {
        List<Budget> both = new ArrayList<>(ask.budgets());
        both.addAll(budgets);
        return all.complete(
            new Ask(
                ask.service(),
                ask.account(),
                ask.prompt(),
                ask.data(),
                ask.maxOutputTokens(),
                ask.deadline(),
                ask.checks(),
                both,
                cancellation));
      }
    };
  }
}
