package zoom;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import zoom.FileNames.Stamp;
import zoom.FileNames.ZoomFolder;

/**
 * Which of the names in a folder belongs to a lesson. Attaching another child's lesson is the worst
 * mistake, so a name that could be either is left alone and the answer says why.
 *
 * <p>Files named after the class: {@code <id>.vtt} or {@code <id>} followed by one of {@code - _ .
 * blank} and more. A rest that begins with a digit must be a date, because {@code 12-3.vtt} may be
 * class {@code 12-3}. A date in the name must be the lesson's, and a time at most 90 minutes off,
 * the nearest winning. Names without a date serve any date of that class, after dated ones.
 *
 * <p>Zoom's folders: an equal meeting number on the same date, the nearest start within 90 minutes.
 * Without a number to compare, the start must lie between 15 minutes before the lesson and two
 * thirds of its length, because a folder's name tells when a recording began but not how long it
 * ran, and the next lesson's begins when this one ends. Two such folders within five minutes of
 * each other are ambiguous.
 */
final class RecordingMatch {
  static final Duration MAX_DIFFERENCE = Duration.ofMinutes(90);
  static final Duration MAX_EARLY = Duration.ofMinutes(15);
  private static final Duration UNKNOWN_LENGTH = Duration.ofMinutes(30);
  private static final Duration TOO_CLOSE = Duration.ofMinutes(5);
  private static final Duration SUSPICIOUS = Duration.ofMinutes(20);

  private RecordingMatch() {}

  /**
   * @param names candidates, best first; several only when they are the same recording in different
   *     formats
   * @param undated whether the name says nothing about the date
   * @param reason why there is no candidate, else empty
   */
  record Choice(
      List<String> names,
      Optional<LocalDateTime> start,
      boolean undated,
      List<String> warnings,
      String reason) {
    static Choice none(String reason) {
      return new Choice(List.of(), Optional.empty(), false, List.of(), reason);
    }

    boolean found() {
      return !names.isEmpty();
    }
  }

  private record Dated(String name, Stamp stamp, Duration difference) {}

  /**
   * @param names files of the root folder that begin with the class's id and a separator or the
   *     ending
   */
  static Choice amongFiles(RecordingQuery query, String idName, List<String> names) {
    List<Dated> timed = new ArrayList<>();
    List<String> dated = new ArrayList<>();
    List<String> undated = new ArrayList<>();
    List<String> left = new ArrayList<>();
    for (String name : names) {
      String rest = FileNames.normal(FileNames.stem(name)).substring(idName.length());
      Stamp stamp = FileNames.stamp(rest);
      if (stamp == null) {
        boolean anotherId = rest.length() > 1 && Character.isDigit(rest.charAt(1));
        (anotherId ? left : undated).add(name);
      } else if (stamp.time().isPresent() && query.start().isPresent()) {
        Duration difference =
            Duration.between(
                    query.startsAt().orElseThrow(), stamp.date().atTime(stamp.time().get()))
                .abs();
        if (difference.compareTo(MAX_DIFFERENCE) <= 0) {
          timed.add(new Dated(name, stamp, difference));
        }
      } else if (stamp.date().equals(query.date())) {
        dated.add(name);
      }
    }
    if (!timed.isEmpty()) {
      return nearest(timed);
    }
    if (!dated.isEmpty()) {
      return single(dated, false, query);
    }
    if (!undated.isEmpty()) {
      List<String> exact =
          undated.stream()
              .filter(name -> FileNames.normal(FileNames.stem(name)).equals(idName))
              .toList();
      return single(exact.isEmpty() ? undated : exact, true, query);
    }
    return Choice.none(
        left.isEmpty()
            ? ""
            : "\""
                + left.get(0)
                + "\" was left alone, because it may belong to a class with that longer id; put the"
                + " date ("
                + query.date()
                + ") after the class id if it is this lesson's.");
  }

  private static Choice nearest(List<Dated> timed) {
    timed.sort(
        Comparator.comparing(Dated::difference)
            .thenComparingInt(each -> FileNames.rank(each.name()))
            .thenComparing(Dated::name));
    Dated best = timed.get(0);
    LocalDateTime start = best.stamp().date().atTime(best.stamp().time().orElseThrow());
    List<String> same = new ArrayList<>();
    for (Dated each : timed) {
      if (each.difference().equals(best.difference())) {
        if (!each.stamp().equals(best.stamp())) {
          return ambiguous(best.name(), each.name());
        }
        same.add(each.name());
      }
    }
    Choice choice = sameRecording(same, Optional.of(start), false);
    if (!choice.found()) {
      return choice;
    }
    List<String> warnings = new ArrayList<>();
    if (timed.size() > same.size()) {
      warnings.add(
          timed.size()
              + " recordings of this class lie near the lesson's time; the nearest was taken ("
              + best.name()
              + ").");
    }
    if (best.difference().compareTo(SUSPICIOUS) > 0) {
      warnings.add(farOff(best.difference()));
    }
    return new Choice(choice.names(), choice.start(), false, warnings, "");
  }

  private static Choice single(List<String> names, boolean undated, RecordingQuery query) {
    return sameRecording(names, undated ? Optional.empty() : query.startsAt(), undated);
  }

