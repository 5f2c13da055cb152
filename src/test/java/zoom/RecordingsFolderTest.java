package zoom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import settings.Settings;
import zoom.FoundRecording.Found;
import zoom.FoundRecording.NotYet;
import zoom.FoundRecording.Refused;

class RecordingsFolderTest {
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final ZoneId ZONE = ZoneId.of("Asia/Jerusalem");
  private static final LocalDate DAY = LocalDate.of(2026, 2, 3);

  /**
   * The lesson's end in the zone of the school; files are written then unless a test says
   * otherwise.
   */
  private static final Instant WRITTEN = Instant.parse("2026-02-03T14:31:00Z");

  private static final String CAPTIONS = "[Dana] 16:00:10\nHello\n";

  @TempDir Path temp;
  private Path folder;
  private Vertx vertx;
  private Instant now = Instant.parse("2026-02-03T15:00:00Z");

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    folder = temp.resolve("recordings");
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private RecordingsFolder source() {
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    return new RecordingsFolder(
        vertx, new Settings.Recordings(folder, SETTLE, Duration.ofHours(24), 1_000), clock);
  }

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(UTF_8), WRITTEN);
  }

  private void write(String name, byte[] bytes, Instant changed) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(changed));
  }

  private static RecordingQuery lesson(String classId) {
    return new RecordingQuery(
        classId,
        Optional.empty(),
        "t@school.example",
        DAY,
        Optional.of(LocalTime.of(16, 0)),
        Optional.of(LocalTime.of(16, 30)),
        ZONE);
  }

  private static RecordingQuery meeting(String meetingId) {
    RecordingQuery query = lesson("12");
    return new RecordingQuery(
        "12", Optional.of(meetingId), query.teacherEmail(), DAY, query.start(), query.end(), ZONE);
  }

  private FoundRecording find(RecordingQuery query) throws Exception {
    return source().find(query).await(10, TimeUnit.SECONDS);
  }

  private Found found(RecordingQuery query) throws Exception {
    FoundRecording answer = find(query);
    assertThat(answer).isInstanceOf(Found.class);
    return (Found) answer;
  }

  private String notYet(RecordingQuery query) throws Exception {
    FoundRecording answer = find(query);
    assertThat(answer).isInstanceOf(NotYet.class);
    return ((NotYet) answer).reason();
  }

  @Test
  void aMissingFolderIsMadeAndTheAnswerSaysWhatIsExpected() throws Exception {
    assertThat(notYet(lesson("12"))).contains("\"12.vtt\"").contains("\"12-2026-02-03.vtt\"");
    assertThat(folder).isDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12.vtt",
        "12.VTT",
        "12.srt",
        "12.txt",
        "12-lesson.vtt",
        "12_final.vtt",
        "12 Dana and Omar.vtt",
        "12.transcript.vtt",
        "12-2026-02-03.vtt",
        "12_2026-02-03_1600.vtt",
        "12-20260203.vtt",
        "12-20260203-1558.vtt",
        "12 2026-02-03 16.02.11.vtt",
        "12-Dana-2026_02_03.vtt",
        "12_2026-02-03T16:05.vtt"
      })
  void namesOfAClass(String name) throws Exception {
    write(name, "the lesson");
    Found found = found(lesson("12"));
    assertThat(found.fileName()).isEqualTo(name);
    assertThat(found.transcript()).isEqualTo("the lesson");
    assertThat(found.source()).isEqualTo("manual_upload");
    assertThat(found.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123.vtt",
        "012.vtt",
        "1.vtt",
        "12a.vtt",
        "12.mp4",
        "12.vtt.part",
        ".12.vtt",
        "x12.vtt",
        "12",
        "12-2026-02-04.vtt",
        "12-2026-02-03_1000.vtt",
        "12_2025-02-03.vtt",
        "lesson-12.vtt",
        "12.vtt/12.vtt",
        "old/12.vtt"
      })
  void namesOfOthers(String name) throws Exception {
    write(name, "another lesson");
    notYet(lesson("12"));
  }

  @Test
  void aNumberAfterTheIdMayBeAnotherClass() throws Exception {
    write("12-3.vtt", "another class");
    assertThat(notYet(lesson("12"))).contains("\"12-3.vtt\" was left alone").contains("2026-02-03");
    assertThat(found(lesson("12-3")).transcript()).isEqualTo("another class");
  }

  @ParameterizedTest
  @CsvSource({
    "../secret, secret.vtt",
    "a/b, a%2Fb.vtt",
    "*, %2A.vtt",
    "100%, 100%25.vtt",
    "'class 7 [b]', class 7 [b].vtt",
    "כיתה-3, כיתה-3.vtt",
    "c:\\x, c%3A%5Cx.vtt"
  })
  void classIdsAreOnlyComparedNeverPaths(String classId, String name) throws Exception {
    Files.createDirectories(folder);
    Files.writeString(temp.resolve("secret.vtt"), "nobody's business");
    if (classId.startsWith("..")) {
      notYet(lesson(classId));
      return;
    }
    write(name, "mine");
    write("plain.vtt", "other");
    assertThat(found(lesson(classId)).transcript()).isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "..", "/"})
  void emptyIdsMatchNothing(String classId) throws Exception {
    write("-x.vtt", "x");
    write(".vtt", "x");
    notYet(lesson(classId));
  }

  @Test
  void decomposedAccentsAreTheSameName() throws Exception {
    write("Ame\u0301lie.vtt", "mine");
    assertThat(found(lesson("Am\u00e9lie")).transcript()).isEqualTo("mine");
  }

  @Test
  void theDateInTheNameDecidesAndDatedGoesBeforeUndated() throws Exception {
    write("12.vtt", "undated");
    write("12-2026-01-27.vtt", "last week");
    write("12-2026-02-03.vtt", "today");
    assertThat(found(lesson("12")).transcript()).isEqualTo("today");
    Files.delete(folder.resolve("12-2026-02-03.vtt"));
    assertThat(found(lesson("12")).transcript()).isEqualTo("undated");
  }

  @Test
  void theNearestTimeWinsAndIsReported() throws Exception {
    write("12_2026-02-03_1500.vtt", "an hour before");
    write("12_2026-02-03_1610.vtt", "this one");
    Found found = found(lesson("12"));
    assertThat(found.transcript()).isEqualTo("this one");
    assertThat(found.warnings()).hasSize(1).first().asString().contains("nearest");
    assertThat(found.recordedAt()).contains(Instant.parse("2026-02-03T14:10:00Z"));
  }

  @Test
  void aTimeFarOffIsReportedAndBeyondNinetyMinutesRefused() throws Exception {
    write("12-2026-02-03_1725.vtt", "late");
    assertThat(found(lesson("12")).warnings())
        .containsExactly("The recording began 85 minutes away from the lesson's start.");
    Files.move(folder.resolve("12-2026-02-03_1725.vtt"), folder.resolve("12-2026-02-03_1731.vtt"));
    notYet(lesson("12"));
  }

  @Test
  void equallyNearTimesAreAmbiguous() throws Exception {
    write("12_2026-02-03_1550.vtt", "one");
    write("12_2026-02-03_1610.vtt", "other");
    assertThat(notYet(lesson("12"))).contains("fit this lesson equally well");
  }

  @Test
  void oneRecordingInTwoFormatsIsNoAmbiguity() throws Exception {
    write("12.txt", "text");
    write("12.vtt", "captions");
    write("12-notes.vtt", "notes");
    assertThat(found(lesson("12")).transcript()).isEqualTo("captions");
    Files.delete(folder.resolve("12.txt"));
    Files.delete(folder.resolve("12.vtt"));
    write("12-part2.vtt", "more");
    assertThat(notYet(lesson("12"))).contains("12-notes.vtt").contains("12-part2.vtt");
  }

  @Test
  void anUndatedFileFromLongBeforeTheLessonIsAnEarlierLessons() throws Exception {
    write("12.vtt", "old".getBytes(UTF_8), WRITTEN.minus(Duration.ofDays(7)));
    assertThat(notYet(lesson("12"))).contains("earlier lesson").contains("12-2026-02-03.vtt");
    now =
        Instant.parse(
            "2026-02-01T00:00:00Z"); // the class lies in our future: its clock proves nothing
    assertThat(found(lesson("12")).transcript()).isEqualTo("old");
  }

  @Test
  void aFileIsReadOnlyWhenSettled() throws Exception {
    write("12.vtt", "growing".getBytes(UTF_8), now.minusMillis(1_999));
    assertThat(notYet(lesson("12"))).contains("still be growing");
    now = now.plusMillis(1);
    assertThat(found(lesson("12")).transcript()).isEqualTo("growing");
  }

  @Test
  void aFileFromAClockAheadOfOursSettlesByWatchingIt() throws Exception {
    write("12.vtt", "ahead".getBytes(UTF_8), now.plusSeconds(3_600));
    RecordingsFolder source = source();
    assertThat(source.find(lesson("12")).await(10, TimeUnit.SECONDS)).isInstanceOf(NotYet.class);
    now = now.plusMillis(1_000);
    assertThat(source.find(lesson("12")).await(10, TimeUnit.SECONDS)).isInstanceOf(NotYet.class);
    now = now.plusMillis(1_000);
    assertThat(source.find(lesson("12")).await(10, TimeUnit.SECONDS)).isInstanceOf(Found.class);
  }

  @Test
  void emptyAndTooLargeFiles() throws Exception {
    write("12.vtt", "");
    assertThat(notYet(lesson("12"))).contains("still empty");
    write("12.vtt", "x".repeat(1_001));
    FoundRecording answer = find(lesson("12"));
    assertThat(answer).isInstanceOf(Refused.class);
    assertThat(((Refused) answer).reason())
        .contains("1,001 bytes")
        .contains("recordings.max-bytes");
    write("12.vtt", "x".repeat(1_000));
    assertThat(found(lesson("12")).transcript()).hasSize(1_000);
  }

  @Test
  void linksThatLeaveTheFolderAreNotFollowed() throws Exception {
    Files.createDirectories(folder);
    Path outside = Files.writeString(temp.resolve("outside.vtt"), "secret");
    Files.createSymbolicLink(folder.resolve("12.vtt"), outside);
    assertThat(notYet(lesson("12"))).contains("leads out");
    Path zoom = Files.createDirectories(temp.resolve("elsewhere"));
    Files.writeString(zoom.resolve("closed_caption.txt"), CAPTIONS);
    Files.createSymbolicLink(folder.resolve("2026-02-03 16.00.00 Lesson 12345678901"), zoom);
    Files.delete(folder.resolve("12.vtt"));
    assertThat(notYet(meeting("12345678901"))).contains("leads out");
    Files.createSymbolicLink(folder.resolve("12.vtt"), folder.resolve("gone.vtt"));
    notYet(lesson("12"));
  }

  @Test
  void linksInsideTheFolderAndAFolderThatIsALinkWork() throws Exception {
    Path real = Files.createDirectories(temp.resolve("real"));
    Files.createSymbolicLink(folder, real);
    write("other.vtt", "shared");
    Files.createSymbolicLink(folder.resolve("12.vtt"), Path.of("other.vtt"));
    assertThat(found(lesson("12")).transcript()).isEqualTo("shared");
  }

  @Test
  void encodings() throws Exception {
    String text = "Dana: Café “déjà”";
    String hebrew = "Dana: שלום";
    for (Charset charset :
        new Charset[] {UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
      write("12.vtt", ("\uFEFF" + hebrew).getBytes(charset), WRITTEN);
      assertThat(found(lesson("12")).transcript()).as("%s with mark", charset).isEqualTo(hebrew);
    }
    write("12.vtt", text.getBytes(Charset.forName("windows-1252")), WRITTEN);
    assertThat(found(lesson("12")).transcript()).isEqualTo(text);
    write("12.vtt", text.getBytes(StandardCharsets.UTF_16LE), WRITTEN);
    assertThat(found(lesson("12")).transcript()).isEqualTo(text);
    byte[] cut = (hebrew.repeat(20)).getBytes(UTF_8);
    write("12.vtt", java.util.Arrays.copyOf(cut, cut.length - 1), WRITTEN);
    assertThat(found(lesson("12")).transcript()).startsWith(hebrew).endsWith("\uFFFD");
  }

  @Test
  void zoomFolderByMeetingNumber() throws Exception {
    write(
        "2026-02-03 16.01.30 Dana's Lesson 12345678901/meeting_saved_closed_caption.txt", CAPTIONS);
    write("2026-02-03 16.01.30 Dana's Lesson 12345678901/chat.txt", "a chat");
    write("2026-02-03 16.00.00 Other 99999999999/meeting_saved_closed_caption.txt", "other");
    write(
        "2026-02-02 16.00.00 Dana's Lesson 12345678901/meeting_saved_closed_caption.txt",
        "yesterday");
    Found found = found(meeting("123 4567 8901"));
    assertThat(found.transcript()).isEqualTo(CAPTIONS);
    assertThat(found.source()).isEqualTo("zoom_native_transcript");
    assertThat(found.fileName())
        .isEqualTo(
            "2026-02-03 16.01.30 Dana's Lesson 12345678901/meeting_saved_closed_caption.txt");
    assertThat(found.recordedAt()).contains(Instant.parse("2026-02-03T14:01:30Z"));
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void meetingNumbersAreEqualOrDifferentNeverPartOfEachOther() throws Exception {
    write("2026-02-03 16.00.00 Lesson 12345678901/closed_caption.txt", CAPTIONS);
    notYet(meeting("2345678901"));
    notYet(meeting("1234567890"));
  }

  @Test
  void aTranscriptGoesBeforeCaptions() throws Exception {
    String zoom = "2026-02-03 16.00.00 Lesson 12345678901/";
    write(zoom + "closed_caption.txt", "captions");
    write(zoom + "GMT20260203-140000_Recording.vtt", "vtt");
    write(zoom + "GMT20260203-140000_Recording.transcript.vtt", "transcript");
    assertThat(found(meeting("12345678901")).transcript()).isEqualTo("transcript");
  }

  @Test
  void aZoomFolderWithoutTranscriptSaysWhatToSwitchOn() throws Exception {
    write("2026-02-03 16.00.00 Lesson 12345678901/video.mp4", "mp4");
    assertThat(notYet(meeting("12345678901")))
        .contains("no transcript or captions")
        .contains("Save captions");
  }

  @Test
  void aPersonalRoomIsSharedByManyLessons() throws Exception {
    write("2026-02-03 14.00.00 Room 12345678901/closed_caption.txt", "two hours before");
    notYet(meeting("12345678901"));
    write("2026-02-03 15.20.00 Room 12345678901/closed_caption.txt", "forty minutes before");
    write("2026-02-03 16.03.00 Room 12345678901/closed_caption.txt", "this one");
    Found found = found(meeting("12345678901"));
    assertThat(found.transcript()).isEqualTo("this one");
    assertThat(found.warnings()).hasSize(1).first().asString().contains("2 recordings");
  }

  @Test
  void withoutTimesOneMeetingADayIsClearAndTwoAreNot() throws Exception {
    RecordingQuery query =
        new RecordingQuery(
            "12", Optional.of("12345678901"), "", DAY, Optional.empty(), Optional.empty(), ZONE);
    write("2026-02-03 09.00.00 Room 12345678901/closed_caption.txt", "the one");
    assertThat(found(query).transcript()).isEqualTo("the one");
    write("2026-02-03 10.00.00 Room 12345678901/closed_caption.txt", "another");
    assertThat(notYet(query)).contains("recorded 2 times");
  }

  @ParameterizedTest(name = "recording at {0} belongs: {1}")
  @CsvSource({
    "15.44.59,false",
    "15.45.00,true",
    "16.00.00,true",
    "16.20.00,true",
    "16.20.01,false",
    "16.29.00,false",
    "10.00.00,false"
  })
  void withoutANumberOnlyANearStartCounts(String start, boolean belongs) throws Exception {
    write("2026-02-03 " + start + " Dana's Lesson/closed_caption.txt", CAPTIONS);
    if (belongs) {
      assertThat(found(lesson("12")).warnings())
          .hasSize(1)
          .first()
          .asString()
          .contains("by its time alone");
    } else {
      notYet(lesson("12"));
    }
  }

  @Test
  void aNearRecordingOfAnotherMeetingIsAnotherChilds() throws Exception {
    write("2026-02-03 16.00.00 Lesson 99999999999/closed_caption.txt", CAPTIONS);
    notYet(meeting("12345678901"));
  }

  @Test
  void twoNearFoldersAreAmbiguousUnlessOneIsClearlyNearer() throws Exception {
    write("2026-02-03 15.58.00 Dana/closed_caption.txt", "dana");
    write("2026-02-03 16.06.00 Ruth/closed_caption.txt", "ruth");
    assertThat(notYet(lesson("12"))).contains("about equally near").contains("<class id>.vtt");
    Files.move(
        folder.resolve("2026-02-03 16.06.00 Ruth"), folder.resolve("2026-02-03 16.16.00 Ruth"));
    Found found = found(lesson("12"));
    assertThat(found.transcript()).isEqualTo("dana");
    assertThat(found.warnings()).anyMatch(warning -> warning.contains("2 recordings begin near"));
  }

  @Test
  void aLessonPastMidnight() throws Exception {
    RecordingQuery query =
        new RecordingQuery(
            "12",
            Optional.of("12345678901"),
            "",
            DAY,
            Optional.of(LocalTime.of(23, 50)),
            Optional.of(LocalTime.of(0, 20)),
            ZONE);
    now = Instant.parse("2026-02-05T00:00:00Z");
    write("2026-02-04 00.01.00 Room 12345678901/closed_caption.txt", CAPTIONS);
    assertThat(found(query).transcript()).isEqualTo(CAPTIONS);
    write("12_2026-02-04_0001.vtt", "by name");
    assertThat(found(query).transcript()).isEqualTo("by name");
  }

  @Test
  void theClassesOwnFileGoesBeforeZoomsFolder() throws Exception {
    write("2026-02-03 16.01.30 Lesson 12345678901/closed_caption.txt", CAPTIONS);
    write("12.vtt", "by hand");
    assertThat(found(meeting("12345678901")).transcript()).isEqualTo("by hand");
  }

  @Test
  void aFolderThatCannotBeFailsTheFuture() throws Exception {
    Files.writeString(folder, "a file where the folder should be");
    assertThat(
            source()
                .find(lesson("12"))
                .map(answer -> "found")
                .otherwise("failed")
                .await(10, TimeUnit.SECONDS))
        .isEqualTo("failed");
  }

  private RecordingsFolder listening(long maxSoundBytes) {
    Settings.Recordings settings =
        new Settings.Recordings(folder, Duration.ZERO, Duration.ofHours(24), 1 << 20);
    return new RecordingsFolder(vertx, settings, Clock.systemUTC(), maxSoundBytes);
  }

  private FoundRecording heard(RecordingsFolder source) throws Exception {
    return source
        .find(
            new RecordingQuery(
                "12",
                Optional.empty(),
                "",
                LocalDate.now(ZoneOffset.UTC),
                Optional.empty(),
                Optional.empty(),
                ZoneOffset.UTC))
        .await(10, TimeUnit.SECONDS);
  }

  @Test
  void soundAloneIsTakenWhereSomebodyListens() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve("12.mp4"), new byte[2_000_000]);
    Files.write(folder.resolve("12.m4a"), new byte[1_500_000]);
    assertThat(heard(listening(2_000_000)))
        .isInstanceOfSatisfying(
            FoundRecording.FoundAudio.class,
            sound -> {
              assertThat(sound.name()).isEqualTo("12.m4a");
              assertThat(sound.parts())
                  .containsExactly(
                      new FoundRecording.AudioPart(
                          folder.resolve("12.m4a"), 1_500_000, "audio/mp4", Duration.ZERO));
            });
    assertThat(heard(listening(1_000_000)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).contains("speech-to-text.max-audio-bytes"));
  }

  @Test
  void soundAloneIsWaitedPastWhereNobodyListens() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve("12.mp4"), new byte[10]);
    assertThat(heard(listening(0)))
        .isInstanceOfSatisfying(
            NotYet.class,
            waiting -> assertThat(waiting.reason()).contains("set up a speech-to-text service"));
  }

  @Test
  void aTranscriptGoesBeforeSound() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve("12.m4a"), new byte[10]);
    Files.writeString(folder.resolve("12_notes.vtt"), "WEBVTT");
    assertThat(heard(listening(2_000_000))).isInstanceOf(Found.class);
  }

  @Test
  void zoomsOwnFolderWithSoundAloneIsTakenToo() throws Exception {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Path zoom = Files.createDirectories(folder.resolve(today + " 16.00.00 Class 12 85012345678"));
    Files.write(zoom.resolve("video1.mp4"), new byte[10]);
    Files.write(zoom.resolve("audio1.m4a"), new byte[10]);
    FoundRecording found =
        listening(1_000)
            .find(
                new RecordingQuery(
                    "12",
                    Optional.of("85012345678"),
                    "",
                    today,
                    Optional.of(LocalTime.of(16, 0)),
                    Optional.of(LocalTime.of(16, 30)),
                    ZoneOffset.UTC))
            .await(10, TimeUnit.SECONDS);
    assertThat(found)
        .isInstanceOfSatisfying(
            FoundRecording.FoundAudio.class,
            sound -> assertThat(sound.name()).endsWith("/audio1.m4a"));
  }
}
