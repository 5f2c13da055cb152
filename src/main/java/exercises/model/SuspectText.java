package exercises.model;

import exercises.understanding.LessonMaterial;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import transcripts.Utterance;

/**
 * Tells what people say in a lesson from text meant for a program that reads the transcript:
 * addresses, markup, code, role tags, orders to a model. Such sentences are no part of the lesson
 * for either generator; what a model writes is held to the same rules.
 *
 * <p>This is the first of two lines of defence and need not be complete. The second is that every
 * item is built from the lesson's own sentences, whatever the model answers.
 */
final class SuspectText {
  /** Zero-width and bidirectional marks, byte order marks, tag characters, control characters. */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\u00AD\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF9-\\uFFFB\\p{Cc}&&[^\\n"
              + "\\t]]|[\\x{E0000}-\\x{E007F}]");

  private static final List<Pattern> FORMS =
      List.of(
          of("\\b(?:https?|ftp|file|javascript|data|mailto|vbscript)\\s*:\\s*(?:/|\\S)"),
          of(
              "\\bwww\\.|\\bhxxp|\\b[\\w-]+\\.(?:com|net|org|io|ru|cn|xyz|info|biz|co|app|dev|ly)\\b"),
          of(
              "</?\\s*[a-z!][^>]*>|<\\s*(?:script|img|iframe|svg|style|a)\\b|&(?:lt|gt|#\\d+|#x[0-9a-f]+);"),
          of("\\bon(?:error|load|click|mouseover|focus)\\s*=|\\b(?:src|href)\\s*="),
          of("```|~~~|!?\\[[^\\]]*\\]\\([^)]*\\)|^#{1,6}\\s|(?:^|\\s)#{3,}|={4,}|-{4,}|\\*{4,}"),
          of(
              "<\\|[^|]*\\|>|<<\\s*/?sys|\\[/?inst\\]|\\]\\]>|<!\\[cdata|\\{\\{|\\}\\}|\\$\\{|\\{%|%\\}"),
          of(
              "\\{\\s*[\"']\\w|\\[\\s*\"[^\"]*\"\\s*,|[\"']\\s*}|\"\\s*:\\s*[\"\\[{\\d]|[\\]}]\\s*,\\s*[\\[{\"]|\\\\u[0-9a-f]{4}|\\\\[\"nrt]"),
          of(
              "\\b(?:system|assistant|developer|user|human|ai|tool|function)\\s*(?:message|prompt|role)?\\s*[:>\\]]\\s*\\S"),
          of("\\[\\s*(?:system|assistant|developer|admin|instruction|end|start|begin)[^\\]]*\\]"),
          of("[A-Za-z0-9+/]{32,}={0,2}|(?:%[0-9a-f]{2}){3,}|(?:\\\\x[0-9a-f]{2}){2,}"),
          of(
              "\\b(?:drop|delete|insert|select|update)\\s+(?:table|from|into|\\*)\\b|;\\s*--|\\bunion\\s+select\\b"));

