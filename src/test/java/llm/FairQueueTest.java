package llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whose turn it is; time is the calls that were served. */
class FairQueueTest {
  private static final int CALLS = 5_000;

  private final FairQueue<String> queue =
      new FairQueue<>(
          service -> service.equals("heavy") ? 3 : 1, service -> service.equals("kept") ? 0.4 : 0);

  private void add(String service, String account, double cost) {
    queue.add(new FairQueue.Entry<>(service, account, cost, account));
  }

  private String serve() {
    return queue.take(call -> true).call();
  }

  /** However many come anew, and however small their calls are beside those of the one. */
  @Test
  void whoeverWasServedHasHisTurnAgainAlthoughThereIsAlwaysSomebodyNew() {
    for (int waiting : new int[] {1, 5, 20}) {
      for (double cost : new double[] {1, 7}) {
        String one = "one-" + waiting + "-" + cost;
        for (int i = 0; i < 20; i++) {
          add("s", one, cost);
        }
        List<Integer> gaps = gaps(one, waiting);

        // one in as many as wait, for what a call costs; once more for those who came meanwhile
        assertThat(gaps).hasSize(20);
        assertThat(Collections.max(gaps)).isLessThanOrEqualTo((int) (2 * (waiting + 1) * cost));
      }
    }
  }

  private List<Integer> gaps(String one, int waiting) {
    List<Integer> gaps = new ArrayList<>();
    int last = 0;
    int added = 0;
    int newWaiting = 0;
    for (int served = 1; served <= CALLS && gaps.size() < 20; served++) {
      while (newWaiting < waiting) {
        add("s", one + "-new-" + added++, 1);
        newWaiting++;
      }
      if (serve().equals(one)) {
        gaps.add(served - last);
        last = served;
      } else {
        newWaiting--;
      }
    }
    while (queue.take(call -> true) != null) {}
    return gaps;
  }

  @Test
  void servicesThatComeAnewHoldNoOtherUp() {
    for (int i = 0; i < 20; i++) {
      add("old", "old", 1);
    }
    int old = 0;
    boolean newWaits = false;
    for (int i = 0; i < 45; i++) {
      if (!newWaits) {
        add("new-" + i, "new", 1);
      }
      newWaits = serve().equals("old");
      old += newWaits ? 1 : 0;
    }

    assertThat(old).isEqualTo(20);
  }

  @Test
  void whoComesAnewWaitsForHardlyMoreThanOneCallOfEach() {
    Random random = new Random(5);
    for (int flow = 0; flow < 10; flow++) {
      for (int i = 0; i < 500; i++) {
        add("s", "busy-" + flow, 1 + random.nextInt(5));
      }
    }
    for (int round = 0; round < 100; round++) {
      for (int i = random.nextInt(30); i > 0; i--) {
        serve();
      }
      String mine = "new-" + round;
      add("s", mine, 5);
      Map<String, Integer> before = new TreeMap<>();
      for (String served = serve(); !served.equals(mine); served = serve()) {
        before.merge(served, 1, Integer::sum);
      }
      // the dearest is 5: as many of the cheapest
      assertThat(before.values()).allMatch(calls -> calls <= 5);
      assertThat(before.values().stream().mapToInt(calls -> calls).sum()).isLessThanOrEqualTo(25);
    }
  }

  @Test
  void weightsAreWhatBusyServicesGet() {
    Map<String, Integer> served = new TreeMap<>();
    for (int i = 0; i < 4_000; i++) {
      add("heavy", "heavy", 1);
      add("light", "light", 1);
      add("kept", "kept", 1);
    }
    for (int i = 0; i < 4_000; i++) {
      served.merge(serve(), 1, Integer::sum);
    }

    assertThat(served.get("kept")).isBetween(1_590, 1_610);
    assertThat(served.get("heavy")).isBetween(1_790, 1_810);
  }

  /** A call is given back as often as there is no room for it: no time passes by that. */
  @Test
  void whatIsGivenBackLeavesEverythingAsItWas() {
    for (int i = 0; i < 10; i++) {
      add("s", "one", 3);
      add("s", "other", 3);
    }
    for (int i = 0; i < 1_000; i++) {
      queue.giveBack(queue.take(call -> true));
    }
    assertThat(queue.size()).isEqualTo(20);
    add("s", "new", 3);
    List<String> order = List.of(serve(), serve(), serve(), serve(), serve(), serve());

    assertThat(order.subList(0, 3)).containsExactlyInAnyOrder("one", "other", "new");
    assertThat(order.subList(3, 6)).doesNotContain("new");
  }
}