  /**
   * Names that differ in their ending alone are one recording; anything else must be told apart by
   * people.
   */
  private static Choice sameRecording(
      List<String> names, Optional<LocalDateTime> start, boolean undated) {
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(
        Comparator.<String>comparingInt(FileNames::rank).thenComparing(Comparator.naturalOrder()));
    String first = FileNames.stem(sorted.get(0));
    for (String name : sorted) {
      if (!FileNames.stem(name).equals(first)) {
        return ambiguous(sorted.get(0), name);
      }
    }
    return new Choice(sorted, start, undated, List.of(), "");
  }

  private static Choice ambiguous(String one, String other) {
    return Choice.none(
        "\""
            + one
            + "\" and \""
            + other
            + "\" fit this lesson equally well. Keep one of them, or put date and time of the"
            + " lesson into the names (<class id>-2026-02-03_1600.vtt).");
  }

  /**
   * @param folders all Zoom folders that begin on the days around the lesson
   */
  static Choice amongZoomFolders(RecordingQuery query, List<ZoomFolder> folders) {
    Optional<String> wanted =
        query.meetingId().map(FileNames::meetingNumber).filter(id -> !id.isEmpty());
    if (wanted.isPresent()) {
      List<ZoomFolder> same =
          folders.stream().filter(folder -> folder.meetingId().equals(wanted)).toList();
      if (!same.isEmpty()) {
        return byMeetingId(query, same);
      }
    }
    if (query.start().isEmpty()) {
      return Choice.none("");
    }
    LocalDateTime start = query.startsAt().orElseThrow();
    Duration length =
        query
            .endsAt()
            .map(end -> Duration.between(start, end))
            .filter(each -> !each.isZero())
            .orElse(null);
    Duration late =
        length == null ? UNKNOWN_LENGTH : min(length.multipliedBy(2).dividedBy(3), MAX_DIFFERENCE);
    List<ZoomFolder> near = new ArrayList<>();
    for (ZoomFolder folder : folders) {
      // A different number is a different meeting, however near.
      boolean comparable = wanted.isEmpty() || folder.meetingId().isEmpty();
      if (comparable
          && !folder.start().isBefore(start.minus(MAX_EARLY))
          && !folder.start().isAfter(start.plus(late))) {
        near.add(folder);
      }
    }
    return nearestFolder(start, near, TOO_CLOSE, true);
  }

  private static Choice byMeetingId(RecordingQuery query, List<ZoomFolder> same) {
    if (query.start().isEmpty()) {
      List<ZoomFolder> day =
          same.stream()
              .filter(folder -> folder.start().toLocalDate().equals(query.date()))
              .toList();
      if (day.size() > 1) {
        return Choice.none(
            "The meeting was recorded "
                + day.size()
                + " times on "
                + query.date()
                + ", and the lesson's start time is not known. "
                + "Set the start time, or name the right file after the class id.");
      }
      return day.isEmpty()
          ? Choice.none("")
          : new Choice(
              List.of(day.get(0).name()), Optional.of(day.get(0).start()), false, List.of(), "");
    }
    LocalDateTime start = query.startsAt().orElseThrow();
    List<ZoomFolder> near =
        same.stream()
            .filter(folder -> difference(folder, start).compareTo(MAX_DIFFERENCE) <= 0)
            .toList();
    return nearestFolder(start, near, Duration.ofSeconds(1), false);
  }

  private static Choice nearestFolder(
      LocalDateTime start, List<ZoomFolder> near, Duration tooClose, boolean byTime) {
    if (near.isEmpty()) {
      return Choice.none("");
    }
    List<ZoomFolder> sorted = new ArrayList<>(near);
    sorted.sort(
        Comparator.<ZoomFolder, Duration>comparing(folder -> difference(folder, start))
            .thenComparing(ZoomFolder::name));
    ZoomFolder best = sorted.get(0);
    Duration difference = difference(best, start);
    List<String> warnings = new ArrayList<>();
    if (sorted.size() > 1) {
      if (difference(sorted.get(1), start).minus(difference).compareTo(tooClose) < 0) {
        return Choice.none(
            "\""
                + best.name()
                + "\" and \""
                + sorted.get(1).name()
                + "\" begin about equally near to this lesson. Name the right "
                + "transcript after the class id (<class id>.vtt) in the recordings folder.");
      }
      warnings.add(
          sorted.size()
              + " recordings begin near the lesson; the nearest was taken, "
              + difference.toMinutes()
              + " minutes off.");
    }
    if (byTime) {
      warnings.add("The recording was found by its time alone, without a meeting number.");
    } else if (difference.compareTo(SUSPICIOUS) > 0) {
      warnings.add(farOff(difference));
    }
    return new Choice(List.of(best.name()), Optional.of(best.start()), false, warnings, "");
  }

  private static String farOff(Duration difference) {
    return "The recording began "
        + difference.toMinutes()
        + " minutes away from the lesson's start.";
  }

  private static Duration difference(ZoomFolder folder, LocalDateTime start) {
    return Duration.between(start, folder.start()).abs();
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
