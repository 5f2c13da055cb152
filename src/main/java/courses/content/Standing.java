package courses.content;

import courses.content.SourceText.Unit;
import exercises.language.EnglishText.Word;
import exercises.language.Expressions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a sentence says something complete when it is taken out of its text. */
final class Standing {
  private static final Pattern LEANING =
      Pattern.compile(
          "(?i)^(?:this|that|these|those|it|its|they|their|them|he|she|his|her|such|here|there|both|neither|either|another"
              + "|others?|then|however|therefore|thus|also|instead|meanwhile|still|yet|again|first|second|third|finally|next|later|similarly|likewise|moreover|furthermore|otherwise|in"
              + " other words|for example|for instance|as a result|in contrast|by contrast|on the"
              + " other hand|that's|it's|we|i|you|i'm|we're|you're|let's|let|if you|when"
              + " you|because of this|after that|before that|at this|in this|for this|from"
              + " this|with this|to this|one|some|all of|most"
              + " of|none|each|what|which|who|why|how|where|like|to|or|nor|not|even"
              + " so|once|again|compared with|the"
              + " (?:two|other|others|same|first|second|third|rest|reason|result|process|former|latter|next)|two"
              + " (?:things|points|ways)|everything else|the (?:good|bad|big) news|the"
              + " (?:idea|point|trick)|whichever|whatever|(?:\\p{L}+|\\d+)"
              + " (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries)"
              + " (?:later|earlier|afterwards)|by (?:then|now)"
              + "|(?:above|below|behind|beside|inside|under|over|after|before|with|without|from|in|on|at|for|near|between|to|by)"
              + " (?:it|them|him|her|this|that|these|those))\\b.*");
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(?i).*\\b(?:i|me|my|mine|we|us|our|i'm|i'll|we'll|let's|today|tonight|video|chapter|figure|slide|screen|earlier|later"
              + " on|as (?:we|you)|just saw|in this way|these two|those two|the two|the former|the"
              + " latter|said|mentioned|told|people (?:ask|get)|this"
              + " (?:handbook|book|course|text)|the"
              + " following|(?:for|of|to|with|about|from|in|on|at) (?:it|them))\\b.*"
              + "|.*\\b(?:above|below)[.,;].*|(?i).*\\b(?:table|figure|list|plan|section|picture|tools)"
              + " (?:above|below)\\b.*");
  private static final Pattern ENDS_POINTING =
      Pattern.compile(
          "(?i).*\\b(?:for|of|to|with|without|from|by|in|on|at|like)"
              + " (?:this|that|these|those)[.,;].*");

  /** "The best time was winter": for what, only the text before says. */
  private static final Pattern OF_SOMETHING =
      Pattern.compile(
          "(?i)the (?:best|worst|\\p{L}{3,}iest|safest|cheapest|fastest|usual|main|only|right)"
              + " (?:time|way|place|cause|reason|moment|method|choice|solution|answer|remedy|cure|defence|sign|danger|season)"
              + " (?:is|was|are|were)\\b.*|(?i).*\\b(?:a second|a third|another|one more)"
              + " (?:way|reason|method|danger|problem|cause|advantage|step)\\b.*");

  /** "The valve, the pump and the tank.": no sentence, whatever the tagger takes for its verb. */
  private static final Pattern LISTED =
      Pattern.compile("(?i)(?:(?:the|an?) [\\p{L}-]+(?: [\\p{L}-]+)?(?:, (?:and )?| and |\\.))+");

  private static final Pattern SUCH = Pattern.compile("(?i)\\bsuch (?!as\\b)");

  /** What instructions begin with and hardly a statement does, though the tagger may see a noun. */
  private static final Set<String> TO_DO =
      Set.of(
          ("add allow apply avoid bake boil build buy carry choose collect connect dig feed fill"
                  + " find fix follow hang insert inspect install join keep learn leave let listen"
                  + " loosen make melt open peel pick pour prepare pull push put read remove repeat"
                  + " replace rinse save scrub select send separate shake soak squeeze stir strain"
                  + " sweep take tie tighten try unplug wait wear weigh wipe wrap write")
              .split(" "));

  /** What stands behind a noun and behind no order: "Water is", "Use of". */
  private static final String PREDICATE =
      "(?i)of|is|are|was|were|has|have|had|can|will|may|must|should|could|does|do|did|and|or|that|which|,|[.]|:";

  private static final Set<String> SUBJECTS = Set.of("he", "she", "they", "it");
  private static final Set<String> OBJECTS = Set.of("it", "them", "him", "her");
  private static final Set<String> CLAUSES =
      Set.of(
          "and", "but", "or", "because", "when", "if", "that", "which", "who", "so", "while", "as",
          "until", "where", "since", "than", "to");

