package launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import speech.Sounds;

/**
 * A whole node speaks with the voice in its jar: from a word in the database to sound in a player.
 */
class SpeechTest {
  @TempDir static Path folder;
  private static SchoolFixture school;
  private static Node node;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    school = new SchoolFixture(folder);
    Map<String, String> environment = new HashMap<>(school.environment());
    environment.put("VERTICLES", "GameHttp:2,SpeechSynthesizer");
    // Whether espeak-ng is installed must not matter here.
    environment.put("SPEECH_ENGINES", "freetts");
    node = Node.create(Node.loadSettings(Optional.empty(), environment, Map.of()));
    node.start().await(60, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    node.stop().await(40, TimeUnit.SECONDS);
    school.close();
  }

  private static void mysql(String sql, Object... arguments) throws Exception {
    node.databases()
        .mysql()
        .preparedQuery(sql)
        .execute(Tuple.from(arguments))
        .await(20, TimeUnit.SECONDS);
  }

  private static void word(String id, String text) throws Exception {
    mysql("INSERT IGNORE INTO word_lists (id, user_id, name) VALUES ('list', 'stu-1', 'List')");
    mysql(
        "INSERT INTO words (id, list_id, word, translation) VALUES (?, 'list', ?, 'x')", id, text);
  }

  private HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("X-User-Id", "stu-1")
        .header("Accept-Encoding", "gzip")
        .timeout(Duration.ofSeconds(20))
        .build();
  }

  private JsonObject json(String path) throws Exception {
    HttpRequest plain =
        HttpRequest.newBuilder(URI.create(node.url() + path))
            .header("X-User-Id", "stu-1")
            .timeout(Duration.ofSeconds(20))
            .build();
    HttpResponse<String> response = client.send(plain, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body());
  }

  @Test
  void aWordIsHeard() throws Exception {
    word("w-kettle", "kettle");
    JsonObject body = json("/v1/spelling/pronunciations/w-kettle");
    assertThat(body.getString("audioType")).isEqualTo("url");
    assertThat(body.getString("audioUrl")).startsWith(node.url() + "/v1/audio/");
    HttpResponse<byte[]> audio =
        client.send(request(body.getString("audioUrl")), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(audio.statusCode()).isEqualTo(200);
    assertThat(audio.body())
        .as("not compressed a second time")
        .hasSize(body.getInteger("contentLength"));
    assertThat(Sounds.loudness(audio.body())).isGreaterThan(300);
    assertThat(Sounds.duration(audio.body()))
        .isBetween(Duration.ofMillis(300), Duration.ofMillis(1_500));
  }

  @Test
  void aClassThatAsksAtOnceIsAnsweredAlike() throws Exception {
    word("w-ladle", "ladle");
    mysql("INSERT INTO sentence_topics (id, name) VALUES ('t', 'T')");
    mysql(
        "INSERT INTO sentence_items (id, topic_id, english_sentence, sentence_tokens,"
            + " accepted_sequences) VALUES ('s', 't', 'My brother never drinks tea.', '[]', '[]')");
    var words =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    client.sendAsync(
                        request(node.url() + "/v1/spelling/pronunciations/w-ladle"),
                        HttpResponse.BodyHandlers.ofByteArray()))
            .toList();
    var sentence = json("/api/v1/sentence/items/s/tts");
    assertThat(sentence.getString("tts_url"))
        .isEqualTo(sentence.getString("audioUrl"))
        .startsWith(node.url());
    List<String> answers =
        words.stream()
            .map(answer -> answer.orTimeout(20, TimeUnit.SECONDS).join())
            .map(answer -> answer.statusCode() + " " + java.util.Arrays.hashCode(answer.body()))
            .distinct()
            .toList();
    assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("200 "));
    byte[] audio =
        client
            .send(request(sentence.getString("audioUrl")), HttpResponse.BodyHandlers.ofByteArray())
            .body();
    assertThat(Sounds.duration(audio))
        .isBetween(Duration.ofMillis(1_200), Duration.ofMillis(4_000));
    String metrics =
        client
            .send(
                HttpRequest.newBuilder(URI.create(node.url() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    assertThat(metrics)
        .contains(
            "lessonweave_speech_seconds_count{engine=\"freetts\",outcome=\"spoken\"}",
            "lessonweave_speech_requests_total{answer=\"made\"}",
            "lessonweave_speech_waiting 0.0");
  }

  @Test
  void aTextThatNoVoiceHereSpeaksIsLeftToTheDevice() throws Exception {
    word("w-hebrew", "שלום");
    JsonObject body = json("/v1/spelling/pronunciations/w-hebrew");
    assertThat(body.getString("audioType")).isEqualTo("tts");
    assertThat(body.getValue("audioUrl")).isNull();
    assertThat(body.getString("word")).isEqualTo("שלום");
  }
}
