package http;

import java.util.Optional;
import java.util.Set;

/**
 * Who calls, as far as they could prove it.
 *
 * @param userId the learner or member of staff; empty for an anonymous caller of an open
 *     installation
 * @param scopes what the token allows; empty without a token
 */
record Caller(Proof proof, Optional<String> userId, Set<String> scopes) {
  /** What stands behind the name. */
  enum Proof {
    /** A valid token. */
    TOKEN,
    /** The gateway's shared secret. */
    GATEWAY,
    /** Nothing: a migration or test installation believes everybody. */
    NONE
  }

  static final String SERVICE = "service";
  static final String READ_LESSONS = "lessons:read";
  static final String WRITE_LESSONS = "lessons:write";

  /** Judges what was generated. */
  static final String TEACHER = "teacher";

  static final Caller ANONYMOUS = new Caller(Proof.NONE, Optional.empty(), Set.of());

  /** Whether the token names the scope, or the one that includes all others. */
  boolean has(String scope) {
    return scopes.contains(scope) || scopes.contains(SERVICE);
  }

  /**
   * Whether lessons of other people may be named: staff and services, or anybody where nothing is
   * proved.
   */
  boolean handlesLessons() {
    return has(READ_LESSONS) || has(WRITE_LESSONS) || has(TEACHER);
  }

  /** Whether an object that belongs to {@code owner} may be shown. To others it does not exist. */
  boolean mayRead(Optional<String> owner) {
    return proof == Proof.NONE || has(READ_LESSONS) || (userId.isPresent() && userId.equals(owner));
  }

  /** The only learner whose sets a list may show; empty when it may show all. */
  Optional<String> onlyLearner() {
    return proof == Proof.NONE || has(READ_LESSONS) || has(TEACHER) ? Optional.empty() : userId;
  }
}
