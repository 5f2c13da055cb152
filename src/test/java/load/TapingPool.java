package load;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** A pool that writes every statement sent through it on a tape as well. */
public final class TapingPool {
  private final Supplier<Tape> tape;

  private TapingPool(Supplier<Tape> tape) {
    this.tape = tape;
  }

  /**
   * @param tape the one that is running
   */
  public static Pool of(Pool pool, Supplier<Tape> tape) {
    return new TapingPool(tape).pool(pool);
  }

  private Pool pool(Pool real) {
    return wrap(
        Pool.class,
        (method, arguments) ->
            switch (method.getName()) {
              case "withConnection" -> {
                Function<SqlConnection, Future<Object>> work = work(arguments);
                tape.get().add(Tape.CONNECTION, List.of(), false);
                yield real.withConnection(connection -> work.apply(connection(connection)));
              }
              case "getConnection" -> real.getConnection().map(this::connection);
              case "withTransaction" -> throw new UnsupportedOperationException("no tape for this");
              default -> statement(real, method, arguments, null);
            });
  }

  @SuppressWarnings("unchecked")
  private static Function<SqlConnection, Future<Object>> work(Object[] arguments) {
    return (Function<SqlConnection, Future<Object>>) arguments[arguments.length - 1];
  }

  private SqlConnection connection(SqlConnection real) {
    AtomicInteger running = new AtomicInteger();
    return wrap(
        SqlConnection.class, (method, arguments) -> statement(real, method, arguments, running));
  }

  /**
   * @param running how many statements are on their way on this connection; null: a pool
   */
  private Object statement(Object real, Method method, Object[] arguments, AtomicInteger running)
      throws Exception {
    Object result = call(real, method, arguments);
    if (method.getName().equals("preparedQuery")) {
      return query(PreparedQuery.class, (PreparedQuery<?>) result, (String) arguments[0], running);
    }
    if (method.getName().equals("query")) {
      return query(Query.class, (Query<?>) result, (String) arguments[0], running);
    }
    return result;
  }

  private <Q> Q query(Class<Q> type, Q real, String sql, AtomicInteger running) {
    return wrap(
        type,
        (method, arguments) -> {
          if (!method.getName().equals("execute")) {
            throw new UnsupportedOperationException("no tape for " + method);
          }
          List<Object> values = new ArrayList<>();
          if (arguments != null && arguments[0] instanceof Tuple tuple) {
            for (int i = 0; i < tuple.size(); i++) {
              values.add(tuple.getValue(i));
            }
          }
          tape.get().add(sql, values, running != null && running.getAndIncrement() > 0);
          Future<?> result = (Future<?>) call(real, method, arguments);
          return running == null ? result : result.onComplete(done -> running.decrementAndGet());
        });
  }

  private interface Handler {
    Object call(Method method, Object[] arguments) throws Exception;
  }

  private static <T> T wrap(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            TapingPool.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> handler.call(method, arguments)));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Exception {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
