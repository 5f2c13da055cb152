package exercises.understanding;

import exercises.language.Morphology;
import exercises.language.PartOfSpeech;
import exercises.language.Token;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signs that a word was taught rather than said: presented, explained, asked for, said alone
 * and repeated, spelled out. Keys are words as spoken, lower case.
 */
public final class TeachingSigns {
  private static final String WORD = "(?:an? |the |to )?\"?([\\p{L}-]{3,})\"?";
  private static final List<Pattern> DEFINED =
      List.of(
          of(
              "(?:^|[.!?,]\\s*)"
                  + WORD
                  + ",? (?:means|is (?:when|someone|somebody|something|like when|the opposite|the"
                  + " past|the last|the first|the person|the place|the part|the time|the day|a"
                  + " person|a word|an adjective|a verb|a kind of|a place|a thing))\\b"),
          of(
              "(?:^|[.!?]\\s*)(?:an? )?\"?([\\p{L}-]{3,})\"? is (?:an? |the |money |everything"
                  + " |something |anything |like an? |for"
                  + " )(?!lot)[^.!?]*\\b(?:of|where|who|that|which|when|because|you"
                  + "|around|to|for|in)\\b[^.!?]*[.!]"),
          of("\\b(?:what|who)(?:'s| is| are| does)(?: the word)? " + WORD + "(?: means?)?\\s*\\?"),
          of("\\byou (?:know|remember) (?:what )?(?:is )?" + WORD + "\\s*\\?"),
          of(
              "\\b(?:we|you) (?:can )?(?:say|call (?:it|them|this|that))\\s*,?\\s*"
                  + WORD
                  + "\\s*[.!]"),
          of("\\b(?:it's|it is|this is|that's|they're|is|are) called " + WORD),
          of("\\bin english,? (?:it's |we say )?" + WORD + "\\s*[.!]"),
          of("\\bthe word (?:is |for \\w+ is )?" + WORD),
          of("\\bhow do (?:you|we) say " + WORD),
          of("\\bthe opposite (?:of \\w+ is|is) " + WORD),
          of("(?:^|[.!?]\\s*)" + WORD + ", (?:very )?very \\w+\\."));
  private static final Pattern SPELLED =
      Pattern.compile("(?<![\\p{L}'])(?:\\p{L}[\\s,.\\-–]+){3,15}\\p{L}(?![\\p{L}'])");

  /** Every closed-class reading of the form dictionary. */
  private static final String CLOSED = "IN|MD|PRP.*|DT|CC|TO|WDT|WP.*|WRB|PDT|RP|EX|UH|CD";

  /** What a word's signs weigh and where they stand. */
  public static final class Signs {
    /** How often each sign was seen. */
    public final Map<Understanding.Teaching, Integer> seen =
        new EnumMap<>(Understanding.Teaching.class);

    /** The turns that bear a sign. */
    public final Set<Integer> turns = new TreeSet<>();

    /** Surer with every sign, the same one again counting less. */
    public double weight(boolean common) {
      double sum = 0;
      for (Map.Entry<Understanding.Teaching, Integer> sign : seen.entrySet()) {
        double once =
            switch (sign.getKey()) {
              case ANNOUNCED -> 5;
              case DEFINED, SPELLED -> 4;
              case GLOSSED, REPEATED -> 3;
              // Everybody fills a frame with the commonest verbs.
              case DRILLED -> common ? 0.3 : 1.5;
              case USED -> 0;
            };
        sum += once * (1 + 0.4 * Math.min(3, sign.getValue() - 1));
      }
      return sum;
    }
  }

  private static final Set<String> OWNED = Set.of("mine", "yours", "hers", "ours", "theirs");
  private static final Set<String> NEVER =
      Set.of(
          "you",
          "your",
          "the",
          "and",
          "what",
          "this",
          "that",
          "who",
          "how",
          "why",
          "where",
          "when",
          "okay",
          "yes",
          "for",
          "one",
          "two",
          "three",
          "hey",
          "wow",
          "not",
          "but",
          "here",
          "there",
          "all",
          "hello",
          "bye",
          "well",
          "because",
          "good",
          "now",
          "like",
          "she",
          "they",
          "right",
          "better",
          "ha",
          "congratulations");

  private final Map<String, Signs> signs = new HashMap<>();

  private TeachingSigns() {}

