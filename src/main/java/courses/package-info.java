/**
 * Courses: the jobs that make them, their tasks, and what readers get. Works on the tables of
 * {@code V8__courses.sql}, whose functions decide what may run when a task has ended.
 */
package courses;
