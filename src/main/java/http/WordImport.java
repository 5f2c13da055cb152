package http;

import anki.UnreadableDeckException;
import games.NewWord;
import games.WordTable;
import games.WordTransfer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A14: words of a file into a list. What can't be taken is skipped and told, or, when asked to be
 * atomic, keeps all the rest out.
 */
final class WordImport {
  /** Rows of one file. */
  static final int MOST_ROWS = 10_000;

  private final WordTransfer transfer;
  private final RequestRules rowRules;

  /**
   * @param rowRules what a word must be like
   */
  WordImport(Pool mysql, RequestRules rowRules) {
    this.transfer = new WordTransfer(mysql);
    this.rowRules = rowRules;
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("importWords", this::take);
  }

  private Future<Reply> take(Call call) {
    Vertx vertx = call.vertx();
    return vertx
        .executeBlocking(() -> WordFile.of(call), false)
        .compose(
            file ->
                transfer
                    .add(call.learner(), call.pathSegment("listId"), () -> open(call, file))
                    .map(reply -> reply.orElseThrow(() -> WordListEndpoints.notFound(call)))
                    .eventually(
                        () ->
                            vertx.executeBlocking(
                                () -> {
                                  file.close();
                                  return null;
                                },
                                false)))
        .recover(failure -> Future.failedFuture(told(failure)));
  }

  private Future<WordTransfer.Source<Reply>> open(Call call, WordFile file) {
    return call.vertx()
        .executeBlocking(() -> new Reading(call, file.rows(), file.deck()), false)
        .map(reading -> reading);
  }

  private static Throwable told(Throwable failure) {
    if (failure instanceof WordTable.UnreadableException
        || failure instanceof UnreadableDeckException) {
      return ApiException.invalid("body", failure.getMessage());
    }
    return failure instanceof WordTransfer.ListFullException full
        ? WordEndpoints.full(full.there())
        : failure;
  }

  /** A file on its way from the first row to the last; used by one thread after the other. */
  private final class Reading implements WordTransfer.Source<Reply> {
    private final Call call;
    private final WordRows rows;
    private final boolean deck;
    private final ImportReport report;
    private boolean ended;

    Reading(Call call, WordRows rows, boolean deck) {
      this.call = call;
      this.rows = rows;
      this.deck = deck;
      this.report = new ImportReport(deck);
    }

    private record Candidate(WordRows.Row row, NewWord word) {}

    @Override
    public Future<List<NewWord>> next(SqlConnection tx) {
      return call.vertx()
          .executeBlocking(this::step, false)
          .compose(
              candidates -> {
                if (!deck || candidates.isEmpty()) {
                  return Future.succeededFuture(candidates.stream().map(Candidate::word).toList());
                }
                List<NewWord> words = candidates.stream().map(Candidate::word).toList();
                return WordTransfer.known(tx, call.pathSegment("listId"), words)
                    .compose(
                        known -> {
                          List<NewWord> fresh = fresh(candidates, known);
                          return fresh.isEmpty() ? next(tx) : Future.succeededFuture(fresh);
                        });
              });
    }

    private List<NewWord> fresh(List<Candidate> candidates, Set<NewWord.Sides> known) {
      Set<NewWord.Sides> seen = new HashSet<>(known);
      List<NewWord> fresh = new ArrayList<>(candidates.size());
      for (Candidate candidate : candidates) {
        if (seen.add(candidate.word().sides())) {
          fresh.add(candidate.word());
        } else {
          report.skip(
              candidate.row(),
              ImportReport.Reason.DUPLICATE,
              "the list has it already, with the same translation");
        }
      }
      return fresh;
    }

    private List<Candidate> step() {
      List<Candidate> words = new ArrayList<>(WordTransfer.STEP);
      while (!ended && words.size() < WordTransfer.STEP) {
        WordRows.Row row = rows.next();
        if (row == null) {
          break;
        }
        if (report.read() > MOST_ROWS) {
          tooMany(row);
          ended = true;
          break;
        }
        word(row).ifPresent(word -> words.add(new Candidate(row, word)));
      }
      return words;
    }

    private void tooMany(WordRows.Row row) {
      if (rows.total().isEmpty()) {
        throw ApiException.invalid(
            "body", "must have at most " + MOST_ROWS + " rows: import it in parts");
      }
      report.skip(
          row.number(),
          Math.max(1, rows.total().get() - MOST_ROWS),
          ImportReport.Reason.LIMIT,
          "an import takes " + MOST_ROWS + " notes; the rest of the deck was left out");
    }

    private Optional<NewWord> word(WordRows.Row row) {
      if (row.flaw() != null) {
        switch (row.flaw()) {
          case EMPTY -> report.skip(row, ImportReport.Reason.EMPTY, "one side has no text");
          case MEDIA_ONLY ->
              report.skip(
                  row,
                  ImportReport.Reason.MEDIA_ONLY,
                  "one side has pictures or sounds and no text");
          case TOO_LONG ->
              report.skip(
                  row, ImportReport.Reason.RULE, "its fields are longer than a word's may be");
        }
        return Optional.empty();
      }
      try {
        rowRules.checkObject(row.body());
      } catch (ApiException broken) {
        report.skip(
            row,
            ImportReport.Reason.RULE,
            row.hint() == null ? broken.getMessage() : broken.getMessage() + "; " + row.hint());
        return Optional.empty();
      }
      JsonObject body = row.body();
      return Optional.of(
          new NewWord(
              body.getString("word"),
              body.getString("translation"),
              Optional.ofNullable(body.getString("notes")),
              Optional.ofNullable(body.getString("difficulty")),
              Optional.ofNullable(body.getString("exampleSentence")),
              body.getBoolean("isFavorite")));
    }

    @Override
    public Future<Reply> settle(SqlConnection tx, int imported) {
      if (call.input().query().getBoolean("atomic") && !report.complete()) {
        return Future.failedFuture(report.refusal());
      }
      Reply reply = report.reply(imported);
      return call.settle(tx, reply).map(reply);
    }

    @Override
    public Future<Void> close() {
      return call.vertx()
          .executeBlocking(
              () -> {
                rows.close();
                return null;
              },
              false);
    }
  }
}
