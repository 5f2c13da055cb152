package courses.sources;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file of streams, as old office programs write it (MS-CFB). Whatever a file says of itself is
 * checked against its size, so that none takes more time or memory than its bytes are worth.
 */
final class CompoundFile {
  /** How such a file begins. */
  static final byte[] MAGIC = {
    (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
  };

  private static final int HEADER = 512;
  private static final int ENTRY = 128;
  private static final int HEADER_DIFAT = 109;
  private static final int MINI_SECTOR = 64;
  // Sector numbers from here on are marks such as the end of a chain.
  private static final int MARKS = 0xFFFFFFFA;

  private final ByteBuffer file;
  private final int sectorSize;
  private final int[] fat;
  private final int[] miniFat;
  private final byte[] miniStream;
  private final int miniCutoff;
  private final Map<String, ByteBuffer> entries = new HashMap<>();

  /**
   * @throws IllegalArgumentException when it is none, or broken
   */
  CompoundFile(byte[] bytes) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int shift = file.getShort(0x1E);
      if (shift != 9 && shift != 12) {
        throw new IllegalArgumentException("its sectors have an unknown size");
      }
      sectorSize = 1 << shift;
      miniCutoff = file.getInt(0x38);
      fat = fat();
      ByteBuffer directory = buffer(chain(fat, file.getInt(0x30)));
      for (int at = 0; at + ENTRY <= directory.limit(); at += ENTRY) {
        int length = directory.getShort(at + 0x40) - 2;
        if (length > 0 && length <= 62) {
          byte[] name = new byte[length];
          directory.get(at, name);
          entries.putIfAbsent(
              new String(name, StandardCharsets.UTF_16LE),
              directory.slice(at, ENTRY).order(ByteOrder.LITTLE_ENDIAN));
        }
      }
      ByteBuffer root = entries.get("Root Entry");
      miniStream = root == null ? new byte[0] : chain(fat, root.getInt(0x74));
      ByteBuffer mini = buffer(chain(fat, file.getInt(0x3C)));
      miniFat = new int[mini.limit() / Integer.BYTES];
      mini.asIntBuffer().get(miniFat);
    } catch (IndexOutOfBoundsException | BufferUnderflowException cut) {
      throw new IllegalArgumentException("it is cut short", cut);
    }
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean isSector(int number) {
    return Integer.compareUnsigned(number, MARKS) < 0;
  }

  private long at(int sector) {
    return HEADER <= sectorSize ? (sector + 1L) * sectorSize : HEADER + (long) sector * sectorSize;
  }

  /** The table of chains, whose own sectors are listed in the header and in a chain behind it. */
  private int[] fat() {
    int most = file.limit() / sectorSize + 1;
    int perSector = sectorSize / Integer.BYTES;
    int[] table = new int[most + perSector];
    java.util.Arrays.fill(table, -1);
    int filled = 0;
    int list = 0x4C;
    int left = HEADER_DIFAT;
    int next = file.getInt(0x44);
    for (int lists = 0; lists <= most; lists++) {
      for (int i = 0; i < left; i++) {
        int sector = file.getInt(list + i * Integer.BYTES);
        if (isSector(sector) && filled + perSector <= table.length) {
          long begin = at(sector);
          for (int k = 0; k < perSector && begin + 4 <= file.limit(); k++, begin += 4) {
            table[filled++] = file.getInt((int) begin);
          }
        }
      }
      if (!isSector(next) || at(next) + sectorSize > file.limit()) {
        break;
      }
      list = (int) at(next);
      left = perSector - 1;
      next = file.getInt(list + left * Integer.BYTES);
    }
    return table;
  }

  private byte[] chain(int[] table, int first) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    int sector = first;
    // no honest chain is longer than its file
    while (isSector(sector) && bytes.size() < file.limit()) {
      long begin = at(sector);
      if (begin < 0 || begin >= file.limit()) {
        break; // before any number is cut to an int
      }
      byte[] piece = new byte[(int) Math.min(sectorSize, file.limit() - begin)];
      file.get((int) begin, piece);
      bytes.writeBytes(piece);
      sector = sector < table.length ? table[sector] : -1;
    }
    return bytes.toByteArray();
  }

  /** A stream's bytes; empty when there is none of this name. */
  Optional<ByteBuffer> stream(String name) {
    ByteBuffer entry = entries.get(name);
    if (entry == null || entry.get(0x42) != 2) {
      return Optional.empty();
    }
    int first = entry.getInt(0x74);
    int size = entry.getInt(0x78);
    byte[] bytes = size >= 0 && size < miniCutoff ? mini(first, size) : chain(fat, first);
    int length = size < 0 ? bytes.length : Math.min(size, bytes.length);
    return Optional.of(buffer(bytes).slice(0, length).order(ByteOrder.LITTLE_ENDIAN));
  }

  private byte[] mini(int first, int size) {
    byte[] bytes = new byte[Math.min(size, miniStream.length)];
    int done = 0;
    int sector = first;
    while (isSector(sector) && done < bytes.length) {
      long begin = (long) sector * MINI_SECTOR;
      if (begin < 0 || begin >= miniStream.length) {
        break;
      }
      int length =
          (int) Math.min(Math.min(MINI_SECTOR, bytes.length - done), miniStream.length - begin);
      System.arraycopy(miniStream, (int) begin, bytes, done, length);
      done += length;
      sector = sector < miniFat.length ? miniFat[sector] : -1;
    }
    return bytes;
  }
}
