package courses.sources;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The caption tracks that yt-dlp's description of a video lists, and which of them to take. */
final class CaptionTracks {
  private static final String ORIGINAL = "-orig";
  private static final int MOST_NAMED = 12;

  private CaptionTracks() {}

  /**
   * A track.
   *
   * @param key the program's name for it
   * @param translated by a machine from another language
   */
  record Track(String key, String language, boolean automatic, boolean translated) {}

  /**
   * People's captions before a machine's, a machine's before its translations; the language asked
   * for before all of that.
   */
  static Optional<Track> best(JsonObject info, CaptionSource.Wanted wanted) {
    String spoken = spoken(info);
    return all(info).stream()
        .filter(track -> wanted.takes(track.language()))
        // a translation is a last resort where nothing else is in the language asked for
        .filter(track -> !track.translated() || wanted.distance(track.language()) < 2)
        .filter(track -> !track.translated() || wanted.language().isPresent())
        .min(
            Comparator.<Track>comparingInt(track -> track.translated() ? 1 : 0)
                .thenComparingInt(track -> Math.min(2, wanted.distance(track.language())))
                .thenComparingInt(track -> track.automatic() ? 1 : 0)
                .thenComparingInt(
                    track -> LanguageTag.primary(track.language()).equals(spoken) ? 0 : 1)
                .thenComparing(Track::key));
  }

  /** Why there is none, for the person who asked. */
  static String missing(JsonObject info, CaptionSource.Wanted wanted) {
    TreeSet<String> there = new TreeSet<>();
    all(info).stream().filter(track -> !track.translated()).forEach(t -> there.add(t.language()));
    if (there.isEmpty()) {
      return "the video has no captions; choose another, or upload a transcript";
    }
    return "the video has no captions in "
        + wanted.language().orElse("this language")
        + "; it has them in "
        + String.join(", ", there.stream().limit(MOST_NAMED).toList());
  }

  private static List<Track> all(JsonObject info) {
    String spoken = spoken(info);
    List<Track> tracks = new ArrayList<>();
    add(tracks, info.getValue("subtitles"), false, spoken);
    add(tracks, info.getValue("automatic_captions"), true, spoken);
    return tracks;
  }

  private static void add(List<Track> tracks, Object listed, boolean automatic, String spoken) {
    if (!(listed instanceof JsonObject byKey)) {
      return;
    }
    for (String key : byKey.fieldNames()) {
      boolean original = key.endsWith(ORIGINAL);
      Optional<String> language =
          LanguageTag.of(original ? key.substring(0, key.length() - ORIGINAL.length()) : key);
      // live chat is listed among the captions; a key is also an expression to the program
      if (language.isEmpty()
          || !key.matches("[A-Za-z0-9-]{2,40}")
          || !(byKey.getValue(key) instanceof JsonArray formats)
          || formats.isEmpty()) {
        continue;
      }
      boolean translated =
          automatic && !original && !LanguageTag.primary(language.get()).equals(spoken);
      tracks.add(new Track(key, language.get(), automatic, translated));
    }
  }

  /** What is spoken, as far as the description says; empty when it does not. */
  private static String spoken(JsonObject info) {
    if (info.getValue("language") instanceof String tag && LanguageTag.of(tag).isPresent()) {
      return LanguageTag.primary(LanguageTag.of(tag).get());
    }
    return info.getValue("automatic_captions") instanceof JsonObject automatic
        ? automatic.fieldNames().stream()
            .filter(key -> key.endsWith(ORIGINAL))
            .map(LanguageTag::primary)
            .findFirst()
            .orElse("")
        : "";
  }
}
