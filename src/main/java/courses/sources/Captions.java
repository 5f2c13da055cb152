package courses.sources;

import java.util.List;
import java.util.Optional;

/**
 * The captions of a video.
 *
 * @param language BCP 47 tag
 * @param automatic written by a machine
 * @param file what it would be called: {@code <video>.<language>.vtt}
 * @param title of the video, where the one who brought the captions knows it
 * @param captions in order of time, cleaned; never empty
 */
record Captions(
    String language,
    boolean automatic,
    String file,
    Optional<String> title,
    List<Caption> captions) {}
