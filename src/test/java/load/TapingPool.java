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
import java.util.function.Function;
import java.util.function.Supplier;

/** A pool that writes every statement sent through it on a tape as well. */
final class TapingPool {
  private final Supplier<Tape> tape;

  private TapingPool(Supplier<Tape> tape) {
    this.tape = tape;
  }

  /**
   * @param tape the one that is running
   */
  static Pool of(Pool pool, Supplier<Tape> tape) {
    return new TapingPool(tape).pool(pool);
  }

  private Pool pool(Pool real) {
    return wrap(
        Pool.class,
        (method, arguments) ->
            switch (method.getName()) {
              case "withTransaction" -> {
                Function<SqlConnection, Future<Object>> work = work(arguments);
                tape.get().add(Tape.BEGIN, List.of());
                yield real.withTransaction(connection -> work.apply(connection(connection)))
                    .onSuccess(done -> tape.get().add(Tape.COMMIT, List.of()));
              }
              case "withConnection" -> {
                Function<SqlConnection, Future<Object>> work = work(arguments);
                yield real.withConnection(connection -> work.apply(connection(connection)));
              }
              case "getConnection" -> real.getConnection().map(this::connection);
              default -> statement(real, method, arguments);
            });
  }

  @SuppressWarnings("unchecked")
  private static Function<SqlConnection, Future<Object>> work(Object[] arguments) {
    return (Function<SqlConnection, Future<Object>>) arguments[arguments.length - 1];
  }

  private SqlConnection connection(SqlConnection real) {
    return wrap(SqlConnection.class, (method, arguments) -> statement(real, method, arguments));
  }

  private Object statement(Object real, Method method, Object[] arguments) throws Exception {
    Object result = call(real, method, arguments);
    if (method.getName().equals("preparedQuery")) {
      return query(PreparedQuery.class, (PreparedQuery<?>) result, (String) arguments[0]);
    }
    if (method.getName().equals("query")) {
      return query(Query.class, (Query<?>) result, (String) arguments[0]);
    }
    return result;
  }

  private <Q> Q query(Class<Q> type, Q real, String sql) {
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
          tape.get().add(sql, values);
          return call(real, method, arguments);
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
