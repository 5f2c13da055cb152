package speech;

import java.util.Optional;

/**
 * What is to be heard.
 *
 * @param text as the learner sees it
 * @param recording address of a recording that somebody gave the word or sentence; it is played
 *     instead of a made one
 */
public record SpokenText(String text, Optional<String> recording) {}
