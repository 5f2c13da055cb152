package llm;

import settings.LanguageModel;
import settings.LanguageModel.ResponseFormat;

/**
 * Where providers of OpenAI's chat completions differ, as far as it is not a setting (section 3 of
 * the notes on outside services).
 *
 * @param maxTokensName of the parameter that limits the output
 * @param requestHeadersAreDaily rate-limit headers count requests a day, not a minute
 * @param schemaInWords the wanted JSON is also told in words, whatever the format
 * @param countsUsedTokens the quota counts what was used; otherwise what was reserved counts
 */
record Dialect(
    String maxTokensName,
    boolean requestHeadersAreDaily,
    boolean schemaInWords,
    boolean countsUsedTokens) {

  static Dialect of(LanguageModel.Provider provider) {
    String name = provider.name();
    boolean completion = name.equals("openai") || name.equals("groq");
    return new Dialect(
        !provider.maxTokensName().isEmpty()
            ? provider.maxTokensName()
            : completion ? "max_completion_tokens" : "max_tokens",
        name.equals("groq"),
        name.equals("local"),
        !name.equals("openai"));
  }

  /** The strictest format that a model is known to take. */
  static ResponseFormat format(LanguageModel.Provider provider, String model) {
    if (provider.responseFormat() != ResponseFormat.AUTO) {
      return provider.responseFormat();
    }
    return switch (provider.name()) {
      case "openai" -> ResponseFormat.STRICT;
      case "groq" ->
          model.startsWith("openai/gpt-oss-") ? ResponseFormat.STRICT : ResponseFormat.OBJECT;
      default -> ResponseFormat.SCHEMA;
    };
  }

  /** The next weaker format, for a model that does not take this one. */
  static ResponseFormat weaker(ResponseFormat format) {
    return switch (format) {
      case STRICT, SCHEMA -> ResponseFormat.OBJECT;
      default -> ResponseFormat.NONE;
    };
  }
}
