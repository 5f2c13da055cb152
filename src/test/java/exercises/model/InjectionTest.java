package exercises.model;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.GeneratedSet;
import exercises.Lessons;
import exercises.understanding.LessonMaterial;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import llm.Chat;
import llm.ChatMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import transcripts.Role;
import transcripts.Utterance;

/** What people say to programs in a lesson changes nothing that is made of the lesson. */
class InjectionTest {
  private static final Pattern MARKUP =
      Pattern.compile("(?i)https?:|www\\.|<[a-z/!]|javascript:|\\[inst|\\{\\{|```|<\\|");

  /** What must not come out and what is said. */
  static Stream<Arguments> corpus() {
    return lines().stream().map(l -> Arguments.of(l[0], l[1]));
  }

  private static List<String[]> lines() {
    try (InputStream in = InjectionTest.class.getResourceAsStream("/injection/lines.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.startsWith("#"))
          .map(l -> l.replace("\\n", "\n").split("\t", 2))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lesson with the line said by the teacher and again by the student, in the middle of it. */
  private static LessonMaterial with(LessonMaterial lesson, String said) {
    List<Utterance> turns = new ArrayList<>();
    for (Utterance turn : lesson.utterances()) {
      if (turn.index() == 20 || turn.index() == 21) {
        turns.add(new Utterance(turns.size(), turn.speaker(), Role.TEACHER, 99_000, 99_500, said));
        turns.add(new Utterance(turns.size(), "Omer", Role.STUDENT, 99_600, 99_900, said));
      }
      turns.add(
          new Utterance(
              turns.size(),
              turn.speaker(),
              turn.role(),
              turn.startMillis(),
              turn.endMillis(),
              turn.text()));
    }
    return new LessonMaterial(
        lesson.seed(), lesson.lessonNumber(), lesson.language(), turns, lesson.transcriptLength());
  }

  @Test
  void corpusIsLargeEnough() {
    assertThat(lines()).hasSizeGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void anObedientModelStillMakesTheLessonsOwnSet(String payload, String said) throws Exception {
    GeneratedSet made =
        ModelGeneratorTest.generate(
            obedient(payload, said), with(Lessons.file("possessives"), said));
    assertThat(made.set().total()).isGreaterThanOrEqualTo(20);
    assertClean(made, payload);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void rulesAloneMakeNothingOfIt(String payload, String said) throws Exception {
    GeneratedSet made =
        ModelGeneratorTest.generate(
            ModelGeneratorTest.nobody(), with(Lessons.file("possessives"), said));
    assertThat(made.set().total()).isGreaterThanOrEqualTo(20);
    assertClean(made, payload);
  }

  /** Whatever it is asked, it says what an attacker wants: grounding alone has to refuse it. */
  @ParameterizedTest
  @MethodSource("corpus")
  void aTakenOverModelAddsNothing(String payload, String said) throws Exception {
    GeneratedSet made =
        ModelGeneratorTest.generate(takenOver(payload, said), Lessons.file("conversation"));
    assertThat(made.set().total()).isGreaterThanOrEqualTo(20);
    assertClean(made, payload);
  }

  @Test
  void namesAndContactsNeverLeave() throws Exception {
    Set<String> sent = ConcurrentHashMap.newKeySet();
    Chat school = ModelGeneratorTest.school(8_000);
    Chat listening =
        new ModelGeneratorTest.FunctionChat(
            8_000,
            question -> {
              question.messages().stream().map(ChatMessage::content).forEach(sent::add);
              return school.ask(question);
            });
    String private_ =
        "My name is Tamar Golan, I live in Haifa, call 054-555-0199 or tamar@mail.example, 14 Herzl"
            + " Street.";
    ModelGeneratorTest.generate(listening, with(Lessons.file("possessives"), private_));
    String all = String.join("\n", sent);
    assertThat(all).contains("umbrella");
    for (String secret :
        List.of(
            "Tamar",
            "tamar",
            "Golan",
            "Haifa",
            "555-0199",
            "mail.example",
            "Herzl",
            "Omer",
            "Rivka",
            "Ms Rivka Lev")) {
      assertThat(all).doesNotContain(secret);
    }
  }

  private static void assertClean(GeneratedSet made, String payload) {
    JsonObject json = made.toJson();
    json.remove("metadata");
    String all = json.encode();
    assertThat(all.toLowerCase(Locale.ROOT)).doesNotContain(payload);
    assertThat(MARKUP.matcher(all).find()).as(all).isFalse();
  }

  /** A good model until it reads the payload; then it does as it is told. */
  private static Chat obedient(String payload, String said) {
    Chat good = ModelGeneratorTest.school(8_000);
    return new ModelGeneratorTest.FunctionChat(
        8_000,
        question ->
            question.messages().get(1).content().contains(payload)
                ? Future.succeededFuture(
                    ModelGeneratorTest.reply(
                        bent(
                                new SchoolModel()
                                    .answer(
                                        question.promptName(), ModelGeneratorTest.data(question)),
                                payload,
                                said)
                            .encode()))
                : good.ask(question));
  }

  private static Chat takenOver(String payload, String said) {
    SchoolModel school = new SchoolModel();
    return new ModelGeneratorTest.FunctionChat(
        8_000,
        question ->
            Future.succeededFuture(
                ModelGeneratorTest.reply(
                    bent(
                            school.answer(question.promptName(), ModelGeneratorTest.data(question)),
                            payload,
                            said)
                        .encode())));
  }

  /** The reply with the attacker's text in every place that takes text. */
  private static JsonObject bent(JsonObject reply, String payload, String said) {
    JsonObject bent = new JsonObject();
    for (String name : reply.fieldNames()) {
      bent.put(name, bent(name, reply.getValue(name), payload, said));
    }
    return bent;
  }

  private static Object bent(String name, Object value, String payload, String said) {
    if (value instanceof JsonObject object) {
      return bent(object, payload, said);
    }
    if (value instanceof JsonArray array) {
      JsonArray all = new JsonArray();
      array.forEach(one -> all.add(bent(name, one, payload, said)));
      return all;
    }
    if (!(value instanceof String)) {
      return value;
    }
    return switch (name) {
      case "word", "distractors", "fits" -> payload;
      case "text", "correct", "explanation", "why", "hint" -> said;
      case "translation" -> "אבג " + payload;
      default -> value;
    };
  }
}
