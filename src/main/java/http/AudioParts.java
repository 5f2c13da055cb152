package http;

import io.vertx.core.Future;
import java.util.function.Function;
import speech.Audio;
import speech.AudioLibrary;
import speech.SpokenTexts;

/**
 * What the audio endpoints work with.
 *
 * @param texts what a learner may have read aloud
 * @param library where audio is found by its id
 * @param speaker makes a text's audio, wherever in the cluster that is done; fails when there will
 *     be none in time
 */
public record AudioParts(
    SpokenTexts texts, AudioLibrary library, Function<String, Future<Audio>> speaker) {}
