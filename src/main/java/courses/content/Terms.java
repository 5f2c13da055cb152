package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import exercises.language.EnglishText;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The noun phrases a text is about: adjectives and nouns up to a noun, at most three words, scored
 * by how often they occur and how rare their words are elsewhere (term frequency by inverse
 * frequency, Spärck Jones 1972), longer ones preferred as in C-value (Frantzi, Ananiadou, Mima
 * 2000).
 */
final class Terms {
  /** Words that are about nothing. */
  static final Set<String> GENERIC =
      Set.copyOf(
          List.of(
              ("thing way example lot time people part kind number minute today day year case fact"
                   + " point something anything everything nothing someone one bit sort type form"
                   + " place idea reason result end side other many much more most few several"
                   + " first second third last next same different new good great little big small"
                   + " such own certain important main whole video lesson chapter course section"
                   + " page question answer word name person man woman guy hand piece set group"
                   + " amount level step process problem area term use look thank hello hi okay be"
                   + " have do make go get take say see know think want let mean come give put half"
                   + " quarter rest top bottom middle start beginning order line kilometre metre"
                   + " kilogram gram litre hour second week month percent degree hundred thousand"
                   + " million sense role effect difference similar likely able possible available"
                   + " common simple large long short high low old late early figure table stretch"
                   + " pair couple dozen job tool tip turn shift plan unit newton bar euro dollar"
                   + " pound pence cent millimetre millimeter centimetre meter centimeter kilometer"
                   + " foot inch mile gallon ounce watt volt hertz decibel second microsecond"
                   + " weight size left right side centre center width height length distance"
                   + " direction position rest need work use weakness trick shape inside outside"
                   + " edge front back note mind error mistake idea whole thing everybody everyone"
                   + " anyone nobody beginner expert afternoon morning evening night monday tuesday"
                   + " wednesday thursday friday saturday sunday nice lovely yesterday tomorrow"
                   + " january february march april june july august september october november"
                   + " december moment opposite reverse contrary")
                  .split(" ")));

  /**
   * A phrase.
   *
   * @param lemma lower case, its last word in dictionary form
   * @param surface as it is written most often within a sentence
   * @param plural whether that form is a plural
   * @param name whether it is a proper name
   * @param units indexes of the units that have it
   */
  record Term(
      String lemma,
      String surface,
      boolean plural,
      boolean name,
      int count,
      double score,
      List<Integer> units) {
    String titled() {
      return Character.toUpperCase(surface.charAt(0)) + surface.substring(1);
    }
  }

  /** Where a phrase stands in a sentence. */
  record Found(String lemma, int start, int end, boolean plural, boolean name) {}

  private Terms() {}

  /** The phrases of one sentence, longest first at each place. */
  static List<Found> phrases(List<Word> words, String text, EnglishText english) {
    List<Found> found = new ArrayList<>();
    int i = 0;
    while (i < words.size()) {
      int end = i;
      while (end < words.size()
          && end - i < 4
          && part(words.get(end))
          && adjoining(words, i, end)) {
        end++;
      }
      int last = end - 1;
      while (last >= i && !words.get(last).isNoun()) {
        last--;
      }
      int first = i;
      while (first < last
          && !named(words.get(first))
          && (GENERIC.contains(words.get(first).lemma()) || words.get(first).text().length() < 3)) {
        first++;
      }
      while (last - first > 2) {
        first++;
      }
      if (last >= first
          && words.get(last).isNoun()
          && words.get(last).text().length() > 2
          && !GENERIC.contains(words.get(last).lemma())) {
        StringBuilder lemma = new StringBuilder();
        for (int k = first; k <= last; k++) {
          String part =
              k == last ? words.get(k).lemma() : words.get(k).text().toLowerCase(Locale.ROOT);
          lemma.append(k == first ? "" : " ").append(part);
        }
        found.add(
            new Found(
                lemma.toString(),
                words.get(first).start(),
                words.get(last).end(),
                english.isPlural(words.get(last).text()),
                words.get(last).tag().equals("PROPN")
                    && (words.get(first).start() > 0
                        || english.frequency(words.get(last).text()) == 0)
                    && Character.isUpperCase(words.get(last).text().charAt(0))));
      }
      i = Math.max(end, i + 1);
    }
    return found;
  }

  /** "New" of "New York": within a sentence a capital makes it part of a name. */
  private static boolean named(Word word) {
    return word.start() > 0 && Character.isUpperCase(word.text().charAt(0));
  }

  private static boolean part(Word word) {
    return (word.isNoun() || word.tag().equals("ADJ"))
        && word.text().chars().allMatch(c -> Character.isLetter(c) || c == '-');
  }

  private static boolean adjoining(List<Word> words, int from, int at) {
    return at == from || words.get(at).start() - words.get(at - 1).end() <= 1;
  }

  /** The terms of the units, best first. */
  static List<Term> of(List<Unit> units, EnglishText english) {
    Map<String, List<Integer>> places = new LinkedHashMap<>();
    Map<String, Map<String, Integer>> surfaces = new HashMap<>();
    Map<String, Integer> names = new HashMap<>();
    Set<String> headed = new HashSet<>();
    Set<String> within = new HashSet<>();
    for (Unit unit : units) {
      for (Found found : phrases(unit.words(), unit.text(), english)) {
        if (unit.kind() == Kind.HEADING) {
          headed.add(found.lemma());
          continue;
        }
        if (found.start() > 0) {
          within.add(found.lemma());
        }
        places.computeIfAbsent(found.lemma(), k -> new ArrayList<>()).add(unit.index());
        String surface = unit.text().substring(found.start(), found.end());
        if (found.start() == 0 && !found.name()) {
          surface = Character.toLowerCase(surface.charAt(0)) + surface.substring(1);
        }
        surfaces
            .computeIfAbsent(found.lemma(), k -> new HashMap<>())
            .merge(surface, 1, Integer::sum);
        if (found.name()) {
          names.merge(found.lemma(), 1, Integer::sum);
        }
      }
    }
    List<Term> terms = new ArrayList<>();
    String speakers = String.join(" ", units.stream().map(Unit::speaker).distinct().toList());
    places.keySet().removeIf(lemma -> Sentences.shareWord(lemma, speakers));
    // What only ever opens a sentence is likely a command ("Rinse the frame") taken for a name.
    places.keySet().removeIf(lemma -> !within.contains(lemma) && !headed.contains(lemma));
    places.forEach(
        (lemma, at) -> {
          String surface =
              surfaces.get(lemma).entrySet().stream()
                  .max(
                      Map.Entry.<String, Integer>comparingByValue()
                          .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                  .orElseThrow()
                  .getKey();
          String[] parts = surface.split(" ");
          double rarity = 0;
          for (String part : parts) {
            rarity = Math.max(rarity, 26 - Math.min(25, english.frequency(part)));
          }
          boolean name = names.getOrDefault(lemma, 0) * 2 > at.size();
          double score =
              at.size()
                  * (1 + Math.log(parts.length))
                  * (2 + rarity)
                  * (headed.contains(lemma) ? 1.5 : 1)
                  * (parts.length > 2 ? 0.9 : 1);
          boolean plural = english.isPlural(parts[parts.length - 1]);
          terms.add(
              new Term(
                  lemma, surface, plural, name, at.size(), score, List.copyOf(new TreeSet<>(at))));
        });
    terms.sort(Comparator.comparingDouble(Term::score).reversed().thenComparing(Term::lemma));
    return terms;
  }
}
