package llm;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Budgets that this process alone spends from. */
final class LocalSpends implements SpendStore {
  private final Map<String, State> states = new HashMap<>();

  @Override
  public synchronized Future<List<State>> exchange(List<Change> changes) {
    List<State> after = new ArrayList<>(changes.size());
    for (Change change : changes) {
      State before = states.getOrDefault(change.budget(), new State(0, 0, 0));
      long spent = before.spent() + change.spent();
      long held = Math.max(0, before.held() - change.released());
      long left = change.cap() - spent - held;
      long granted = left >= change.least() ? Math.max(0, Math.min(change.most(), left)) : 0;
      State now = new State(spent, held + granted, granted);
      states.put(change.budget(), now);
      after.add(now);
    }
    return Future.succeededFuture(after);
  }
}
