package llm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * One call of a model, before anybody has decided which one: the body of a request on {@code
 * llm.complete}.
 *
 * @param service whose pool of keys is used, e.g. {@code lesson} or {@code chapter}
 * @param account what the usage is booked on, e.g. {@code lesson:123}
 * @param promptName also the schema's name
 * @param schema of the wanted object
 * @param maxOutputTokens 1 to 100,000
 * @param deadline from now on; waiting for quota counts
 * @param budgets it counts against, at most {@value #MOST_BUDGETS}
 * @param cancellation calls it off; no part of {@link #toJson()}, see {@link ModelOverBus}
 * @param ahead whether somebody waits for what comes of it now: it goes before calls nobody waits
 *     for, see {@link CallQueue}
 */
public record Question(
    String service,
    String account,
    String promptName,
    List<ChatMessage> messages,
    JsonObject schema,
    int maxOutputTokens,
    Duration deadline,
    List<Budget> budgets,
    Cancellation cancellation,
    boolean ahead) {
  static final int MOST_BUDGETS = 8;
  private static final int MOST_TOKENS = 100_000;

  public Question {
    messages = List.copyOf(messages);
    budgets = List.copyOf(budgets);
    if (budgets.size() > MOST_BUDGETS) {
      throw new IllegalArgumentException("a call has at most " + MOST_BUDGETS + " budgets");
    }
    if (maxOutputTokens < 1 || maxOutputTokens > MOST_TOKENS) {
      throw new IllegalArgumentException("maxOutputTokens must be from 1 to " + MOST_TOKENS);
    }
  }

  /** One that nobody waits for. */
  public Question(
      String service,
      String account,
      String promptName,
      List<ChatMessage> messages,
      JsonObject schema,
      int maxOutputTokens,
      Duration deadline,
      List<Budget> budgets,
      Cancellation cancellation) {
    this(
        service,
        account,
        promptName,
        messages,
        schema,
        maxOutputTokens,
        deadline,
        budgets,
        cancellation,
        false);
  }

  /** Without a budget, and never called off. */
  public Question(
      String service,
      String account,
      String promptName,
      List<ChatMessage> messages,
      JsonObject schema,
      int maxOutputTokens,
      Duration deadline) {
    this(
        service,
        account,
        promptName,
        messages,
        schema,
        maxOutputTokens,
        deadline,
        List.of(),
        Cancellation.NEVER);
  }

  /** The same, called off by another. */
  public Question until(Cancellation other) {
    return with(deadline, other, ahead);
  }

  /** The same with less time. */
  Question within(Duration left) {
    return with(left, cancellation, ahead);
  }

  /** The same as one that somebody waits for. */
  Question asAhead() {
    return with(deadline, cancellation, true);
  }

  private Question with(Duration time, Cancellation other, boolean goesAhead) {
    return new Question(
        service,
        account,
        promptName,
        messages,
        schema,
        maxOutputTokens,
        time,
        budgets,
        other,
        goesAhead);
  }

  /** On whose behalf it is, see {@link Budget#ofUser}; empty when nobody was named. */
  String user() {
    return budgets.stream().flatMap(budget -> budget.user().stream()).findFirst().orElse("");
  }

  /** Whoever it waits in turn with others as: its user, or the piece of work. */
  String payer() {
    String user = user();
    return user.isEmpty() ? account : "user:" + user;
  }

  /** What the messages will count as input, estimated on the high side. */
  int inputTokens() {
    int tokens = TokenEstimate.of(schema.encode());
    for (ChatMessage message : messages) {
      tokens += TokenEstimate.of(message.content()) + TokenEstimate.PER_MESSAGE;
    }
    return tokens;
  }

  public JsonObject toJson() {
    JsonArray texts = new JsonArray();
    messages.forEach(message -> texts.add(message.toJson()));
    JsonArray caps = new JsonArray();
    budgets.forEach(budget -> caps.add(budget.toJson()));
    return new JsonObject()
        .put("service", service)
        .put("account", account)
        .put("prompt", promptName)
        .put("messages", texts)
        .put("schema", schema)
        .put("max_output_tokens", maxOutputTokens)
        .put("deadline_ms", deadline.toMillis())
        .put("budgets", caps)
        .put("ahead", ahead);
  }

  /**
   * @throws IllegalArgumentException when a member is missing or of another type
   */
  public static Question of(JsonObject json) {
    try {
      return new Question(
          json.getString("service"),
          json.getString("account"),
          json.getString("prompt"),
          json.getJsonArray("messages").stream()
              .map(message -> ChatMessage.of((JsonObject) message))
              .toList(),
          json.getJsonObject("schema"),
          json.getInteger("max_output_tokens"),
          Duration.ofMillis(json.getLong("deadline_ms")),
          json.getJsonArray("budgets", new JsonArray()).stream()
              .map(budget -> Budget.of((JsonObject) budget))
              .toList(),
          Cancellation.NEVER,
          json.getBoolean("ahead", false));
    } catch (ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("a question to a model lacks a member", e);
    }
  }
}
