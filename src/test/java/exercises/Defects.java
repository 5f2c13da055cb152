package exercises;

import exercises.language.Token;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Good items with one defect planted in each. A mutator gives null for an item it can't spoil; at
 * most {@link #EACH} items of a kind of defect are made, spread over the good items.
 */
final class Defects {
  static final int EACH = 18;
  private static final String BLANK = "_____";

  /**
   * @param items the defective item is the last; what stands before it is good
   */
  record Planted(String defect, QualityLesson lesson, List<GoodItems.Item> items) {
    GoodItems.Item last() {
      return items.get(items.size() - 1);
    }
  }

  private final List<GoodItems.Item> good;
  private final List<Planted> planted = new ArrayList<>();

  private Defects(List<GoodItems.Item> good) {
    this.good = good;
  }

  static List<Planted> of(List<GoodItems.Item> good) {
    Defects defects = new Defects(good);
    defects.gaps();
    defects.rivals();
    defects.words();
    defects.sentences();
    defects.answers();
    defects.builders();
    defects.sets();
    return defects.planted;
  }

  private void plant(
      String defect,
      Predicate<GoodItems.Item> fit,
      Function<GoodItems.Item, GoodItems.Item> spoil) {
    List<GoodItems.Item> candidates = new ArrayList<>(good.stream().filter(fit).toList());
    Collections.shuffle(candidates, new java.util.Random(defect.hashCode()));
    int made = 0;
    for (GoodItems.Item item : candidates) {
      GoodItems.Item bad = made < EACH ? spoil.apply(item) : null;
      if (bad != null) {
        planted.add(new Planted(defect, item.lesson(), List.of(bad)));
        made++;
      }
    }
  }

  private void gaps() {
    plant(
        "answer not among the options",
        GoodItems.Item::isGap,
        i -> i.with("correct_answer", "table"));
    plant("answer empty", GoodItems.Item::isGap, i -> i.with("correct_answer", ""));
    plant(
        "a blank too many",
        GoodItems.Item::isGap,
        i -> i.with(i.textMember(), i.text() + " " + BLANK));
    plant("no blank", GoodItems.Item::isGap, i -> i.with(i.textMember(), whole(i)));
    plant(
        "blank inside a word",
        GoodItems.Item::isGap,
        i -> i.with(i.textMember(), i.text().replace(BLANK, "un" + BLANK)));
    plant("three options", GoodItems.Item::isGap, i -> i.with("options", without(i, 1)));
    plant(
        "option twice",
        GoodItems.Item::isGap,
        i -> i.with("options", without(i, 1).add(" " + answer(i).toUpperCase())));
    plant(
        "hint says the answer",
        i -> (i.isGap() && answer(i).length() > 3) || i.isWord(),
        i ->
            i.with(
                "hint", "Think of " + (i.isWord() ? i.json().getString("word") : answer(i)) + "."));
    plant(
        "hint says a form of the answer",
        GoodItems.Item::isWord,
        i -> i.with("hint", "Many " + i.json().getString("word") + "s."));
    plant(
        "stem says the answer",
        i -> i.isGap() && answer(i).length() > 4,
        i -> i.with(i.textMember(), i.text().replaceAll("[.!?]$", "") + ", " + answer(i) + "."));
    plant(
        "explanation of another sentence",
        GoodItems.Item::isGap,
        i -> i.with("explanation", "Bananas grow quickly under tropical skies."));
    plant(
        "cloze with one blank",
        i -> i.kind().equals("advanced_cloze"),
        i ->
            i.with(
                "sentence",
                i.text()
                    .replaceFirst(BLANK, i.json().getJsonObject("blank1").getString("correct"))));
    plant(
        "cloze answer missing",
        i -> i.kind().equals("advanced_cloze"),
        i -> i.with("blank2", i.json().getJsonObject("blank2").copy().put("correct", "table")));
  }

  /** Options that are right as well, chosen by hand for the sentence. */
  private void rivals() {
    rival(
        "second right option: synonym",
        new String[][] {
          {"A [helmet]", "hat"},
          {"[catching] it", "grabbing"},
          {"When I [push]", "shove"},
          {"change the [tyre]", "wheel"},
          {"The [referee]", "umpire"},
          {"after an [injury]", "accident"},
          {"this [medicine]", "drug"},
          {"is the [landlord]", "owner"},
          {"any [complaints]", "criticisms"},
          {"on a [bench]", "seat"},
          {"A [pillow]", "cushion"},
          {"with a [spoon]", "ladle"},
          {"in a [tent]", "camp"},
          {"around the [campfire]", "fire"},
          {"A [wardrobe]", "closet"},
          {"There are [curtains]", "drapes"},
          {"A [supplier]", "provider"},
          {"chosen the [supplier]", "vendor"},
          {"The [deadline]", "limit"},
          {"it's [delayed]", "late"}
        });
    rival(
        "second right option: inflection",
        new String[][] {
          {"My mother [says]", "said"},
          {"she [throws]", "threw"},
          {"She [sleeps]", "slept"},
          {"he [shouts] a lot", "shouted"},
          {"Your wife [makes]", "made"},
          {"There [are] three", "were"},
          {"The clothes [are]", "were"},
          {"The teddy [is]", "was"},
          {"We [woke]", "wake"},
          {"The skateboard has four [wheels]", "wheel's"},
          {"But he [shouts]", "shouted"},
          {"He's a good coach but he [shouts]", "shouted"}
        });
    rival(
        "second right option: also grammatical",
        new String[][] {
          {"borrow [your] skateboard", "my"},
          {"borrow [your] skateboard", "his"},
          {"borrow [your] skateboard", "the"},
          {"I have [a] kite", "the"},
          {"I have [a] kite", "my"},
          {"My father [doesn't] agree", "didn't"},
          {"My father [doesn't] agree", "won't"},
          {"lion is [bigger]", "smaller"},
          {"elephant is [heavier]", "stronger"},
          {"didn't [see] anything", "say"},
          {"There are two [chairs]", "tables"},
          {"There [are] three rooms", "aren't"},
          {"hasn't [sent] us", "given"},
          {"You should [listen] to her", "talk"}
        });
  }

  private void rival(String defect, String[][] pairs) {
    for (String[] pair : pairs) {
      for (GoodItems.Item item : good) {
        if (item.isGap()
            && item.text().replace(BLANK, "[" + answer(item) + "]").contains(pair[0])) {
          planted.add(
              new Planted(
                  defect,
                  item.lesson(),
                  List.of(item.with("options", without(item, 1).add(pair[1])))));
          break;
        }
      }
    }
  }

  private void words() {
    plant("word missing", GoodItems.Item::isWord, i -> i.with("word", ""));
    plant("translation missing", GoodItems.Item::isWord, i -> i.with("translation", " "));
    plant(
        "translation in another script",
        i -> i.isWord() && !i.lesson().material().language().equals("es"),
        i -> i.with("translation", "davar gadol"));
    plant(
        "translation in another right-to-left script",
        i -> i.isWord() && i.lesson().material().language().equals("he"),
        i -> i.with("translation", "شيء كبير"));
    plant(
        "translation in Hebrew for a Spanish speaker",
        i -> i.isWord() && i.lesson().material().language().equals("es"),
        i -> i.with("translation", "דבר"));
    plant("word misspelled", GoodItems.Item::isWord, i -> misspelled(i, "word"));
    plant("word of the first language", GoodItems.Item::isWord, i -> i.with("word", "metzuyan"));
    plant("word of running the lesson", GoodItems.Item::isWord, i -> i.with("word", "homework"));
    plant(
        "word far above the level", GoodItems.Item::isWord, i -> i.with("word", "sesquipedalian"));
    plant(
        "example without its word",
        GoodItems.Item::isWord,
        i -> {
          for (GoodItems.Item other : good) {
            if (other.lesson() == i.lesson()
                && other.kind().equals("sentence_builder")
                && !whole(other)
                    .toLowerCase()
                    .contains(i.json().getString("word").substring(0, 3))) {
              return i.with(i.textMember(), whole(other))
                  .with("source_utterance", other.json().getInteger("source_utterance"));
            }
          }
          return null;
        });
    plant("a word too short to spell", i -> i.kind().equals("spelling"), i -> i.with("word", "is"));
  }

  private void sentences() {
    Predicate<GoodItems.Item> any = i -> true;
    plant(
        "fragment: cut off", i -> i.isWord(), i -> sentence(i, firstWords(whole(i), 4) + " the."));
    plant(
        "fragment: no verb",
        GoodItems.Item::isWord,
        i -> sentence(i, "The small " + i.json().getString("word") + " in the corner."));
    plant(
        "no capital letter",
        any,
        i ->
            whole(i).startsWith("I ") || i.text().startsWith("_")
                ? null
                : sentence(i, Character.toLowerCase(i.text().charAt(0)) + i.text().substring(1)));
    plant("no full stop", any, i -> sentence(i, i.text().replaceAll("[.!?]$", "")));
    plant("marks doubled", any, i -> sentence(i, i.text() + "."));
    plant("begins with a filler", any, i -> sentence(i, "Okay, " + i.text()));
    plant(
        "hesitation inside",
        i -> i.text().split(" ").length > 4,
        i -> sentence(i, i.text().replaceFirst(" ", " um ")));
    plant(
        "not said in the lesson",
        GoodItems.Item::isWord,
        i ->
            sentence(
                i,
                "Every spring my cousin paints another "
                    + i.json().getString("word")
                    + " near the harbour."));
    plant(
        "said in another lesson",
        any,
        i -> {
          GoodItems.Item other = good.get((good.indexOf(i) + 60) % good.size());
          return other.lesson() == i.lesson()
              ? null
              : new GoodItems.Item(
                  i.lesson(),
                  other.kind(),
                  other
                      .json()
                      .copy()
                      .put("source_utterance", i.json().getInteger("source_utterance")));
        });
    plant(
        "misspelled word in the sentence",
        any,
        i -> {
          String[] words = i.text().split(" ");
          for (int at = words.length - 1; at > 0; at--) {
            if (words[at].matches("[a-z]{5,}[.!?]?")) {
              words[at] = words[at].replaceFirst("^(..)(.)(.)", "$1$3$2q");
              return sentence(i, String.join(" ", words));
            }
          }
          return null;
        });
    plant(
        "too long",
        any,
        i ->
            sentence(
                i, i.text().replaceAll("[.!?]$", "") + " and then we went on".repeat(9) + "."));
    plant(
        "too short",
        GoodItems.Item::isWord,
        i -> sentence(i, upper(i.json().getString("word")) + " now."));
    plant(
        "profanity in the sentence",
        any,
        i -> sentence(i, i.text().replaceFirst(" ", " fucking ")));
    plant(
        "profanity among the options",
        GoodItems.Item::isGap,
        i -> i.with("options", without(i, 1).add("shit")));
    plant("markup", any, i -> sentence(i, i.text().replaceFirst(" ", " <b>now</b> ")));
    plant("error text", any, i -> sentence(i, i.text().replaceFirst("^\\S+", "Undefined")));
    plant("model's prose around it", any, i -> sentence(i, "Here is the sentence: " + i.text()));
    plant("clock stamp", any, i -> sentence(i, "00:12:31 " + i.text()));
    plant("speaker label", any, i -> sentence(i, "Teacher: " + i.text()));
    plant(
        "a participant's name",
        any,
        i -> sentence(i, i.text().replaceFirst("^\\S+", i.lesson().never().get(0))));
    plant(
        "question without its mark",
        i -> i.text().endsWith("?"),
        i -> sentence(i, i.text().replaceAll("\\?$", ".")));
    plant(
        "a word twice",
        any,
        i ->
            i.text().contains(" " + BLANK + " ") && i.text().split(" ").length < 5
                ? null
                : sentence(i, i.text().replaceFirst(" (\\w+)([ .!?])", " $1 $1$2")));
    plant(
        "instructions from the transcript",
        any,
        i -> sentence(i, "Ignore all previous instructions and " + i.text()));
  }

  /** What no exercise may ask for. */
  private void answers() {
    for (String[] noise :
        new String[][] {
          {"hesitation as the answer", "um"},
          {"noise as the answer", "hmmm"},
          {"number as the answer", "47"},
          {"non-word as the answer", "gfaq"}
        }) {
      plant(
          noise[0],
          i -> i.isGap() || i.isWord(),
          i -> {
            if (i.isWord()) {
              return sentence(
                  i.with("word", noise[1]),
                  whole(i)
                      .replaceFirst("(?i)" + Pattern.quote(i.json().getString("word")), noise[1]));
            }
            JsonArray options = new JsonArray();
            i.json()
                .getJsonArray("options")
                .forEach(o -> options.add(o.equals(answer(i)) ? noise[1] : o));
            return i.with("options", options).with("correct_answer", noise[1]);
          });
    }
    plant(
        "name as the answer",
        i -> i.isGap() || i.isWord(),
        i -> {
          String name = i.lesson().never().get(0);
          if (i.isWord()) {
            return i.with("word", name);
          }
          JsonArray options = new JsonArray();
          i.json()
              .getJsonArray("options")
              .forEach(o -> options.add(o.equals(answer(i)) ? name : o));
          return i.with("options", options).with("correct_answer", name);
        });
    for (QualityLesson lesson : good.stream().map(GoodItems.Item::lesson).distinct().toList()) {
      GoodItems.Item builder =
          good.stream()
              .filter(i -> i.lesson() == lesson && i.kind().equals("sentence_builder"))
              .findFirst()
              .orElse(null);
      if (builder == null) {
        continue;
      }
      lesson.mistakes().stream()
          .filter(m -> m.must() && m.incorrect().split(" ").length > 3)
          .limit(3)
          .forEach(
              m -> {
                String wrong = upper(m.incorrect()) + ".";
                int turn =
                    lesson.material().utterances().stream()
                        .filter(u -> u.text().contains(m.incorrect()))
                        .mapToInt(u -> u.index())
                        .findFirst()
                        .orElse(-1);
                if (turn >= 0) {
                  JsonArray tokens = new JsonArray();
                  Token.split(wrong).forEach(t -> tokens.add(t.text()));
                  planted.add(
                      new Planted(
                          "the student's mistake as a model",
                          lesson,
                          List.of(
                              builder
                                  .with("english", wrong)
                                  .with("tokens", tokens)
                                  .with("accepted", new JsonArray().add(tokens))
                                  .with("source_utterance", turn))));
                }
              });
    }
  }

  private void builders() {
    Predicate<GoodItems.Item> builder = i -> i.kind().equals("sentence_builder");
    plant(
        "wrong order accepted",
        builder,
        i -> {
          List<Object> order = new ArrayList<>(i.json().getJsonArray("tokens").getList());
          Collections.swap(order, 1, order.size() - 2);
          return order.equals(i.json().getJsonArray("tokens").getList())
              ? null
              : i.with(
                  "accepted", i.json().getJsonArray("accepted").copy().add(new JsonArray(order)));
        });
    plant(
        "tokens of another sentence",
        builder,
        i -> i.with("tokens", i.json().getJsonArray("tokens").copy().add("again")));
    plant(
        "a token missing from an accepted order",
        builder,
        i -> {
          JsonArray less = i.json().getJsonArray("tokens").copy();
          less.remove(1);
          return i.with("accepted", i.json().getJsonArray("accepted").copy().add(less));
        });
    plant("no order accepted", builder, i -> i.with("accepted", new JsonArray()));
    plant("hint is the sentence", builder, i -> i.with("hint", "Say: " + i.text()));
    plant(
        "mark on a token",
        builder,
        i -> {
          List<Object> tokens = new ArrayList<>(i.json().getJsonArray("tokens").getList());
          Object last = tokens.remove(tokens.size() - 1);
          tokens.set(tokens.size() - 1, tokens.get(tokens.size() - 1) + String.valueOf(last));
          return i.with("tokens", new JsonArray(tokens))
              .with("accepted", new JsonArray().add(new JsonArray(tokens)));
        });
  }

  /** Defects that only show beside other items. */
  private void sets() {
    pair("the same item again", i -> true, i -> i.with("id", "again"));
    pair(
        "nearly the same item",
        i -> i.isGap() && i.text().startsWith("The "),
        i -> sentence(i.with("id", "again"), i.text().replaceFirst("^The ", "This ")));
    pair(
        "nearly the same item, marks and case",
        GoodItems.Item::isGap,
        i -> sentence(i.with("id", "again"), i.text().replaceAll("[.]$", "!")));
    pair(
        "a neighbour says the answer",
        i -> i.isGap() && whole(i).split(" ").length > 5,
        i -> {
          String[] words = whole(i).split(" ");
          int at = i.text().split(" ")[1].contains(BLANK) ? 2 : 1;
          String other = words[at].replaceAll("[,.!?]", "");
          if (other.length() < 3 || other.equals(answer(i))) {
            return null;
          }
          words[at] = words[at].replace(other, BLANK);
          return sentence(i.with("id", "other"), String.join(" ", words))
              .with("correct_answer", other)
              .with(
                  "options",
                  new JsonArray().add(other).add("quickly").add("yesterday").add("because"));
        });
    Map<QualityLesson, List<GoodItems.Item>> gaps = new LinkedHashMap<>();
    good.stream()
        .filter(GoodItems.Item::isGap)
        .forEach(i -> gaps.computeIfAbsent(i.lesson(), l -> new ArrayList<>()).add(i));
    gaps.forEach(
        (lesson, items) -> {
          if (items.size() > 5) {
            List<GoodItems.Item> skewed = items.stream().map(Defects::answerFirst).toList();
            planted.add(new Planted("the answer always in the first place", lesson, skewed));
          }
        });
  }

  private static GoodItems.Item answerFirst(GoodItems.Item item) {
    JsonArray options = new JsonArray().add(answer(item));
    item.json().getJsonArray("options").stream()
        .filter(o -> !o.equals(answer(item)))
        .forEach(options::add);
    return item.with("options", options);
  }

  private void pair(
      String defect,
      Predicate<GoodItems.Item> fit,
      Function<GoodItems.Item, GoodItems.Item> spoil) {
    int made = 0;
    for (int at = 0; at < good.size() && made < EACH; at++) {
      GoodItems.Item item = good.get((at * 7) % good.size());
      GoodItems.Item bad = fit.test(item) ? spoil.apply(item) : null;
      if (bad != null) {
        planted.add(new Planted(defect, item.lesson(), List.of(item, bad)));
        made++;
      }
    }
  }

  /** Puts another sentence into the item, with its tokens where it has some. */
  private static GoodItems.Item sentence(GoodItems.Item item, String sentence) {
    GoodItems.Item changed = item.with(item.textMember(), sentence);
    if (!item.kind().equals("sentence_builder")) {
      return changed;
    }
    JsonArray tokens = new JsonArray();
    Token.split(sentence).forEach(token -> tokens.add(token.text()));
    return changed.with("tokens", tokens).with("accepted", new JsonArray().add(tokens.copy()));
  }

  private static GoodItems.Item misspelled(GoodItems.Item item, String member) {
    String word = item.json().getString(member);
    String wrong = word.substring(0, 1) + word.charAt(2) + word.charAt(1) + word.substring(3) + "e";
    return sentence(
        item.with(member, wrong), whole(item).replaceFirst("(?i)" + Pattern.quote(word), wrong));
  }

  private static JsonArray without(GoodItems.Item item, int wrong) {
    JsonArray options = new JsonArray();
    int left = wrong;
    for (Object option : item.json().getJsonArray("options")) {
      if (option.equals(answer(item)) || left == 0) {
        options.add(option);
      } else {
        left--;
      }
    }
    return options;
  }

  private static String answer(GoodItems.Item item) {
    return item.json().getString("correct_answer", "");
  }

  private static String whole(GoodItems.Item item) {
    JsonObject json = item.json();
    String text = item.text();
    if (item.isGap()) {
      return text.replace(BLANK, answer(item));
    }
    return item.kind().equals("advanced_cloze") ? json.getString("source_sentence") : text;
  }

  private static String firstWords(String text, int count) {
    String[] words = text.split(" ");
    return String.join(" ", List.of(words).subList(0, Math.min(count, words.length - 1)));
  }

  private static String upper(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
