package zoom;

import static org.assertj.core.api.Assertions.assertThat;
import static zoom.ZoomSchool.ten;

import demo.CloudLesson;
import fakes.FakeRequest;
import fakes.Fault;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import zoom.FoundRecording.Found;
import zoom.FoundRecording.FoundAudio;
import zoom.FoundRecording.NotYet;
import zoom.FoundRecording.Refused;

/**
 * Every trap about finding and fetching that the contract's summary lists, and those around them.
 */
class ZoomTrapsTest {
  private static final Predicate<FakeRequest> MEETING =
      request -> request.path().startsWith("/v2/meetings/");
  private static final Predicate<FakeRequest> LIST =
      request -> request.path().startsWith("/v2/users/");
  private static final Predicate<FakeRequest> DOWNLOAD =
      request -> request.path().startsWith("/rec/download/");

  private ZoomSchool school;

  @AfterEach
  void close() {
    school.close();
  }

  private static Found found(FoundRecording recording) {
    assertThat(recording).isInstanceOf(Found.class);
    return (Found) recording;
  }

  private static NotYet notYet(FoundRecording recording) {
    assertThat(recording).isInstanceOf(NotYet.class);
    return (NotYet) recording;
  }

  @Test
  void trap2_fromIsAlwaysSentBecauseItDefaultsToToday() {
    school = ZoomSchool.ofAccount();
    Instant lastWeek = ten().minus(7, ChronoUnit.DAYS);
    school.fake.zoom.add(school.lesson(1, lastWeek));
    assertThat(found(school.find(ZoomSchool.query(null, lastWeek))).transcript())
        .contains("Good morning");
    assertThat(school.fake.api.received)
        .filteredOn(LIST)
        .allSatisfy(request -> assertThat(request.uri()).contains("from=").contains("to="))
        .allSatisfy(request -> assertThat(request.uri()).contains("maya%2Ba%40school.example"));
  }

  @Test
  void trap2_aLongRangeIsWalkedInWindowsOfAMonth() {
    school = ZoomSchool.ofAccount();
    for (int month = 0; month < 5; month++) {
      school.fake.zoom.add(school.lesson(month, ten().minus(25L * month, ChronoUnit.DAYS)));
    }
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    List<CloudMeeting> all =
        ZoomSchool.await(api().ofUser(ZoomSchool.TEACHER, today.minusDays(110), today));
    assertThat(all).hasSize(5);
    assertThat(school.fake.api.received).filteredOn(LIST).hasSizeGreaterThan(3);
  }

  @Test
  void trap2_pageTokensThatDieRestartTheirWindow() {
    school = ZoomSchool.ofAccount();
    for (int lesson = 0; lesson < 7; lesson++) {
      school.fake.zoom.add(school.lesson(lesson, ten().plus(lesson, ChronoUnit.MINUTES)));
    }
    school.fake.zoom.paging(Duration.ofMinutes(15), 3);
    Predicate<FakeRequest> secondPage =
        request -> LIST.test(request) && request.uri().contains("next_page_token");
    school.fake.api.faults.on(
        secondPage,
        Fault.refusal(
            400, "{\"code\":300,\"message\":\"The next page token is invalid or expired.\"}"));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    List<CloudMeeting> all =
        ZoomSchool.await(api().ofUser(ZoomSchool.TEACHER, today.minusDays(2), today));
    assertThat(all).hasSize(7).doesNotHaveDuplicates();
  }

  private ZoomApi api() {
    TokenCipher cipher = new TokenCipher(school.settings.zoom().tokenKeys());
    var client =
        outbound.Client.of(
            school.databases.vertx,
            outbound.Service.of("zoom-test", school.settings.zoom().apiUrl()),
            school.metrics);
    Tokens tokens =
        new AccountTokens(
            new OAuthClient(client, school.settings.zoom()),
            new TokenStore(school.databases.postgres, cipher, "account-1"),
            "account-1");
    return new ZoomApi(
        client,
        client,
        tokens,
        new RateGate(
            school.databases.vertx, school.databases.postgres, "account-1", school.settings.zoom()),
        school.settings.zoom());
  }

