package courses.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Documents of old Word, built by the published description of the format. */
class WordTextTest {
  private static final int SECTOR = 512;
  private static final int MAIN_SECTORS = 16;
  private static final int TABLE_SECTORS = 8;
  private static final int TEXT_AT = 2_048;

  /** A document of two pieces, one in one byte a character, the other in two. */
  static byte[] document(String narrow, String wide, int flags) {
    ByteBuffer file = buffer((1 + 2 + MAIN_SECTORS + TABLE_SECTORS) * SECTOR);
    file.put(0, CompoundFile.MAGIC);
    file.putShort(0x1E, (short) 9);
    file.putInt(0x30, 1);
    file.putInt(0x38, 4_096);
    file.putInt(0x3C, -2);
    file.putInt(0x44, -2);
    for (int i = 0; i < 109; i++) {
      file.putInt(0x4C + 4 * i, i == 0 ? 0 : -1);
    }
    int fat = SECTOR;
    for (int i = 0; i < SECTOR / 4; i++) {
      file.putInt(fat + 4 * i, -1);
    }
    file.putInt(fat, -3);
    file.putInt(fat + 4, -2);
    chain(file, fat, 2, MAIN_SECTORS);
    chain(file, fat, 2 + MAIN_SECTORS, TABLE_SECTORS);
    entry(file, 0, "Root Entry", 5, -2, 0);
    entry(file, 1, "WordDocument", 2, 2, MAIN_SECTORS * SECTOR);
    entry(file, 2, "1Table", 2, 2 + MAIN_SECTORS, TABLE_SECTORS * SECTOR);

    int main = 3 * SECTOR;
    file.putShort(main, (short) 0xA5EC);
    file.putShort(main + 2, (short) 0x00C1);
    file.putShort(main + 0x0A, (short) (0x0200 | flags));
    file.putInt(main + 0x4C, narrow.length() + wide.length());
    file.putInt(main + 0x01A2, 0);
    file.putInt(main + 0x01A6, 5 + 12 + 16);
    byte[] one = narrow.getBytes(Charset.forName("windows-1252"));
    file.put(main + TEXT_AT, one);
    file.put(main + TEXT_AT + 1_024, wide.getBytes(StandardCharsets.UTF_16LE));
    int table = main + MAIN_SECTORS * SECTOR;
    file.put(table, (byte) 2);
    file.putInt(table + 1, 12 + 16);
    file.putInt(table + 5, 0);
    file.putInt(table + 9, narrow.length());
    file.putInt(table + 13, narrow.length() + wide.length());
    file.putInt(table + 17 + 2, 0x40000000 | TEXT_AT * 2);
    file.putInt(table + 25 + 2, TEXT_AT + 1_024);
    return file.array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void chain(ByteBuffer file, int fat, int first, int count) {
    for (int i = 0; i < count; i++) {
      file.putInt(fat + 4 * (first + i), i == count - 1 ? -2 : first + i + 1);
    }
  }

  private static void entry(
      ByteBuffer file, int index, String name, int type, int first, int size) {
    int at = 2 * SECTOR + 128 * index;
    byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
    file.put(at, text);
    file.putShort(at + 0x40, (short) (text.length + 2));
    file.put(at + 0x42, (byte) type);
    file.putInt(at + 0x74, first);
    file.putInt(at + 0x78, size);
  }

  private static SourceRefused.Code refused(byte[] bytes) {
    try {
      WordText.of(bytes, 1_000);
      return null;
    } catch (SourceRefused refused) {
      return refused.code();
    }
  }

  @Test
  void piecesAreReadInTheirOrderAndMarksBecomeWhatTheyMean() {
    byte[] bytes =
        document(
            "A caf\u00e9 by the river.\rSee \u0013 HYPERLINK \"x\" \u0014the map\u0015 now.\r",
            "\u05e9\u05dc\u05d5\u05dd.\u0007next\r",
            0);
    assertThat(DocumentKind.of(Arrays.copyOf(bytes, DocumentKind.HEAD), "notes.doc"))
        .contains(DocumentKind.DOC);
    assertThat(DocumentKind.of(Arrays.copyOf(bytes, DocumentKind.HEAD), "notes.pdf")).isEmpty();
    assertThat(WordText.of(bytes, 1_000).strip())
        .isEqualTo(
            "A caf\u00e9 by the river.\n\nSee the map now.\n\n\u05e9\u05dc\u05d5\u05dd.\nnext");
  }

  @Test
  void whatCanNotBeReadIsRefusedWithAReason() {
    byte[] good = document("Text.\r", "More.\r", 0);
    assertThat(refused(document("x", "y", 0x0100))).isEqualTo(SourceRefused.Code.ENCRYPTED);
    assertThat(refused(Arrays.copyOf(good, 700))).isEqualTo(SourceRefused.Code.UNSUPPORTED_TYPE);
    assertThat(refused(Arrays.copyOf(good, 40))).isEqualTo(SourceRefused.Code.BROKEN);
    assertThatThrownBy(() -> WordText.of(good, 5))
        .isInstanceOfSatisfying(
            SourceRefused.class,
            error -> assertThat(error.code()).isEqualTo(SourceRefused.Code.TOO_LARGE));
    byte[] old = good.clone();
    old[3 * SECTOR + 2] = 0x21;
    assertThat(refused(old)).isEqualTo(SourceRefused.Code.UNSUPPORTED_TYPE);
  }

  /** Whatever bytes come: a text or a reason, in little time and memory. */
  @Test
  void noFileMakesItFail() {
    Random random = new Random(7);
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = document("Some text.\r", "And more of it.\r", 0);
      for (int i = 0; i < 1 + random.nextInt(12); i++) {
        int at =
            random.nextInt(100) < 70 ? random.nextInt(4 * SECTOR) : random.nextInt(bytes.length);
        bytes[at] = (byte) random.nextInt(256);
      }
      try {
        assertThat(WordText.of(bytes, 100_000).length()).isLessThan(2 * bytes.length);
      } catch (SourceRefused refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }
}
