package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import settings.Settings;
import speech.Audio;

class AudioEndpointsTest extends ApiTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final int BYTES = 1_000;

  private final List<String> spoken = new CopyOnWriteArrayList<>();

  AudioEndpointsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  @BeforeEach
  void speak() {
    spoken.clear();
    server.speaker =
        text -> {
          spoken.add(text);
          return Future.succeededFuture(new Audio(ID, BYTES));
        };
  }

  /** Puts a word into a new list of the learner's, and gives its id. */
  private String word(String learner, String text, String recording) {
    String list = UUID.randomUUID().toString();
    String word = UUID.randomUUID().toString();
    databases.mysql(
        "INSERT INTO word_lists (id, user_id, name) VALUES (?, ?, 'List')", list, learner);
    databases.mysql(
        "INSERT INTO words (id, list_id, word, translation, pronunciation_audio_url) VALUES (?, ?,"
            + " ?, 'x', ?)",
        word,
        list,
        text,
        recording);
    return word;
  }

  private String lessonSentence(String status, String student, String english) {
    String lesson = UUID.randomUUID().toString();
    String item = UUID.randomUUID().toString();
    databases.mysql(
        "INSERT INTO lessons (id, class_id, teacher_id, student_id, lesson_number, status) VALUES"
            + " (?, ?, 't-9', ?, 1, ?)",
        lesson,
        lesson,
        student,
        status);
    databases.mysql(
        "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, exercise_data) VALUES (?, ?,"
            + " 'sentence_builder', ?)",
        item,
        lesson,
        new JsonObject().put("english", english).put("tokens", List.of("x")).encode());
    return item;
  }

  private String url() {
    return "http://127.0.0.1:" + server.port + "/v1/audio/" + ID;
  }

  @Test
  void aWordLeadsToAnAddressThatPlays() {
    String word = word("stu-1", "kettle", null);
    Answer answer = server.get("/v1/spelling/pronunciations/" + word, "X-User-Id", "stu-1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(
            new JsonObject()
                .put("wordId", word)
                .put("word", "kettle")
                .put("audioUrl", url())
                .put("language", "en-US")
                .put("audioType", "url")
                .put("expiresAt", null)
                .put("contentLength", BYTES));
    assertThat(spoken).containsExactly("kettle");
  }

  @Test
  void anotherLearnersWordDoesNotExist() {
    String word = word("stu-1", "kettle", null);
    for (String id : List.of(word, "no-such-word", "%00", "x".repeat(500))) {
      Answer answer = server.get("/v1/spelling/pronunciations/" + id, "X-User-Id", "stu-2");
      assertThat(answer.status()).as(id).isEqualTo(404);
      assertThat(answer.json().getString("code")).isEqualTo("UNKNOWN_WORD");
    }
    assertThat(
            server
                .get(
                    "/v1/spelling/pronunciations/" + word.toUpperCase(java.util.Locale.ROOT),
                    "X-User-Id",
                    "stu-1")
                .status())
        .isEqualTo(404);
    assertThat(server.get("/v1/spelling/pronunciations/" + word, "X-User-Id", "STU-1").status())
        .isEqualTo(404);
    assertThat(server.get("/v1/spelling/pronunciations/" + word).status()).isEqualTo(401);
    assertThat(spoken).isEmpty();
  }

  @Test
  void firstGenerationGetsItsNames() {
    String word = word("stu-1", "kettle", null);
    JsonObject body =
        server.get("/api/v1/spelling/pronunciations/" + word + "?user_id=stu-1").json();
    assertThat(body.getString("word_id")).isEqualTo(word);
    assertThat(body.getString("pronunciation_url"))
        .isEqualTo(url())
        .isEqualTo(body.getString("audioUrl"));
    assertThat(body.getBoolean("success")).isTrue();

    String item = lessonSentence("approved", "stu-1", "My brother never drinks tea.");
    for (String path : List.of("/api/v1/sentence-builder", "/v1/sentence", "/api/v1/sentence")) {
      JsonObject sentence = server.get(path + "/items/" + item + "/tts?user_id=stu-1").json();
      assertThat(sentence.getString("item_id")).as(path).isEqualTo(item);
      assertThat(sentence.getString("tts_url")).isEqualTo(url());
      assertThat(sentence.getString("sentence")).isEqualTo("My brother never drinks tea.");
    }
  }

  @Test
  void aSentenceOfTheCatalogueIsForEverybodyAndOneOfALessonForItsStudent() {
    databases.mysql("INSERT IGNORE INTO sentence_topics (id, name) VALUES ('sb-t', 'T')");
    databases.mysql(
        "INSERT INTO sentence_items (id, topic_id, english_sentence, sentence_tokens,"
            + " accepted_sequences) VALUES ('sb-1', 'sb-t', 'She sings well.', '[]', '[]')");
    Answer open = server.get("/v1/sentence-builder/items/sb-1/tts");
    assertThat(open.json())
        .isEqualTo(
            new JsonObject()
                .put("itemId", "sb-1")
                .put("sentence", "She sings well.")
                .put("audioUrl", url())
                .put("language", "en-US")
                .put("audioType", "url")
                .put("expiresAt", null));
    String mine = lessonSentence("approved", "stu-1", "We saw a kettle.");
    String pending = lessonSentence("pending", "stu-1", "We saw a ladle.");
    String shared = lessonSentence("approved", null, "We saw a ladder.");
    assertThat(
            server
                .get("/v1/sentence-builder/items/" + mine + "/tts", "X-User-Id", "stu-1")
                .json()
                .getString("sentence"))
        .isEqualTo("We saw a kettle.");
    assertThat(server.get("/v1/sentence-builder/items/" + shared + "/tts").status()).isEqualTo(200);
    for (String[] hidden :
        new String[][] {{mine, "stu-2"}, {pending, "stu-1"}, {"sb-2", "stu-1"}}) {
      Answer answer =
          server.get("/v1/sentence-builder/items/" + hidden[0] + "/tts", "X-User-Id", hidden[1]);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().getString("code")).isEqualTo("UNKNOWN_ITEM");
    }
    assertThat(server.get("/v1/sentence-builder/items/" + mine + "/tts").status()).isEqualTo(404);
    assertThat(
            server
                .get(
                    "/v1/sentence-builder/items/" + mine + "/tts?user_id=stu-1",
                    "X-User-Id",
                    "stu-2")
                .status())
        .isEqualTo(403);
  }

  @Test
  void withoutAudioTheDeviceSpeaks() {
    server.speaker = text -> Future.failedFuture("nobody");
    String word = word("stu-1", "kettle", null);
    JsonObject body =
        server.get("/api/v1/spelling/pronunciations/" + word, "X-User-Id", "stu-1").json();
    assertThat(body.getString("audioType")).isEqualTo("tts");
    for (String member : List.of("audioUrl", "contentLength", "expiresAt", "pronunciation_url")) {
      assertThat(body.containsKey(member)).as(member).isTrue();
      assertThat(body.getValue(member)).as(member).isNull();
    }
  }

  @Test
  void aRecordingOfSomebodysOwnIsPreferred() {
    String word = word("stu-1", "kettle", "https://media.example.org/kettle.mp3");
    JsonObject body =
        server.get("/v1/spelling/pronunciations/" + word, "X-User-Id", "stu-1").json();
    assertThat(body.getString("audioUrl")).isEqualTo("https://media.example.org/kettle.mp3");
    assertThat(body.getValue("contentLength")).isNull();
    assertThat(spoken).isEmpty();
    String odd = word("stu-1", "ladle", "javascript:alert(1)");
    assertThat(
            server
                .get("/v1/spelling/pronunciations/" + odd, "X-User-Id", "stu-1")
                .json()
                .getString("audioUrl"))
        .isEqualTo(url());
  }

  @Test
  void addressesFollowTheRequestAndNothingElse() {
    String path = "/v1/spelling/pronunciations/" + word("stu-1", "kettle", null);
    assertThat(
            server
                .get(path, "X-User-Id", "stu-1", "X-Forwarded-Proto", "https, http")
                .json()
                .getString("audioUrl"))
        .startsWith("https://127.0.0.1:" + server.port);
    assertThat(
            server
                .get(path, "X-User-Id", "stu-1", "X-Forwarded-Proto", "ftp")
                .json()
                .getString("audioUrl"))
        .isEqualTo(url());
    assertThat(
            server
                .get(path, "X-User-Id", "stu-1", "X-Forwarded-Host", "evil.example")
                .json()
                .getString("audioUrl"))
        .isEqualTo(url());
  }

  @Test
  void thePublicAddressGoesBeforeTheRequests() {
    Optional<URI> configured = Optional.of(URI.create("https://games.school.example/base"));
    // Without even looking at the request.
    assertThat(new AudioAddresses(configured).of(new Audio(ID, BYTES), null))
        .contains("https://games.school.example/base/v1/audio/" + ID);
  }
}
