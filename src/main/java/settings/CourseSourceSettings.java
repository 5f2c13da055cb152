package settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What courses are made of, and how much of it is taken.
 *
 * @param captionWays in the order they are tried; one that is not set up is passed over
 * @param captionFolder files {@code <video>.<language>.vtt}
 * @param transcriptServiceUrl what {@code /extract} is appended to, without a slash at the end
 * @param transcriptServiceSecret HS256 secret of tokens for it
 * @param ytDlpProgram a name on the search path, or a path
 * @param oembedUrl where titles and thumbnails of videos come from
 * @param captionTimeout for the captions of one video, all ways together
 * @param files what may be uploaded
 * @param reading how files are read
 * @param search where further reading is searched for
 */
public record CourseSourceSettings(
    List<CaptionWay> captionWays,
    Optional<java.nio.file.Path> captionFolder,
    Optional<URI> transcriptServiceUrl,
    Optional<Secret> transcriptServiceSecret,
    String ytDlpProgram,
    URI oembedUrl,
    Duration captionTimeout,
    Files files,
    Reading reading,
    Search search) {

  /**
   * A web search for further reading.
   *
   * @param key empty: nothing is searched for
   * @param url answers {@code ?q=} with {@code web.results}
   */
  public record Search(Optional<Secret> key, URI url) {}

  /** A way to the captions of a video. */
  public enum CaptionWay {
    FOLDER,
    SERVICE,
    YT_DLP
  }

  /**
   * @param maxFileBytes of one file
   * @param maxFiles of one request
   * @param maxRequestBytes of a request with all its files
   * @param ownerBytes that one owner's files may take together
   * @param storeBytes that all files may take together
   * @param keep how long a file is kept after it was last used
   */
  public record Files(
      long maxFileBytes,
      int maxFiles,
      long maxRequestBytes,
      long ownerBytes,
      long storeBytes,
      Duration keep) {}

  /**
   * @param maxPages more are refused
   * @param timeout until a file must be opened and read, but for {@code perPage}
   * @param perPage that is added for each page that was read
   * @param processes files read at a time on this node, each by a process of its own
   * @param processMegabytes of heap of each
   */
  public record Reading(
      int maxPages, Duration timeout, Duration perPage, int processes, int processMegabytes) {}
}
