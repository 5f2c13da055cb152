package courses.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keys that the source itself contradicts, as far as its words tell that for certain: a wrong
 * option that it names in one breath with the right one, or as another name of it, or as what it
 * is; a figure that is true as well; a sentence of its own as a false statement. Without a source,
 * or in another language than the source's, nothing is found.
 */
final class KeyGate {
  private static final Optional<String> ALSO_RIGHT = Optional.of("also_right");
  private static final Optional<String> WRONG_KEY = Optional.of("wrong_key");
  private static final Optional<String> TRUTH_KEY = Optional.of("truth_key");

  /** Options of more words are clauses, of which a list says nothing. */
  private static final int TERM = 3;

  /** Share of a question's words that the sentence it is on must have. */
  private static final double ON_IT = 0.6;

  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s+|\\n{2,}");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Set<String> NOT = Set.of("not", "never", "no", "cannot", "t");
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  /** What only describes the noun before it. */
  private static final Set<String> BEHIND_NOUN =
      Set.of("that", "which", "who", "whose", "where", "of", "in", "on", "from", "with", "for");

  /** Stems of questions that are about nothing. */
  private static final Set<String> ASKING =
      Set.copyOf(
          Grounding.stems(
              "which what does term fits fit this description these following completes sentence"
                  + " called mean means meant true text statement according answer correct best"
                  + " word name source lesson"));

  private static final String ARTICLE = "(?:an? |the )?";

  /** Share of a question's stems that the sentence must have which answers it for certain. */
  private static final double ANSWERED = 0.8;

  /** Questions of fewer stems could be on many sentences. */
  private static final int FEWEST_STEMS = 3;

  private static final Remembered<List<Said>> READ = new Remembered<>(KeyGate::read);

  /**
   * A sentence.
   *
   * @param text lower-case, on one line
   * @param verbatim its words with a space before and behind each
   */
  private record Said(String text, String verbatim, Set<String> words, Set<String> stems) {}

  private final String source;
  private List<Said> sentences;

  /**
   * @param source its text; empty where its words can't be compared
   */
  KeyGate(String source) {
    this.source = source;
  }

  /** Only questions need them. */
  private List<Said> sentences() {
    if (sentences == null) {
      sentences = READ.of(source);
    }
    return sentences;
  }

  private static List<Said> read(String source) {
    List<Said> sentences = new ArrayList<>();
    for (String sentence : SENTENCE.split(source)) {
      List<String> words = Sentences.words(sentence);
      if (words.size() > 2) {
        sentences.add(
            new Said(
                SPACE.matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll(" "),
                whole(words),
                Set.copyOf(words),
                Grounding.stems(sentence)));
      }
    }
    return List.copyOf(sentences);
  }

  private static String whole(List<String> words) {
    return " " + String.join(" ", words) + " ";
  }

  /** What is wrong with a choice, if that is certain. */
  Optional<String> choice(String question, List<String> options, int correct) {
    if (sentences().isEmpty() || correct < 0 || correct >= options.size()) {
      return Optional.empty();
    }
    String right = options.get(correct);
    boolean gap = Grading.blanks(question) == 1;
    boolean stands = gap && says(question, right);
    for (int i = 0; i < options.size(); i++) {
      String wrong = options.get(i);
      if (i == correct) {
        continue;
      }
      if (gap && says(question, wrong)) {
        return stands ? ALSO_RIGHT : WRONG_KEY;
      }
      if (broader(right, wrong) || anotherName(right, wrong) || listed(question, right, wrong)) {
        return ALSO_RIGHT;
      }
    }
    if (gap && Numbers.alsoTrue(question, right, options)) {
      return ALSO_RIGHT;
    }
    return answered(question, options, correct) ? WRONG_KEY : Optional.empty();
  }

  /** "Brakes" beside "Disc brakes", "A fungus" beside "A tiny fungus that feeds on sugar". */
  private static boolean broader(String right, String wrong) {
    List<String> whole = withoutArticle(right);
    List<String> part = withoutArticle(wrong);
    if (part.isEmpty() || part.size() >= whole.size() || part.get(0).length() < 4) {
      return false;
    }
    int end = 0;
    while (end < whole.size() && !BEHIND_NOUN.contains(whole.get(end))) {
      end++;
    }
    return end >= part.size()
        && end < whole.size() + (whole.size() <= TERM ? 1 : 0)
        && whole.subList(end - part.size(), end).equals(part);
  }

  private static List<String> withoutArticle(String option) {
    List<String> words = Sentences.words(option);
    return !words.isEmpty() && ARTICLES.contains(words.get(0))
        ? words.subList(1, words.size())
        : words;
  }

  /**
   * Whether sentences that have nearly all of the question's words name one of the wrong options,
   * and nothing of the right one: it is what they answer.
   */
  private boolean answered(String question, List<String> options, int correct) {
    Set<String> asked = new HashSet<>(Grounding.stems(question));
    asked.removeAll(ASKING);
    if (asked.size() < FEWEST_STEMS) {
      return false;
    }
    Set<String> right = new HashSet<>(withoutArticle(options.get(correct)));
    right.addAll(Grounding.stems(options.get(correct)));
    String told = whole(Sentences.words(question));
    boolean other = false;
    for (Said said : sentences()) {
      long shared = asked.stream().filter(said.stems()::contains).count();
      if (shared < ANSWERED * asked.size()) {
        continue;
      }
      if (right.stream()
          .anyMatch(word -> said.words().contains(word) || said.stems().contains(word))) {
        return false;
      }
      for (int i = 0; i < options.size() && !other; i++) {
        String wrong = whole(withoutArticle(options.get(i)));
        other =
            i != correct
                && wrong.length() > 4
                && term(options.get(i))
                && said.verbatim().contains(wrong)
                && !told.contains(wrong);
      }
    }
    return other;
  }

