package http;

import courses.AudioLink;
import courses.CourseAudio;
import courses.CourseAudio.Piece;
import courses.CourseAudio.Recording;
import courses.CourseJobs;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Courses read aloud, for players: by an address that is signed and holds for a while (section 3.5
 * of the courses' contract). A recording lies in pieces and is never in memory as a whole.
 */
final class CourseAudioEndpoint {
  private final CourseAudio audio;

  CourseAudioEndpoint(ApiParts parts) {
    this.audio = parts.courses().audio();
  }

  void addTo(Endpoints endpoints) {
    endpoints.add("getCourseAudio", this::play);
  }

  private Future<Reply> play(Call call) {
    UUID id = CourseJobs.uuid(call.pathSegment("audioId")).orElseThrow(CourseAudioEndpoint::gone);
    AudioLink link =
        new AudioLink(
            call.input().query().getLong("expires"), call.input().query().getString("signature"));
    return audio
        .playable(id)
        .compose(
            found -> {
              Recording recording =
                  found
                      .filter(one -> link.opens(id, one.linkKey(), Instant.now()))
                      .orElseThrow(CourseAudioEndpoint::gone);
              return audio
                  .pieces(recording.owner(), id)
                  .map(pieces -> reply(call, recording, link, pieces));
            });
  }

  /** A wrong signature, one that has expired and no recording look the same from outside. */
  private static ApiException gone() {
    return new ApiException(
        ErrorCode.NOT_FOUND,
        "there is nothing to play at this address (any more): take the new one from the course's"
            + " content");
  }

  private Reply reply(Call call, Recording recording, AudioLink link, List<Piece> pieces) {
    long age = Math.max(0, link.expires() - Instant.now().getEpochSecond());
    // a recording that is made anew keeps its id
    String tag = "\"" + recording.id() + "-" + recording.updatedAt().toEpochMilli() + "\"";
    return AudioReply.of(
        call,
        tag,
        "private, max-age=" + age,
        Math.toIntExact(recording.bytes()),
        (status, first, last) ->
            new Reply(
                status,
                null,
                null,
                java.util.Map.of(),
                response -> write(response, recording, pieces, 0, first, last)));
  }

  /**
   * Writes what of the pieces from {@code index} on lies between two offsets counted from there.
   */
  private Future<Void> write(
      HttpServerResponse response,
      Recording recording,
      List<Piece> pieces,
      int index,
      int first,
      int last) {
    if (index == pieces.size() || last < 0 || response.closed()) {
      return Future.succeededFuture();
    }
    Piece piece = pieces.get(index);
    if (first >= piece.bytes()) {
      return write(
          response, recording, pieces, index + 1, first - piece.bytes(), last - piece.bytes());
    }
    int end = Math.min(last, piece.bytes() - 1);
    return audio
        .content(recording.owner(), recording.id(), piece.ordinal(), first, end - first + 1)
        .compose(response::write)
        .compose(written -> write(response, recording, pieces, index + 1, 0, last - piece.bytes()));
  }
}
