package exercises.understanding;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The grammar a lesson can be about. {@code usual} is the share of plain lesson sentences that show
 * the point although nobody teaches it, counted on lessons with another focus; a point is in focus
 * when it comes up far more often, or when the teacher names it.
 */
public enum GrammarPoint {
  BE_PRESENT("the verb \"be\" in the present", 0.34, "verb (?:to )?be\\b|am,? is,? (?:and )?are"),
  BE_PAST("was and were", 0.05, "\\bwas (?:and|or) were\\b|past of (?:the verb )?be\\b"),
  THERE_IS("there is and there are", 0.025, "\\bthere is (?:and|or) there are\\b"),
  HAVE_GOT("have got", 0.01, "\\bhave got\\b(?= (?:and|or) has)|\\bhas got (?:and|or)"),
  PRESENT_SIMPLE(
      "the present simple",
      0.26,
      "present simple|simple present|third person|daily routines?|\\bdo (?:and|or) does\\b"),
  PRESENT_CONTINUOUS(
      "the present continuous", 0.04, "present (?:continuous|progressive)|\\bi-?n-?g form"),
  PAST_SIMPLE(
      "the past simple",
      0.13,
      "past simple|simple past|(?<!perfect )past tense|(?:ir)?regular verbs?|past form|"
          + "past of|in the past\\b"),
  PAST_CONTINUOUS("the past continuous", 0.012, "past (?:continuous|progressive)"),
  PRESENT_PERFECT("the present perfect", 0.02, "present perfect|past participle|third form"),
  PAST_PERFECT("the past perfect", 0.004, "past perfect"),
  FUTURE_WILL("the future with will", 0.04, "future (?:simple|tense)|future with will|\\bwill for"),
  GOING_TO("going to for plans", 0.025, "\\bgoing to for|be going to|future plans"),
  CAN_COULD("can and can't", 0.06, "\\bcan (?:and|or) can'?t\\b|\\bability\\b|modal verbs? can"),
  MUST_HAVE_TO("must and have to", 0.025, "must (?:and|or) have to|have to (?:and|or)|obligation"),
  SHOULD("should for advice", 0.012, "\\bshould (?:and|or) should|giv(?:e|ing) advice"),
  MAY_MIGHT("may and might", 0.006, "\\bmay (?:and|or) might|possibility"),
  WOULD_LIKE("would like", 0.015, "would like"),
  ZERO_CONDITIONAL("the zero conditional", 0.012, "zero conditional"),
  FIRST_CONDITIONAL("the first conditional", 0.006, "(?:first|1st) conditional"),
  SECOND_CONDITIONAL("the second conditional", 0.004, "(?:second|2nd) conditional"),
  PASSIVE("the passive", 0.012, "passive(?: voice)?"),
  REPORTED_SPEECH("reported speech", 0.006, "reported speech|indirect speech"),
  GERUND_INFINITIVE("-ing or to after a verb", 0.045, "gerunds?|infinitives?|verb plus ing"),
  USED_TO("used to", 0.003, "\\bused to for|past habits"),
  POSSESSIVE_ADJECTIVES("my, your, his, her", 0.17, "possessive adjectives?|my,? your,? his"),
  POSSESSIVE_PRONOUNS("mine, yours, his, hers", 0.006, "possessive pronouns?|possessives\\b"),
  POSSESSIVE_S("the possessive 's", 0.015, "possessive s\\b|apostrophe"),
  OBJECT_PRONOUNS("me, him, her, them", 0.07, "object pronouns?"),
  DEMONSTRATIVES("this, that, these, those", 0.025, "\\bthese (?:and|or) those\\b|demonstrative"),
  ARTICLES(
      "a, an and the",
      0.42,
      "articles?\\b(?! about)|\\ban? (?:and|or) (?:an?|the)\\b|\\bthe or (?:an?|nothing|no"
          + " article)\\b|\\ban? (\\p{L}+) or an? \\1\\b|\\b(?:need|say|use|put) (?:a or an|the"
          + " (?=here|with|before|because))"),
  PLURALS("plural nouns", 0.3, "\\bplurals?\\b|one and many"),
  QUANTIFIERS(
      "some, any, much and many",
      0.06,
      "\\bsome (?:and|or) any\\b|\\bmuch (?:and|or) many\\b|(?:un)?countable|how much and how"
          + " many"),
  COMPARATIVES("comparing two things", 0.012, "comparatives?|comparing"),
  SUPERLATIVES("the superlative", 0.01, "superlatives?"),
  PLACE_PREPOSITIONS("prepositions of place", 0.05, "prepositions? of place"),
  TIME_PREPOSITIONS(
      "prepositions of time", 0.04, "prepositions? of time|\\bin,? on (?:and )?at\\b"),
  QUESTION_WORDS("questions with what, where, when", 0.2, "question words?|wh questions?"),
  FREQUENCY_ADVERBS(
      "how often: always, usually, never", 0.03, "adverbs? of frequency|how often do"),
  MANNER_ADVERBS("adverbs of manner", 0.012, "adverbs? of manner|adverbs?\\b(?! of)"),
  RELATIVE_CLAUSES("relative clauses", 0.02, "relative (?:clauses?|pronouns?)"),
  QUESTION_TAGS("question tags", 0.006, "question tags?|tag questions?"),
  IMPERATIVES("the imperative", 0.14, "imperatives?|giving instructions|commands"),
  TOO_ENOUGH("too and enough", 0.012, "\\btoo (?:and|or) enough\\b"),
  PHRASAL_VERBS("phrasal verbs", 0.05, "phrasal verbs?");

  private final String title;
  final double usual;
  final Pattern named;

  GrammarPoint(String title, double usual, String named) {
    this.title = title;
    this.usual = usual;
    this.named = Pattern.compile(named, Pattern.CASE_INSENSITIVE);
  }

  /** The stable id, such as {@code past_simple}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What to call it before a student. */
  public String title() {
    return title;
  }
}
