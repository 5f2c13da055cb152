package zoom;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderIndexTest {
  @TempDir Path folder;
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static FolderSnapshot current(FolderIndex index) throws Exception {
    return index.current().await(10, TimeUnit.SECONDS);
  }

  @Test
  void everyAnswerShowsWhatWasThereBeforeTheQuestion() throws Exception {
    FolderIndex index = new FolderIndex(vertx, folder);
    for (int i = 0; i < 20; i++) {
      Files.writeString(folder.resolve(i + ".vtt"), "x");
      assertThat(current(index).filesOf(String.valueOf(i))).containsExactly(i + ".vtt");
      Files.delete(folder.resolve(i + ".vtt"));
      assertThat(current(index).filesOf(String.valueOf(i))).isEmpty();
    }
  }

  @Test
  void anUnchangedFolderIsListedOnce() throws Exception {
    Files.writeString(folder.resolve("12.vtt"), "x");
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(60)));
    FolderIndex index = new FolderIndex(vertx, folder);
    for (int i = 0; i < 50; i++) {
      assertThat(current(index).filesOf("12")).hasSize(1);
    }
    assertThat(index.scans()).isEqualTo(1);
  }

  @Test
  void manyQuestionsAtOnceShareAListing() throws Exception {
    Files.writeString(folder.resolve("12.vtt"), "x");
    FolderIndex index = new FolderIndex(vertx, folder);
    List<Future<FolderSnapshot>> questions = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      questions.add(index.current());
    }
    Future.all(questions).await(10, TimeUnit.SECONDS);
    assertThat(index.scans()).isLessThanOrEqualTo(3);
  }

  @Test
  void aListingThatFailsDoesNotBlockTheNext() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    FolderIndex index = new FolderIndex(vertx, file);
    assertThat(index.current().map(1).otherwise(0).await(10, TimeUnit.SECONDS)).isZero();
    Files.delete(file);
    assertThat(current(index).size()).isZero();
  }

  @Test
  void aHugeFolderIsSearchedNotWalked() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      Files.createFile(folder.resolve(i + ".vtt"));
    }
    FolderSnapshot snapshot = FolderSnapshot.scan(folder);
    assertThat(snapshot.size()).isEqualTo(5_000);
    assertThat(snapshot.filesOf("49")).containsExactly("49.vtt");
    assertThat(snapshot.filesOf("4")).containsExactly("4.vtt");
  }
}
