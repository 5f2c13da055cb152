package http;

import static org.assertj.core.api.Assertions.assertThat;

import http.ApiServer.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import settings.Settings;
import speech.Audio;

class AudioEndpointsTest extends ApiTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final byte[] CONTENT = content();

  private final List<String> spoken = new CopyOnWriteArrayList<>();

  AudioEndpointsTest() {
    super(Settings.AuthMode.COMPAT);
  }

  private static byte[] content() {
    byte[] content = new byte[1_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 7);
    }
    return content;
  }

  @BeforeEach
  void speak() {
    databases.mysql("DELETE FROM speech_audio");
    databases.mysql(
        "INSERT INTO speech_audio (id, text_key, engine, byte_count, content, last_used_on) VALUES (?, ?, 'test', ?, ?, CURRENT_DATE)",
        ID,
        "k".repeat(64),
        CONTENT.length,
        Buffer.buffer(CONTENT));
    spoken.clear();
    server.speaker = text -> {
      spoken.add(text);
      return Future.succeededFuture(new Audio(ID, CONTENT.length));
    };
  }

  /** Puts a word into a new list of the learner's, and gives its id. */
  private String word(String learner, String text, String recording) {
    String list = UUID.randomUUID().toString();
    String word = UUID.randomUUID().toString();
    databases.mysql("INSERT INTO word_lists (id, user_id, name) VALUES (?, ?, 'List')", list, learner);
    databases.mysql("INSERT INTO words (id, list_id, word, translation, pronunciation_audio_url) VALUES (?, ?, ?, 'x', ?)", word, list, text, recording);
    return word;
  }

  private String lessonSentence(String status, String student, String english) {
    String lesson = UUID.randomUUID().toString();
    String item = UUID.randomUUID().toString();
    databases.mysql(
        "INSERT INTO lessons (id, class_id, teacher_id, student_id, lesson_number, status) VALUES (?, ?, 't-9', ?, 1, ?)", lesson, lesson, student, status);
    databases.mysql(
        "INSERT INTO lesson_exercises (id, lesson_id, exercise_type, exercise_data) VALUES (?, ?, 'sentence_builder', ?)",
        item,
        lesson,
        new JsonObject().put("english", english).put("tokens", List.of("x")).encode());
    return item;
  }

  private HttpResponse<byte[]> audio(String method, String url, String... headers) {
    return audio(HttpClient.Version.HTTP_1_1, method, url, headers);
  }

  private static HttpResponse<byte[]> audio(HttpClient.Version version, String method, String url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HttpClient.newBuilder().version(version).build().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.port + "/v1/audio/" + ID;
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
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
                .put("contentLength", CONTENT.length));
    assertThat(spoken).containsExactly("kettle");
    HttpResponse<byte[]> played = audio("GET", answer.json().getString("audioUrl"));
    assertThat(played.statusCode()).isEqualTo(200);
    assertThat(played.body()).isEqualTo(CONTENT);
    assertThat(header(played, "Content-Type")).isEqualTo("audio/mpeg");
    assertThat(header(played, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(played, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(played, "ETag")).isEqualTo("\"" + ID + "\"");
  }

  @Test
  void anotherLearnersWordDoesNotExist() {
    String word = word("stu-1", "kettle", null);
    for (String id : List.of(word, "no-such-word", "%00", "x".repeat(500))) {
      Answer answer = server.get("/v1/spelling/pronunciations/" + id, "X-User-Id", "stu-2");
      assertThat(answer.status()).as(id).isEqualTo(404);
      assertThat(answer.json().getString("code")).isEqualTo("UNKNOWN_WORD");
    }
    assertThat(server.get("/v1/spelling/pronunciations/" + word.toUpperCase(java.util.Locale.ROOT), "X-User-Id", "stu-1").status()).isEqualTo(404);
    assertThat(server.get("/v1/spelling/pronunciations/" + word, "X-User-Id", "STU-1").status()).isEqualTo(404);
    assertThat(server.get("/v1/spelling/pronunciations/" + word).status()).isEqualTo(401);
    assertThat(spoken).isEmpty();
  }

  @Test
  void firstGenerationGetsItsNames() {
    String word = word("stu-1", "kettle", null);
    JsonObject body = server.get("/api/v1/spelling/pronunciations/" + word + "?user_id=stu-1").json();
    assertThat(body.getString("word_id")).isEqualTo(word);
    assertThat(body.getString("pronunciation_url")).isEqualTo(url()).isEqualTo(body.getString("audioUrl"));
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
        "INSERT INTO sentence_items (id, topic_id, english_sentence, sentence_tokens, accepted_sequences) VALUES ('sb-1', 'sb-t', 'She sings well.', '[]', '[]')");
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
    assertThat(server.get("/v1/sentence-builder/items/" + mine + "/tts", "X-User-Id", "stu-1").json().getString("sentence")).isEqualTo("We saw a kettle.");
    assertThat(server.get("/v1/sentence-builder/items/" + shared + "/tts").status()).isEqualTo(200);
    for (String[] hidden : new String[][] {{mine, "stu-2"}, {pending, "stu-1"}, {"sb-2", "stu-1"}}) {
      Answer answer = server.get("/v1/sentence-builder/items/" + hidden[0] + "/tts", "X-User-Id", hidden[1]);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().getString("code")).isEqualTo("UNKNOWN_ITEM");
    }
    assertThat(server.get("/v1/sentence-builder/items/" + mine + "/tts").status()).isEqualTo(404);
    assertThat(server.get("/v1/sentence-builder/items/" + mine + "/tts?user_id=stu-1", "X-User-Id", "stu-2").status()).isEqualTo(403);
  }

  @Test
  void withoutAudioTheDeviceSpeaks() {
    server.speaker = text -> Future.failedFuture("nobody");
    String word = word("stu-1", "kettle", null);
    JsonObject body = server.get("/api/v1/spelling/pronunciations/" + word, "X-User-Id", "stu-1").json();
    assertThat(body.getString("audioType")).isEqualTo("tts");
    for (String member : List.of("audioUrl", "contentLength", "expiresAt", "pronunciation_url")) {
      assertThat(body.containsKey(member)).as(member).isTrue();
      assertThat(body.getValue(member)).as(member).isNull();
    }
  }

  @Test
  void aRecordingOfSomebodysOwnIsPreferred() {
    String word = word("stu-1", "kettle", "https://media.example.org/kettle.mp3");
    JsonObject body = server.get("/v1/spelling/pronunciations/" + word, "X-User-Id", "stu-1").json();
    assertThat(body.getString("audioUrl")).isEqualTo("https://media.example.org/kettle.mp3");
    assertThat(body.getValue("contentLength")).isNull();
    assertThat(spoken).isEmpty();
    String odd = word("stu-1", "ladle", "javascript:alert(1)");
    assertThat(server.get("/v1/spelling/pronunciations/" + odd, "X-User-Id", "stu-1").json().getString("audioUrl")).isEqualTo(url());
  }

  @Test
  void partsOfTheAudio() {
    assertPart("bytes=0-99", 0, 99);
    assertPart("bytes=900-", 900, 999);
    assertPart("bytes=-10", 990, 999);
    assertPart("bytes=-5000", 0, 999);
    assertPart("bytes=0-0", 0, 0);
    assertPart("bytes=999-99999999999", 999, 999);
    assertPart("Bytes = 5 - 6", 5, 6);
    for (String beyond : List.of("bytes=1000-", "bytes=5000-6000", "bytes=-0")) {
      HttpResponse<byte[]> answer = audio("GET", url(), "Range", beyond);
      assertThat(answer.statusCode()).as(beyond).isEqualTo(416);
      assertThat(header(answer, "Content-Range")).isEqualTo("bytes */1000");
    }
    for (String other : List.of("bytes=0-1,5-6", "bytes=5-2", "items=0-5", "bytes=", "bytes=-", "bytes=a-b", "nonsense")) {
      HttpResponse<byte[]> answer = audio("GET", url(), "Range", other);
      assertThat(answer.statusCode()).as(other).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(CONTENT);
    }
    assertThat(audio("GET", url(), "Range", "bytes=0-9", "If-Range", "\"" + ID + "\"").statusCode()).isEqualTo(206);
    assertThat(audio("GET", url(), "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
  }

  private void assertPart(String range, int first, int last) {
    HttpResponse<byte[]> answer = audio("GET", url(), "Range", range, "Accept-Encoding", "gzip");
    assertThat(answer.statusCode()).as(range).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(java.util.Arrays.copyOfRange(CONTENT, first, last + 1));
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + first + "-" + last + "/1000");
    assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(last - first + 1));
    assertThat(header(answer, "Content-Type")).isEqualTo("audio/mpeg");
  }

  @Test
  void whoHasItIsNotSentItAgain() {
    for (String tags : List.of("\"" + ID + "\"", "W/\"" + ID + "\"", "\"a\", \"" + ID + "\"", "*")) {
      HttpResponse<byte[]> answer = audio("GET", url(), "If-None-Match", tags);
      assertThat(answer.statusCode()).as(tags).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(header(answer, "ETag")).isEqualTo("\"" + ID + "\"");
    }
    assertThat(audio("GET", url(), "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void headTellsTheLengthAndSendsNothing(HttpClient.Version version) {
    HttpResponse<byte[]> answer = audio(version, "HEAD", url());
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().length).isZero();
    assertThat(header(answer, "Content-Length")).isEqualTo("1000");
    assertThat(header(answer, "Content-Type")).isEqualTo("audio/mpeg");
    HttpResponse<byte[]> part = audio(version, "HEAD", url(), "Range", "bytes=0-9");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(header(part, "Content-Length")).isEqualTo("10");
    assertThat(audio(version, "GET", url()).body()).isEqualTo(CONTENT);
  }

  @Test
  void audioThatIsNoMoreIsAProblem() {
    for (String id : List.of("f".repeat(32), "x", "..%2f..%2fetc%2fpasswd", "0".repeat(500))) {
      Answer answer = server.get("/v1/audio/" + id);
      assertThat(answer.status()).as(id).isEqualTo(404);
      assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void addressesFollowTheRequestAndNothingElse() {
    String path = "/v1/spelling/pronunciations/" + word("stu-1", "kettle", null);
    assertThat(server.get(path, "X-User-Id", "stu-1", "X-Forwarded-Proto", "https, http").json().getString("audioUrl")).startsWith("https://127.0.0.1:" + server.port);
    assertThat(server.get(path, "X-User-Id", "stu-1", "X-Forwarded-Proto", "ftp").json().getString("audioUrl")).isEqualTo(url());
    assertThat(server.get(path, "X-User-Id", "stu-1", "X-Forwarded-Host", "evil.example").json().getString("audioUrl")).isEqualTo(url());
  }
}
