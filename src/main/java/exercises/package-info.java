/**
 * What a lesson's set of exercises is: its items, its reader and writer, and the one quality gate
 * that every set passes, whoever made it. It knows the lesson ({@link exercises.understanding}) but
 * neither of the generators ({@link exercises.rulebased}, {@link exercises.model}) above it.
 */
package exercises;
