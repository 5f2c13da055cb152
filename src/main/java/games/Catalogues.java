package games;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.List;

/** The catalogues of the games that have one. For one event loop. */
public final class Catalogues {
  private final CatalogueStore cloze;
  private final CatalogueStore grammar;
  private final CatalogueStore sentence;

  private Catalogues(CatalogueStore cloze, CatalogueStore grammar, CatalogueStore sentence) {
    this.cloze = cloze;
    this.grammar = grammar;
    this.sentence = sentence;
  }

  /**
   * Catalogues whose authored part is kept in memory.
   *
   * @param mysql what it is read from, beside other work
   * @param age how long a change of authored rows may stay unseen, and twice as long again while
   *     the database does not answer; zero reads them from the database each time
   */
  public static Catalogues keeping(SqlClient mysql, Duration age) {
    return new Catalogues(
        new CatalogueStore(CatalogueSchema.CLOZE, new ClozeReader(), mysql, age),
        new CatalogueStore(CatalogueSchema.GRAMMAR, new GrammarReader(), mysql, age),
        new CatalogueStore(CatalogueSchema.SENTENCE, new SentenceReader(), mysql, age));
  }

  /** Catalogues that are read from the database each time. */
  public static Catalogues plain() {
    return new Catalogues(
        new CatalogueStore(CatalogueSchema.CLOZE, new ClozeReader()),
        new CatalogueStore(CatalogueSchema.GRAMMAR, new GrammarReader()),
        new CatalogueStore(CatalogueSchema.SENTENCE, new SentenceReader()));
  }

  /** The gap texts. */
  public CatalogueStore cloze() {
    return cloze;
  }

  /** The grammar questions; their topics are called categories. */
  public CatalogueStore grammar() {
    return grammar;
  }

  /** The sentences to build. */
  public CatalogueStore sentence() {
    return sentence;
  }

  /** Reads the authored parts now; fails when the database does not answer. */
  public Future<Void> refresh() {
    return Future.all(all().stream().map(CatalogueStore::refresh).toList()).mapEmpty();
  }

  List<CatalogueStore> all() {
    return List.of(cloze, grammar, sentence);
  }
}
