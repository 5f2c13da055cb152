package courses.content;

import courses.content.Terms.Term;
import courses.sources.Segment;
import exercises.language.EnglishText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A category by its typical words, tags from the terms that stand out. */
final class RuleCategory {
  private static final Map<String, Set<String>> TYPICAL = new LinkedHashMap<>();

  static {
    put(
        "programming",
        "code program function variable compiler loop algorithm array python java javascript"
            + " recursion string");
    put("web development", "html css browser website frontend backend http server url");
    put("data science", "dataset dataframe visualization regression correlation analytics");
    put("machine learning", "neural network training classifier gradient model learning layer");
    put("cloud and devops", "cloud container kubernetes deployment pipeline docker cluster");
    put("security", "encryption password attack vulnerability malware firewall authentication");
    put("databases", "database query table index transaction sql schema");
    put("marketing", "brand customer campaign advertising audience market");
    put("business", "company revenue management strategy employee contract startup negotiation");
    put("finance", "money investment stock bond interest bank tax budget inflation credit");
    put("languages", "grammar verb noun pronunciation vocabulary tense sentence vowel");
    put(
        "mathematics and statistics",
        "equation theorem proof triangle algebra geometry derivative integral probability matrix"
            + " fraction");
    put(
        "science and engineering",
        "energy cell molecule atom force gravity planet species chemical plant animal water"
            + " temperature soil carbon oxygen bacteria experiment physics chemistry biology engine"
            + " bee insect ocean wave moon tide rock light climate frequency signal voltage bicycle"
            + " wheel tyre brake gear bolt screw torque bearing lubricant chain machine motor");
    put("art and design", "painting colour color drawing artist sculpture composition perspective");
    put("music and audio", "music melody chord rhythm guitar piano scale harmony");
    put("video and photography", "camera lens photograph aperture exposure shutter film");
    put("writing", "essay paragraph story writer character plot novel poem");
    put(
        "health and fitness",
        "exercise muscle diet nutrition sleep disease patient health heart breathing");
    put("cooking and lifestyle", "recipe oven dough flour cook bread sauce butter yeast");
    put("education", "student teacher school curriculum classroom learning");
  }

  private RuleCategory() {}

  private static void put(String category, String words) {
    TYPICAL.put(category, Set.copyOf(List.of(words.split(" "))));
  }

  static Category of(Material material, EnglishText english) {
    if (material.isTopic()) {
      throw new CannotWrite("A topic alone can't be sorted by rules: set up a model key.");
    }
    List<Segment> sample = LocalVerdict.sample(material.segments(), 6_000);
    SourceText text = SourceText.read(sample, english);
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, Set<String>> found = new LinkedHashMap<>();
    for (SourceText.Unit unit : text.units()) {
      for (var word : unit.words()) {
        TYPICAL.forEach(
            (name, words) -> {
              if (words.contains(word.lemma())) {
                counts.merge(name, 1, Integer::sum);
                found.computeIfAbsent(name, n -> new HashSet<>()).add(word.lemma());
              }
            });
      }
    }
    int words = Math.max(1, Tiling.words(text.body()));
    String category =
        counts.entrySet().stream()
            .filter(one -> found.get(one.getKey()).size() > 1)
            .max(Map.Entry.comparingByValue())
            .filter(best -> best.getValue() * 150 >= words)
            // one word alone may mean something else: a container is no cloud
            .map(Map.Entry::getKey)
            .orElse("other");
    List<String> tags = new ArrayList<>();
    for (Term term : Terms.of(text.body(), english)) {
      if (tags.size() < 5
          && tags.stream().noneMatch(tag -> Sentences.shareWord(tag, term.surface()))) {
        tags.add(term.name() ? term.surface() : term.lemma());
      }
    }
    while (tags.size() < 2) {
      tags.add(tags.isEmpty() ? "course" : "text");
    }
    String description =
        RuleTitle.own(material.brief().title(), text)
                .map(title -> "This course follows “" + title + "” and is about ")
                .orElse("This course is about ")
            + Sentences.list(tags.subList(0, Math.min(3, tags.size())))
            + ". Its lessons, questions and summaries are put together from the source's own"
            + " sentences.";
    return new Category(category, tags, description);
  }
}
