package courses.content;

import courses.content.SourceText.Kind;
import courses.content.SourceText.Unit;
import exercises.language.EnglishText.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a source is about, in the words of a title. */
final class RuleTitle {
  private static final int LONGEST_SUBJECT = 4;
  private static final int OPENING = 6;
  private static final Pattern FILE = Pattern.compile("(?i).*\\.(?:pdf|txt|docx?|vtt|srt)$");

  /** What a video is called whose title nobody told. */
  private static final Pattern UNTITLED_VIDEO = Pattern.compile("Video [\\w-]{11}");

  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "(?i).*\\b(?:talk|speak|learn|hear)(?:ing)? about"
              + " (?!(?:it|them|this|that|how|what|why)\\b)(.{4,60}?)(?:[.,;:!]| because\\b| and"
              + " (?:how|why|what)\\b).*");

  private static final Pattern ANNOUNCED_QUESTION =
      Pattern.compile(
          "(?i).*?\\b(?:find out|learn|see|look at|show you|explain|discover|understand|talk"
              + " about|know) ((?:how|why|what)\\b(?!"
              + " (?:it|this|that|they)\\b).{6,70}?)(?:[.;:!?]|, |$).*");

  private static final Pattern DEFINED =
      Pattern.compile(
          "^(A |An |The )?(\\p{L}[\\p{L}-]+(?: [\\p{L}-]+){0,3}?) (?:is|are) (?:an?|any|all) .*");

  private RuleTitle() {}

  /** The source's own title: given, or its uppermost heading; empty when it has none. */
  static Optional<String> own(String given, SourceText text) {
    String title = given.strip();
    if (!title.isEmpty()
        && !FILE.matcher(title).matches()
        && !UNTITLED_VIDEO.matcher(title).matches()
        && !begins(text.body(), title)) {
      return Optional.of(title);
    }
    return text.units().stream()
        .filter(unit -> unit.kind() == Kind.HEADING && unit.level() == 1)
        .map(Unit::text)
        .findFirst();
  }

  /** Whether it is only how the text begins, as texts without a title are called. */
  private static boolean begins(List<Unit> body, String title) {
    String start = title.replaceFirst("…$", "").strip();
    String speaker = body.isEmpty() ? "" : body.get(0).speaker();
    if (!speaker.isEmpty() && start.startsWith(speaker + ":")) {
      return true;
    }
    return start.contains(" ")
        && !body.isEmpty()
        && body.get(0).kind() == Kind.SENTENCE
        && (body.get(0).text().startsWith(start) || start.startsWith(body.get(0).text()));
  }

  /** What its first sentences say that it is about, or what the first one speaks of. */
  static Optional<String> subject(SourceText text) {
    List<Unit> opening =
        text.body().stream().filter(u -> u.kind() == Kind.SENTENCE).limit(OPENING).toList();
    List<String> told = new ArrayList<>(text.announcements());
    opening.forEach(unit -> told.add(unit.text()));
    for (String sentence : told) {
      Matcher question = ANNOUNCED_QUESTION.matcher(sentence);
      if (text.announcements().contains(sentence) && question.matches()) {
        return Optional.of(titled(question.group(1).strip()));
      }
      Matcher announced = ANNOUNCED.matcher(sentence);
      if (announced.matches()) {
        return Optional.of(titled(announced.group(1).strip()));
      }
    }
    return opening.stream()
        .findFirst()
        .flatMap(first -> person(first).or(() -> defined(first)).or(() -> spokenOf(first)))
        .or(
            () ->
                opening.stream()
                    .skip(1)
                    .limit(2)
                    .filter(unit -> unit.text().matches("An? .*"))
                    .flatMap(unit -> spokenOf(unit).stream())
                    .findFirst());
  }

  /** Whom a life begins with: "Mary Anning was born in 1799 ...". */
  private static Optional<String> person(Unit first) {
    return Deed.people(List.of(first)).values().stream()
        .filter(name -> first.text().startsWith(name + " "))
        .findFirst();
  }

  /** "Value added tax" of "Value added tax is a tax on ...". */
  private static Optional<String> defined(Unit first) {
    Matcher is = DEFINED.matcher(first.text());
    return is.matches() && is.group(2).split(" ").length <= LONGEST_SUBJECT
        ? Optional.of(titled((is.group(1) == null ? "" : "The ") + is.group(2)))
        : Optional.empty();
  }

  /** "Composting" of "Composting turns kitchen scraps ...". */
  private static Optional<String> spokenOf(Unit first) {
    List<Word> words = first.words();
    int from = !words.isEmpty() && words.get(0).text().matches("(?i)an?|the") ? 1 : 0;
    int to = from;
    if (words.size() > 2
        && words.get(0).text().matches("\\p{L}{3,}ing")
        && words.get(1).tag().equals("DET")) {
      to = 2; // "Sending an e-mail looks like ..."
    }
    while (to < words.size()
        && (words.get(to).isNoun()
            || words.get(to).tag().equals("ADJ")
            || to == 0 && words.get(to).text().matches("\\p{L}{4,}ing"))) {
      to++;
    }
    boolean whole =
        to > from
            && to - from <= LONGEST_SUBJECT
            && to < words.size()
            && words.get(to).tag().matches("VERB|AUX")
            && !(words.get(to).text().endsWith("ed")
                && to + 1 < words.size()
                && words.get(to + 1).isNoun())
            && !Terms.GENERIC.contains(words.get(to - 1).lemma().toLowerCase(Locale.ROOT));
    String article = from > 0 ? "The " : "";
    return whole
        ? Optional.of(
            titled(
                article + first.text().substring(words.get(from).start(), words.get(to - 1).end())))
        : Optional.empty();
  }

  private static String titled(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
