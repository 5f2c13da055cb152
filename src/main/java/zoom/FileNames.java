package zoom;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names of recordings mean. A name is never made into a path from outside data: class ids are
 * only compared with names that are there, so nothing an id contains can lead anywhere.
 */
final class FileNames {
  /** Accepted endings, best first. */
  static final List<String> EXTENSIONS =
      List.of(".vtt", ".srt", ".txt", ".m4a", ".mp3", ".wav", ".mp4");

  /** Of those, sound by its media type. */
  private static final Map<String, String> SOUND =
      Map.of(".m4a", "audio/mp4", ".mp3", "audio/mpeg", ".wav", "audio/wav", ".mp4", "video/mp4");

  /** What may stand between a class id and the rest of the name. */
  static final String SEPARATORS = "-_ .";

  // 2026-02-03, 2026_02_03, 20260203; then, perhaps, 1600, 16-00, 16.00, 16:00, each also with
  // seconds
  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)(\\d{4})([-_.]?)(\\d{2})\\2(\\d{2})(?:[-_"
              + " T.]{1,3}(\\d{2})[-_.:h]?(\\d{2})(?:[-_.:]?(\\d{2}))?)?(?!\\d)");

  private static final Pattern ZOOM_FOLDER =
      Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2}) (\\d{2})\\.(\\d{2})\\.(\\d{2})(?: (.*))?");

  private static final Pattern MEETING_ID_AT_END = Pattern.compile("(?:^|.* )(\\d{9,12})");

  private FileNames() {}

  /** A date, and perhaps a time, that a name carries. */
  record Stamp(LocalDate date, Optional<LocalTime> time) {}

  /** A folder of Zoom's local recordings. */
  record ZoomFolder(String name, LocalDateTime start, Optional<String> meetingId) {}

  /** Names compare equal however the file system composes accents. */
  static String normal(String name) {
    return Normalizer.isNormalized(name, Normalizer.Form.NFC)
        ? name
        : Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** The name without its ending; null when it is no recording's. */
  static String stem(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String extension : EXTENSIONS) {
      if (lower.endsWith(extension)
          && name.length() > extension.length()
          && name.charAt(0) != '.') {
        return name.substring(0, name.length() - extension.length());
      }
    }
    return null;
  }

  /** The media type of a recording's sound; empty for a name that is none's. */
  static Optional<String> soundType(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.ofNullable(SOUND.get(name.substring(dot).toLowerCase(Locale.ROOT)));
  }

  /** How well a file of a Zoom folder serves as its sound, 0 best; -1 when it is none. */
  static int zoomSoundRank(String name) {
    return stem(name) == null || soundType(name).isEmpty() ? -1 : rank(name);
  }

  /** 0 for the best ending. */
  static int rank(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < EXTENSIONS.size(); i++) {
      if (lower.endsWith(EXTENSIONS.get(i))) {
        return i;
      }
    }
    return EXTENSIONS.size();
  }

  /**
   * A class id as the beginning of a file name. Characters no file name can have are written {@code
   * %2F}-like, which keeps different ids different. Empty for a blank id.
   */
  static String ofClassId(String classId) {
    StringBuilder name = new StringBuilder(classId.length());
    for (char c : normal(classId.strip()).toCharArray()) {
      if (c < ' ' || c == 127 || "/\\:*?\"<>|%".indexOf(c) >= 0) {
        name.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** The first real date in a name's rest, or null. */
  static Stamp stamp(String rest) {
    Matcher matcher = DATE.matcher(rest);
    int from = 0;
    while (matcher.find(from)) {
      try {
        LocalDate date = LocalDate.of(number(matcher, 1), number(matcher, 3), number(matcher, 4));
        return new Stamp(date, time(matcher));
      } catch (DateTimeException e) {
        from = matcher.start() + 1; // 99 is no month: look on
      }
    }
    return null;
  }

  private static Optional<LocalTime> time(Matcher matcher) {
    if (matcher.group(5) == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalTime.of(
              number(matcher, 5),
              number(matcher, 6),
              matcher.group(7) == null ? 0 : number(matcher, 7)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  /** Null when the name is not that of a Zoom recording folder. */
  static ZoomFolder zoomFolder(String name) {
    // most names of a large folder are files, and end here
    if (name.length() < 19
        || name.charAt(4) != '-'
        || name.charAt(10) != ' '
        || name.charAt(13) != '.') {
      return null;
    }
    Matcher matcher = ZOOM_FOLDER.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    try {
      LocalDateTime start =
          LocalDateTime.of(
              number(matcher, 1),
              number(matcher, 2),
              number(matcher, 3),
              number(matcher, 4),
              number(matcher, 5),
              number(matcher, 6));
      String rest = matcher.group(7) == null ? "" : matcher.group(7).strip();
      Matcher id = MEETING_ID_AT_END.matcher(rest);
      return new ZoomFolder(
          name, start, id.matches() ? Optional.of(id.group(1)) : Optional.empty());
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** A meeting number without the blanks and dashes people write in it. */
  static String meetingNumber(String meetingId) {
    return meetingId.replaceAll("[\\s-]", "");
  }

  /** How likely a file of a Zoom folder is the transcript, 0 best; -1 when it is none. */
  static int zoomFileRank(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (stem(name) == null || soundType(name).isPresent() || lower.contains("chat")) {
      return -1;
    }
    if (lower.endsWith(".vtt")) {
      return lower.contains("transcript") ? 0 : 1;
    }
    boolean captions = lower.contains("caption") || lower.contains("transcript");
    return lower.endsWith(".srt") ? (captions ? 1 : 2) : captions ? 3 : -1;
  }
}
