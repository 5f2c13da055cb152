package speech;

import java.util.Optional;

/**
 * What the header of a layer III frame says (ISO 11172-3 and 13818-3, and the common extension to
 * lower rates).
 *
 * @param length of the whole frame in bytes
 * @param samples of each channel that it holds
 * @param rate samples a second
 * @param sideInformation bytes between the header and what a frame holds
 */
record Mp3Frame(int length, int samples, int rate, int sideInformation) {
  private static final int[] MPEG1_KILOBITS = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] MPEG2_KILOBITS = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] MPEG1_RATES = {44_100, 48_000, 32_000};

  /**
   * Empty when no such frame begins so.
   *
   * @param header its first four bytes
   */
  static Optional<Mp3Frame> of(int header) {
    int version = header >>> 19 & 3;
    int bitrate = header >>> 12 & 15;
    int rate = header >>> 10 & 3;
    boolean layer3 = (header >>> 17 & 3) == 1;
    if (header >>> 21 != 0x7ff
        || version == 1
        || !layer3
        || bitrate == 0
        || bitrate == 15
        || rate == 3) {
      return Optional.empty();
    }
    boolean mpeg1 = version == 3;
    boolean mono = (header >>> 6 & 3) == 3;
    boolean checked = (header >>> 16 & 1) == 0;
    int hertz = MPEG1_RATES[rate] >> (mpeg1 ? 0 : version == 2 ? 1 : 2);
    int kilobits = (mpeg1 ? MPEG1_KILOBITS : MPEG2_KILOBITS)[bitrate];
    return Optional.of(
        new Mp3Frame(
            (mpeg1 ? 144_000 : 72_000) * kilobits / hertz + (header >>> 9 & 1),
            mpeg1 ? 1_152 : 576,
            hertz,
            (checked ? 2 : 0) + (mpeg1 ? mono ? 17 : 32 : mono ? 9 : 17)));
  }
}
