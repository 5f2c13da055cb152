package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many devices at once: afterwards every counter is what the stored results say. */
class SessionConcurrencyTest extends SessionTest {
  private static final int DEVICES = 12;
  private static final int TAPS = 60;

  private record Device(String learner, String family, String session, List<String> items) {}

  private List<Answer> together(int times, Callable<Answer> call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(times);
    try {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> future : pool.invokeAll(java.util.Collections.nCopies(times, call))) {
        answers.add(future.get());
      }
      return answers;
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void copiesOfOneResultCountOnce() throws Exception {
    String me = learner();
    String list = list(me, "Race");
    String word = word(me, list, "hare");
    String session =
        start(me, "flashcards", new JsonObject().put("wordListId", list)).getString("id");
    JsonObject body =
        known(word, false).put("clientResultId", session + "-" + word + "-1770112800000");
    List<Answer> answers = together(16, () -> result(me, "flashcards", session, body));
    assertThat(answers).allSatisfy(answer -> expect(200, answer));
    assertThat(answers.stream().filter(answer -> !answer.json().getBoolean("duplicate")))
        .hasSize(1);
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.json().getJsonObject("progress"))
                    .isEqualTo(progress(1, 1, 0, 1)));
    assertThat(number("SELECT COUNT(*) FROM game_results WHERE session_id = ?", session))
        .isEqualTo(1);
    assertThat(number("SELECT practice_count FROM words WHERE id = ?", word)).isEqualTo(1);
    assertThat(number("SELECT mistake_count FROM user_mistakes WHERE user_id = ?", me))
        .isEqualTo(1);
  }

  @Test
  void oneOfManyCompletionsSucceeds() throws Exception {
    String me = learner();
    String list = list(me, "Race");
    word(me, list, "hare");
    String session =
        start(me, "spelling", new JsonObject().put("wordListId", list)).getString("id");
    List<Answer> answers =
        together(
            8, () -> server.post("/v1/spelling/sessions/" + session + "/complete", null, as(me)));
    assertThat(answers.stream().map(Answer::status).sorted().toList())
        .containsExactly(200, 409, 409, 409, 409, 409, 409, 409);
    answers.stream()
        .filter(answer -> answer.status() == 409)
        .forEach(answer -> refused(answer, 409, "SESSION_COMPLETED"));
  }

  @Test
  void aRandomHistoryLeavesCountersThatTheResultsExplain() throws Exception {
    long seed = 20_260_203;
    List<Device> devices = devices();
    Set<String> words = new LinkedHashSet<>();
    devices.forEach(device -> words.addAll(device.items()));
    ExecutorService pool = Executors.newFixedThreadPool(DEVICES);
    Map<Integer, Long> statuses = new TreeMap<>();
    try {
      List<Callable<List<Integer>>> players = new ArrayList<>();
      for (int i = 0; i < DEVICES; i++) {
        Random random = new Random(seed + i);
        players.add(() -> play(devices, random));
      }
      for (Future<List<Integer>> player : pool.invokeAll(players)) {
        player.get().forEach(status -> statuses.merge(status, 1L, Long::sum));
      }
    } finally {
      pool.shutdown();
    }
    // nothing but answers, words deleted meanwhile, and sessions completed meanwhile
    assertThat(statuses.keySet()).containsOnly(200, 204, 400, 404, 409);
    assertThat(statuses.get(200)).isGreaterThan(DEVICES * TAPS / 4L);
    for (Device device : devices) {
      assertThat(session(device.session()))
          .as(device.toString())
          .isEqualTo(recount(device.session()));
    }
    assertThat(storedWords(words)).isEqualTo(recountedWords(words));
    Set<String> learners = devices.stream().map(Device::learner).collect(Collectors.toSet());
    for (String learner : learners) {
      assertThat(storedMistakes(learner)).isEqualTo(replayedMistakes(learner));
      JsonObject stats = server.get("/v1/flashcards/stats/me", as(learner)).json();
      assertThat(stats.getLong("totalCorrect")).isEqualTo(results(learner, true));
      assertThat(stats.getLong("totalIncorrect")).isEqualTo(results(learner, false));
    }
    assertThat(storedMistakesOfAll(learners)).isNotEmpty();
  }

  private long results(String learner, boolean correct) {
    return number(
        "SELECT COUNT(*) FROM game_results WHERE user_id = ? AND game_type = 'flashcards' AND"
            + " is_correct = ?",
        learner,
        correct);
  }

  /**
   * Two learners with one list and one lesson each, every one with four sessions over the same
   * words and cards.
   */
  private List<Device> devices() {
    List<Device> devices = new ArrayList<>();
    for (int l = 0; l < 2; l++) {
      String me = learner();
      String list = list(me, "History");
      List<String> words = words(me, list, "anchor", "beaver", "candle", "dragon", "engine");
      String lesson = publish("approved", me, "Zoo", l);
      List<String> cards =
          List.of(
              card(lesson, "zoo", "Zoo", "lion", "easy"),
              card(lesson, "zoo", "Zoo", "tiger", "easy"));
      for (int i = 0; i < 2; i++) {
        devices.add(
            new Device(
                me,
                "flashcards",
                start(me, "flashcards", new JsonObject().put("wordListId", list)).getString("id"),
                words));
        devices.add(
            new Device(
                me,
                "spelling",
                start(me, "spelling", new JsonObject().put("wordListId", list)).getString("id"),
                words));
        String ofLesson =
            start(me, "flashcards", new JsonObject().put("mode", "lesson").put("lessonId", lesson))
                .getString("id");
        devices.add(new Device(me, "flashcards", ofLesson, cards));
      }
      // so that a word can be deleted without its list's id at hand
      lists.put(me, list);
    }
    return devices;
  }

  private final Map<String, String> lists = new HashMap<>();

  private List<Integer> play(List<Device> devices, Random random) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int tap = 0; tap < TAPS; tap++) {
      Device device = devices.get(random.nextInt(devices.size()));
      String item = device.items().get(random.nextInt(device.items().size()));
      int dice = random.nextInt(100);
      if (dice == 0 && lists.containsKey(device.learner())) {
        statuses.add(
            server
                .call(
                    "DELETE",
                    "/v1/word-lists/" + lists.get(device.learner()) + "/words/" + item,
                    null,
                    as(device.learner()))
                .status());
      } else if (dice == 1 && tap > TAPS / 2) {
        statuses.add(
            server
                .post(
                    "/v1/" + device.family() + "/sessions/" + device.session() + "/complete",
                    null,
                    as(device.learner()))
                .status());
      } else if (dice < 20) {
        JsonObject body = answer(device, item, random);
        together(2, () -> result(device.learner(), device.family(), device.session(), body))
            .forEach(answer -> statuses.add(answer.status()));
      } else {
        statuses.add(
            result(
                    device.learner(),
                    device.family(),
                    device.session(),
                    answer(device, item, random))
                .status());
      }
    }
    return statuses;
  }

  private static JsonObject answer(Device device, String item, Random random) {
    JsonObject body = new JsonObject().put("wordId", item);
    boolean right = random.nextBoolean();
    if (device.family().equals("flashcards")) {
      body.put("isCorrect", right);
    } else {
      // one of the words is right by chance
      body.put(
          "userAnswer",
          List.of("anchor", "beaver", "candle", "dragon", "engine", "nonsense")
              .get(random.nextInt(6)));
    }
    // few ids, so that different requests and different devices collide in them
    return random.nextInt(3) == 0 ? body : body.put("clientResultId", "r" + random.nextInt(60));
  }

  private JsonObject session(String id) {
    Row row =
        row(
            "SELECT progress_current, progress_total, correct_count, incorrect_count, mastered_ids,"
                + " needs_practice_ids FROM game_sessions WHERE id = ?",
            id);
    return new JsonObject()
        .put(
            "progress",
            progress(row.getInteger(0), row.getInteger(1), row.getInteger(2), row.getInteger(3)))
        .put("mastered", sorted(row, 4))
        .put("needsPractice", sorted(row, 5));
  }

  private static List<String> sorted(Row row, int column) {
    return new JsonArray(row.getValue(column).toString())
        .stream().map(String.class::cast).sorted().toList();
  }

  private JsonObject recount(String id) {
    Map<String, Boolean> latest = new LinkedHashMap<>();
    int correct = 0;
    int all = 0;
    for (Row row :
        databases.mysql(
            "SELECT item_id, is_correct FROM game_results WHERE session_id = ? ORDER BY id", id)) {
      latest.put(row.getString(0), row.getBoolean(1));
      correct += row.getBoolean(1) ? 1 : 0;
      all++;
    }
    int total = (int) number("SELECT progress_total FROM game_sessions WHERE id = ?", id);
    return new JsonObject()
        .put("progress", progress(Math.min(all, total), total, correct, all - correct))
        .put("mastered", latest.keySet().stream().filter(latest::get).sorted().toList())
        .put(
            "needsPractice",
            latest.keySet().stream().filter(item -> !latest.get(item)).sorted().toList());
  }

  private Map<String, List<Object>> storedWords(Set<String> ids) {
    Map<String, List<Object>> words = new TreeMap<>();
    for (Row row :
        databases.mysql(
            "SELECT id, practice_count, correct_count, accuracy, last_practiced FROM words")) {
      if (ids.contains(row.getString(0))) {
        words.put(
            row.getString(0),
            java.util.Arrays.asList(
                row.getLong(1), row.getLong(2), row.getInteger(3), row.getLocalDateTime(4)));
      }
    }
    return words;
  }

  private Map<String, List<Object>> recountedWords(Set<String> ids) {
    Map<String, List<Object>> words = new TreeMap<>();
    for (Row row :
        databases.mysql(
            "SELECT w.id, COUNT(r.id), CAST(COALESCE(SUM(r.is_correct), 0) AS SIGNED),"
                + " MAX(r.created_at) FROM words w LEFT JOIN game_results r ON r.item_id = w.id"
                + " GROUP BY w.id")) {
      if (ids.contains(row.getString(0))) {
        long practised = row.getLong(1);
        long correct = row.getLong(2);
        int accuracy = practised == 0 ? 0 : (int) Math.floor(100.0 * correct / practised + 0.5);
        words.put(
            row.getString(0),
            java.util.Arrays.asList(practised, correct, accuracy, row.getLocalDateTime(3)));
      }
    }
    return words;
  }

  private Map<String, Integer> storedMistakes(String learner) {
    Map<String, Integer> mistakes = new TreeMap<>();
    databases
        .mysql(
            "SELECT game_type, item_id, mistake_count FROM user_mistakes WHERE user_id = ?",
            learner)
        .forEach(row -> mistakes.put(row.getString(0) + " " + row.getString(1), row.getInteger(2)));
    return mistakes;
  }

  private Map<String, Integer> storedMistakesOfAll(Set<String> learners) {
    Map<String, Integer> all = new TreeMap<>();
    learners.forEach(learner -> all.putAll(storedMistakes(learner)));
    return all;
  }

  private Map<String, Integer> replayedMistakes(String learner) {
    Map<String, Integer> mistakes = new TreeMap<>();
    for (Row row :
        databases.mysql(
            "SELECT game_type, item_id, is_correct FROM game_results WHERE user_id = ? ORDER BY id",
            learner)) {
      String key = row.getString(0) + " " + row.getString(1);
      int left = mistakes.getOrDefault(key, 0) + (row.getBoolean(2) ? -1 : 1);
      if (left > 0) {
        mistakes.put(key, left);
      } else {
        mistakes.remove(key);
      }
    }
    return mistakes;
  }
}
