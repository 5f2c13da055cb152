/**
 * Makes a set of exercises with a language model's help: what it is asked, how its replies are read
 * and held against the lesson, and what the rules do in its stead.
 */
package exercises.model;
