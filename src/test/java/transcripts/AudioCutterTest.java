package transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import settings.InstalledProgram;

class AudioCutterTest {
  private static final Duration OVERLAP = Duration.ofSeconds(2);
  private static final int FRAME = 417; // 128 kbit/s at 44.1 kHz, unpadded
  private static final double FRAME_SECONDS = 1_152 / 44_100.0;

  @TempDir Path folder;

  private List<AudioCutter.Part> cut(Path file, String type, long maxBytes) throws IOException {
    return new AudioCutter(folder.resolve("parts"), Optional.empty())
        .cut(file, type, maxBytes, OVERLAP);
  }

  private Path mp3(int frames) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5});
    for (int i = 0; i < frames; i++) {
      byte[] frame = new byte[FRAME];
      frame[0] = (byte) 0xFF;
      frame[1] = (byte) 0xFB;
      frame[2] = (byte) 0x90;
      out.write(frame);
    }
    out.write("TAG".getBytes(StandardCharsets.ISO_8859_1));
    return Files.write(folder.resolve("lesson.mp3"), out.toByteArray());
  }

  @Test
  void aSmallFileIsLeftAsItIs() throws Exception {
    Path file = Listening.wav(folder.resolve("a.wav"), 1);
    assertThat(cut(file, "audio/wav", 100_000))
        .containsExactly(new AudioCutter.Part(file, "audio/wav", Duration.ZERO, false));
  }

  @Test
  void partsOfAWavAreWavFilesThatOverlapAndLoseNothing() throws Exception {
    Path file = Listening.wav(folder.resolve("a.wav"), 60);
    List<AudioCutter.Part> parts = cut(file, "audio/wav", 320_044);
    assertThat(parts).hasSize(4);
    for (int i = 0; i < parts.size(); i++) {
      assertThat(parts.get(i).offset()).isEqualTo(Duration.ofSeconds(18L * i));
      double seconds = WavFile.read(parts.get(i).file()).orElseThrow().seconds();
      assertThat(seconds).isEqualTo(i == 3 ? 6.0 : 20.0);
      assertThat(Files.size(parts.get(i).file())).isLessThanOrEqualTo(320_044);
    }
  }

  @Test
  void partsOfAnMp3BeginWithAFrame() throws Exception {
    Path file = mp3(1_000);
    assertThat(AudioLength.seconds(file)).isEqualTo(27);
    List<AudioCutter.Part> parts = cut(file, "audio/mpeg", 200_000);
    assertThat(parts).hasSizeGreaterThan(1);
    for (AudioCutter.Part part : parts) {
      byte[] content = Files.readAllBytes(part.file());
      assertThat(content.length).isLessThanOrEqualTo(200_000);
      assertThat(content.length % FRAME).isZero();
      assertThat(content[0]).isEqualTo((byte) 0xFF);
      assertThat(content[1]).isEqualTo((byte) 0xFB);
    }
    AudioCutter.Part second = parts.get(1);
    double firstEnd = Mp3Frames.seconds(parts.get(0).file()) + FRAME_SECONDS;
    assertThat(second.offset().toMillis() / 1_000.0).isBetween(firstEnd - 2.1, firstEnd - 1.9);
    AudioCutter.Part last = parts.get(parts.size() - 1);
    assertThat(last.offset().toMillis() / 1_000.0 + Mp3Frames.seconds(last.file()))
        .isBetween(26.0, 26.2);
  }

  @Test
  void theLengthOfAnMp4IsReadFromItsHeader() throws Exception {
    ByteBuffer file = ByteBuffer.allocate(16 + 8 + 108);
    file.putInt(16).put("ftypM4A ".getBytes(StandardCharsets.ISO_8859_1)).putInt(0);
    file.putInt(116).put("moov".getBytes(StandardCharsets.ISO_8859_1));
    file.putInt(108).put("mvhd".getBytes(StandardCharsets.ISO_8859_1));
    file.putInt(0).putInt(0).putInt(0).putInt(1_000).putInt(2_528_000);
    assertThat(AudioLength.seconds(Files.write(folder.resolve("a.m4a"), file.array())))
        .isEqualTo(2_528);
  }

  @Test
  void withoutAKnownHeaderTheLengthIsGuessedFromTheSize() throws Exception {
    assertThat(AudioLength.seconds(Files.write(folder.resolve("a.m4a"), new byte[80_000])))
        .isEqualTo(10);
  }

  @Test
  void ffmpegIsCalledWithoutAShellWhereItIsInstalled() throws Exception {
    // Stands in for the program: writes a small MP3 to its last argument.
    Path program = folder.resolve("ffmpeg");
    Files.writeString(
        program,
        "#!/bin/sh\nfor last; do :; done\nprintf 'ID3' > \"$last\"\n",
        StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Path file = Files.write(folder.resolve("a $(x) 'b'.m4a"), new byte[50_000]);

    List<AudioCutter.Part> parts =
        new AudioCutter(folder.resolve("parts"), InstalledProgram.find("ffmpeg", folder.toString()))
            .cut(file, "audio/mp4", 10_000, OVERLAP);

    assertThat(parts).singleElement().satisfies(part -> assertThat(part.temporary()).isTrue());
    assertThat(parts.get(0).file()).hasContent("ID3");
  }
}
