package exercises.understanding;

import java.util.List;

/**
 * A sentence of the lesson that is neither classroom nor small talk nor another language.
 *
 * @param turn index of its utterance
 * @param parts its comparable words, see {@link Parts}
 */
record LessonSentence(
    int turn,
    boolean teaching,
    boolean student,
    String text,
    List<String> parts,
    boolean question) {}
