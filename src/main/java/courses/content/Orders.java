package courses.content;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words that address the program instead of the learner: what people put into captions and
 * documents to make a model do something else. A source's text that has them is no material.
 */
final class Orders {
  /**
   * A pattern with words of which a text must have one to fit: looked for first, since they are
   * found much sooner than a pattern.
   */
  private record Sign(List<String> words, Pattern pattern) {
    boolean in(String plain) {
      return words.stream().anyMatch(plain::contains) && pattern.matcher(plain).find();
    }
  }

  private static final String ITEMS =
      "(?:flashcards?|hints?|exercises?|items?|gaps?|questions?|answers?|distractors?|options?"
          + "|translations?)";
  private static final String ITEM_WORDS =
      "flashcard|hint|exercise|item|gap|question|answer|distractor|option|translation";

  /** What no course needs to say. */
  private static final List<Sign> GIVEN =
      signs(
          "ignor|disregard|forget|override|bypass",
          "\\b(?:ignor(?:e|ing)|disregard|forget|override|bypass)\\b.{0,30}\\b(?:previous|prior|above"
              + "|earlier|all|any|every|your|these|those|everything|the)\\b.{0,40}\\b(?:instructions?"
              + "|prompts?|rules?|lesson|above|directions?|guidelines?|transcript)\\b|\\b(?:ignore|disregard|forget)"
              + " everything\\b",
          "pwned|developer mode",
          "\\bpwned\\b|\\bdeveloper mode\\b",
          "<|inst]|###|]]>",
          "<\\|[a-z_]+\\|>|\\[/?inst]|###\\s*(?:instruction|response|system)|</?data>|]]>",
          "script:|data:",
          "\\b(?:java|vb)script:|\\bdata:(?:text|image)/",
          "language model",
          "\\bas an? (?:ai|large language|language) (?:language )?model\\b",
          "ignor|negeer|zignor",
          "(?:ignora|ignoriere?|ignorez|ignorar|ignori|negeer|ignorera|zignoruj|ignoruj)\\b.{0,50}"
              + "(?:instruc|anweisung|istruzion|instruç|opdracht|poleceni|pokyny)",
          "игнорируй|התעלמ|תתעלמ|تجاهل|忽略|無視|무시",
          "игнорируй.{0,50}инструкц|ת?התעלמ.{0,40}הורא|תתעלמ.{0,40}הורא|تجاهل.{0,40}تعليمات"
              + "|忽略.{0,12}指令|無視.{0,12}指示|무시.{0,20}지시|지시.{0,20}무시");

  /** What only a course about models would say. */
  private static final List<Sign> CORE =
      signs(
          "prompt|system message|developer message|jailbreak",
          "\\b(?:system|developer) (?:prompt|message)\\b|\\bjailbreak",
          "you are",
          "\\byou are (?:now )?(?:a|an|the)?\\s?(?:\\w+ ){0,2}(?:bot|assistant|ai|llm|dan)\\b",
          "as an ai|chatgpt",
          "\\bas an ai\\b|\\bchatgpt\\b");

  /** What is suspect in a source only. */
  private static final List<Sign> ODD =
      signs(
          " ai| llm|model|assistant",
          "\\b(?:note|message|attention|dear|hello) (?:to )?(?:the )?"
              + "(?:ai|llm|language model|assistant|model)\\b",
          "instruction|task",
          "\\b(?:new|important|updated|real|hidden) (?:instructions?|task)\\s*:|\\bthe new task"
              + " is\\b",
          "system|assistant|user|human",
          "^\\s*(?:system|assistant|user|human)\\s*:|\\b(?:assistant|system)\\s*: ",
          "from now on",
          "\\bfrom now on\\b.{0,20}\\b(?:respond|answer|reply|write|say|output)\\b",
          "reveal|print|show me|repeat|leak",
          "\\b(?:reveal|print|show me|repeat|leak)\\b.{0,30}"
              + "\\b(?:prompt|api key|password|secret|instructions)\\b",
          "json|only",
          "\\b(?:output|return|respond|reply|answer|write|say|print) (?:only|json|with only)\\b"
              + "|\\bonly (?:write|say|output|print|answer)\\b",
          "generator",
          "\\b(?:exercise|question|course|quiz) generator\\b",
          ITEM_WORDS,
          "\\b(?:set|make|mark|put|use|add|append|include|insert)\\b.{0,40}"
              + "\\b(?:each|every|all|the|any|of each) (?:\\w+ )?"
              + ITEMS
              + "\\b|\\banswers? (?:to (?:each|every|all)|is always)\\b|\\ball answers are\\b"
              + "|\\b(?:to|in|into|for) (?:each|every|all) "
              + ITEMS
              + "\\b",
          "set to|create exercises",
          "\\bfield \\w+ set to\\b|\\bnever create exercises\\b",
          "end of |beginning of |new document",
          "\\b(?:end|beginning) of (?:transcript|data|document|prompt)\\b|\\bbegin new document\\b",
          "write|say",
          "\\bwrite (?:more )?\\w+ (?:everywhere|instead)\\b|\\bwrite about a\\b|\\bsay \\w+"
              + " please\\b|\\bsay: the\\b|\\band (?:say|write) \\w+\\.$|\\brules\\. say\\b",
          "http|www.|@",
          "\\b(?:visit|click|go to|open|download|log in|sign in|enter|e-?mail|write)\\b.{0,80}"
              + "(?:https?://|www\\.|@\\w)",
          "api key|the password is",
          "\\bapi key\\b|\\bthe password is\\b",
          "say |print |write |answer ",
          "^(?:say|print|write|answer) \\w+\\.?$|\\band (?:say|write|print|answer) \\w+\\.?$",
          "lesson|the teacher wants|focus on",
          "\\b(?:not|instead of) the lesson\\b|\\bthe only word of this\\b|\\bfocus on the \\w+\\."
              + "|\\bthe teacher wants you to\\b");

