package outbound;

import java.util.Optional;
import outbound.Failure.Kind;

/**
 * Decides what an answer means: the one place where a service's failures get their {@link Kind}. A
 * service whose bodies say more than their status passes its own, and falls back to {@link
 * #BY_STATUS}.
 */
@FunctionalInterface
public interface Classifier {
  /**
   * Success, or what failed. Of a download's success the body is empty here: it has not been read
   * yet.
   */
  Optional<Failure> classify(Answer answer);

  /**
   * 2xx and 304 are fine; 401 needs new credentials; 408, 425, 429 and 5xx pass, at the time the
   * server names if it names one; everything else is permanent.
   */
  Classifier BY_STATUS =
      answer -> {
        int status = answer.status();
        if (answer.ok() || status == 304) {
          return Optional.empty();
        }
        String word = answer.error().word();
        if (status == 401) {
          return Optional.of(
              Failure.of(Kind.REFRESH, answer, word, "it does not accept the credentials"));
        }
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
          return Optional.of(
              answer
                  .retryAfter()
                  .map(when -> Failure.retryAt(when, answer, word, ""))
                  .orElseGet(() -> Failure.of(Kind.RETRY, answer, word, "")));
        }
        return Optional.of(Failure.of(Kind.PERMANENT, answer, word, ""));
      };
}
