package zoom;

import java.time.Instant;

/**
 * A meeting of which Zoom has a cloud recording with something in it to hear or read.
 *
 * @param uuid names this instance of the meeting, and no other
 * @param number the meeting's number, which all its instances share
 * @param topic may be empty
 * @param end as its files say; its start when nothing says
 * @param transcript whether Zoom has a transcript or captions of it, so that nobody need listen
 */
public record RecordedMeeting(
    String uuid, String number, String topic, Instant start, Instant end, boolean transcript) {

  static RecordedMeeting of(CloudMeeting meeting) {
    Instant start = meeting.start().orElseThrow();
    return new RecordedMeeting(
        meeting.uuid(),
        meeting.number(),
        meeting.topic(),
        start,
        meeting.end().orElse(start),
        meeting.files().stream().anyMatch(file -> file.transcriptRank() >= 0));
  }
}