  /** What only a course about programs would show. */
  private static final List<Sign> CODE =
      signs(
          "{{|${|{%|drop table|select *|\"",
          "\\{\\{.*}}|\\$\\{.*}|\\{%.*%}|\\bdrop table\\b|\\bselect \\*"
              + " from\\b|\"\\s*:\\s*[\\[{\"]",
          "```|alert(",
          "```|\\balert\\(",
          "&lt;|<",
          "&lt;/?[a-z]|<\\s*/?\\s*(?:script|img|iframe|svg|a|b|i|object|embed|style|link|form)\\b");

  private static final Pattern BLOB = Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}");
  private static final Pattern SUBJECT =
      Pattern.compile(
          "(?i)\\b(?:prompts?|prompting|chatgpt|gpt|ai|artificial intelligence|language"
              + " models?|llms?|machine learning|chatbots?|injections?)\\b");

  private static final Pattern PROGRAMMING =
      Pattern.compile(
          "(?i)\\b(?:program\\w*|cod(?:e|ing)|java|javascript|typescript|python|html|css|sql|json|xml"
              + "|apis?|web|websites?|software|developers?|development|databases?|templates?|scripts?"
              + "|scripting|security|algorithms?|shell|linux|git|react|php|ruby|rust|kotlin)\\b");

  private Orders() {}

  /** Words to look for, separated by bars, and the pattern, in turn. */
  private static List<Sign> signs(String... wordsAndPatterns) {
    List<Sign> signs = new ArrayList<>();
    for (int i = 0; i < wordsAndPatterns.length; i += 2) {
      signs.add(
          new Sign(
              List.of(wordsAndPatterns[i].split("\\|(?!\\|)")),
              Pattern.compile(wordsAndPatterns[i + 1], Pattern.DOTALL)));
    }
    return signs;
  }

  /** Whether a text has such words that belong in no course, also disguised by odd letters. */
  static boolean given(String text) {
    return any(GIVEN, plain(text));
  }

  /** Whether a text speaks to a model, which only a course about models would do. */
  static boolean toModel(String text) {
    return any(CORE, plain(text));
  }

  /** Whether it has words that are suspect in a source. */
  static boolean odd(String text) {
    String plain = plain(text);
    return any(CORE, plain) || any(ODD, plain);
  }

  /** Whether it has markup, placeholders, statements or unreadable data in it. */
  static boolean code(String text) {
    return any(CODE, plain(text)) || BLOB.matcher(text).find();
  }

  /** Whether a title is of a course that may speak of all this. */
  static boolean isSubject(String title) {
    return SUBJECT.matcher(title).find();
  }

  /** Whether a title is of a course that may show code. */
  static boolean isProgramming(String title) {
    return PROGRAMMING.matcher(title).find();
  }

  private static boolean any(List<Sign> signs, String plain) {
    for (Sign sign : signs) {
      if (sign.in(plain)) {
        return true;
      }
    }
    return false;
  }

  private static String plain(String text) {
    String normal =
        Normalizer.isNormalized(text, Normalizer.Form.NFKC)
            ? text
            : Normalizer.normalize(text, Normalizer.Form.NFKC);
    return normal.replaceAll("\\p{Cf}", "").toLowerCase(Locale.ROOT);
  }
}
