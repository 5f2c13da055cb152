package settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelReaderTest {
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  private static LanguageModel read(Map<String, String> environment) throws Exception {
    return new SettingsLoader(VERTX, Set.of("GameHttp"))
        .load(Optional.empty(), environment, Map.of())
        .await(10, TimeUnit.SECONDS)
        .languageModel();
  }

  @Test
  void withoutAKeyNobodyIsThere() throws Exception {
    assertThat(read(Map.of()).present()).isFalse();
  }

  @Test
  void keysHaveTheNamesOperatorsKnow(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "test-key-4\n");
    LanguageModel read =
        read(
            Map.of(
                "GEMINI_CHAPTER_KEY_1", "test-key-1",
                "GEMINI_CHAPTER_KEY_10", "test-key-2",
                "GEMINI_QUIZ_KEY", "test-key-2",
                "GEMINI_API_KEY_1", "test-key-3",
                "GROQ_API_KEY_3_FILE", file.toString(),
                "OPENAI_API_KEY", "test-key-5"));

    assertThat(read.providers())
        .extracting(LanguageModel.Provider::name)
        .containsExactly("gemini", "groq", "openai");
    assertThat(read.keys())
        .extracting(LanguageModel.Key::alias, LanguageModel.Key::services)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("gemini-chapter-1", Set.of("chapter")),
            // the same secret under two names is one key
            org.assertj.core.groups.Tuple.tuple("gemini-chapter-10", Set.of("chapter", "quiz")),
            org.assertj.core.groups.Tuple.tuple("gemini-1", Set.of()),
            org.assertj.core.groups.Tuple.tuple("groq-3", Set.of()),
            org.assertj.core.groups.Tuple.tuple("openai", Set.of()));
    assertThat(read.keys())
        .extracting(LanguageModel.Key::group)
        .containsExactly("gemini", "gemini", "gemini", "groq", "openai");
    assertThat(read.toString()).doesNotContain("test-key");
  }

  @Test
  void poolsNameKeyProviderAndQuotaGroup() throws Exception {
    LanguageModel read =
        read(
            Map.of(
                "LLM_POOL_TUTOR", "first:groq:org-a:KEY_A, second:groq:org-b:KEY_B",
                "KEY_A", "test-key-1",
                "KEY_B", "test-key-2"));

    assertThat(read.keys())
        .extracting(LanguageModel.Key::group)
        .containsExactlyInAnyOrder("groq.org-a", "groq.org-b");
    assertThat(read.keys()).allMatch(key -> key.services().equals(Set.of("tutor")));
  }

  @Test
  void aServerOfOnesOwnNeedsItsModelsName() throws Exception {
    assertThatThrownBy(
            () -> read(Map.of("LANGUAGE_MODEL_LOCAL_BASE_URL", "http://127.0.0.1:11434/v1")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("language-model.local-model");
    LanguageModel read =
        read(
            Map.of(
                "LANGUAGE_MODEL_LOCAL_BASE_URL", "http://127.0.0.1:11434/v1/",
                "LANGUAGE_MODEL_LOCAL_MODEL", "some-model"));
    assertThat(read.present()).isTrue();
    assertThat(read.providers().get(0).baseUrl()).hasToString("http://127.0.0.1:11434/v1");
  }

  @Test
  void whatCanNotBeUsedIsSaid() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "LLM_POOL_QUIZ", "a:nobody:g:KEY_A",
                        "LANGUAGE_MODEL_ORDER", "gemini, hal",
                        "LANGUAGE_MODEL_DAILY_SPEND_CAP", "much")))
        .hasMessageContaining("LLM_POOL_QUIZ")
        .hasMessageContaining("'hal' is not a provider")
        .hasMessageContaining("language-model.daily-spend-cap");
  }

  @Test
  void aKeyPutWhereItsNameBelongsIsNotPrinted() {
    assertThatThrownBy(() -> read(Map.of("LLM_POOL_QUIZ", "a:gemini:g:pasted-key-1")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("LLM_POOL_QUIZ: entry 1")
        .hasMessageContaining("name of the environment variable")
        .hasMessageNotContaining("pasted-key-1");
  }

  @Test
  void whatIsNotKnownIsReportedOnce() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "GEMINI_API_KEY_FILE", "nowhere",
                        "GROQ_API_KEY", "test-key-1",
                        "LANGUAGE_MODEL_GROQ_QUOTA", "per-school")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("2 settings are wrong")
        .hasMessageContaining("GEMINI_API_KEY_FILE")
        .hasMessageContaining("language-model.groq-quota: 'per-school' is not known");
  }
}
