package games;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Has LanguageTool look at all English of the starter catalogue. It runs in a process of its own,
 * because its libraries are other versions of those the service uses; the build puts them into
 * {@code target/languagetool}.
 */
@Tag("slow")
class CatalogueLanguageTest {
  private static final List<String> TEXTS_OF_ANOTHER_KIND =
      List.of(
          "-UPPERCASE_SENTENCE_START", // titles and fragments
          "-EN_QUOTES", // straight quotation marks are easier to write in YAML
          "-OXFORD_SPELLING_Z_NOT_S", // both spellings are right
          "-LARGE_NUMBER_OF", // "a large number of" is what a question is about
          "-COMMA_COMPOUND_SENTENCE", // a matter of style in sentences as short as these
          "-COMMA_COMPOUND_SENTENCE_2");

  @Test
  void allEnglishIsCorrect() throws Exception {
    Path libraries = Path.of("target", "languagetool");
    assertThat(libraries)
        .as("LanguageTool's libraries; mvn verify puts them there")
        .isNotEmptyDirectory();
    List<String> texts = texts();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx768m"));
    command.addAll(List.of("-cp", libraries.resolve("*").toString(), source().toString(), "en-GB"));
    command.addAll(TEXTS_OF_ANOTHER_KIND);
    File log = Files.createTempFile("languagetool", ".log").toFile();
    Process process = new ProcessBuilder(command).redirectError(log).start();
    List<String> answers = new ArrayList<>();
    try {
      // written beside the reading, or two full pipes would wait for each other
      new Thread(() -> write(texts, process)).start();
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        in.lines().forEach(answers::add);
      }
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
    Files.delete(log.toPath());
    assertThat(answers)
        .as("faults, and then how many texts were checked")
        .containsExactly("checked\t" + texts.size());
  }

  private static void write(List<String> texts, Process process) {
    try (PrintWriter out =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
      texts.forEach(text -> out.print(text + "\n"));
    }
  }

  private static Path source() throws IOException, URISyntaxException {
    return Path.of(
        CatalogueLanguageTest.class.getResource("/languagetool/LanguageCheck.java").toURI());
  }

  /** Name, tab, text. */
  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (CatalogueTopic topic : CatalogueFiles.read().topics()) {
      texts.add(topic.id() + "\t" + topic.description());
      for (CatalogueTopic.Lesson lesson : topic.lessons()) {
        texts.add(lesson.id() + "\t" + lesson.title());
        for (CatalogueItem item : lesson.items()) {
          texts.add(item.id() + " hint\t" + item.hint());
          if (item.explanation() != null) {
            texts.add(item.id() + " explanation\t" + item.explanation());
          }
          solved(item).forEach(sentence -> texts.add(item.id() + "\t" + sentence));
        }
      }
    }
    return texts;
  }

  /** The sentences a learner is to end up with. */
  private static List<String> solved(CatalogueItem item) {
    if (item instanceof ClozeItem cloze) {
      return List.of(cloze.solved());
    }
    if (item instanceof GrammarQuestion question) {
      return List.of(question.solved());
    }
    return ((SentenceItem) item).accepted().stream().map(SentenceTokens::join).toList();
  }
}
