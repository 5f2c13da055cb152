package games;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowIdsTest {
  /** So that rows made one after the other lie side by side in the primary index. */
  @Test
  void laterOnesSortBehind() {
    List<String> ids = Stream.generate(RowIds::next).limit(10_000).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids).allMatch(id -> id.length() == 36 && UUID.fromString(id).version() == 7);
  }

  @Test
  void noTwoThreadsGetTheSame() {
    List<String> ids =
        IntStream.range(0, 100_000).parallel().mapToObj(number -> RowIds.next()).toList();

    assertThat(ids).doesNotHaveDuplicates();
  }
}
