package courses.content;

import courses.content.Terms.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a learner can do after a chapter, from what it defines, gives reasons for and is called. */
final class Objectives {
  private static final int MOST = 5;

  private Objectives() {}

  static List<String> of(Knowledge knowledge, List<String> lessons) {
    Set<String> objectives = new LinkedHashSet<>();
    knowledge.definitions().stream()
        .sorted((a, b) -> rank(knowledge, a.lemma()) - rank(knowledge, b.lemma()))
        .limit(2)
        .forEach(
            d ->
                objectives.add(
                    "Explain what " + d.article() + d.term() + (d.plural() ? " are" : " is")));
    lessons.stream()
        .limit(3)
        .map(Objectives::titled)
        .filter(goal -> objectives.stream().noneMatch(other -> asked(other).equals(asked(goal))))
        .forEach(objectives::add);
    knowledge.roles().stream()
        .limit(1)
        .forEach(
            r ->
                objectives.add(
                    "Say what " + r.article() + r.term() + (r.plural() ? " do" : " does")));
    knowledge.reasons().stream()
        .limit(2)
        .filter(r -> r.fact().length() <= 90)
        .forEach(r -> objectives.add("Explain why " + r.fact()));
    knowledge.deeds().stream()
        .limit(2)
        .filter(deed -> deed.did().length() <= 70)
        .forEach(deed -> objectives.add("Say who " + deed.did()));
    if (objectives.size() < 2) {
      objectives.add("Answer questions on “" + lessons.get(0) + "”");
    }
    return new ArrayList<>(objectives).subList(0, Math.min(MOST, objectives.size()));
  }

  /** What one is to explain or to say, which is the same. */
  private static String asked(String objective) {
    return objective.replaceFirst("^(?:Explain|Say) ", "");
  }

  /** A title as something to be able to. */
  private static String titled(String title) {
    String bare = title.replaceFirst("[.?!]$", "");
    String lower =
        bare.matches("\\p{Lu}\\p{Ll}*(?:[\\s-].*)?")
            ? Character.toLowerCase(bare.charAt(0)) + bare.substring(1)
            : bare;
    if (lower.matches("(?:how|why)(?: \\S+){3,}") && !title.endsWith("?")) {
      return "Explain " + lower;
    }
    if (lower.matches("(?:what|which|who)\\b.*") && !title.endsWith("?")) {
      return "Say " + lower;
    }
    return "Sum up “" + title + "” in your own words";
  }

  private static int rank(Knowledge knowledge, String lemma) {
    List<Term> terms = knowledge.terms();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i).lemma().equals(lemma)) {
        return i;
      }
    }
    return terms.size();
  }
}
