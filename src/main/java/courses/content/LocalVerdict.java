package courses.content;

import courses.sources.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be said of a source at no cost (contract 5.1). */
final class LocalVerdict {
  private static final int FEWEST_WORDS = 100;
  private static final double FEWEST_LETTERS = 0.6;
  private static final int LONGEST_TOPIC = 300;
  private static final Pattern HARMFUL =
      Pattern.compile(
          "(?i)\\b(?:(?:make|build|buy|cook) (?:a |an |some"
              + " )?(?:bombs?|explosives?|meth(?:amphetamine)?|poison|nerve gas)|child"
              + " porn\\w*|kill (?:myself|someone|people)|commit suicide|credit card fraud)\\b");
  private static final Pattern TEACHING =
      Pattern.compile(
          "(?i)\\b(?:because|therefore|example|called|means|defined|explain|understand|learn|step|first|process|cause|result|compare|differ|rule|method|consists?|known"
              + " as|such as)\\b");

  private LocalVerdict() {}

  static Verdict of(Material material) {
    Brief brief = material.brief();
    if (material.isTopic()) {
      return topic(brief);
    }
    long words = 0;
    long letters = 0;
    long signs = 0;
    long teaching = 0;
    for (Segment segment : material.segments()) {
      words += Sentences.count(segment.text());
      letters += segment.text().codePoints().filter(Character::isLetter).count();
      signs += segment.text().codePoints().filter(c -> !Character.isWhitespace(c)).count();
      teaching += TEACHING.matcher(segment.text()).results().count();
    }
    // Scripts without spaces: some two signs are a word.
    long counted =
        Math.max(
            words, brief.language().matches("(?i)(?:zh|ja|th|km|lo|my).*") ? letters / 2 : words);
    if (counted < FEWEST_WORDS) {
      return verdict(
          brief,
          false,
          0.95,
          "The source has only "
              + counted
              + " words; a course needs at least "
              + FEWEST_WORDS
              + ": give more of the text.",
          Optional.of("poor quality or too short"));
    }
    if (letters < FEWEST_LETTERS * signs) {
      return verdict(
          brief,
          false,
          0.9,
          "Only "
              + letters * 100 / signs
              + " % of the source's signs are letters: it seems to be data, not a text.",
          Optional.of("corrupted data"));
    }
    double share = teaching * 100.0 / counted;
    boolean english = brief.language().startsWith("en");
    return verdict(
        brief,
        true,
        english ? Math.min(0.5, 0.25 + share / 8) : 0.3,
        "The source has "
            + counted
            + " words of text"
            + (english && share > 0.8 ? " that explain and give reasons" : "")
            + "; no model has read it.",
        Optional.empty());
  }

  private static Verdict topic(Brief brief) {
    String topic = brief.title().strip();
    long letters = topic.codePoints().filter(Character::isLetter).count();
    if (letters < 2
        || topic.length() > LONGEST_TOPIC
        || letters * 2 < topic.replace(" ", "").length()) {
      return verdict(
          brief,
          false,
          0.9,
          "The topic must be a line of words, 2 to " + LONGEST_TOPIC + " characters.",
          Optional.of("corrupted data"));
    }
    if (Orders.given(topic) || !Orders.isSubject(topic) && Orders.toModel(topic)) {
      return verdict(
          brief,
          false,
          0.9,
          "The topic gives orders to a program instead of naming a subject to learn.",
          Optional.of("corrupted data"));
    }
    if (HARMFUL.matcher(topic.toLowerCase(Locale.ROOT)).find()) {
      return verdict(
          brief, false, 0.9, "The topic asks for something harmful.", Optional.of("unsafe"));
    }
    return verdict(
        brief,
        true,
        0.4,
        "The topic is a line of words; no model has judged it.",
        Optional.empty());
  }

  private static Verdict verdict(
      Brief brief,
      boolean suitable,
      double confidence,
      String reasoning,
      Optional<String> category) {
    return new Verdict(
        suitable,
        confidence,
        reasoning,
        category,
        brief.language(),
        brief.difficulty(),
        List.of(),
        suitable);
  }

  /** Segments from the beginning, the middle and the end, about as many tokens of each. */
  static List<Segment> sample(List<Segment> segments, int tokens) {
    int all = segments.stream().mapToInt(Segment::tokens).sum();
    if (all <= tokens) {
      return segments;
    }
    List<Segment> sample = new ArrayList<>();
    int third = tokens / 3;
    int before = 0;
    int[] taken = new int[3];
    for (Segment segment : segments) {
      int size = segment.tokens();
      int part = before < all / 4 ? 0 : before < all * 3L / 5 ? 1 : 2;
      long opens = part == 0 ? 0 : part == 1 ? all / 2L - third / 2 : all - third;
      if (before + size > opens && taken[part] + size <= third) {
        sample.add(segment);
        taken[part] += size;
      }
      before += size;
    }
    return sample.isEmpty() ? List.of(segments.get(0)) : sample;
  }
}
