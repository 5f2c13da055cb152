package http;

import anki.DeckWord;
import anki.DeckWriter;
import games.Word;
import games.WordList;
import games.WordTransfer;
import io.vertx.core.Future;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A list as a deck for Anki: written to a file, some hundred words at a time, which is then sent.
 */
final class DeckExport {
  private final WordTransfer transfer;
  private final Path files;

  /**
   * @param files a folder for decks on their way
   */
  DeckExport(WordTransfer transfer, Path files) {
    this.transfer = transfer;
    this.files = files;
  }

  /** Writes the deck but does not end the response; its files are gone when the future is done. */
  Future<Void> write(Call call, WordList list, HttpServerResponse response) {
    return call.vertx()
        .executeBlocking(
            () -> DeckWriter.create(files, list.id(), list.name(), list.description().orElse("")),
            false)
        .compose(
            deck ->
                steps(call, list, deck, Optional.empty())
                    .compose(filled -> call.vertx().executeBlocking(deck::finish, false))
                    .compose(file -> send(call, file, response))
                    .eventually(
                        () ->
                            call.vertx()
                                .executeBlocking(
                                    () -> {
                                      deck.close();
                                      return null;
                                    },
                                    false)));
  }

  private Future<Void> steps(Call call, WordList list, DeckWriter deck, Optional<Word> after) {
    return transfer
        .next(call.learner(), list.id(), after)
        .compose(
            words ->
                call.vertx()
                    .executeBlocking(
                        () -> {
                          deck.add(words.stream().map(DeckExport::deckWord).toList());
                          return words;
                        },
                        false))
        .compose(words -> goOn(call, list, deck, words));
  }

  private Future<Void> goOn(Call call, WordList list, DeckWriter deck, List<Word> words) {
    return words.size() < WordTransfer.STEP
        ? Future.succeededFuture()
        : steps(call, list, deck, Optional.of(words.get(words.size() - 1)));
  }

  private static DeckWord deckWord(Word word) {
    return new DeckWord(
        word.id(),
        word.word(),
        word.translation(),
        word.notes().orElse(""),
        word.exampleSentence().orElse(""),
        word.favorite(),
        word.createdAt(),
        word.updatedAt());
  }

  private static Future<Void> send(Call call, Path file, HttpServerResponse response) {
    return call.vertx()
        .fileSystem()
        .open(file.toString(), new OpenOptions().setWrite(false).setCreate(false))
        .compose(
            bytes ->
                bytes
                    .pipe()
                    .endOnSuccess(false)
                    // half a deck must not look like a whole one
                    .endOnFailure(false)
                    .to(response)
                    .eventually(bytes::close));
  }
}