  @Test
  void trap3_theNumberFindsTheLatestInstanceOnlySoTheListIsAskedForTheRightOne() {
    school = ZoomSchool.ofAccount();
    Instant monday = ten().minus(7, ChronoUnit.DAYS);
    CloudLesson wanted = school.lesson(85012345678L, monday);
    school.fake.zoom.add(wanted);
    school.fake.zoom.add(school.lesson(85012345678L, ten()));
    assertThat(found(school.find(ZoomSchool.query("85012345678", monday))).fileName())
        .isEqualTo("zoom:" + wanted.uuid());
  }

  @Test
  void trap3_uuidsWithSlashesAreEncodedTwice() {
    school = ZoomSchool.ofAccount();
    for (String uuid :
        List.of("/ajXp112QmuoKj4854875==", "ab//cd+ef==", "abc/DEF==", "plain+uuid==")) {
      CloudLesson lesson =
          new CloudLesson(uuid, 1, ZoomSchool.TEACHER, "t", ten(), Duration.ofMinutes(30))
              .segment(Duration.ZERO, Buffer.buffer(ZoomSchool.TRANSCRIPT));
      school.fake.zoom.add(lesson);
      assertThat(found(school.find(ZoomSchool.query(uuid, ten()))).fileName())
          .isEqualTo("zoom:" + uuid);
    }
    assertThat(school.fake.api.received)
        .filteredOn(MEETING)
        .anySatisfy(
            request -> assertThat(request.uri()).contains("%252FajXp112QmuoKj4854875%253D%253D"));
  }

