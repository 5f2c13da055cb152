package transcripts;

import java.util.List;

/**
 * What a format's parser found.
 *
 * @param count cues of the original, empty ones included
 * @param durationMillis {@link Utterance#UNKNOWN_TIME} without times
 */
record Parsed(
    Format format, List<Cue> cues, int count, long durationMillis, List<String> warnings) {}
