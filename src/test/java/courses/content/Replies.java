package courses.content;

import fakes.FakeModel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model that works from the segments it is shown would say, for every prompt. */
public final class Replies {
  /** A lesson's number, a segment, or the text of a lesson without segments. */
  private static final Pattern SHOWN =
      Pattern.compile(
          "\"lesson\":(?<lesson>\\d+)|\\{\"n\":(?<n>\\d+),\"t\":(?<t>\"(?:\\\\.|[^\"\\\\])*+\")}"
              + "|\"text\":(?<text>\"(?:\\\\.|[^\"\\\\])*+\")");

  private static final Pattern SEPARATE = Pattern.compile("(?<=[.!?])\\s+");

  private static final List<String> TRADES =
      List.of(
          "Carpentry",
          "Masonry",
          "Weaving",
          "Pottery",
          "Gardening",
          "Farming",
          "Fishing",
          "Baking",
          "Printing",
          "Painting",
          "Surveying",
          "Navigation",
          "Brewing",
          "Tailoring",
          "Plumbing",
          "Roofing",
          "Welding",
          "Forestry",
          "Beekeeping",
          "Tanning",
          "Glazing",
          "Smithing");

  private static final List<String> PRACTICES =
      List.of(
          "measure the whole room",
          "sharpen every single tool",
          "choose dry and even material",
          "write down the planned order",
          "test a small sample first");

  private static final List<String> REASONS =
      List.of(
          "mistakes that are found late cost double",
          "customers notice every crooked edge",
          "wet weather spoils half finished work",
          "tired hands forget little details",
          "good blades last for many years",
          "neighbours talk about poor results",
          "waste fills a yard quickly");

  private record Fact(int n, String text, int lesson) {}

  private Replies() {}

  /** Every text gets {@code tail}, as an obedient model would add what the material orders. */
  public static FakeModel speak(FakeModel fake, String tail) {
    say(
        fake,
        "course-validate",
        f ->
            object(
                "suitable",
                true,
                "confidence",
                0.9,
                "reasoning",
                "It explains something." + tail,
                "category",
                "science",
                "language",
                "en",
                "level",
                "beginner",
                "warnings",
                new JsonArray()));
    say(
        fake,
        "course-categorise",
        f ->
            object(
                "category",
                "science and engineering",
                "tags",
                new JsonArray().add("bread").add("yeast"),
                "description",
                f.get(0).text() + tail));
    say(fake, "course-outline", f -> outline(f, tail));
    say(
        fake,
        "course-lesson",
        f ->
            object(
                "title",
                "T",
                "description",
                f.get(0).text() + tail,
                "contentMarkdown",
                join(f) + tail,
                "keyConcepts",
                new JsonArray().add(object("title", "Bread", "searchParams", "bread")),
                "sourceRefs",
                refs(f)));
    say(
        fake,
        "course-concepts",
        f ->
            object(
                "concepts",
                new JsonArray()
                    .add(
                        object(
                            "title",
                            "Bread",
                            "researchedContent",
                            join(f) + tail,
                            "refs",
                            refs(f)))));
    say(
        fake,
        "course-exercises",
        f ->
            object(
                "exercises",
                each(
                    f,
                    3,
                    (fact, i) ->
                        object(
                            "title",
                            "Try",
                            "question",
                            question(fact, i % 2 == 0 ? "true_false" : "fill_blank", tail)))));
    fake.says(
        "course-questions",
        request -> {
          boolean choices = request.encode().contains("\\\"types\\\":[\\\"multiple_choice\\\"]");
          List<String> types =
              choices
                  ? List.of("multiple_choice")
                  : List.of("multiple_choice", "true_false", "fill_blank", "short_answer");
          return object(
              "questions",
              each(
                  facts(request),
                  12,
                  (fact, i) -> question(fact, types.get(i % types.size()), tail)));
        });
    say(
        fake,
        "course-flashcards",
        f ->
            object(
                "cards",
                each(
                    f,
                    10,
                    (fact, i) ->
                        object(
                            "question",
                            "What is told in part " + (i + 1) + " about " + word(fact, 0) + tail,
                            "answer",
                            fact.text() + tail,
                            "difficulty",
                            "beginner",
                            "lesson",
                            fact.lesson(),
                            "refs",
                            one(fact)))));
    say(
        fake,
        "course-article",
        f -> object("title", "Closer", "contentMarkdown", join(f) + tail, "refs", refs(f)));
    say(
        fake,
        "course-takeaways",
        f -> object("title", "Keep", "points", texts(f, 6, tail), "refs", refs(f)));
    say(
        fake,
        "course-faq",
        f ->
            object(
                "title",
                "Asked",
                "faq",
                each(
                    f,
                    9,
                    (fact, i) ->
                        object(
                            "question",
                            "Why does " + word(fact, 0) + " matter in " + word(fact, 1) + " " + i,
                            "answer",
                            fact.text() + tail,
                            "refs",
                            one(fact)))));
    say(
        fake,
        "course-game",
        f ->
            object(
                "words",
                each(
                    f,
                    15,
                    (fact, i) ->
                        object(
                            "word",
                            word(fact, 0) + (char) ('a' + i),
                            "definition",
                            fact.text() + tail,
                            "incorrect",
                            texts(
                                f.subList(Math.min(f.size() - 3, i + 1), Math.min(f.size(), i + 4)),
                                3,
                                ""),
                            "lesson",
                            fact.lesson(),
                            "refs",
                            one(fact)))));
    say(
        fake,
        "course-script",
        f -> object("script", (join(f) + " ").repeat(4).strip() + tail, "refs", refs(f)));
    say(
        fake,
        "course-suggestions",
        f ->
            object(
                "suggestions",
                new JsonArray()
                    .add(object("topic", "Pastry", "description", "It follows." + tail))
                    .add(object("topic", "Beer", "description", "Yeast again." + tail))
                    .add(object("topic", "Cheese", "description", "Bacteria again." + tail))));
    return fake;
  }