  private static Pattern of(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** Looks for signs in a lesson. */
  public static TeachingSigns in(LessonText lesson, List<Understanding.Frame> frames) {
    TeachingSigns all = new TeachingSigns();
    List<Turn> turns = lesson.turns();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      int at = turn.utterance().index();
      for (Pattern pattern : DEFINED) {
        Matcher matcher = pattern.matcher(turn.text());
        while (matcher.find()) {
          all.add(matcher.group(1), Understanding.Teaching.DEFINED, at);
        }
      }
      Matcher spelled = SPELLED.matcher(turn.text());
      while (spelled.find()) {
        all.add(spelled.group().replaceAll("[^\\p{L}]", ""), Understanding.Teaching.SPELLED, at);
      }
      if (turn.teaching()) {
        alone(turns, i, all);
      } else if (i > 0 && turns.get(i - 1).teaching()) {
        saidAfter(turns.get(i - 1), turn, all);
      }
    }
    lesson.glosses().glossed().forEach(word -> all.add(word, Understanding.Teaching.GLOSSED, -1));
    for (Understanding.Frame frame : frames) {
      for (String filler : frame.fillers()) {
        String[] words = filler.split(" ");
        if (words.length <= 2) {
          all.add(words[words.length - 1], Understanding.Teaching.DRILLED, -1);
        }
      }
    }
    return all;
  }

  /** "Helmet." said alone by the teacher, best of all when the student says it next. */
  private static void alone(List<Turn> turns, int i, TeachingSigns all) {
    List<String> before =
        i > 0 && turns.get(i - 1).isStudent() ? words(turns.get(i - 1)) : List.of();
    List<String> after =
        i + 1 < turns.size() && turns.get(i + 1).isStudent() ? words(turns.get(i + 1)) : List.of();
    for (String sentence : turns.get(i).sentences()) {
      List<String> words = new ArrayList<>(Token.words(Speech.bare(sentence)));
      words.removeAll(Set.of("a", "an", "the", "to"));
      if (words.size() != 1 || sentence.strip().endsWith("?")) {
        continue;
      }
      boolean echo = before.contains(words.get(0));
      boolean repeated = after.contains(words.get(0)) && after.size() <= 5;
      if (repeated && !echo) {
        all.add(words.get(0), Understanding.Teaching.REPEATED, turns.get(i).utterance().index());
      } else if (repeated || !echo) {
        all.add(words.get(0), Understanding.Teaching.DRILLED, turns.get(i).utterance().index());
      }
    }
  }

  /** A student who says one word of what was just said, and nothing else, is learning it. */
  private static void saidAfter(Turn teacher, Turn student, TeachingSigns all) {
    String first = student.sentences().isEmpty() ? "" : Speech.bare(student.sentences().get(0));
    List<String> words = Token.words(first);
    String last =
        teacher.sentences().isEmpty()
            ? ""
            : teacher.sentences().get(teacher.sentences().size() - 1);
    boolean choice = last.strip().endsWith("?") && last.contains(" or ");
    if (words.size() == 1 && !choice && words(teacher).contains(words.get(0))) {
      all.add(words.get(0), Understanding.Teaching.REPEATED, student.utterance().index());
    }
  }

  private static List<String> words(Turn turn) {
    return Token.words(turn.text());
  }

  private void add(String word, Understanding.Teaching sign, int turn) {
    Signs known = signs.computeIfAbsent(word.toLowerCase(Locale.ROOT), k -> new Signs());
    known.seen.merge(sign, 1, Integer::sum);
    if (turn >= 0) {
      known.turns.add(turn);
    }
  }

  /** The signs of a lemma under any of its forms; empty signs when there are none. */
  Signs of(String lemma, PartOfSpeech pos, Morphology morphology) {
    Signs sum = new Signs();
    signs.forEach(
        (form, found) -> {
          if (form.equals(lemma) || morphology.lemma(form, pos).equals(lemma)) {
            found.seen.forEach((sign, n) -> sum.seen.merge(sign, n, Integer::sum));
            sum.turns.addAll(found.turns);
          }
        });
    return sum;
  }

  /** Small words the lesson is about, such as "mine" and "behind": their signs by form. */
  public Map<String, Signs> functionWords(Morphology morphology) {
    Map<String, Signs> found = new TreeMap<>();
    signs.forEach(
        (form, known) -> {
          boolean taught = known.weight(false) >= 3 && known.seen.size() >= 2;
          if (taught && isFunctionWord(form, morphology) && !NEVER.contains(form)) {
            found.put(form, known);
          }
        });
    return found;
  }

  static boolean isFunctionWord(String form, Morphology morphology) {
    return OWNED.contains(form)
        || morphology.readings(form).stream().anyMatch(r -> r.tag().matches(CLOSED));
  }

  Set<String> forms() {
    return signs.keySet();
  }
}
