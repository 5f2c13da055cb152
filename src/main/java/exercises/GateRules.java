package exercises;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one table of the gate's rules: what each asks for, and what it means for an item that a
 * program made and for one that a teacher wrote. What is a fact of the item's form binds both. What
 * the gate only estimates (that a word was said in the lesson, that another option fits as well) a
 * teacher may know better: there it is a warning.
 */
public final class GateRules {
  /** Who made an item. */
  public enum Author {
    GENERATOR,
    TEACHER
  }

  /** What a broken rule does to an item. */
  public enum Effect {
    REFUSED,
    WARNING,
    /** The rule is about whole sets, or about nothing that this author decides. */
    NONE
  }

  /**
   * One rule.
   *
   * @param reason in a sentence about all items
   */
  public record Rule(String name, String reason, Effect generator, Effect teacher) {
    Effect on(Author author) {
      return author == Author.TEACHER ? teacher : generator;
    }
  }

  private static final Map<String, Rule> RULES = new LinkedHashMap<>();

  static {
    both("blank_count", "A gapped text has exactly as many blanks as answers.");
    both("blank_in_word", "A blank never touches another word.");
    both("options", "The right number of options, none empty, the answer among them.");
    both("duplicate_options", "No option twice, whatever its letters' case.");
    warned("several_right_options", "Only the answer fits the sentence.");
    warned("other_word_class", "Options have the answer's word class and form.");
    both("not_latin", "Vocabulary is written in Latin letters.");
    warned("not_english", "Vocabulary is English: no transliteration, no classroom chatter.");
    both("word_or_translation_missing", "Words have a translation.");
    warned(
        "translation_script",
        "Translations are in the learner's script, or marked as English definitions.");
    both("duplicate_word", "A word comes once a kind.");
    both("word_length", "Spelling words have at least three letters.");
    both("example_without_word", "Examples contain their word or a form of it.");
    both("sentence_missing", "A sentence is there.");
    both("sentence_length", "Sentences have the number of words their kind allows.");
    both("sentence_form", "Capital letter, one terminator, nothing doubled, no leading filler.");
    both("question_mark", "Questions end with a question mark.");
    both("participant_name", "Nobody's name.");
    both("clock_stamp_or_label", "No clock stamp, cue number or speaker label.");
    warned("foreign_word", "No transliterated words in English sentences.");
    warned("classroom_talk", "No small talk and no instructions.");
    warned("not_grounded", "Every item was said in the lesson or is a minimal correction of it.");
    warned("wrong_model", "What was said wrong is never a model.");
    both("tokens", "Tokens joined give the sentence; every accepted order uses exactly them.");
    both("hint_gives_answer", "Hints don't tell the answer.");
    warned("explanation_elsewhere", "Explanations talk about their sentence.");
    both("duplicate_item", "No item twice.");
    warned("had_before", "Not again what the student had in an earlier set.");
    warned("near_duplicate", "No two items of a kind with nearly the same sentence.");
    warned("neighbour_gives_answer", "No item shows what another one of its kind asks for.");
    warned("stem_gives_answer", "The sentence doesn't tell what is asked for.");
    rule(
        "position_skew",
        "Right answers are spread over the positions.",
        Effect.REFUSED,
        Effect.NONE);
    both("markup", "No markup, no program's message, no model's talk about itself.");
    both("profanity", "Nothing a child should not read.");
    both("hesitation", "No hesitation in a sentence.");
    both("answer_noise", "No hesitation, bare number or noise as an answer.");
    warned("misspelled", "Words are in an English dictionary.");
    warned("incomplete", "A sentence has a verb.");
    warned("wrong_order", "Other accepted orders only move a whole phrase.");
    both("mistake_unchanged", "A correction changes something.");
    both("too_long", "No text of more than 300 characters.");
    warned("too_hard", "No item is two levels or more above the lesson.");
  }

  private GateRules() {}

  private static void both(String name, String reason) {
    rule(name, reason, Effect.REFUSED, Effect.REFUSED);
  }

  private static void warned(String name, String reason) {
    rule(name, reason, Effect.REFUSED, Effect.WARNING);
  }

  private static void rule(String name, String reason, Effect generator, Effect teacher) {
    RULES.put(name, new Rule(name, reason, generator, teacher));
  }

  /** All rules by name, in the order of the table. */
  public static Map<String, Rule> all() {
    return Map.copyOf(RULES);
  }

  /** Why, in a sentence about all items; null for a name that no rule has. */
  public static String reason(String name) {
    Rule rule = RULES.get(name);
    return rule == null ? null : rule.reason();
  }

  static Effect effect(String name, Author author) {
    Rule rule = RULES.get(name);
    if (rule == null) {
      throw new IllegalArgumentException("the gate has no rule " + name + ": add it to GateRules");
    }
    return rule.on(author);
  }
}