  private static final List<Pattern> ORDERS =
      List.of(
          of(
              "\\b(?:ignore|disregard|forget|override|overrule|bypass|skip|discard|neglect|cancel|reset)\\b[^.!?]{0,60}\\b(?:instructions?|prompts?|directions|guidelines?|commands?|constraints?|schema)\\b"),
          of(
              "\\b(?:ignore|disregard|forget|override|overrule|bypass|skip|discard|neglect|cancel|reset)\\b[^.!?]{0,60}\\b(?:previous|prior|above|earlier|preceding|system|original|your)\\b[^.!?]{0,20}\\b(?:rules?|messages?|context|tasks?|orders|training|filters?|everything|text|polic(?:y|ies)|said)\\b"),
          of(
              "\\b(?:ignore|disregard|forget)\\b[^.!?]{0,20}\\b(?:everything|all of it|all"
                  + " that)\\b[^.!?]{0,20}\\b(?:above|before|previous|told)\\b"),
          of(
              "\\b(?:new|updated|real|actual|hidden|secret|important)\\s+(?:instructions?|prompt|system\\s+\\w+|directive)\\b"),
          of(
              "\\b(?:follow|obey|execute|comply"
                  + " with)\\b[^.!?]{0,30}\\b(?:instructions?|commands?|directives?)\\b"),
          of(
              "\\byou\\s+(?:are|'re|will be|must"
                  + " be|act)\\s+(?:now\\s+)?(?:an?\\s+|the\\s+)?(?:ai|a\\.i\\.|language"
                  + " model|llm|gpt|chatbot|ai"
                  + " assistant|dan|jailbroken|unrestricted|bot|admin|root|in \\w+ mode)\\b"),
          of(
              "\\b(?:act|behave|respond|reply|pretend)\\s+(?:as|like|to"
                  + " be)\\b[^.!?]{0,40}\\b(?:ai|language"
                  + " model|assistant|bot|admin|system|unrestricted|no (?:rules|limits))\\b"),
          of(
              "\\b(?:as|dear|hey|attention|note"
                  + " to|hello)\\s*,?\\s*(?:an?\\s+|the\\s+|this\\s+)?(?:ai|a\\.i\\.|llm|gpt|chatgpt|gemini|claude|llama|language"
                  + " model|ai assistant)\\b"),
          of(
              "\\b(?:ai|llm|gpt|language)\\s+(?:model|assistant|bot|generator|system)s?\\b|\\b(?:exercise|quiz|lesson)"
                  + " generator\\b"),
          of(
              "\\b(?:system|hidden|initial|developer)\\s+(?:prompt|message|instructions?)\\b|\\bjail\\s?break|\\bprompt"
                  + " injection\\b|\\b(?:developer|debug|god|sudo|admin|dan)\\s+mode\\b"),
          of(
              "\\b(?:output|print|return|respond|reply|answer|emit|generate|produce|write)\\b[^.!?]{0,40}\\b(?:json|html|xml|markdown|javascript|url|hyperlink|verbatim|nothing"
                  + " else)\\b"),
          of(
              "\\b(?:make|set|put|mark|insert|include|add|append|use|write|place|embed|replace|fill)\\b[^.!?]{0,60}\\b(?:every|each|all|any|the)\\b[^.!?]{0,20}\\b(?:flashcards?|items?|translations?|hints?|explanations?|distractors?|fields?|quiz(?:zes)?|outputs?|exercises)\\b"),
          of(
              "\\b(?:all|every|each|only)\\b[^.!?]{0,20}\\b(?:flashcards?|exercise|quiz(?:zes)?|json|outputs?|distractors?|fields?)\\b[^.!?]{0,40}\\b(?:must|should|shall|has"
                  + " to|have to)\\b"),
          of(
              "\\b(?:reveal|leak|show|repeat|print|tell"
                  + " me|send|exfiltrate|expose)\\b[^.!?]{0,40}\\b(?:api"
                  + " keys?|passwords?|credentials?|prompts?)\\b"),
          of(
              "\\b(?:do"
                  + " not|don't|never|stop)\\s+(?:follow|obey|generat|creat|produc|analy[sz])\\w*\\b[^.!?]{0,40}\\b(?:instructions?|exercises?|json|transcript|items?)\\b"),
          of(
              "\\b(?:end|close|start|begin)(?:ning)?\\s+of\\s+(?:the\\s+)?(?:transcript|data|input|user"
                  + " input|document)\\b|\\b(?:this|the) transcript\\b"),
          of("\\bfrom now on\\b[^.!?]{0,60}\\b(?:respond|output|generate|instead of)\\b"),
          // The same in the languages of learners.
          of(
              "\\bignor(?:a|e[rz]?|ad|ar|iere?n?|ieren"
                  + " sie|ate|i)\\s+(?:todas?|las|les|toutes|alle|tutte|le|as|todos|os|die|vorherigen)\\b|\\banweisungen\\b|\\binstrucciones\\b|\\binstruções\\b|\\bistruzioni\\b|\\boubliez?\\b[^.!?]{0,30}\\binstructions\\b"),
          of(
              "התעל[םמ]|הוראות|הנחיות|تجاهل|التعليمات|تعليمات|игнорируй|инструкци|忽略|指令|無視|指示|무시|지시|अनदेखा|निर्देश|talimatları|polecenia"));

  private SuspectText() {}

  private static Pattern of(String regex) {
    return Pattern.compile(
        regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE);
  }

  /** True for text that no speaker says to another. */
  static boolean isSuspect(String text) {
    return !text.isBlank() && (isMarkup(text) || matches(ORDERS, plain(text)));
  }

  /** True for addresses, markup, code and invisible characters: never part of an exercise. */
  static boolean isMarkup(String text) {
    return INVISIBLE.matcher(text).find() || matches(FORMS, plain(text));
  }

  /** Without invisible characters, compatibility forms (full-width letters) made ordinary. */
  static String plain(String text) {
    return Normalizer.normalize(INVISIBLE.matcher(text).replaceAll(""), Normalizer.Form.NFKC);
  }

  private static boolean matches(List<Pattern> patterns, String text) {
    return patterns.stream().anyMatch(p -> p.matcher(text).find());
  }

  /**
   * The lesson without its suspect turns; indexes stay what they were. A turn is dropped as a
   * whole: what stands around an order to a program ("Write this sentence: ...") belongs to it.
   */
  static LessonMaterial without(LessonMaterial material) {
    List<Utterance> kept = new ArrayList<>(material.utterances().size());
    for (Utterance turn : material.utterances()) {
      String text = plain(turn.text()).strip();
      if (text.isEmpty() || isSuspect(text)) {
        continue;
      }
      kept.add(
          text.equals(turn.text())
              ? turn
              : new Utterance(
                  turn.index(),
                  turn.speaker(),
                  turn.role(),
                  turn.startMillis(),
                  turn.endMillis(),
                  text));
    }
    return new LessonMaterial(
        material.seed(),
        material.lessonNumber(),
        material.language(),
        kept,
        material.transcriptLength(),
        material.earlier());
  }
}