  @Test
  void trap4_3301JustAfterClassIsNotReadyAndNotMissing() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()).notYet(2));
    RecordingQuery query = ZoomSchool.query("7", "", ten(), Duration.ofMinutes(30));
    assertThat(notYet(school.find(query)).reason()).contains("no cloud recording of it yet");
    notYet(school.find(query));
    found(school.find(query));
  }

  @Test
  void trap4_theTranscriptComesLaterOrNeverThenTheAudioIsTaken() throws Exception {
    school = ZoomSchool.ofAccount();
    CloudLesson lesson = school.lesson(7, ten()).withoutTranscriptYet();
    school.fake.zoom.add(lesson);
    RecordingQuery query = ZoomSchool.query("7", ten());
    assertThat(notYet(school.find(query)).reason()).contains("transcript yet");
    school.seen = Optional.of(Instant.now().minus(Duration.ofHours(2)));
    FoundRecording audio = school.find(query);
    assertThat(audio).isInstanceOf(FoundAudio.class);
    var part = ((FoundAudio) audio).parts().get(0);
    assertThat(part.type()).as("sound alone goes before video").isEqualTo("audio/mp4");
    assertThat(Files.size(part.file())).isEqualTo(part.bytes()).isEqualTo(6_000);
    lesson.transcribed();
    found(school.find(query));
  }

  @Test
  void trap5_theTokenDoesNotFollowTheRedirectToAnotherHost() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    found(school.find(ZoomSchool.query("7", ten())));
    assertThat(school.fake.storage.received).isNotEmpty();
    assertThat(school.fake.zoom.leaks).hasValue(0);
  }

  @Test
  void trap5_aWebPageWith200IsNoTranscript() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    school.fake.zoom.closeDownloads(true);
    assertThat(notYet(school.find(ZoomSchool.query("7", ten()))).reason()).contains("web page");
    school.fake.zoom.closeDownloads(false);
    // Also one that says it is a transcript.
    school.fake.storage.faults.then(
        Fault.reply(
            "page",
            fakes.FakeReply.of(200, "text/vtt", Buffer.buffer("<html>" + "x".repeat(200)))));
    assertThat(notYet(school.find(ZoomSchool.query("7", ten()))).reason()).contains("WEBVTT");
    found(school.find(ZoomSchool.query("7", ten())));
  }

  @Test
  void trap5_aFileCutOffIsContinuedAndOneThatStaysShortIsRefused() {
    school = ZoomSchool.ofAccount();
    CloudLesson lesson =
        new CloudLesson(
                CloudLesson.newUuid(), 7, ZoomSchool.TEACHER, "t", ten(), Duration.ofMinutes(30))
            .segment(
                Duration.ZERO,
                Buffer.buffer(ZoomSchool.TRANSCRIPT + "\r\nNOTE " + "x".repeat(200_000)));
    school.fake.zoom.add(lesson);
    school.fake.storage.faults.then(Fault.cutBody(), Fault.cutBody());
    assertThat(found(school.find(ZoomSchool.query("7", ten()))).transcript())
        .hasSizeGreaterThan(200_000);
    school.fake.storage.faults.then(
        Fault.reply(
            "short", fakes.FakeReply.of(200, "text/vtt", Buffer.buffer(ZoomSchool.TRANSCRIPT))));
    assertThat(notYet(school.find(ZoomSchool.query("7", ten()))).reason()).contains("Zoom says");
  }

  @Test
  void trap5_theTokenGoesToZoomsHostsOnly() {
    school = ZoomSchool.ofAccount();
    CloudLesson lesson = school.lesson(7, ten());
    school.fake.zoom.add(lesson);
    school.fake.zoom.servedAt("http://127.0.0.2:1", school.fake.storage.address().toString());
    FoundRecording refused = failedOr(() -> school.find(ZoomSchool.query("7", ten())));
    assertThat(refused).isNull();
  }

  private static FoundRecording failedOr(java.util.function.Supplier<FoundRecording> find) {
    try {
      return find.get();
    } catch (outbound.Failure failure) {
      assertThat(failure).hasMessageContaining("zoom.download-domains");
      return null;
    }
  }

  @Test
  void trap6_retryAfterIsAnInstantOnDailyLimits() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    school.fake.api.faults.on(MEETING, Fault.tooManyInstant(Duration.ofHours(3)));
    Instant until = notYet(school.find(ZoomSchool.query("7", ten()))).notBefore().orElseThrow();
    assertThat(until)
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(178)),
            Instant.now().plus(Duration.ofMinutes(181)));
    // The whole account keeps to it, on every node.
    int asked = school.fake.api.received.size();
    NotYet elsewhere = notYet(school.find(school.account("node-2"), ZoomSchool.query("7", ten())));
    assertThat(elsewhere.notBefore()).isPresent();
    assertThat(school.fake.api.received.stream().skip(asked).filter(MEETING)).isEmpty();
  }

  @Test
  void trap6_aDailyLimitWithoutAnyHeaderIsWaitedFor() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    school.fake.api.faults.on(
        MEETING,
        Fault.refusal(
            429, "{\"code\":429,\"message\":\"You have reached the maximum daily rate limit\"}"));
    assertThat(notYet(school.find(ZoomSchool.query("7", ten()))).notBefore()).isPresent();
  }

  @Test
  void trap6_aLimitPerSecondIsSatOut() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    school.fake.api.faults.on(MEETING, Fault.tooManySeconds(1), Fault.tooMany());
    found(school.find(ZoomSchool.query("7", ten())));
  }

  @Test
  void trap8_serverToServerTokensAskByAddressAndUserTokensByMe() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    found(school.find(ZoomSchool.query(null, ten())));
    assertThat(school.fake.api.received).filteredOn(LIST).noneMatch(r -> r.uri().contains("/me/"));
    school.close();

    school = ZoomSchool.ofUser("ZOOM_USER_EMAIL", ZoomSchool.TEACHER);
    school.fake.zoom.grants.scopes("cloud_recording:read:list_user_recordings");
    school.fake.zoom.user(ZoomSchool.TEACHER);
    school.fake.zoom.add(school.lesson(7, ten()));
    found(school.find(ZoomSchool.query(null, ten())));
    assertThat(school.fake.api.received).filteredOn(LIST).allMatch(r -> r.uri().contains("/me/"));
    // Another teacher's lesson is not looked for in this one's recordings.
    assertThat(
            notYet(
                    school.find(
                        ZoomSchool.query(
                            null, "omar@school.example", ten(), Duration.ofMinutes(30))))
                .reason())
        .contains("another teacher");
  }

  @Test
  void errorObjectsWith200AreErrors() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    school.fake.api.faults.on(
        MEETING,
        Fault.reply(
            "200-error",
            fakes.FakeReply.json(
                200, "{\"code\":200,\"message\":\"You do not have the right permissions\"}")));
    assertThat(notYet(school.find(ZoomSchool.query("7", ten()))).reason())
        .contains("not permitted");
  }

  @Test
  void anExpiredTokenIsReplacedOnceAndTheCallRepeatedOnce() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    found(school.find(ZoomSchool.query("7", ten())));
    school.fake.zoom.grants.expireAll();
    found(school.find(ZoomSchool.query("7", ten())));
    assertThat(school.fake.zoom.grants.given()).isEqualTo(2);
    // Refused again and again, it is not asked for again and again.
    school.fake.api.faults.on(
        MEETING,
        Fault.refusal(401, "{\"code\":124,\"message\":\"Invalid access token.\"}"),
        Fault.refusal(401, "{\"code\":124,\"message\":\"Invalid access token.\"}"));
    notYet(school.find(ZoomSchool.query("7", ten())));
    assertThat(school.fake.zoom.grants.given()).isEqualTo(3);
  }

  @Test
  void aTeacherWithoutAZoomUserFailsForGood() {
    school = ZoomSchool.ofAccount();
    FoundRecording recording =
        school.find(
            ZoomSchool.query(null, "unknown@school.example", ten(), Duration.ofMinutes(30)));
    assertThat(recording).isInstanceOf(Refused.class);
    assertThat(((Refused) recording).reason()).contains("no user").doesNotContain("unknown@");
  }

  @Test
  void aRecordingStoppedAndStartedAgainIsJoinedWithOffsets() {
    school = ZoomSchool.ofAccount();
    CloudLesson lesson =
        school
            .lesson(7, ten())
            .segment(Duration.ofMinutes(12), Buffer.buffer(ZoomSchool.TRANSCRIPT));
    school.fake.zoom.add(lesson);
    String joined = found(school.find(ZoomSchool.query("7", ten()))).transcript();
    assertThat(joined)
        .containsOnlyOnce("WEBVTT")
        .contains("00:00:02.656 --> 00:00:03.230")
        .contains("00:12:02.656 --> 00:12:03.230");
  }

  @Test
  void neighbouringLessonsKeepTheirOwnRecordings() {
    school = ZoomSchool.ofAccount();
    CloudLesson first = school.lesson(1, ten().plusSeconds(240));
    CloudLesson second = school.lesson(2, ten().plus(Duration.ofMinutes(31)));
    school.fake.zoom.add(second);
    RecordingQuery one = ZoomSchool.query(null, ten());
    RecordingQuery two = ZoomSchool.query(null, ten().plus(Duration.ofMinutes(30)));
    // Only the neighbour's is there yet: it is not this lesson's.
    school.rivals = List.of(RecordingWindow.of(two).orElseThrow());
    notYet(school.find(one));
    school.fake.zoom.add(first);
    Found mine = found(school.find(one));
    assertThat(mine.fileName()).isEqualTo("zoom:" + first.uuid());
    school.rivals = List.of(RecordingWindow.of(one).orElseThrow());
    assertThat(found(school.find(two)).fileName()).isEqualTo("zoom:" + second.uuid());
    // Without another lesson to tell, the largest overlap decides and is reported.
    school.rivals = List.of();
    assertThat(found(school.find(one)).warnings()).anyMatch(text -> text.contains("overlap"));
  }

  @Test
  void theFirstRecordingOfTheDayIsNeverTakenForWantOfABetterOne() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(1, ten().minus(Duration.ofHours(3))));
    assertThat(notYet(school.find(ZoomSchool.query(null, ten()))).reason())
        .contains("none of the 1 cloud recordings");
  }

  @Test
  void zoomBeingIllCostsNoLesson() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    school.fake.api.faults.on(MEETING, Fault.unavailableHtml(), Fault.reset(), Fault.serverError());
    assertThat(notYet(school.find(ZoomSchool.query("7", ten()))).reason())
        .contains("could not be asked");
    found(school.find(ZoomSchool.query("7", ten())));
  }

  @Test
  void aDownloadThatTheTokenMayNoLongerDoIsRepeatedWithANewOne() {
    school = ZoomSchool.ofAccount();
    school.fake.zoom.add(school.lesson(7, ten()));
    school.fake.api.faults.on(DOWNLOAD, Fault.refusal(401, "{\"code\":124}"));
    found(school.find(ZoomSchool.query("7", ten())));
    assertThat(school.fake.zoom.grants.given()).isEqualTo(2);
  }
}
