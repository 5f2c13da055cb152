package transcripts;

import static transcripts.UnusableTranscriptException.Code.EMPTY;
import static transcripts.UnusableTranscriptException.Code.NOT_A_TRANSCRIPT;
import static transcripts.UnusableTranscriptException.Code.NO_ENGLISH;
import static transcripts.UnusableTranscriptException.Code.TOO_LONG;
import static transcripts.UnusableTranscriptException.Code.TOO_SHORT;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns any text a recorder, a recogniser or a person may give for a lesson into clean utterances
 * with speakers, roles and times. Pure: no I/O, no shared state; time and memory grow linearly with
 * the text.
 */
public final class TranscriptReader {
  /** Shorter originals are refused (contract, H3). */
  public static final int MIN_CHARACTERS = 10;

  private static final int SAMPLE = 65_536;

  private TranscriptReader() {}

  /**
   * Reads a transcript of any known {@link Format}; the format is recognised from the text itself.
   *
   * @param original as it came, which the caller keeps
   * @throws UnusableTranscriptException when nothing can be made of it; the message says why and
   *     what to do
   */
  public static Transcript read(String original, SpeakerHints hints, Limits limits) {
    int from = original == null ? 0 : contentStart(original);
    if (original == null || from == original.length()) {
      throw new UnusableTranscriptException(
          EMPTY,
          "The transcript is empty. Check that the lesson was recorded with sound, and upload its"
              + " transcript again.");
    }
    if (original.length() > limits.maxCharacters()) {
      throw new UnusableTranscriptException(
          TOO_LONG,
          String.format(
              Locale.ROOT,
              "The transcript has %,d characters; at most %,d are accepted. Upload one lesson at a"
                  + " time, or raise transcripts.max-characters in the settings.",
              original.length(),
              limits.maxCharacters()));
    }
    refuseOtherFiles(original, from);
    Parsed parsed = parse(original, from);
    if (parsed.durationMillis() > limits.maxDuration().toMillis()) {
      throw new UnusableTranscriptException(
          TOO_LONG,
          "The transcript lasts "
              + minutes(parsed.durationMillis())
              + " minutes; at most "
              + minutes(limits.maxDuration().toMillis())
              + " are accepted. Upload one lesson at a time, or raise transcripts.max-duration in"
              + " the settings.");
    }
    Speech speech = Speech.of(parsed, hints);
    List<Utterance> utterances = speech.utterances();
    refuseTooLittle(parsed, utterances, original.length() - from, limits);
    Speakers.Assignment roles = Speakers.assign(utterances, hints);
    List<String> warnings = new ArrayList<>(parsed.warnings());
    warnings.addAll(speech.warnings());
    return new Transcript(
        roles.apply(utterances),
        speech.format(),
        parsed.durationMillis(),
        parsed.count(),
        warnings);
  }

  private static int contentStart(String text) {
    int at = 0;
    while (at < text.length()
        && (text.charAt(at) <= ' '
            || text.charAt(at) == '\uFEFF'
            || Character.isSpaceChar(text.charAt(at)))) {
      at++;
    }
    return at;
  }

  private static void refuseOtherFiles(String text, int from) {
    String head = text.substring(from, Math.min(text.length(), from + 32)).toLowerCase(Locale.ROOT);
    if (head.startsWith("<!doctype")
        || head.startsWith("<html")
        || head.startsWith("<head")
        || head.startsWith("<?xml")
        || head.startsWith("<body")) {
      throw new UnusableTranscriptException(
          NOT_A_TRANSCRIPT,
          "This is a web page, not a transcript; often it is the sign-in page of the recording"
              + " service. Download the transcript file itself (.vtt) and upload that.");
    }
    if (head.startsWith("%pdf")
        || head.startsWith("{\\rtf")
        || head.startsWith("pk\u0003\u0004")
        || isBinary(text, from)) {
      throw new UnusableTranscriptException(
          NOT_A_TRANSCRIPT,
          "This file is not plain text (it may be a document, audio or video). Save the transcript"
              + " as .vtt, .srt or .txt and upload it again.");
    }
  }

  private static boolean isBinary(String text, int from) {
    int end = Math.min(text.length(), from + SAMPLE);
    int odd = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      odd += (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') || c == '\uFFFD' ? 1 : 0;
    }
    return odd * 20L > end - from;
  }

  private static Parsed parse(String text, int from) {
    if (isJson(text, from)) {
      return UtterancesJson.parse(text, from);
    }
    Parsed cues = CueFile.parse(text, from);
    if (cues != null) {
      return cues;
    }
    int body = CueFile.startsWithHeader(text, from) ? afterHeader(text, from) : from;
    Parsed clocks = ClockText.parse(text, body);
    return clocks != null ? clocks : PlainText.parse(text, body);
  }

  /**
   * A WebVTT header lasts until a blank line; some programs write one above text without any times.
   */
  private static int afterHeader(String text, int from) {
    Lines lines = new Lines(text, from);
    String line = lines.next();
    while (line != null && !line.isEmpty()) {
      line = lines.next();
    }
    return lines.position();
  }

  private static boolean isJson(String text, int from) {
    if (text.charAt(from) == '{') {
      return true;
    }
    if (text.charAt(from) != '[') {
      return false;
    }
    int at = from + 1;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at < text.length() && (text.charAt(at) == '{' || text.charAt(at) == ']');
  }

  private static void refuseTooLittle(
      Parsed parsed, List<Utterance> utterances, int characters, Limits limits) {
    if (utterances.isEmpty()) {
      throw new UnusableTranscriptException(
          EMPTY,
          parsed.count() == 0
              ? "The transcript holds a header but no words. Check that the lesson was recorded"
                  + " with sound, and upload its transcript again."
              : "The transcript has "
                  + parsed.count()
                  + " cues but no words in them. Check that the lesson was recorded with "
                  + "sound, and upload its transcript again.");
    }
    int words = 0;
    for (Utterance utterance : utterances) {
      words += Words.count(utterance.text());
    }
    if (characters < MIN_CHARACTERS || words < limits.minWords()) {
      throw new UnusableTranscriptException(
          TOO_SHORT,
          "The transcript is too short to make exercises from: "
              + words
              + " words, at least "
              + limits.minWords()
              + " are needed. Check that the whole lesson was recorded, and upload its full"
              + " transcript.");
    }
    double share = EnglishShare.of(utterances);
    if (share < EnglishShare.MINIMUM) {
      throw new UnusableTranscriptException(
          NO_ENGLISH,
          String.format(
              Locale.ROOT,
              "There is practically no English in this transcript (about %.1f%% of the words; at"
                  + " least %.0f%% are needed). Set the recording's transcription language to"
                  + " English, or have it transcribed by a service that understands mixed"
                  + " languages, and upload that.",
              share * 100,
              EnglishShare.MINIMUM * 100));
    }
  }

  private static long minutes(long millis) {
    return (millis + 59_999) / 60_000;
  }
}
