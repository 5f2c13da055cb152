package exercises.model;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.GeneratedSet;
import exercises.Lessons;
import exercises.understanding.LessonMaterial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import llm.Chat;
import llm.ChatMessage;
import llm.TokenEstimate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import transcripts.Utterance;

/** What a long lesson costs: calls and tokens, for a free plan's window and for large ones. */
class LongLessonTest {

  /** Fifty minutes of talk: the lessons there are, one after the other, until it is enough. */
  static LessonMaterial fiftyMinutes() {
    List<Utterance> turns = new ArrayList<>();
    int words = 0;
    while (words < 6_000) {
      for (String name : Lessons.ALL) {
        for (Utterance turn : Lessons.file(name).utterances()) {
          turns.add(
              new Utterance(
                  turns.size(),
                  turn.speaker(),
                  turn.role(),
                  turns.size() * 3_000L,
                  turns.size() * 3_000L + 2_500,
                  turn.text()));
          words += turn.text().split(" ").length;
        }
      }
    }
    return new LessonMaterial("long", 1, "he", turns, words * 6);
  }

  @ParameterizedTest
  @CsvSource({"8000, 12", "32000, 9", "128000, 9"})
  void callsAndTokensAreBounded(int window, int mostCalls) throws Exception {
    Map<String, Integer> largest = new HashMap<>();
    AtomicInteger in = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    Set<Integer> lines = ConcurrentHashMap.newKeySet();
    Chat school = ModelGeneratorTest.school(window);
    Chat counting =
        new ModelGeneratorTest.FunctionChat(
            window,
            question -> {
              int tokens = TokenEstimate.of(question.schema().encode());
              for (ChatMessage message : question.messages()) {
                tokens += TokenEstimate.of(message.content());
              }
              largest.merge(question.promptName(), tokens + question.maxOutputTokens(), Math::max);
              in.addAndGet(tokens);
              calls.incrementAndGet();
              if (question.promptName().equals("lesson-analyse")) {
                ModelGeneratorTest.data(question)
                    .getJsonArray("lines")
                    .forEach(l -> lines.add(Integer.parseInt(((String) l).split("\\|")[0])));
              }
              return school.ask(question);
            });
    LessonMaterial lesson = fiftyMinutes();
    GeneratedSet made = ModelGeneratorTest.generate(counting, lesson);
    System.out.printf(
        "window %d: %d turns, %d sent, %d calls, %d tokens in, largest %s%n",
        window, lesson.utterances().size(), lines.size(), calls.get(), in.get(), largest);
    assertThat(calls.get()).isLessThanOrEqualTo(mostCalls);
    assertThat(largest.values()).allMatch(tokens -> tokens <= window);
    assertThat(made.set().total()).isGreaterThanOrEqualTo(24);
  }
}
