package http;

import games.CatalogueFilter;
import games.CatalogueItem;
import games.CatalogueStore;
import games.CatalogueViewer;
import games.Catalogues;
import games.GameType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Topics, lessons, items and hints of one game's catalogue, and the game's sessions under the same
 * family of paths.
 */
final class CatalogueEndpoints {
  private static final int LIMIT = 20;
  private static final int ALIAS_LIMIT = 10;

  private final Pool mysql;
  private final SessionServices services;
  private final CatalogueStore store;
  private final CatalogueRendering rendering;
  private final String family;
  private final Set<String> answerTokens;

  private CatalogueEndpoints(
      Pool mysql,
      SessionServices services,
      CatalogueStore store,
      String family,
      Set<String> answerTokens) {
    this.mysql = mysql;
    this.services = services;
    this.store = store;
    this.rendering = new CatalogueRendering(store.game());
    this.family = family;
    this.answerTokens = answerTokens;
  }

  /** All three games that have a catalogue. */
  static void addAllTo(
      Endpoints endpoints, Pool mysql, Catalogues catalogues, SessionServices services) {
    Set<String> answers = Set.of("options", "explanation", "answers");
    new CatalogueEndpoints(mysql, services, catalogues.cloze(), "/v1/advanced-cloze", answers)
        .addTo(endpoints, "Cloze", "Topics", "Items");
    new CatalogueEndpoints(mysql, services, catalogues.grammar(), "/v1/grammar-challenge", answers)
        .addTo(endpoints, "Grammar", "Categories", "Questions");
    new CatalogueEndpoints(
            mysql,
            services,
            catalogues.sentence(),
            "/v1/sentence-builder",
            Set.of("tokens", "answers"))
        .addTo(endpoints, "Sentence", "Topics", "Items");
  }

  private void addTo(Endpoints endpoints, String name, String topics, String items) {
    endpoints
        .add("list" + name + topics, this::topics)
        .add("list" + name + "Lessons", this::lessons)
        .add("list" + name + items, this::items)
        .add("get" + name + "Hint", this::hint);
    SessionEndpoints sessions = new SessionEndpoints(services, store.game(), family);
    Endpoints own = new Endpoints();
    sessions.addTo(own, name);
    if (store.game() == GameType.GRAMMAR_CHALLENGE) {
      sessions.addSkipTo(own, "skipGrammarQuestion");
    }
    own.byOperation()
        .forEach((id, endpoint) -> endpoints.add(id, call -> endpoint.answer(withLimit(call))));
  }

  /** The pages' default size depends on the path a list is called by. */
  private static Call withLimit(Call call) {
    call.input().query().getMap().putIfAbsent("limit", call.alias() ? ALIAS_LIMIT : LIMIT);
    return call;
  }

  private Future<Reply> topics(Call call) {
    Input input = call.input();
    return store
        .topics(mysql, viewer(call), input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows().forEach(topic -> rows.add(rendering.topic(topic)));
              return list(call, rows, rendering.topicsKey(), page.total());
            });
  }

  private Future<Reply> lessons(Call call) {
    Input input = call.input();
    return store
        .lessons(mysql, viewer(call), filter(input), input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows().forEach(lesson -> rows.add(rendering.lesson(lesson)));
              return list(call, rows, "lessons", page.total());
            });
  }

  private Future<Reply> items(Call call) {
    Input input = withLimit(call).input();
    boolean answers = call.alias() || asksForAnswers(input);
    return store
        .items(mysql, viewer(call), filter(input), input.page(), input.limit())
        .map(
            page -> {
              JsonArray rows = new JsonArray();
              page.rows().forEach(item -> rows.add(answers ? item.json() : item.question()));
              return list(call, rows, store.game().itemsMember(), page.total());
            });
  }

  private Future<Reply> hint(Call call) {
    String id = call.pathSegment("itemId");
    return store
        .item(mysql, viewer(call), id)
        .map(
            found -> {
              CatalogueItem item = found.orElseThrow(() -> unknown(id));
              return Reply.ok(rendering.hint(item, call.legacy()));
            });
  }

  private ApiException unknown(String id) {
    return new ApiException(
            ErrorCode.valueOf(store.game().unknownItemCode()),
            "there is no such " + store.game().noun(),
            new JsonObject().put("invalidIds", new JsonArray().add(id)))
        .asMissing();
  }

  private static Reply list(Call call, JsonArray rows, String key, long total) {
    return Reply.ok(LegacyTwins.where(call.legacy(), Listing.of(rows, key, call.input(), total)));
  }

  private boolean asksForAnswers(Input input) {
    String include = input.query("include").orElse("").toLowerCase(Locale.ROOT);
    return List.of(include.split(",")).stream().map(String::strip).anyMatch(answerTokens::contains);
  }

  private CatalogueFilter filter(Input input) {
    return new CatalogueFilter(
        input.query(rendering.topicMember()), input.query("lessonId"), input.query("difficulty"));
  }

  /**
   * Only a proved scope opens a class; where everybody is believed, a class id alone must not show
   * what is not approved.
   */
  private static CatalogueViewer viewer(Call call) {
    return new CatalogueViewer(call.knownLearner(), classOf(call));
  }

  /** The class whose lessons the caller may see and asks for, whoever its learners are. */
  static Optional<String> classOf(Call call) {
    return call.caller().has(Caller.TEACHER) ? call.input().query("classId") : Optional.empty();
  }
}
