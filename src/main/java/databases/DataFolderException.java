package databases;

/** The data folder can't be used; the message says why and what to do. */
public final class DataFolderException extends RuntimeException {
  DataFolderException(String message) {
    super(message);
  }

  DataFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
