package zoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static zoom.ZoomSchool.await;

import demo.ZoomGrants;
import fakes.FakeRequest;
import fakes.Fault;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import outbound.Failure;
import settings.Secret;

/** Rotating refresh tokens: the place where naive clients lock the school out. */
class UserTokensTest {
  private static final Predicate<FakeRequest> TOKEN =
      request -> request.path().equals("/oauth/token");

  private ZoomSchool school;

  @BeforeEach
  void open() {
    school = ZoomSchool.ofUser();
  }

  @AfterEach
  void close() {
    school.close();
  }

  private long refreshes() {
    return school.fake.api.received("/oauth/token").size();
  }

  private void expire() {
    school.databases.postgres("UPDATE zoom_tokens SET expires_at = now() - interval '1 minute'");
  }

  @Test
  void aManyTimesUsedTokenIsAskedForOnce() {
    school.fake.tokenMillis = 100;
    await(
        Future.all(
            IntStream.range(0, 50).<Future<?>>mapToObj(i -> school.account.check()).toList()));
    assertThat(refreshes()).isEqualTo(1);
    await(school.account.check());
    assertThat(refreshes()).isEqualTo(1);
  }

  @Test
  void aFleetRefreshesOneAtATimeAndSharesWhatItGot() {
    school.fake.tokenMillis = 200;
    List<ZoomAccount> fleet = new ArrayList<>();
    for (int node = 0; node < 6; node++) {
      fleet.add(school.account("node-" + node));
    }
    await(school.account.check());
    for (int round = 0; round < 3; round++) {
      expire();
      await(Future.all(fleet.stream().<Future<?>>map(node -> fresh(node)).toList()));
    }
    assertThat(school.fake.mostRefreshing.get()).isEqualTo(1);
    // One for the first token and one a round: nobody refreshed what another had just refreshed.
    assertThat(refreshes()).isEqualTo(4);
    fleet.forEach(node -> await(node.close()));
  }

  /** As a process that has no token in memory. */
  private Future<Void> fresh(ZoomAccount node) {
    return school.account("again").check();
  }

  @Test
  void theNewTokenIsStoredSealedBeforeItIsUsed() {
    String before = school.fake.zoom.grants.refreshToken();
    await(school.account.check());
    String after = school.fake.zoom.grants.refreshToken();
    assertThat(after).isNotEqualTo(before);
    assertThat(school.dump()).doesNotContain(ZoomGrants.MARK).contains("cloud_recording");
    // Another process, which knows nothing but the row, can go on from it.
    expire();
    await(school.account("node-2").check());
    assertThat(school.fake.zoom.grants.given()).isEqualTo(2);
  }

  @Test
  void theTokenInTheSettingsIsTakenUpOnce() {
    await(school.account.check());
    expire();
    // The settings still hold the first one, which is dead by now.
    await(school.account("restarted").check());
    assertThat(await(school.account.health()).ok()).isTrue();
  }

