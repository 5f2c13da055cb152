/**
 * The durable work engine: claims rows of domain tables with a lease and a fencing token, runs jobs
 * on them, and writes what became of them in one transaction with the job's own writes.
 *
 * <p>{@link work.WorkQueue} is the state machine in SQL, {@link work.Worker} runs one stage of it
 * inside a verticle, {@link work.WakeUps} turns database notifications into event bus nudges. The
 * rules a table must follow are in {@code migrations/postgres/V1__work.sql}.
 *
 * <p>What is promised: an item is run at least once, and exactly one run's outcome and {@link
 * work.Writes} are stored, whatever dies when. A run whose lease was lost may still be busy outside
 * the database, so what a {@link work.Job} does elsewhere must be safe to repeat.
 */
package work;
