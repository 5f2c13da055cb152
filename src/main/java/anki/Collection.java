package anki;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A collection of Anki's schema 11, the one that every version of Anki and its siblings imports:
 * tables, and the settings that lie in them as JSON.
 */
final class Collection {
  static final int SCHEMA = 11;

  /** Never another one, or Anki would take a second export's notes for new ones. */
  static final long NOTE_TYPE = 1_577_836_800_123L;

  static final List<String> FIELDS = List.of("Word", "Translation", "Notes", "Example");

  static final List<String> TABLES =
      List.of(
          "CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL,"
              + " scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT"
              + " NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text"
              + " NOT NULL, dconf text NOT NULL, tags text NOT NULL)",
          // sfld is declared as a number so that numbers sort as such; texts stay texts
          "CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL,"
              + " mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT"
              + " NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data"
              + " text NOT NULL)",
          "CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL,"
              + " ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer"
              + " NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL,"
              + " factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left"
              + " integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT"
              + " NULL, data text NOT NULL)",
          "CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,"
              + " ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor"
              + " integer NOT NULL, time integer NOT NULL, type integer NOT NULL)",
          "CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT"
              + " NULL)");

  /** Made when the rows are in, which is quicker. */
  static final List<String> INDEXES =
      List.of(
          "CREATE INDEX ix_notes_usn ON notes (usn)",
          "CREATE INDEX ix_notes_csum ON notes (csum)",
          "CREATE INDEX ix_cards_usn ON cards (usn)",
          "CREATE INDEX ix_cards_nid ON cards (nid)",
          "CREATE INDEX ix_cards_sched ON cards (did, queue, due)",
          "CREATE INDEX ix_revlog_usn ON revlog (usn)",
          "CREATE INDEX ix_revlog_cid ON revlog (cid)");

  private static final long DEFAULT_DECK = 1;
  private static final String STYLE =
      ".card { font-family: arial; font-size: 24px; text-align: center; }\n"
          // Hebrew and Arabic run from the right, whatever the rest of the card does
          + ".card div { unicode-bidi: plaintext; }\n"
          + ".more { font-size: 16px; margin-top: 1em; }\n";

  private Collection() {}

  /**
   * Unchanged since it was made, so that an import keeps what learners did to their cards' looks.
   */
  static JsonObject noteTypes(long deck) {
    JsonArray fields = new JsonArray();
    for (int i = 0; i < FIELDS.size(); i++) {
      fields.add(
          new JsonObject()
              .put("name", FIELDS.get(i))
              .put("ord", i)
              .put("sticky", false)
              .put("rtl", false)
              .put("font", "Arial")
              .put("size", 20)
              .put("media", new JsonArray()));
    }
    JsonObject card =
        new JsonObject()
            .put("name", "Card 1")
            .put("ord", 0)
            .put("qfmt", "<div>{{Word}}</div>")
            .put(
                "afmt",
                "{{FrontSide}}<hr id=answer><div>{{Translation}}</div>"
                    + "<div class=more>{{Example}}</div><div class=more>{{Notes}}</div>")
            .put("bqfmt", "")
            .put("bafmt", "")
            .putNull("did");
    return new JsonObject()
        .put(
            String.valueOf(NOTE_TYPE),
            new JsonObject()
                .put("id", NOTE_TYPE)
                .put("name", "lessonweave word")
                .put("type", 0)
                .put("mod", NOTE_TYPE / 1_000)
                .put("usn", -1)
                .put("sortf", 0)
                .put("did", deck)
                .put("tmpls", new JsonArray().add(card))
                .put("flds", fields)
                .put("css", STYLE)
                .put("latexPre", "\\documentclass[12pt]{article}\n\\begin{document}\n")
                .put("latexPost", "\\end{document}")
                .put(
                    "req",
                    new JsonArray()
                        .add(new JsonArray().add(0).add("any").add(new JsonArray().add(0))))
                .put("tags", new JsonArray())
                .put("vers", new JsonArray()));
  }

  static JsonObject decks(long id, String name, String description, long modified) {
    return new JsonObject()
        .put(String.valueOf(DEFAULT_DECK), deck(DEFAULT_DECK, "Default", "", modified))
        .put(String.valueOf(id), deck(id, name, description, modified));
  }

  private static JsonObject deck(long id, String name, String description, long modified) {
    JsonObject deck =
        new JsonObject()
            .put("id", id)
            .put("name", name)
            .put("desc", description)
            .put("mod", modified)
            .put("usn", -1)
            .put("collapsed", false)
            .put("browserCollapsed", false)
            .put("dyn", 0)
            .put("conf", 1)
            .put("extendNew", 10)
            .put("extendRev", 50);
    for (String today : new String[] {"lrnToday", "revToday", "newToday", "timeToday"}) {
      deck.put(today, new JsonArray().add(0).add(0));
    }
    return deck;
  }

  static JsonObject deckOptions() {
    return new JsonObject()
        .put(
            "1",
            new JsonObject()
                .put("id", 1)
                .put("name", "Default")
                .put("mod", 0)
                .put("usn", 0)
                .put("maxTaken", 60)
                .put("autoplay", true)
                .put("timer", 0)
                .put("replayq", true)
                .put("dyn", false)
                .put(
                    "new",
                    new JsonObject()
                        .put("bury", false)
                        .put("delays", new JsonArray().add(1.0).add(10.0))
                        .put("initialFactor", 2500)
                        .put("ints", new JsonArray().add(1).add(4).add(0))
                        .put("order", 1)
                        .put("perDay", 20))
                .put(
                    "rev",
                    new JsonObject()
                        .put("bury", false)
                        .put("ease4", 1.3)
                        .put("ivlFct", 1.0)
                        .put("hardFactor", 1.2)
                        .put("maxIvl", 36500)
                        .put("perDay", 200))
                .put(
                    "lapse",
                    new JsonObject()
                        .put("delays", new JsonArray().add(10.0))
                        .put("leechAction", 1)
                        .put("leechFails", 8)
                        .put("minInt", 1)
                        .put("mult", 0.0)));
  }

  static JsonObject settings(long deck, long nextPosition) {
    return new JsonObject()
        .put("activeDecks", new JsonArray().add(deck))
        .put("curDeck", deck)
        .put("curModel", NOTE_TYPE)
        .put("nextPos", nextPosition)
        .put("newSpread", 0)
        .put("collapseTime", 1200)
        .put("timeLim", 0)
        .put("estTimes", true)
        .put("dueCounts", true)
        .put("addToCur", true)
        .put("sortType", "noteFld")
        .put("sortBackwards", false);
  }
}
