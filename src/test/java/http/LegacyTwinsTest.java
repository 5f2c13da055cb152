package http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class LegacyTwinsTest {
  @Test
  void everyCamelCaseMemberGetsATwinAtEveryDepth() {
    JsonObject twinned =
        LegacyTwins.add(
            new JsonObject(
                "{\"itemIds\":[\"a\"],\"deep\":[{\"lastPracticed\":null}],\"plain\":1}"));
    assertThat(twinned)
        .isEqualTo(
            new JsonObject(
                "{\"itemIds\":[\"a\"],\"item_ids\":[\"a\"],\"deep\":[{\"lastPracticed\":null,\"last_practiced\":null}],\"plain\":1}"));
  }

  @Test
  void whatClientsWroteStaysAsItIs() {
    JsonObject metadata = new JsonObject("{\"metadata\":{\"deviceName\":\"x\"}}");
    assertThat(LegacyTwins.add(metadata.copy())).isEqualTo(metadata);
    JsonObject canonical = new JsonObject("{\"itemIds\":[]}");
    assertThat(LegacyTwins.where(false, canonical.copy())).isEqualTo(canonical);
  }

  @Test
  void clozeItemsNameTheirCorrectAnswers() {
    JsonObject item =
        LegacyTwins.add(
            new JsonObject("{\"textParts\":[\"a\",\"b\"],\"correct\":[\"x\"],\"topicId\":\"t\"}"));
    assertThat(item.getJsonArray("correct_answers")).isEqualTo(new JsonArray().add("x"));
    assertThat(item.getJsonArray("text_parts")).hasSize(2);
    assertThat(item.getString("topic_id")).isEqualTo("t");
    assertThat(LegacyTwins.add(new JsonObject("{\"textParts\":[]}")).containsKey("correct_answers"))
        .isFalse();
  }

  @Test
  void questionsNameTheRightOptionAsText() {
    JsonObject question =
        LegacyTwins.add(
            new JsonObject("{\"prompt\":\"p\",\"options\":[\"a\",\"an\"],\"correctIndex\":1}"));
    assertThat(question.getString("question")).isEqualTo("p");
    assertThat(question.getString("correct_answer")).isEqualTo("an");
    assertThat(question.getInteger("correct_index")).isEqualTo(1);
  }

  @Test
  void sentencesKeepTheirAcceptedSequencesUnderBothNames() {
    JsonObject sentence =
        LegacyTwins.add(
            new JsonObject(
                "{\"english\":\"Hi.\",\"tokens\":[\"Hi\",\".\"],\"accepted\":[[\"Hi\",\".\"]]}"));
    assertThat(sentence.getString("english_sentence")).isEqualTo("Hi.");
    assertThat(sentence.getJsonArray("sentence_tokens")).hasSize(2);
    assertThat(sentence.getJsonArray("accepted_sequences"))
        .isEqualTo(sentence.getJsonArray("accepted"))
        .hasSize(1);
  }

  @Test
  void wordsNameTheirListTwice() {
    JsonObject word =
        LegacyTwins.add(new JsonObject("{\"id\":\"w\",\"listId\":\"l\",\"translation\":\"t\"}"));
    assertThat(word.getString("list_id")).isEqualTo("l");
    assertThat(word.getString("word_list_id")).isEqualTo("l");
    assertThat(word.containsKey("pronunciation_audio_url")).isTrue();
  }
}
