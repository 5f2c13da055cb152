package transcripts;

import java.util.Set;

/**
 * What the words before a colon tell: a role, a person's name, or just a sentence that goes on
 * after it.
 */
final class LabelWords {
  /** Labels that name a role; they are speakers even when they occur once. */
  static final Set<String> TEACHER =
      Words.set(
          """
          teacher tutor instructor coach host professor mora moreh morah profesora profesor מורה המורה
          معلم المعلم معلمة المعلمة
          """);

  static final Set<String> STUDENT =
      Words.set(
          """
          student pupil learner child kid trainee participant talmid talmida alumno alumna תלמיד תלמידה
          التلميذ طالب الطالب طالبة الطالبة
          """);

  static final Set<String> OTHER =
      Words.set(
          """
          parent mother father mum mom mommy dad mama papa ima aba abba brother sister grandmother grandma
          grandfather grandpa nanny observer interpreter unknown אמא אבא
          """);

  /** What lessons put before a colon without anybody of that name: "Correction: ...". */
  private static final Set<String> CLASSROOM =
      Words.set(
          """
          correction correct correctly better careful example examples question questions answer answers
          homework vocabulary vocab word words note notes exercise exercises sentence sentences remember
          number step page unit grammar rule rules tip hint positive negative past present future simple
          continuous perfect verb verbs noun nouns adjective adjectives adverb repeat meaning
          pronunciation spelling time date topic today yesterday tomorrow monday tuesday wednesday
          thursday friday saturday sunday great good ok okay first second third finally next english
          hebrew arabic spanish french wrong right true false listen look practice practise important
          warning reminder summary dialogue story title option form new part task problem solution idea
          """);

  private static final Set<String> FUNCTION =
      Words.set(
          """
          a an the and or but so if then because that this these those it its it's i i'm i'll i've you
          you're he he's she she's we we're they they're me him her us them my your his our their is are
          was were be been am do does did don't have has had can could would should shall may might must
          will not no yes yeah oh ah um uh well now here there what what's which who when where why how to
          in on at with for from about said say says asked ask tell told like just also one two three
          let's look see mean means called is: wrote write read think know
          """);

  private static final Set<String> PARTICLES =
      Words.set(
          """
          de da del della di la le van von der den bin ibn ben bat bar al el of y e dos
          """);

  private LabelWords() {}

  static boolean isRole(String bare) {
    return TEACHER.contains(bare) || STUDENT.contains(bare) || OTHER.contains(bare);
  }

  /** The looks of a label, from surely a speaker to surely none. */
  enum Look {
    /** A role, {@code Speaker 2}, or a single capital letter. */
    ROLE,
    /** Every word is written like a part of a name. */
    NAME,
    /** Written like a name, but also an ordinary word: {@code Will}, {@code May}. */
    DOUBTFUL,
    /** A user name: one word in lower case, or signs without letters. */
    HANDLE,
    /** Part of a sentence, or a heading. */
    NONE
  }

  static Look look(String label) {
    String[] words = label.split(" ");
    if (label.isEmpty() || words.length > 7 || label.indexOf('?') >= 0 || label.indexOf('!') >= 0) {
      return Look.NONE;
    }
    boolean allFunction = true;
    boolean anyFunction = false;
    boolean classroom = false;
    boolean written = true;
    boolean letters = false;
    boolean role = false;
    for (int i = 0; i < words.length; i++) {
      String bare = Words.bare(words[i]);
      boolean last = i == words.length - 1;
      if (!last && words[i].length() > 5 && Words.endsSentence(words[i])) {
        return Look.NONE; // a sentence ended inside
      }
      boolean function = FUNCTION.contains(bare) || bare.isEmpty();
      allFunction &= function;
      anyFunction |= function && !bare.isEmpty() && !Character.isUpperCase(first(words[i]));
      classroom |= CLASSROOM.contains(bare);
      letters |= bare.codePoints().anyMatch(Character::isLetter);
      written &= isNamePart(words[i], bare);
      role |= isRole(bare) || bare.equals("speaker");
    }
    if (classroom || anyFunction) {
      return Look.NONE;
    }
    if ((role && words.length <= 3)
        || (label.length() == 1
            && Character.isUpperCase(label.charAt(0))
            && label.charAt(0) != 'I')) {
      return Look.ROLE;
    }
    if (!letters) {
      return Look.HANDLE;
    }
    if (allFunction) {
      return Look.DOUBTFUL;
    }
    return written ? Look.NAME : words.length == 1 ? Look.HANDLE : Look.NONE;
  }

  private static boolean isNamePart(String word, String bare) {
    if (PARTICLES.contains(bare) || word.indexOf('(') >= 0 || word.indexOf(')') >= 0) {
      return true;
    }
    // iPad and OPPO have a capital somewhere; scripts without case, digits and signs have nothing
    // to capitalise
    return word.chars().anyMatch(c -> Character.isUpperCase(c) || Character.isDigit(c))
        || word.chars().noneMatch(Character::isLowerCase);
  }

  private static int first(String word) {
    return word.isEmpty() ? ' ' : word.codePointAt(0);
  }
}
