package courses.content;

import static org.assertj.core.api.Assertions.assertThat;

import courses.sources.Segment;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions on the order of what happened. */
class EventTest {
  private static final EnglishText ENGLISH = new EnglishText(Sources.MODELS);

  private static List<Event> events(String text) {
    List<Event> events = new ArrayList<>();
    SourceText.read(List.of(Segment.of(0, text)), ENGLISH)
        .units()
        .forEach(unit -> Event.in(unit).ifPresent(events::add));
    return events;
  }

  @Test
  void theYearIsTakenOutOfWhatHappened() {
    assertThat(
            events(
                "In 1811 Joseph found a skull with a long snout in the cliff, and a year later Mary"
                    + " dug out the rest. The government opened its first school for nurses in"
                    + " 1860. In 1913 that law was changed again by the king. Horses pulled the"
                    + " carts. In 2030 the bridge will be closed to all lorries."))
        .extracting(Event::year, Event::told)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                1811, "Joseph found a skull with a long snout in the cliff."),
            org.assertj.core.groups.Tuple.tuple(
                1860, "The government opened its first school for nurses."));
  }

  @Test
  void whatCameFirstStandsBesideWhatCameLater() {
    List<Event> events =
        events(
            "In 1850 the town built a harbour of stone. In 1862 a storm destroyed the old wooden"
                + " pier. In 1871 engineers opened the railway to London. In 1902 the council"
                + " closed the fish market for good.");
    RawQuestion first = Event.order(events, events).get(0);

    assertThat(first.text()).isEqualTo("Which of these happened first?");
    assertThat(first.correct()).isEqualTo("The town built a harbour of stone.");
    assertThat(first.options())
        .containsExactlyInAnyOrder(
            "The town built a harbour of stone.",
            "A storm destroyed the old wooden pier.",
            "Engineers opened the railway to London.",
            "The council closed the fish market for good.");
    assertThat(Event.order(events.subList(0, 3), events.subList(0, 3))).isEmpty();
  }
}
