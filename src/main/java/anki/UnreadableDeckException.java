package anki;

/** A file is no Anki deck, or one that can't be read; the message is for whoever sent it. */
public final class UnreadableDeckException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableDeckException(String message) {
    super(message, null, false, false);
  }
}
