/**
 * English and the learner's languages, without any lesson: tokens, sentences, parts of speech, word
 * forms, dictionaries, grammar checks and estimated levels.
 */
package exercises.language;
