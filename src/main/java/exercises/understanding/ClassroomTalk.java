package exercises.understanding;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is said to run a lesson rather than to teach: connection, praise, instructions, homework,
 * greetings.
 */
public final class ClassroomTalk {
  // each begins at a word: looked at once for all of them
  private static final Pattern TALK =
      Pattern.compile(
          "\\b(?:"
              + String.join(
                  "|",
                  "\\b(?:can|could|do) you (?:all )?(?:hear|see) (?:me|my|it|the)\\b",
                  "\\bi (?:can't|can|cannot|don't) (?:hear|see) (?:you|your|the)\\b",
                  "\\b(?:share|sharing|shared|my|your|the) (?:my |your |the"
                      + " )?(?:screen|camera|microphone|mic|connection|internet|link|chat|audio|video|headphones|zoom|mouse|cursor|slide|slides)\\b",
                  "\\b(?:mute|unmute|muted|frozen|zoom|wifi|wi-fi|whiteboard|screenshot|online|login|log"
                      + " in|click|scroll|breakout)\\b",
                  "\\b(?:homework|worksheet|workbook|next lesson|next class|next time|next"
                      + " week's|last lesson|our lesson|today's lesson|this lesson|the lesson|time"
                      + " is up|out of time|see you|bye|goodbye)\\b",
                  "\\b(?:how are you|nice to (?:meet|see) you|good"
                      + " (?:morning|afternoon|evening|night|luck|idea|question|answer|one|work|job)|well"
                      + " done|great job|good for you|thank you|thanks|welcome)\\b",
                  "\\b(?:let's|let us|shall we) (?:start|begin|continue|go"
                      + " on|move|see|try|do|look|read|play|talk|practi[sc]e|check|say|open|go"
                      + " back|go over|learn|finish|stop|use)\\b",
                  "\\b(?:repeat|listen to me|after me|one more time|try again|once again|once"
                      + " more|say it|say that|tell me|ask me|read it|read the|your turn|my"
                      + " turn|take your time|don't worry|no problem|never mind|go ahead|keep"
                      + " going)\\b",
                  "\\b(?:sentence|sentences|exercise|exercises|question|questions|page|paragraph|answer"
                      + " is|number"
                      + " (?:one|two|three|four|five|six|\\d+)|word|words|vocabulary|plural|singular|irregular|vowel|basic"
                      + " form|the rule|also say|grammar|past simple|present simple|past"
                      + " tense|present tense|verb|verbs|noun|adjective|the title|the"
                      + " grammar|pronounce|pronunciation|spell|spelling|spelled|letter|in"
                      + " english|in hebrew|in arabic|in spanish|in"
                      + " russian|translate|meaning|correct|correction|lesson|lessons|teacher)\\b",
                  "\\bworked (?:so |very )?hard\\b|\\bnext week we\\b|\\bhow you put it\\b|\\blast"
                      + " (?:time|week) we\\b|\\bconditionals?\\b",
                  "\\b(?:did|do|are) we (?:learn|do|practi[sc]e)|\\bwe (?:say|don't say|use|need to"
                      + " say|can say|write|add|put)\\b",
                  "\\byou (?:said|say|can say|should say|should be|mean|meant|need to say|are"
                      + " right|'re right)\\b",
                  "\\b(?:it|this|that) (?:should|must) be\\b",
                  "\\b(?:i'm sorry|excuse me|just a (?:second|moment|minute)|one"
                      + " (?:second|moment|minute)|hold on|wait|hang on)\\b",
                  "\\b(?:do you understand|do you know|do you remember|are you ready|are you"
                      + " there|any questions|make sense|what does|what do you mean|how do you"
                      + " say|what is this|what's this|what is that|what's that|what is it|what"
                      + " else|what about)\\b",
                  "\\bi (?:will|want to|am going to|'ll|'m going to)"
                      + " (?:send|share|show|read|ask|tell|say|write|start|help|explain|give"
                      + " you|check|repeat)\\b",
                  "\\bi'(?:ll|m going to)"
                      + " (?:send|share|show|read|ask|tell|say|write|start|help|explain|give|check|repeat)\\b",
                  "\\b(?:that's|that is|it's|this is)"
                      + " (?:right|correct|good|great|perfect|fine|okay|ok|it|all|true|very"
                      + " good|wonderful|nice|better|fun|great)\\s*[.!]*$",
                  "\\b(?:uh-huh|mm-hmm|gonna|wanna|gotta|kinda|you know(?=[,.!?])|i mean|i think"
                      + " so|i guess|of"
                      + " course|exactly|absolutely|awesome|fantastic|excellent|brilliant)\\b")
              + ")");

  private static final Set<String> WORDS =
      Set.of(
          "sentence",
          "word",
          "verb",
          "noun",
          "adjective",
          "question",
          "answer",
          "exercise",
          "page",
          "homework",
          "lesson",
          "screen",
          "camera",
          "microphone",
          "link",
          "chat",
          "letter",
          "text",
          "example",
          "mistake",
          "number",
          "name",
          "zoom",
          "english",
          "teacher",
          "student",
          "repeat",
          "listen",
          "welcome",
          "hello",
          "please",
          "sorry",
          "correct",
          "wrong",
          "okay",
          "excellent",
          "congratulation",
          "congratulations",
          "perfect",
          "bravo",
          "plural",
          "singular",
          "comparative",
          "superlative",
          "rule",
          "grammar",
          "tense",
          "compare",
          "present",
          "past",
          "future",
          "bye");

  private ClassroomTalk() {}

  /** True for a word that belongs to running a lesson and is never its vocabulary. */
  public static boolean isClassroomWord(String lemma) {
    return WORDS.contains(lemma);
  }

  /** Whether a sentence only runs the lesson and teaches nothing. */
  public static boolean matches(String sentence) {
    return TALK.matcher(sentence.toLowerCase(Locale.ROOT).replace('’', '\'')).find();
  }
}
