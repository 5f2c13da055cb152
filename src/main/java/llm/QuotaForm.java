package llm;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import llm.QuotaState.Claim;
import llm.QuotaState.Lease;
import llm.QuotaStore.Amount;

/** A {@link QuotaState} as bytes: the row that nodes share. */
final class QuotaForm {
  private static final byte FORM = 2;
  private static final byte FORM_WITHOUT_LEASES = 1;

  private QuotaForm() {}

  static Buffer encode(QuotaState state, long now) {
    Buffer buffer = Buffer.buffer().appendByte(FORM).appendLong(state.closedUntil);
    for (UseLog log : state.logs()) {
      log.used(now);
      log.write(buffer);
    }
    buffer.appendLong(state.lastLease).appendInt(state.leases.size());
    state.leases.forEach(
        (node, lease) -> {
          append(buffer, node);
          append(buffer.appendLong(lease.number()), lease.left()).appendLong(lease.until());
        });
    buffer.appendInt(state.claims.size());
    state.claims.forEach(
        (node, claim) -> {
          append(buffer, node);
          append(buffer, claim.need()).appendLong(claim.since()).appendLong(claim.until());
        });
    return buffer;
  }

  private static void append(Buffer buffer, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    buffer.appendInt(bytes.length).appendBytes(bytes);
  }

  private static Buffer append(Buffer buffer, Amount amount) {
    return buffer.appendLong(amount.requests()).appendLong(amount.tokens());
  }

  /** A form that this version does not know, and no bytes at all, are an empty state. */
  static QuotaState decode(Buffer buffer, long marginMillis) {
    QuotaState state = new QuotaState(marginMillis);
    if (buffer.length() == 0
        || buffer.getByte(0) != FORM && buffer.getByte(0) != FORM_WITHOUT_LEASES) {
      return state;
    }
    state.closedUntil = buffer.getLong(1);
    int at = 1 + Long.BYTES;
    for (UseLog log : state.logs()) {
      at = log.read(buffer, at, buffer.getByte(0) == FORM);
    }
    if (buffer.getByte(0) == FORM_WITHOUT_LEASES) {
      return state;
    }
    Reader reader = new Reader(buffer, at);
    state.lastLease = reader.number();
    for (int n = reader.count(); n > 0; n--) {
      state.leases.put(reader.text(), new Lease(reader.number(), reader.amount(), reader.number()));
    }
    for (int n = reader.count(); n > 0; n--) {
      state.claims.put(reader.text(), new Claim(reader.amount(), reader.number(), reader.number()));
    }
    return state;
  }

  private static final class Reader {
    private final Buffer buffer;
    private int at;

    Reader(Buffer buffer, int at) {
      this.buffer = buffer;
      this.at = at;
    }

    int count() {
      int value = buffer.getInt(at);
      at += Integer.BYTES;
      return value;
    }

    long number() {
      long value = buffer.getLong(at);
      at += Long.BYTES;
      return value;
    }

    Amount amount() {
      return new Amount(number(), number());
    }

    String text() {
      int length = count();
      String value = buffer.getString(at, at + length);
      at += length;
      return value;
    }
  }
}