  /** What "they" may stand for without being a plural. */
  private static final Set<String> MANY =
      Set.of(
          ("and or people police bacteria cattle many most some several few both all two three four"
               + " who which everyone everybody each every someone somebody nobody anyone anybody"
               + " family team crew group public government company staff audience")
              .split(" "));

  private static final Set<String> POINTING = Set.of("this", "that", "these", "those");

  private Standing() {}

  static boolean alone(Unit unit) {
    String text = unit.text();
    int length = unit.length();
    return length >= 7
        && length <= 32
        && text.endsWith(".")
        && !leans(text)
        && !personal(text)
        && !SUCH.matcher(text).find()
        && !LISTED.matcher(text).matches()
        && !points(unit)
        && !refersBack(unit)
        && text.chars().filter(c -> c == '"' || c == '“' || c == '”').count() % 2 == 0
        && text.chars().filter(c -> c == '(').count() == text.chars().filter(c -> c == ')').count()
        && unit.words().stream().anyMatch(w -> w.tag().equals("VERB") || w.tag().equals("AUX"));
  }

  /** Whether a passage may begin with it. */
  static boolean opens(Unit unit) {
    return !leans(unit.text()) && !points(unit);
  }

  /** Whether it announces a table, a list or a picture that a listener does not get. */
  static boolean showsSomething(String text) {
    return Expressions.matches(
        text,
        "(?i).*\\bthe following\\b.*|.*:$"
            + "|.*\\b(?:table|figure|list|plan|steps|tools|diagram|picture) (?:above|below)\\b.*");
  }

  /** Whether it begins with words that refer to what was said before. */
  static boolean leans(String text) {
    return LEANING.matcher(text).matches();
  }

  /** Whether it speaks of who speaks, or of the text itself. */
  static boolean personal(String text) {
    return PERSONAL.matcher(text).matches();
  }

