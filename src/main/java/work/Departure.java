package work;

import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.List;

/** An item that leaves its holder, and where it goes. */
record Departure(Lease lease, Transition to) {
  /** The parameters of {@link WorkSql#leave}: parallel arrays. */
  static Tuple parameters(List<Departure> departures) {
    // in the order of ids, so that two such statements don't wait for each other's rows
    List<Departure> sorted =
        departures.stream()
            .sorted(Comparator.comparingLong((Departure departure) -> departure.lease.id()))
            .toList();
    int n = sorted.size();
    Long[] ids = new Long[n];
    Long[] tokens = new Long[n];
    String[] stages = new String[n];
    String[] statuses = new String[n];
    Long[] waits = new Long[n];
    String[] attempts = new String[n];
    String[] errors = new String[n];
    for (int i = 0; i < n; i++) {
      Transition to = sorted.get(i).to;
      ids[i] = sorted.get(i).lease.id();
      tokens[i] = sorted.get(i).lease.token();
      stages[i] = to.stage();
      statuses[i] = to.status();
      waits[i] = to.after() == null ? null : to.after().toMillis();
      attempts[i] = to.attempts().name();
      errors[i] = to.error();
    }
    Tuple parameters = Tuple.tuple();
    parameters.addValue(ids).addValue(tokens).addValue(stages).addValue(statuses);
    return parameters.addValue(waits).addValue(attempts).addValue(errors);
  }
}
