package llm;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A wanted JSON object.
 *
 * @param service whose pool of keys is used: {@code chapter}, {@code quiz}, {@code flashcard},
 *     {@code game}, {@code article}, {@code audio}, {@code lesson} or a name of the settings' own
 * @param account what the usage is booked on, e.g. {@code lesson:123}
 * @param data one member for each placeholder of the prompt
 * @param maxOutputTokens 1 to 100,000; a limit that is far too high eats quota
 * @param deadline for everything, with waiting and asking again
 * @param checks looks at an object that the schema allows; each text says one thing that is wrong
 *     with it, in words the model can mend it by
 * @param budgets that every call of it counts against; see {@link Model#within}
 * @param cancellation calls it off
 */
public record Ask(
    String service,
    String account,
    Prompt prompt,
    JsonObject data,
    int maxOutputTokens,
    Duration deadline,
    Function<JsonObject, List<String>> checks,
    List<Budget> budgets,
    Cancellation cancellation) {

  /** Nothing beyond the schema. */
  public static final Function<JsonObject, List<String>> SCHEMA_ONLY = object -> List.of();

  public Ask {
    budgets = List.copyOf(budgets);
  }

  /** Without a budget, and never called off. */
  public Ask(
      String service,
      String account,
      Prompt prompt,
      JsonObject data,
      int maxOutputTokens,
      Duration deadline,
      Function<JsonObject, List<String>> checks) {
    this(
        service,
        account,
        prompt,
        data,
        maxOutputTokens,
        deadline,
        checks,
        List.of(),
        Cancellation.NEVER);
  }
}