  private interface Making {
    JsonObject of(Fact fact, int number);
  }

  private static void say(FakeModel fake, String prompt, Function<List<Fact>, JsonObject> script) {
    fake.says(prompt, request -> script.apply(facts(request)));
  }

  private static List<Fact> facts(JsonObject request) {
    JsonArray messages = request.getJsonArray("messages");
    String asked = messages.getJsonObject(1).getString("content");
    List<Fact> facts = new ArrayList<>();
    Matcher matcher = SHOWN.matcher(asked);
    int lesson = 0;
    while (matcher.find()) {
      if (matcher.group("lesson") != null) {
        lesson = Integer.parseInt(matcher.group("lesson"));
        continue;
      }
      String quoted = matcher.group("t") == null ? matcher.group("text") : matcher.group("t");
      int n = matcher.group("n") == null ? 0 : Integer.parseInt(matcher.group("n"));
      String text = new JsonArray("[" + quoted + "]").getString(0);
      for (String sentence : SEPARATE.split(text.replaceAll("(?m)^#.*$", "").strip())) {
        if (sentence.length() > 30) {
          facts.add(new Fact(n, sentence.strip(), lesson));
        }
      }
    }
    return facts.isEmpty() ? known(asked.hashCode()) : facts;
  }

  /** What it knows by itself, where a bare topic gives it nothing. */
  private static List<Fact> known(int seed) {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < TRADES.size(); i++) {
      int at = Math.floorMod(seed + i * 7, TRADES.size());
      facts.add(
          new Fact(
              -1,
              TRADES.get(at)
                  + " improves because careful people "
                  + PRACTICES.get(at % PRACTICES.size())
                  + ", for "
                  + REASONS.get(at % REASONS.size())
                  + ".",
              0));
    }
    return facts;
  }

  private static JsonObject outline(List<Fact> facts, String tail) {
    int last = facts.get(facts.size() - 1).n();
    int middle = last / 2;
    JsonArray chapters = new JsonArray();
    int[][] spans =
        last < 0
            ? new int[][] {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}}
            : new int[][] {{0, middle}, {middle + 1, last}};
    for (int[] span : spans) {
      JsonObject lesson =
          object(
              "title",
              (last < 0 ? "Stage " + (chapters.size() + 1) : "From " + span[0]) + tail,
              "description",
              "On it.",
              "from",
              span[0],
              "to",
              span[1],
              "estimatedMinutes",
              5,
              "exercises",
              new JsonArray()
                  .add(
                      object(
                          "type",
                          "true_false",
                          "concept",
                          "bread",
                          "difficulty",
                          "beginner",
                          "count",
                          2)));
      chapters.add(
          object(
              "title",
              "Chapter " + (last < 0 ? chapters.size() + 1 : span[0]) + tail,
              "description",
              "On it.",
              "level",
              "beginner",
              "objectives",
              new JsonArray().add("Explain it"),
              "keyConcepts",
              new JsonArray().add("bread"),
              "lessons",
              new JsonArray().add(lesson)));
    }
    return object("title", "Bread" + tail, "chapters", chapters);
  }

  private static JsonObject question(Fact fact, String type, String tail) {
    String word = word(fact, 0);
    JsonArray options = new JsonArray().add("Zebra").add(word).add("Cloud").add("Stone");
    boolean choice = type.equals("multiple_choice");
    String text =
        type.equals("true_false")
            ? fact.text()
            : type.equals("short_answer")
                ? "What does sentence " + fact.text().hashCode() + " tell?"
                : fact.text()
                    .replaceFirst("\\b" + Pattern.quote(word) + "\\b", "_____")
                    .replace(word, "it");
    String answer =
        type.equals("true_false") ? "true" : type.equals("fill_blank") ? word : fact.text();
    return object(
        "type",
        type,
        "question",
        text + tail,
        "options",
        choice ? options : new JsonArray(),
        "correctIndex",
        choice ? 1 : -1,
        "answer",
        answer,
        "accepted",
        new JsonArray(),
        "regex",
        "",
        "pairs",
        new JsonArray(),
        "template",
        "",
        "codeLanguage",
        "",
        "explanation",
        fact.text() + tail,
        "hint",
        "",
        "points",
        1,
        "difficulty",
        "beginner",
        "lesson",
        fact.lesson(),
        "refs",
        one(fact));
  }

  private static String word(Fact fact, int skip) {
    return java.util.Arrays.stream(fact.text().split("[^\\p{L}]+"))
        .filter(w -> w.length() > 4)
        .skip(skip)
        .findFirst()
        .orElse("bread");
  }

  private static JsonArray each(List<Fact> facts, int most, Making making) {
    JsonArray list = new JsonArray();
    for (int i = 0; i < Math.min(most, facts.size()); i++) {
      list.add(making.of(facts.get(i * facts.size() / Math.min(most, facts.size())), i));
    }
    return list;
  }

  private static JsonArray texts(List<Fact> facts, int most, String tail) {
    JsonArray list = new JsonArray();
    facts.stream().limit(most).forEach(fact -> list.add(fact.text() + tail));
    return list;
  }

  private static String join(List<Fact> facts) {
    return String.join(" ", facts.stream().map(Fact::text).toList());
  }

  private static JsonArray refs(List<Fact> facts) {
    return new JsonArray(facts.stream().map(Fact::n).filter(n -> n >= 0).distinct().toList());
  }

  private static JsonArray one(Fact fact) {
    return fact.n() < 0 ? new JsonArray() : new JsonArray().add(fact.n());
  }

  private static JsonObject object(Object... members) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < members.length; i += 2) {
      object.put((String) members[i], members[i + 1]);
    }
    return object;
  }
}
