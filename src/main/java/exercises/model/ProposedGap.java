package exercises.model;

import exercises.rulebased.Gap;
import exercises.understanding.Mistake;

/**
 * A gap a model proposed, built from the lesson's own sentence.
 *
 * @param proven true when rules show each distractor to be wrong; otherwise the gap needs to be
 *     solved blind before anybody sees it
 * @param mistake what it practises, or null
 */
record ProposedGap(Gap gap, boolean proven, Mistake mistake) {}
