package llm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import llm.ChatFailure.Kind;
import llm.ModelUnavailable.Reason;
import llm.Routes.Route;
import settings.LanguageModel;

/**
 * Which ways are open to a waiting call, and why none is. Only asks, changes nothing; confined to
 * the thread of {@link KeyPools}.
 */
final class Ways {
  private final LanguageModel settings;
  private final Routes routes;

  Ways(LanguageModel settings, Routes routes) {
    this.settings = settings;
    this.routes = routes;
  }

  /** The pool that a service's calls go through. */
  String pool(String service) {
    return routes.named(service);
  }

  /** Looked up once a call: what is open is asked of every call that waits, again and again. */
  private List<Route> of(Waiting call) {
    if (call.routes == null) {
      call.routes = routes.of(call.question.service());
    }
    return call.routes;
  }

  /** Whether the call may go to this group now, and no preferred one would serve it soon. */
  boolean eligible(Waiting call, QuotaGroup group, long now) {
    for (Route route : of(call)) {
      if (route.group() == group) {
        return possible(call, route)
            && (now >= call.moneyAt || group.free())
            && anyUsable(call, route, now);
      }
      // only another provider is worth waiting for: its groups differ in nothing but their quota
      if (!route.group().provider.name().equals(group.provider.name())
          && possible(call, route)
          && soon(call, route, now)) {
        return false;
      }
    }
    return false;
  }

  /** Whether a preferred provider would serve the call soon enough to wait for it. */
  private boolean soon(Waiting call, Route route, long now) {
    long patience = settings.patience().toMillis();
    QuotaGroup group = route.group();
    if (group.room() <= 0 && now - call.arrived > patience) {
      return false;
    }
    if (group.openAt() > now + patience) {
      return false;
    }
    for (KeyState key : route.keys()) {
      if (key.alive() && key.usableAt(now) <= now + patience && !call.passedKeys.contains(key)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a call could ever go a way. */
  private boolean possible(Waiting call, Route route) {
    QuotaGroup group = route.group();
    return !call.passedGroups.contains(group)
        && group.fits(call.tokens())
        && affordable(call, group)
        && anyUsable(call, route, Long.MAX_VALUE);
  }

  /**
   * @param now the end of time asks for keys that will be usable some time
   */
  private static boolean anyUsable(Waiting call, Route route, long now) {
    for (KeyState key : route.keys()) {
      if (now == Long.MAX_VALUE
          ? key.alive() && !call.passedKeys.contains(key)
          : usable(call, key, now)) {
        return true;
      }
    }
    return false;
  }

  static boolean usable(Waiting call, KeyState key, long now) {
    return !call.passedKeys.contains(key) && key.usable(now);
  }

  /** What an attempt may cost at most, in billionths of a dollar. */
  static long price(Waiting call, QuotaGroup group) {
    return group.price(call.inputTokens, call.question.maxOutputTokens());
  }

  /** Whether none of the call's budgets is known to be too small. */
  private static boolean affordable(Waiting call, QuotaGroup group) {
    return group.free() || price(call, group) < call.tooDear;
  }

  KeyState leastBusy(Waiting call, QuotaGroup group, long now) {
    KeyState best = null;
    for (Route route : of(call)) {
      for (KeyState key : route.keys()) {
        if (route.group() == group
            && usable(call, key, now)
            && (best == null || key.inFlight < best.inFlight)) {
          best = key;
        }
      }
    }
    return best;
  }

  /** Whether a call has no other key to go to. */
  boolean alone(Waiting call, KeyState failed) {
    return of(call).stream()
        .filter(route -> possible(call, route))
        .flatMap(route -> route.keys().stream())
        .noneMatch(k -> k != failed && k.alive() && !call.passedKeys.contains(k));
  }

  /** When a call could go at the earliest; never, when no way is left. */
  long earliest(Waiting call, long now) {
    long earliest = Long.MAX_VALUE;
    for (Route route : of(call)) {
      if (possible(call, route)) {
        long key = Long.MAX_VALUE;
        for (KeyState k : route.keys()) {
          if (k.alive() && !call.passedKeys.contains(k)) {
            key = Math.min(key, k.usableAt(now));
          }
        }
        earliest = Math.min(earliest, Math.max(route.group().surelyClosedUntil(now), key));
      }
    }
    return earliest;
  }

  /**
   * Whether a call could go before its deadline: what {@link #earliest} says, found at the first
   * way that is open, since it is asked of every call that waits.
   */
  boolean inTime(Waiting call, long now) {
    for (Route route : of(call)) {
      QuotaGroup group = route.group();
      if ((call.passedGroups.isEmpty() || !call.passedGroups.contains(group))
          && group.fits(call.tokens())
          && affordable(call, group)
          && group.surelyClosedUntil(now) < call.deadline) {
        for (KeyState key : route.keys()) {
          if (key.alive()
              && key.usableAt(now) < call.deadline
              && (call.passedKeys.isEmpty() || !call.passedKeys.contains(key))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  Reason reason(Waiting call, long now) {
    List<Route> ways = of(call);
    if (ways.isEmpty()) {
      return Reason.NO_KEY;
    }
    if (earliest(call, now) < Long.MAX_VALUE) {
      return call.moneyAt > 0 ? spent(call) : Reason.QUOTA;
    }
    if (ways.stream().noneMatch(way -> way.group().fits(call.tokens()))
        || call.last != null && call.last.kind() == Kind.TOO_LARGE) {
      return Reason.TOO_LARGE;
    }
    boolean broke =
        ways.stream()
            .anyMatch(way -> way.group().fits(call.tokens()) && !affordable(call, way.group()));
    if (broke) {
      return spent(call);
    }
    boolean limited = call.last != null && call.last.kind() == Kind.DAY_LIMITED;
    return limited ? Reason.QUOTA : Reason.PROVIDER;
  }

  private static Reason spent(Waiting call) {
    return call.spent == null ? Reason.BUDGET : call.spent.reason();
  }

  String words(Waiting call, long now) {
    return switch (reason(call, now)) {
      case NO_KEY -> "has no key: set one, see language-model in application.yaml";
      case QUOTA -> "got no quota in its time";
      case TOO_LARGE -> "of " + call.tokens() + " tokens is larger than any model takes: split it";
      case BUDGET, USER_BUDGET, DAY_BUDGET -> "would go beyond " + budgets(call);
      default -> "has no provider left";
    };
  }

  private static String budgets(Waiting call) {
    return call.budgets.stream()
        .map(budget -> String.format(Locale.ROOT, "%s (%.4f USD)", budget.id(), budget.maxUsd()))
        .collect(Collectors.joining(" or ", "its spend cap: ", ""));
  }
}
