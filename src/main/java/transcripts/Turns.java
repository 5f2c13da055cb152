package transcripts;

import java.util.ArrayList;
import java.util.List;

/**
 * Joins what one speaker said in a row into utterances: short enough that an exercise made from one
 * can jump to the right second, long enough that a sentence broken over cues is whole again.
 */
final class Turns {
  /** A longer silence ends an utterance. */
  static final long MAX_PAUSE_MILLIS = 10_000;

  /** From so many words on, the next sentence begins a new utterance. */
  static final int SOFT_WORDS = 60;

  /** No utterance has more words, sentence or not. */
  static final int HARD_WORDS = 90;

  private static final int MAX_CHARACTERS = 2_000;

  private final List<Utterance> done = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String speaker;
  private long start;
  private long end;
  private int words;
  private int repeats;

  /**
   * @param spoken cleaned, not empty; in time order
   */
  void add(String label, long startMillis, long endMillis, String spoken) {
    int count = Words.count(spoken);
    if (count == 0) {
      return; // "..." and "?" alone were never words
    }
    if (count > HARD_WORDS || spoken.length() > MAX_CHARACTERS) {
      addInParts(label, startMillis, endMillis, spoken);
      return;
    }
    if (speaker != null && !continues(label, startMillis, count, spoken.length())) {
      finish();
    }
    if (speaker == null) {
      speaker = label;
      start = startMillis;
      end = endMillis;
    } else {
      text.append(' ');
      end = Math.max(end, endMillis);
    }
    text.append(spoken);
    words += count;
  }

  private boolean continues(String label, long startMillis, int count, int length) {
    if (!speaker.equals(label)
        || startMillis - end > MAX_PAUSE_MILLIS
        || text.length() + length > MAX_CHARACTERS) {
      return false;
    }
    boolean sentenceEnded = Words.endsSentence(text.substring(Math.max(0, text.length() - 4)));
    if (label.isEmpty() && (sentenceEnded || startMillis == Utterance.UNKNOWN_TIME)) {
      return false; // without labels the next sentence may be another person's
    }
    return words + count <= (sentenceEnded ? SOFT_WORDS : HARD_WORDS);
  }

  /** Cuts at the ends of sentences where there are any; times are shared out by length. */
  private void addInParts(String label, long startMillis, long endMillis, String spoken) {
    long span = endMillis - startMillis;
    int from = 0;
    while (from < spoken.length()) {
      if (spoken.charAt(from) == ' ') {
        from++; // where the last part was cut
        continue;
      }
      int to = partEnd(spoken, from);
      String part = spoken.substring(from, to).strip();
      if (!part.isEmpty()) {
        boolean timed = startMillis != Utterance.UNKNOWN_TIME;
        long partStart = timed ? startMillis + span * from / spoken.length() : startMillis;
        long partEnd = timed ? startMillis + span * to / spoken.length() : endMillis;
        add(label, partStart, partEnd, part);
      }
      from = to;
    }
  }

  private static int partEnd(String spoken, int from) {
    int count = 0;
    int sentenceEnd = -1;
    int wordEnd = -1;
    int limit = Math.min(spoken.length(), from + MAX_CHARACTERS - 1);
    for (int i = from; i < limit; i++) {
      if (spoken.charAt(i) != ' ') {
        continue;
      }
      count++;
      wordEnd = i;
      if (Words.endsSentence(spoken.substring(Math.max(from, i - 4), i))) {
        sentenceEnd = i;
      }
      if (count >= SOFT_WORDS && sentenceEnd > 0) {
        return sentenceEnd;
      }
      if (count >= HARD_WORDS - 1) {
        return i;
      }
    }
    if (limit == spoken.length()) {
      return limit;
    }
    int cut = sentenceEnd > 0 ? sentenceEnd : wordEnd > 0 ? wordEnd : limit;
    return cut == limit && Character.isHighSurrogate(spoken.charAt(cut - 1)) ? cut - 1 : cut;
  }

  private void finish() {
    String spoken = Loops.collapse(text.toString());
    boolean looped = Words.count(spoken) * 3 <= words;
    text.setLength(0);
    words = 0;
    Utterance last = done.isEmpty() ? null : done.get(done.size() - 1);
    boolean repeated = last != null && last.speaker().equals(speaker) && last.text().equals(spoken);
    repeats = repeated ? repeats + 1 : 0;
    // A loop can run on through many utterances: the third of the same words, or the second made of
    // nothing else.
    if (repeats == 2 && done.size() >= 2 && done.get(done.size() - 2).text().equals(spoken)) {
      done.remove(done.size() - 1);
    }
    if (repeats < 2 && !(repeated && looped) && !spoken.isBlank()) {
      done.add(
          new Utterance(done.size(), speaker, Role.UNKNOWN, start, Math.max(start, end), spoken));
    }
    speaker = null;
  }

  /** Everything added, with consecutive indexes. */
  List<Utterance> utterances() {
    if (speaker != null) {
      finish();
    }
    return done;
  }
}