  /** Whether it names something by pointing at it: "that side". */
  private static boolean points(Unit unit) {
    List<Word> words = unit.words();
    for (int i = 0; i < words.size(); i++) {
      String text = words.get(i).text().toLowerCase(Locale.ROOT);
      // "banned this use": a pronoun to the tagger, but it has a noun behind it
      boolean beforeNoun =
          i + 1 < words.size() && words.get(i + 1).isNoun() && !text.equals("that");
      boolean object = i > 0 && words.get(i - 1).tag().equals("VERB") && !text.equals("that");
      if (POINTING.contains(text) && (words.get(i).tag().equals("DET") || beforeNoun || object)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a pronoun in it stands for what an earlier sentence named: "In the first days she ...",
   * "A sharp knife cuts it", "... leave room for this".
   */
  private static boolean refersBack(Unit unit) {
    // "Violas are slightly larger": than what, "Australia followed": whom
    if (Expressions.matches(
            unit.text(),
            "(?i)[^,]*\\b(?:is|are|was|were) (?:slightly|a little|much|even)"
                + " \\p{L}+er\\b(?!.*\\bthan\\b).*")
        || Expressions.matches(
            unit.text(), "\\p{Lu}\\p{L}+ followed (?:in|on|two|three|soon)\\b.*")) {
      return true;
    }
    if (ENDS_POINTING.matcher(unit.text()).matches()
        || OF_SOMETHING.matcher(unit.text()).matches()
        || Expressions.matches(unit.text(), "(?i).*\\b(?:do|does|did|done|doing) so\\b.*")
        || countsBack(unit.words())) {
      return true;
    }
    List<Word> words = unit.words();
    if (ofNobodyHere(words)) {
      return true;
    }
    boolean aside = !words.isEmpty() && words.get(0).tag().equals("ADP");
    boolean verb = false;
    boolean name = false;
    boolean clause = false;
    int things = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String text = word.text().toLowerCase(Locale.ROOT);
      if (aside && !verb && !name && SUBJECTS.contains(text)) {
        return true;
      }
      boolean object = i > 0 && words.get(i - 1).tag().equals("VERB") && OBJECTS.contains(text);
      // "Elizabeth Stanton wrote its declaration": of what was named before
      if (text.equals("its")
          && i > 0
          && words.get(i - 1).tag().equals("VERB")
          && name
          && things < 2) {
        return true;
      }
      // nothing does something to itself with "it": what its own clause has not named was before
      if (object && (things < 2 || !clause)) {
        return true;
      }
      clause |= CLAUSES.contains(text) || word.tag().equals("PUNCT");
      // "In May she ..." names nobody
      name |= word.tag().equals("PROPN") && (i == 0 || !words.get(i - 1).tag().equals("ADP"));
      verb |= Expressions.matches(word.tag(), "VERB|AUX");
      things += word.isNoun() && (i == 0 || !words.get(i - 1).isNoun()) ? 1 : 0;
    }
    return false;
  }

  /** "Buckland concluded that they were dung": nothing before it in the sentence is many. */
  private static boolean ofNobodyHere(List<Word> words) {
    boolean many = false;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String text = word.text().toLowerCase(Locale.ROOT);
      if (Expressions.matches(text, "they|them|their") && !many) {
        return true;
      }
      // "Cacti open": of one, the verb had an ending
      boolean plainVerb =
          i + 1 < words.size()
              && words.get(i + 1).tag().equals("VERB")
              && words.get(i + 1).text().equals(words.get(i + 1).lemma());
      many |=
          word.isNoun()
                  && (text.endsWith("s")
                      || plainVerb
                      || !text.equals(word.lemma().toLowerCase(Locale.ROOT)))
              || MANY.contains(text);
    }
    return false;
  }

  /** "A statistician measures both with a basket", "Most people take one for twenty years". */
  private static boolean countsBack(List<Word> words) {
    for (int i = 1; i < words.size(); i++) {
      boolean last = i + 1 == words.size();
      boolean counted =
          !last && Expressions.matches(words.get(i + 1).tag(), "NOUN|PROPN|ADJ|DET|NUM|PRON")
              || !last
                  && Expressions.matches(
                      words.get(i + 1).text(), "more|less|very|only|almost|nearly")
              || !last && words.get(i + 1).text().equals("of");
      if (Expressions.matches(words.get(i).text(), "both|one|two|three|neither|each")
          && words.get(i - 1).tag().equals("VERB")
          && !counted) {
        return true;
      }
    }
    return false;
  }

  /**
   * "Press the cap", "Pump up the tube": a word of a verb's plain form with an object right behind
   * it, which no noun has. Taggers take such a word for a name.
   */
  private static boolean actsOn(List<Word> words) {
    String verb = words.get(0).text();
    if (words.size() < 4
        || Expressions.matches(words.get(0).tag(), "DET|PRON|ADP|SCONJ|CCONJ|AUX|NUM|PUNCT")
        || !Expressions.matches(verb, "\\p{Lu}\\p{Ll}+")
        || Expressions.matches(verb, ".*(?:ing|ed|[^s]s)")) {
      return false;
    }
    int at =
        Expressions.matches(words.get(1).text(), "up|down|out|off|in|on|back|away|together")
            ? 2
            : 1;
    if (TO_DO.contains(verb.toLowerCase(Locale.ROOT))
        && !Expressions.matches(words.get(1).tag(), "VERB|AUX")
        && !Expressions.matches(words.get(1).text(), PREDICATE)) {
      return true;
    }
    Word object = words.get(at);
    boolean name = Expressions.matches(words.get(at + 1).text(), "\\p{Lu}.*");
    return object.tag().equals("DET")
            && !name
            && Expressions.matches(words.get(0).tag(), "NOUN|PROPN|VERB|ADJ")
        || Expressions.matches(object.text(), "it|them|everything|your|two|three|four|five|six");
  }

  /** "After the harvest, feed syrup": a verb's plain form where a subject would stand. */
  private static boolean afterLead(List<Word> words) {
    if (!Expressions.matches(words.get(0).tag(), "ADP|SCONJ|ADV|PART")) {
      return false;
    }
    for (int i = 1; i + 2 < words.size() && i <= 8; i++) {
      if (words.get(i).text().equals(",")) {
        Word verb = words.get(i + 1);
        return (verb.tag().equals("VERB") && verb.text().equals(verb.lemma())
                || TO_DO.contains(verb.text()))
            && Expressions.matches(words.get(i + 2).tag(), "DET|NUM|NOUN|PROPN|ADJ|PRON|ADP|X");
      }
    }
    return false;
  }

  /** Whether it tells somebody what to do instead of how something is. */
  static boolean commands(Unit unit) {
    if (unit.words().isEmpty()) {
      return false;
    }
    if (Expressions.matches(unit.text(), "(?:An?|The) .*")) {
      return false;
    }
    Word first = unit.words().get(0);
    return actsOn(unit.words())
        || afterLead(unit.words())
        || first.tag().equals("VERB") && first.lemma().equalsIgnoreCase(first.text())
        || Expressions.matches(unit.text(), "(?i)(?:never|always|do not|don't|please)\\s.*")
        || Expressions.matches(unit.text(), "(?i)(?:before|if|when|after) you\\b.*");
  }
}
