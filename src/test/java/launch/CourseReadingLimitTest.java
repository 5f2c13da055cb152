package launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import settings.CourseSourceSettings;

/** What the reader of documents gives up by; that it does is {@code DocumentReaderTest}'s. */
class CourseReadingLimitTest {
  @Test
  void aDocumentThatIsNoneIsGivenUpWithinTenSecondsByDefault() throws Exception {
    CourseSourceSettings.Reading limits =
        Node.loadSettings(Optional.empty(), Map.of(), Map.of()).courseSources().reading();

    // a bomb has few pages: what is added for pages is for those that have been read
    assertThat(limits.timeout().plus(limits.perPage().multipliedBy(50)))
        .isLessThanOrEqualTo(Duration.ofSeconds(10));
  }
}
