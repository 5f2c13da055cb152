package databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path folder;

  @Test
  void makesTheFolderAndGivesItBack() {
    Path inside = folder.resolve("made with spaces/deeper");
    DataFolder first = DataFolder.open(inside);
    assertThat(first.path()).isDirectory();
    first.close();
    first.close();
    DataFolder.open(inside).close();
  }

  @Test
  void refusesASecondHolderOfTheSameProcessAndKeepsTheFirst() throws Exception {
    try (DataFolder held = DataFolder.open(folder)) {
      assertThatThrownBy(() -> DataFolder.open(folder))
          .isInstanceOf(DataFolderException.class)
          .hasMessageContaining("pid " + ProcessHandle.current().pid())
          .hasMessageContaining("DATA_DIR");
      // The refusal must not have cost the lock: a POSIX lock goes when any descriptor of its file
      // is closed.
      assertThat(ChildProcess.start(FolderHolderMain.class, held.path().toString()).awaitExit())
          .contains("refused");
    }
  }

  @Test
  void namesTheProcessThatHoldsItAndTakesOverWhenThatIsKilled() throws Exception {
    ChildProcess holder = ChildProcess.start(FolderHolderMain.class, folder.toString());
    try {
      holder.awaitLine("held");
      assertThatThrownBy(() -> DataFolder.open(folder))
          .isInstanceOf(DataFolderException.class)
          .hasMessageContaining("pid " + holder.pid())
          .hasMessageContaining("running since")
          .hasMessageContaining("choose another DATA_DIR");
    } finally {
      holder.kill();
    }
    DataFolder.open(folder).close();
  }

  @Test
  void saysWhyTheFolderCannotBeUsed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> DataFolder.open(file.resolve("below")))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("choose another DATA_DIR");
    // A folder nobody can write to, not even root.
    assertThatThrownBy(() -> DataFolder.open(Path.of("/proc/self/fdinfo")))
        .isInstanceOf(DataFolderException.class)
        .hasMessageContaining("can't be written");
  }

  /** Holds a data folder until it is killed, or says that it was refused. */
  static final class FolderHolderMain {
    private FolderHolderMain() {}

    public static void main(String[] arguments) throws InterruptedException {
      try {
        DataFolder.open(Path.of(arguments[0]));
      } catch (DataFolderException e) {
        System.out.println("refused");
        return;
      }
      System.out.println("held");
      new CountDownLatch(1).await(1, TimeUnit.MINUTES);
    }
  }
}
