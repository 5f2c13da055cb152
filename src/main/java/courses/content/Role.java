package courses.content;

import courses.content.SourceText.Unit;
import courses.content.Terms.Found;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What something does: "A derailleur moves the chain ...".
 *
 * @param article {@code "a "}, {@code "an "}, {@code "the "} or nothing
 * @param doing the verb and what follows it, without a full stop
 */
record Role(String lemma, String term, String article, boolean plural, String doing, Unit unit) {
  private static final Set<String> VERBS =
      Set.of(
          ("absorb allow attract block break build carry catch cause change clamp clean close"
               + " collect compare connect contain control convert cool correct cover create cut"
               + " decide destroy dissolve divide draw drive empty feed fill filter force form"
               + " gather give grow guide harden heat help hold keep let lift limit listen lock"
               + " lower make measure melt mix move open organise press prevent produce protect"
               + " provide pull pump push raise reach read reduce regulate release remove replace"
               + " require return send separate show slow soften speed spread squeeze start stop"
               + " store straighten stretch strengthen supply support tighten trap turn use warm"
               + " wash weaken wear")
              .split(" "));

  String question() {
    return (plural ? "What do " : "What does ") + article + term + " do?";
  }

  String answer() {
    return (plural ? "They " : "It ") + doing + ".";
  }

  /** The role a sentence that can stand alone tells of. */
  static Optional<Role> in(Unit unit, EnglishText english) {
    String text = unit.text();
    String article = text.matches("(?:A|An|The)\\s.*") ? text.split("\\s", 2)[0] + " " : "";
    List<Word> words = unit.words();
    for (Found found : Terms.phrases(words, text, english)) {
      if (found.start() != article.length()) {
        continue;
      }
      Optional<Word> next = words.stream().filter(w -> w.start() >= found.end()).findFirst();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      Word verb = next.get();
      String form = verb.text().toLowerCase(Locale.ROOT);
      boolean present = found.plural() ? form.equals(verb.lemma()) : form.endsWith("s");
      String doing = text.substring(verb.start()).replaceFirst("[.!]$", "");
      doing = doing.split("(?:[,;:]|\\bbecause\\b)", 2)[0].strip();
      String rest = doing.substring(Math.min(doing.length(), form.length()));
      boolean clear =
          rest.strip().split(" ").length >= 3
              && doing.length() <= 120
              && !rest.matches("(?i).*\\b(?:it|they|them|itself|themselves|this|these)\\b.*")
              && !Sentences.shareWord(rest, found.lemma());
      if (!VERBS.contains(verb.lemma()) || !present || !clear) {
        return Optional.empty();
      }
      String term = text.substring(found.start(), found.end());
      if (found.plural() && !article.isEmpty() && !term.contains(" ")) {
        return Optional.empty(); // "What do the bees do?" has many answers
      }
      boolean lower = article.isEmpty() && !found.name();
      return Optional.of(
          new Role(
              found.lemma(),
              lower ? Character.toLowerCase(term.charAt(0)) + term.substring(1) : term,
              article.toLowerCase(Locale.ROOT),
              found.plural(),
              doing,
              unit));
    }
    return Optional.empty();
  }
}
