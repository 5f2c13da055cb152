/**
 * What a lesson was about: who said what, what of it is classroom talk or the learner's first
 * language, the words taught, the grammar in focus, the sentences worth practising and the
 * student's mistakes with their corrections.
 */
package exercises.understanding;
