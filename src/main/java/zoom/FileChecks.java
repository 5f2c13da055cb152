package zoom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import outbound.Download;
import outbound.Failure;
import outbound.Failure.Kind;
import zoom.FoundRecording.AudioPart;

/**
 * Whether a downloaded file is what it should be: Zoom also sends pages for people, and connections
 * end early. Blocks.
 */
final class FileChecks {
  private static final int MAGIC_BYTES = 16;

  private FileChecks() {}

  /**
   * The text of a transcript.
   *
   * @throws Failure when it is something else or cut short
   */
  static String transcript(Download download, CloudFile file) throws IOException {
    complete(download, file);
    String text = TextDecoder.decode(Files.readAllBytes(download.file()));
    if (!text.stripLeading().startsWith("WEBVTT")) {
      throw Failure.of(
          Kind.RETRY, "the transcript does not begin with WEBVTT, so it is something else");
    }
    return text;
  }

  /**
   * A file of sound.
   *
   * @throws Failure when it is something else or cut short; the file is deleted then
   */
  static AudioPart audio(Download download, CloudFile file, Duration offset) throws IOException {
    try {
      complete(download, file);
      return new AudioPart(download.file(), download.bytes(), mediaType(download), offset);
    } catch (Failure | IOException bad) {
      Files.deleteIfExists(download.file());
      throw bad;
    }
  }

  private static void complete(Download download, CloudFile file) {
    if (download.bytes() == 0 || download.bytes() < file.bytes()) {
      throw Failure.of(
          Kind.RETRY, "the file has " + download.bytes() + " bytes, Zoom says " + file.bytes());
    }
  }

  private static String mediaType(Download download) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(download.file())) {
      head = in.readNBytes(MAGIC_BYTES);
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.length() >= 12 && text.startsWith("ftyp", 4)) {
      return text.startsWith("M4A", 8) ? "audio/mp4" : "video/mp4";
    }
    if (text.startsWith("ID3")
        || (head.length > 1 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xE0) == 0xE0)) {
      return (head[1] & 0xF6) == 0xF0 ? "audio/aac" : "audio/mpeg";
    }
    if (text.startsWith("RIFF")) {
      return "audio/wav";
    }
    if (text.startsWith("OggS")) {
      return "audio/ogg";
    }
    if (head.length >= 4 && (head[0] & 0xFF) == 0x1A && (head[1] & 0xFF) == 0x45) {
      return "video/x-matroska";
    }
    throw Failure.of(Kind.RETRY, "the file is no audio that lessonweave knows");
  }
}
