package llm;

import io.vertx.core.Future;
import java.util.List;
import settings.LanguageModel;

/** Asks a provider whether it knows the configured models. */
public final class ModelCheck {
  private ModelCheck() {}

  /**
   * @return what is wrong and what to set; empty when nothing is, or when the provider has no list;
   *     never fails
   */
  public static Future<String> run(
      HttpCalls http, LanguageModel.Provider provider, List<LanguageModel.Key> keys) {
    LanguageModel.Key key =
        keys.stream().filter(k -> k.provider().equals(provider.name())).findFirst().orElseThrow();
    return http.models(provider, key)
        .map(
            listed -> {
              List<String> unknown =
                  provider.models().stream().filter(model -> !listed.contains(model)).toList();
              return listed.isEmpty() || unknown.isEmpty()
                  ? ""
                  : provider.name()
                      + " does not list "
                      + String.join(", ", unknown)
                      + ": set "
                      + Attempts.setting(provider)
                      + ", or ask for access";
            })
        .recover(
            error ->
                Future.succeededFuture(
                    provider.name() + " can't be asked for its models: " + error.getMessage()));
  }
}
