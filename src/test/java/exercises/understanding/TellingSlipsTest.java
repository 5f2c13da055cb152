package exercises.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import exercises.Lessons;
import exercises.rulebased.RuleBasedGenerator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slips that are wrong wherever they are said, in answers that go their own way. */
class TellingSlipsTest {
  private final RuleBasedGenerator generator = new RuleBasedGenerator(Lessons.MODELS);

  private List<Mistake> mistakes(String said, String put) {
    return generator
        .understand(
            Lessons.of("T: Tell me more.\nS: " + said + "\nT: " + put + "\nS: Yes, thank you."))
        .mistakes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Winter in the mountains is more cold, I think so. | Colder? Of course it is colder there."
            + " | colder",
        "That boat was the most cheap of them all there. | The cheapest? And was it good? |"
            + " cheapest",
        "And on holiday we all enjoy to swim a lot. | Do you? My kids enjoy swimming too. |"
            + " swimming",
        "He told me he hopes getting a boat soon. | I see, he hopes to get one. | to get",
        "The farmer, he sold the horse before two weeks. | Oh, he sold it two weeks ago! | two"
            + " weeks ago",
        "She lives in the village since six years. | For six years! And before? | for six years",
        "He comes in Friday with his boat. | On Friday? How nice. | on friday",
        "The next week we go to the lake. | Next week? How nice for you! | next week",
        "She miss her horse a lot in winter. | Of course she misses it. | misses",
        "In the box there were three medal silver. | Wow, silver medals! | three silver medals",
        "We met in the boat of my uncle there. | In your uncle's boat? | my uncle's boat"
      })
  void theRightFormAnywhereInTheAnswerIsEnough(String said, String put, String right) {
    assertThat(mistakes(said, put))
        .anySatisfy(
            m -> assertThat(m.correct().toLowerCase(java.util.Locale.ROOT)).contains(right));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "We need more cold water. | Colder than this? Here you are.",
        "I enjoy the walk to school. | I enjoy walking too.",
        "He left before two people came. | Two weeks ago? I remember.",
        "Did she miss her horse? | She misses it every day.",
        "I have six horses. | Six! You are six in your family, no?",
        "He stopped at the next week's market. | Next week we meet again."
      })
  void whatIsRightStays(String said, String put) {
    assertThat(mistakes(said, put)).isEmpty();
  }
}
