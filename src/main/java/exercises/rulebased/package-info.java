/** Makes a set of exercises from a lesson by rules alone: the generator that always answers. */
package exercises.rulebased;
