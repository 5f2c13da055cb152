package llm;

import static org.assertj.core.api.Assertions.assertThat;

import fakes.FakeModel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools that threads of a command ask, over a real socket. */
class LocalPoolsTest {
  private static final int THREADS = 8;
  private static final int QUESTIONS = 250;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void whatSeveralThreadsAskAtATimeIsAllAnswered() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (FakeModel fake =
        FakeModel.start(vertx).says("test", request -> new JsonObject().put("answer", true))) {
      Chat chat = FakePools.open(vertx, fake).chat();
      List<Callable<Integer>> asking = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        asking.add(
            () -> {
              List<Future<ChatReply>> replies = new ArrayList<>();
              for (int i = 0; i < QUESTIONS; i++) {
                replies.add(chat.ask(Pools.question("s", "a", 10, Duration.ofSeconds(30))));
              }
              return Future.join(replies).await(40, TimeUnit.SECONDS).size();
            });
      }
      for (var answered : threads.invokeAll(asking)) {
        assertThat(answered.get()).isEqualTo(QUESTIONS);
      }
      assertThat(fake.completions()).isEqualTo(THREADS * QUESTIONS);
    } finally {
      threads.shutdownNow();
    }
  }
}
