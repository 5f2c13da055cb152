package work;

/**
 * The right to work on one item until it is taken away: proof of it is the token, which the
 * database compares at every later write.
 *
 * @param table the work table's name
 * @param stage the stage the item was claimed for
 * @param id the row's id
 * @param token the row's fencing token since this claim
 * @param attempt which try this is, from 1
 * @param owner who claimed it, for people to read
 */
public record Lease(String table, Stage stage, long id, long token, int attempt, String owner) {}
