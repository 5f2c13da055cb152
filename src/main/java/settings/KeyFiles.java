package settings;

import java.nio.file.Path;
import java.util.List;

/** Files that keys of language models were read from, to read them again when they change. */
public interface KeyFiles {
  /** Nothing can change. */
  KeyFiles NONE =
      new KeyFiles() {
        @Override
        public List<Path> paths() {
          return List.of();
        }

        @Override
        public LanguageModel read() {
          throw new IllegalStateException("no file has keys");
        }
      };

  /** Some may not be there. */
  List<Path> paths();

  /**
   * The settings with the keys as they are now. Blocks the thread.
   *
   * @throws SettingsException naming what is wrong with the files
   */
  LanguageModel read();
}
