package anki;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the fields of a collection's notes are for, by note type. Older collections keep note types
 * as JSON in one row, newer ones in tables.
 */
final class NoteTypes {
  private static final int MOST_FIELDS = 50_000;

  private final Map<Long, FieldRoles> byId;

  private NoteTypes(Map<Long, FieldRoles> byId) {
    this.byId = byId;
  }

  static NoteTypes read(Connection collection) {
    try {
      if (ForeignSqlite.hasTable(collection, "fields", Set.of("ntid", "ord", "name"))) {
        return new NoteTypes(ofTables(collection));
      }
      if (ForeignSqlite.hasTable(collection, "col", Set.of("models"))) {
        return new NoteTypes(ofJson(collection));
      }
    } catch (SQLException | DecodeException | ClassCastException | NumberFormatException broken) {
      throw ForeignSqlite.unreadable();
    }
    throw ForeignSqlite.unreadable();
  }

  /** A note whose type is not there is read by the order of its fields. */
  FieldRoles roles(long noteType) {
    return byId.getOrDefault(noteType, FieldRoles.of(List.of("", "", "")));
  }

  private static Map<Long, FieldRoles> ofTables(Connection collection) throws SQLException {
    Map<Long, TreeMap<Long, String>> names = new HashMap<>();
    try (Statement query = collection.createStatement();
        ResultSet rows =
            query.executeQuery("SELECT ntid, ord, name FROM fields LIMIT " + MOST_FIELDS)) {
      while (rows.next()) {
        String name = rows.getString(3);
        names
            .computeIfAbsent(rows.getLong(1), id -> new TreeMap<>())
            .put(rows.getLong(2), name == null ? "" : name);
      }
    }
    Map<Long, FieldRoles> roles = new HashMap<>();
    names.forEach((id, fields) -> roles.put(id, FieldRoles.of(List.copyOf(fields.values()))));
    return roles;
  }

  private static Map<Long, FieldRoles> ofJson(Connection collection) throws SQLException {
    String models;
    try (Statement query = collection.createStatement();
        ResultSet row = query.executeQuery("SELECT models FROM col LIMIT 1")) {
      models = row.next() ? row.getString(1) : null;
    }
    if (models == null) {
      throw ForeignSqlite.unreadable();
    }
    Map<Long, FieldRoles> roles = new HashMap<>();
    JsonObject byId = new JsonObject(models);
    for (String id : byId.fieldNames()) {
      JsonArray fields = byId.getJsonObject(id).getJsonArray("flds", new JsonArray());
      TreeMap<Integer, String> names = new TreeMap<>();
      for (int i = 0; i < fields.size() && i < MOST_FIELDS; i++) {
        JsonObject field = fields.getJsonObject(i);
        names.put(field.getInteger("ord", i), field.getString("name", ""));
      }
      roles.put(Long.parseLong(id), FieldRoles.of(new ArrayList<>(names.values())));
    }
    return roles;
  }
}
