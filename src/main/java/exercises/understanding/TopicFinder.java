package exercises.understanding;

import exercises.language.Expressions;
import exercises.language.Morphology;
import exercises.language.WordNet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a lesson talks about: the field most of its content words belong to. */
public final class TopicFinder {
  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "(?i)\\b(?:today'?s? topic is|(?:our|the) topic (?:today )?is|today(?: we(?:'re| are|'ll|"
              + " will)?)? (?:going to )?(?:talk|learn|speak|read) (?:some words )?about|our unit"
              + " is(?: about)?|we(?:'re| are) (?:talking|learning) about)\\s+([^.!?,]{3,40})");
  private static final double LEAST = 6;
  private static final List<Field> FIELDS = read();

  private record Field(String name, String wordNet, Set<String> words) {}

  private final Morphology morphology;
  private final WordNet wordNet;

  /** Not thread-safe. */
  public TopicFinder(Morphology morphology, WordNet wordNet) {
    this.morphology = morphology;
    this.wordNet = wordNet;
  }

  /** A field's name, or empty when the lesson's words are spread over all. */
  public String of(LessonText lesson, List<LessonSentence> sentences, List<TaughtWord> taught) {
    Map<String, Integer> counts = new HashMap<>();
    for (LessonSentence sentence : sentences) {
      Set<String> lemmas = new HashSet<>();
      sentence.parts().forEach(word -> lemmas.addAll(morphology.lemmas(word)));
      lemmas.forEach(lemma -> counts.merge(lemma, 1, Integer::sum));
    }
    String announced = announced(lesson);
    String best = "";
    double most = LEAST;
    for (Field field : FIELDS) {
      double score = 0;
      for (String word : field.words()) {
        score += Math.min(3, Math.sqrt(counts.getOrDefault(word, 0)));
        score += announced.matches("(?s).*\\b" + Pattern.quote(word) + "s?\\b.*") ? 3 : 0;
      }
      for (TaughtWord word : taught) {
        boolean member = field.words().contains(word.lemma());
        boolean kin =
            !field.wordNet().equals("-")
                && wordNet.entry(word.lemma(), word.pos()).fields().contains(field.wordNet());
        score += member ? 2 : kin ? 1 : 0;
      }
      for (String word : Expressions.split(field.name(), "\\W+")) {
        score += word.length() > 3 && announced.contains(word) ? 8 : 0;
      }
      if (score > most) {
        most = score;
        best = field.name();
      }
    }
    return best;
  }

  private static String announced(LessonText lesson) {
    StringBuilder all = new StringBuilder();
    for (Turn turn : lesson.turns()) {
      Matcher matcher = ANNOUNCED.matcher(turn.text());
      while (turn.teaching() && matcher.find()) {
        all.append(matcher.group(1).toLowerCase(Locale.ROOT)).append('\n');
      }
    }
    return all.toString();
  }

  private static List<Field> read() {
    List<Field> fields = new ArrayList<>();
    try (InputStream in = TopicFinder.class.getResourceAsStream("/lexicon/topics.tsv");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        String[] cells = line.split("\t");
        if (!line.startsWith("#") && cells.length == 3) {
          fields.add(new Field(cells[0], cells[1], Set.of(distinct(cells[2]))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("lexicon/topics.tsv can't be read: rebuild the jar", e);
    }
    return List.copyOf(fields);
  }

  private static String[] distinct(String words) {
    return new HashSet<>(List.of(words.split(" "))).toArray(String[]::new);
  }
}