  /** What is wrong with a statement and its truth, if that is certain. */
  Optional<String> truth(String statement, boolean right) {
    List<String> words = Sentences.words(statement);
    if (sentences().isEmpty() || words.size() < 4) {
      return Optional.empty();
    }
    String whole = whole(words);
    boolean own = sentences().stream().anyMatch(said -> said.verbatim().equals(whole));
    return !right && own || right && !own && turned(words) ? TRUTH_KEY : Optional.empty();
  }

  /** Whether the source says the same with "not", or with one word's opposite in its place. */
  private boolean turned(List<String> words) {
    Set<String> said = new HashSet<>(words);
    return sentences().stream()
        .anyMatch(
            one -> {
              Set<String> more = minus(one.words(), said);
              Set<String> less = minus(said, one.words());
              boolean negated =
                  more.size() + less.size() == 1
                      && (NOT.containsAll(more) && NOT.containsAll(less));
              boolean opposite =
                  more.size() == 1
                      && less.size() == 1
                      && TruthQuestions.opposite(less.iterator().next())
                          .filter(more::contains)
                          .isPresent();
              return negated || opposite;
            });
  }

  private static Set<String> minus(Set<String> one, Set<String> other) {
    Set<String> left = new HashSet<>(one);
    left.removeAll(other);
    return left;
  }

  /** Whether the question with an answer in its gap is a sentence of the source, or part of one. */
  private boolean says(String question, String answer) {
    String asked = question.replaceFirst("^[^_]{0,60}\\?\\s+", "").replace("(n)", "");
    List<String> words = Sentences.words(asked.replaceFirst("_{3,}", " " + answer + " "));
    String whole = whole(words);
    return words.size() >= 5
        && sentences().stream().anyMatch(said -> said.verbatim().contains(whole));
  }

  /** "The seed, also called bean", "a rubisco is an enzyme": said of the right one anywhere. */
  private boolean anotherName(String right, String wrong) {
    if (!term(right) || !term(wrong)) {
      return false;
    }
    List<Said> naming = naming(right, wrong);
    if (naming.isEmpty()) {
      return false;
    }
    String one = bare(right);
    String other = bare(wrong);
    Pattern names =
        Pattern.compile(
            "\\b(?:%1$s(?:,? (?:also|or) (?:called|known as|named) | \\(|, or )%3$s%2$s\\b|%2$s(?:,? (?:also|or) (?:called|known as|named) | \\(|, or )%3$s%1$s\\b|%1$s (?:is|are|was|were) an? (?:[\\p{L}-]+ )?%2$s\\b)"
                .formatted(one, other, ARTICLE));
    return naming.stream().anyMatch(said -> names.matcher(said.text()).find());
  }

  /** Whether the sentence that the question is on names both in one breath. */
  private boolean listed(String question, String right, String wrong) {
    if (!term(right) || !term(wrong)) {
      return false;
    }
    List<Said> naming = naming(right, wrong);
    if (naming.isEmpty()) {
      return false;
    }
    String between =
        "(?:, (?:an? |the )?[\\p{L}\\d-]+(?: [\\p{L}-]+)?){0,3}(?:,|,? and|,? or|,? as well as) "
            + ARTICLE;
    Pattern both =
        Pattern.compile(
            "\\b(?:%1$s%3$s%2$s|%2$s%3$s%1$s)\\b".formatted(bare(right), bare(wrong), between));
    Set<String> asked = new HashSet<>();
    Sentences.words(question).stream().filter(word -> word.length() > 3).forEach(asked::add);
    asked.removeAll(
        Set.of("which", "what", "completes", "sentence", "following", "these", "does", "text"));
    asked.removeAll(Sentences.words(right));
    return asked.size() > 1
        && naming.stream()
            .filter(said -> both.matcher(said.text()).find())
            .anyMatch(
                said ->
                    asked.stream().filter(word -> alike(word, said.words())).count()
                        >= ON_IT * asked.size());
  }

  private List<Said> naming(String right, String wrong) {
    List<String> words = new ArrayList<>(Sentences.words(right));
    words.addAll(Sentences.words(wrong));
    words.removeAll(Set.of("a", "an", "the"));
    return sentences().stream().filter(said -> said.words().containsAll(words)).toList();
  }

  private static boolean alike(String word, Set<String> words) {
    return words.contains(word)
        || words.contains(word + "s")
        || word.endsWith("s") && words.contains(word.substring(0, word.length() - 1));
  }

  private static boolean term(String option) {
    return Sentences.words(option).size() <= TERM;
  }

  private static String bare(String option) {
    String words =
        String.join(" ", Sentences.words(option)).replaceFirst("^(?:an?|the) (?=\\p{L})", "");
    return Pattern.quote(words);
  }
}
