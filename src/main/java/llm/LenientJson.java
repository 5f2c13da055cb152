package llm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Reads one JSON value from the middle of a text, forgiving what models do: single quotes, trailing
 * and missing commas, line breaks in texts, {@code NaN}, comments, and an end that never comes. A
 * member or item that was cut off in the middle is left out.
 */
final class LenientJson {
  private static final int MOST_DEPTH = 64;

  /** The text ended inside a value. */
  private static final class CutOff extends Exception {
    private static final long serialVersionUID = 1L;

    private CutOff() {
      super(null, null, false, false);
    }
  }

  /** This is no JSON, leniently or not. */
  private static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    private NotJson() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private int at;
  private boolean cut;

  LenientJson(String text, int from) {
    this.text = text;
    this.at = from;
  }

  /** Behind the value that was read. */
  int position() {
    return at;
  }

  /** The object or array that begins where this one was set; empty when there is none. */
  Optional<Object> value() {
    try {
      return Optional.ofNullable(value(0));
    } catch (CutOff | NotJson e) {
      return Optional.empty();
    }
  }

  private Object value(int depth) throws CutOff, NotJson {
    if (depth > MOST_DEPTH) {
      throw new NotJson();
    }
    blanks();
    char c = peek();
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"', '\'' -> string(c);
      default -> word();
    };
  }

  private JsonObject object(int depth) throws CutOff, NotJson {
    JsonObject object = new JsonObject();
    at++;
    while (true) {
      String name;
      Object value;
      boolean nested = false;
      try {
        blanks();
        char c = peek();
        if (c == '}') {
          at++;
          return object;
        }
        if (c == ',') {
          at++;
          continue;
        }
        name = c == '"' || c == '\'' ? string(c) : name();
        blanks();
        if (peek() != ':') {
          throw new NotJson();
        }
        at++;
        blanks();
        nested = peek() == '{' || peek() == '[';
        value = value(depth + 1);
      } catch (CutOff e) {
        // Only the outermost object may lack its end: an inner one without it is an incomplete
        // item.
        cut = true;
        if (depth == 0) {
          return object;
        }
        throw e;
      }
      object.put(name, value);
      if (cut && nested) {
        if (depth == 0) {
          return object;
        }
        throw new CutOff();
      }
    }
  }

  private JsonArray array(int depth) throws CutOff, NotJson {
    JsonArray array = new JsonArray();
    at++;
    while (true) {
      try {
        blanks();
        char c = peek();
        if (c == ']') {
          at++;
          return array;
        }
        if (c == ',') {
          at++;
          continue;
        }
        Object value = value(depth + 1);
        if (cut) {
          return array;
        }
        array.add(value);
      } catch (CutOff e) {
        cut = true;
        return array;
      }
    }
  }

  private String string(char quote) throws CutOff, NotJson {
    StringBuilder read = new StringBuilder();
    at++;
    while (true) {
      char c = peek();
      at++;
      if (c == quote && endsString(quote)) {
        return read.toString();
      }
      if (c != '\\') {
        read.append(c);
        continue;
      }
      char escaped = peek();
      at++;
      switch (escaped) {
        case 'n' -> read.append('\n');
        case 't' -> read.append('\t');
        case 'r' -> read.append('\r');
        case 'b' -> read.append('\b');
        case 'f' -> read.append('\f');
        case 'u' -> read.append(hex());
        default -> read.append(escaped);
      }
    }
  }

  /** An apostrophe inside a single-quoted text is not its end: {@code 'it's'}. */
  private boolean endsString(char quote) {
    if (quote == '"') {
      return true;
    }
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next == text.length() || ",:}]".indexOf(text.charAt(next)) >= 0;
  }

  private char hex() throws CutOff, NotJson {
    if (at + 4 > text.length()) {
      throw new CutOff();
    }
    try {
      char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
      at += 4;
      return c;
    } catch (NumberFormatException e) {
      throw new NotJson();
    }
  }

  private String name() throws CutOff, NotJson {
    int start = at;
    while (Character.isJavaIdentifierPart(peek())) {
      at++;
    }
    if (at == start) {
      throw new NotJson();
    }
    return text.substring(start, at);
  }

  private Object word() throws CutOff, NotJson {
    int start = at;
    while (",]}".indexOf(peek()) < 0 && !Character.isWhitespace(peek())) {
      at++;
    }
    String word = text.substring(start, at);
    switch (word) {
      case "true", "True":
        return Boolean.TRUE;
      case "false", "False":
        return Boolean.FALSE;
      case "null", "None", "undefined", "NaN", "Infinity", "-Infinity":
        return null;
      default:
        return number(word);
    }
  }

  private static Number number(String word) throws NotJson {
    try {
      if (word.matches("[+-]?\\d{1,18}")) {
        return Long.valueOf(word);
      }
      if (word.matches("[+-]?\\d*\\.?\\d+([eE][+-]?\\d{1,3})?")) {
        return Double.valueOf(word);
      }
    } catch (NumberFormatException e) {
      throw new NotJson();
    }
    throw new NotJson();
  }

  private void blanks() throws CutOff {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else {
        return;
      }
    }
    throw new CutOff();
  }

  private char peek() throws CutOff {
    if (at >= text.length()) {
      throw new CutOff();
    }
    return text.charAt(at);
  }
}
