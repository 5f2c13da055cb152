package llm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;

/**
 * A model that is not asked again what it has answered: the same words of the same prompt and
 * schema, on behalf of the same user, get the same answer for a day (section 4.4 of the courses'
 * contract). Only answers that obeyed the schema and the ask's checks are kept, in this process's
 * memory. Safe for use by several threads.
 */
public final class RememberedAnswers implements Model {
  static final Duration KEPT = Duration.ofHours(24);
  private static final long MOST_CHARACTERS = 8_000_000;

  private final Model model;
  private final Set<String> prompts;
  private final Cache<String, String> answers;

  /**
   * @param prompts names of those whose answers are kept
   */
  public RememberedAnswers(Model model, Set<String> prompts) {
    this(model, prompts, Ticker.systemTicker());
  }

  RememberedAnswers(Model model, Set<String> prompts, Ticker ticker) {
    this.model = model;
    this.prompts = Set.copyOf(prompts);
    this.answers =
        Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .maximumWeight(MOST_CHARACTERS)
            .weigher((String key, String answer) -> key.length() + answer.length())
            .ticker(ticker)
            .build();
  }

  @Override
  public boolean available(String service) {
    return model.available(service);
  }

  @Override
  public int contextTokens(String service) {
    return model.contextTokens(service);
  }

  @Override
  public Future<JsonObject> complete(Ask ask) {
    if (!prompts.contains(ask.prompt().name()) || ask.cancellation().cancelled()) {
      return model.complete(ask);
    }
    String key = key(ask);
    String known = answers.getIfPresent(key);
    return known != null
        ? Future.succeededFuture(new JsonObject(known))
        : model.complete(ask).onSuccess(answer -> answers.put(key, answer.encode()));
  }

  /** Somebody else's answers are not given away: who asked is part of the question. */
  private static String key(Ask ask) {
    String user =
        ask.budgets().stream()
            .flatMap(budget -> budget.user().stream())
            .findFirst()
            .orElse(ask.account());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, user);
      add(digest, ask.service());
      add(digest, ask.prompt().name());
      add(digest, ask.prompt().schema().encode());
      add(digest, String.valueOf(ask.maxOutputTokens()));
      for (ChatMessage message : ask.prompt().render(ask.data())) {
        add(digest, message.role());
        add(digest, message.content());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