  @Test
  void aDatabaseThatIsAwayWhenZoomAnswersCostsNothing() {
    await(school.account.check());
    expire();
    school.databases.postgres(
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.version <>"
            + " OLD.version THEN RAISE EXCEPTION 'disk full'; END IF; RETURN NEW; END $$");
    school.databases.postgres(
        "CREATE TRIGGER no BEFORE UPDATE ON zoom_tokens FOR EACH ROW EXECUTE FUNCTION no()");
    ZoomAccount node = school.account("node-2");
    assertThatThrownBy(() -> await(node.check())).hasMessageContaining("disk full");
    Path kept = school.dataDir().resolve("zoom-rotation");
    assertThat(kept).exists();
    assertThat(read(kept)).doesNotContain(ZoomGrants.MARK);
    // Killed here, started again, and the database is well.
    school.databases.postgres("DROP TRIGGER no ON zoom_tokens");
    long before = refreshes();
    await(school.account("node-2").check());
    assertThat(refreshes()).isEqualTo(before);
    assertThat(kept).doesNotExist();
    expire();
    await(school.account("node-3").check());
    await(node.close());
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anAnswerLostAfterTheRotationSaysWhatTheOperatorMustDo() {
    await(school.account.check());
    expire();
    school.fake.api.faults.on(TOKEN, Fault.lostAnswer());
    ZoomAccount node = school.account("node-7");
    assertThatThrownBy(() -> await(node.check())).isInstanceOf(Failure.class);
    // Asked once more with the only token there is; Zoom says that it is dead.
    school.databases.postgres(
        "UPDATE zoom_tokens SET refresh_started_at = now() - interval '2 minutes'");
    assertThatThrownBy(() -> await(node.check()))
        .isInstanceOf(NotAuthorized.class)
        .hasMessageContaining("node-7")
        .hasMessageContaining("lessonweave zoom authorize");
    long asked = refreshes();
    assertThatThrownBy(() -> await(node.check())).isInstanceOf(NotAuthorized.class);
    assertThat(refreshes()).as("a dead token is not sent again and again").isEqualTo(asked);
    TokenHealth health = await(node.health());
    assertThat(health.ok()).isFalse();
    assertThat(String.join("\n", health.lines()))
        .contains("needs authorisation")
        .doesNotContain(ZoomGrants.MARK);
    // What the operator does.
    await(node.authorize(new Secret(school.fake.zoom.grants.refreshToken())));
    assertThat(await(node.health()).ok()).isTrue();
    await(node.close());
  }

  @Test
  void aWrongTokenDoesNotReplaceOneThatWorks() {
    await(school.account.check());
    assertThatThrownBy(() -> await(school.account.authorize(new Secret("wrong-token-1"))))
        .isInstanceOf(NotAuthorized.class)
        .hasMessageContaining("nothing was changed");
    assertThat(await(school.account.health()).ok()).isTrue();
    expire();
    await(school.account("node-2").check());
    // a right one replaces it
    String before = school.fake.zoom.grants.refreshToken();
    await(school.account.authorize(new Secret(before)));
    assertThat(school.fake.zoom.grants.refreshToken()).isNotEqualTo(before);
    expire();
    await(school.account("node-3").check());
  }

  @Test
  void anAnswerLostBeforeTheRotationHealsItself() {
    await(school.account.check());
    expire();
    school.fake.api.faults.on(TOKEN, Fault.silence());
    ZoomAccount node = school.account("node-2");
    assertThatThrownBy(() -> await(node.check())).isInstanceOf(Failure.class);
    await(node.check());
    assertThat(await(node.health()).unfinished()).isEmpty();
    await(node.close());
  }

  @Test
  void invalidGrantReadsTheRowAgainBeforeGivingUp() {
    await(school.account.check());
    expire();
    school.fake.tokenMillis = 1_200;
    ZoomAccount first = school.account("node-2");
    ZoomAccount second = school.account("node-3");
    long before = refreshes();
    Future<Void> one = first.check();
    until(() -> refreshes() > before);
    // The lock goes with the connection while Zoom works, so another node asks with the same token
    // and is told that it is dead, before the first has stored the new one.
    school.databases.postgres(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'"
            + " AND datname = current_database()");
    Future<Void> other = second.check();
    for (Future<Void> asked : List.of(one, other)) {
      Throwable failure = await(asked.<Throwable>map(done -> null).otherwise(error -> error));
      assertThat(failure instanceof NotAuthorized).as(String.valueOf(failure)).isFalse();
    }
    school.fake.tokenMillis = 0;
    await(school.account("node-4").check());
    assertThat(await(school.account.health()).ok()).isTrue();
    await(first.close());
    await(second.close());
  }

  private static void until(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aKeyIsChangedWithoutAuthorisingAnew() {
    await(school.account.check());
    expire();
    TokenCipher both =
        new TokenCipher(List.of(new Secret(ZoomSchool.key(2)), new Secret(ZoomSchool.key(1))));
    TokenStore store = new TokenStore(school.databases.postgres, both, "app:client-1");
    var row = await(store.read()).orElseThrow();
    await(
        store.replace(
            new Rotation(
                row.version(),
                new Grant(
                    row.accessToken().orElseThrow(),
                    row.refreshToken(),
                    Instant.now().plus(Duration.ofHours(1)),
                    row.scopes()))));
    assertThat(await(school.account.health()).keyId()).contains(both.keyId());
    TokenStore old =
        new TokenStore(
            school.databases.postgres,
            new TokenCipher(List.of(new Secret(ZoomSchool.key(1)))),
            "app:client-1");
    assertThatThrownBy(() -> await(old.read()))
        .isInstanceOf(UnreadableTokenException.class)
        .hasMessageContaining("zoom.token-keys")
        .hasMessageNotContaining(ZoomSchool.key(2));
  }

  @Test
  void anAppThatIsSwitchedOffIsNamedAndTheTokenKept() {
    school.fake.api.faults.on(
        TOKEN, Fault.refusal(401, "{\"reason\":\"App disabled\",\"error\":\"invalid_client\"}"));
    assertThatThrownBy(() -> await(school.account.check()))
        .isInstanceOf(NotAuthorized.class)
        .hasMessageContaining("zoom.client-secret");
    await(school.account.check());
  }

  @Test
  void aRefreshTokenThatWasNotUsedForAWeekIsRenewedThoughTheAccessTokenWorks() {
    await(school.account.check());
    assertThat(school.fake.zoom.grants.given()).isEqualTo(1);
    await(school.account.keepAlive());
    assertThat(school.fake.zoom.grants.given()).as("it is young").isEqualTo(1);

    school.databases.postgres("UPDATE zoom_tokens SET refreshed_at = now() - interval '8 days'");
    TokenHealth health = await(school.account.keepAlive());

    assertThat(school.fake.zoom.grants.given()).isEqualTo(2);
    assertThat(health.ok()).isTrue();
    assertThat(health.refreshedAt())
        .hasValueSatisfying(
            when -> assertThat(when).isAfter(java.time.Instant.now().minusSeconds(60)));
    await(school.account.check());
    assertThat(school.fake.zoom.grants.given()).as("and is used from then on").isEqualTo(2);
  }
}
