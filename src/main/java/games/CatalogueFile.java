package games;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * One file of the starter catalogue. Its folder says which game it is for. Members are checked
 * strictly: a missing, misspelt or empty one is an error that names the file and the item.
 */
final class CatalogueFile {
  private static final String GAP = "____";
  // Catalogues show the newest first; each item is a second older than the one before it, so they
  // come in the order of the file.
  private static final Instant WRITTEN = Instant.parse("2026-01-02T00:00:00Z");

  private final String name;
  private int items;

  private CatalogueFile(String name) {
    this.name = name;
  }

  /**
   * All scalars are texts: {@code on}, {@code no} and {@code 2019} are words in an English
   * exercise.
   */
  private static final class TextsOnly extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      // none
    }
  }

  /**
   * @param name with its folder, {@code cloze/}, {@code grammar/} or {@code sentence/}
   * @throws IllegalStateException when it is not as it should be
   */
  static CatalogueTopic parse(String name, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    DumperOptions dumping = new DumperOptions();
    Yaml yaml =
        new Yaml(
            new SafeConstructor(options),
            new Representer(dumping),
            dumping,
            options,
            new TextsOnly());
    try {
      return new CatalogueFile(name).topic(yaml.load(text));
    } catch (YAMLException broken) {
      throw new IllegalStateException(
          "catalogue/" + name + " is not valid YAML: " + broken.getMessage(), broken);
    }
  }

  private CatalogueTopic topic(Object value) {
    Map<String, Object> topic =
        members(
            "the file", value, Set.of("id", "name", "icon", "description", "lessons"), Set.of());
    GameType game =
        GameType.of(name.substring(0, Math.max(0, name.indexOf('/'))))
            .orElseThrow(() -> wrong(name, "lies in no game's folder"));
    String id = text(topic, "id");
    List<CatalogueTopic.Lesson> lessons = new ArrayList<>();
    for (Object lesson : list(topic, "lessons", id)) {
      lessons.add(lesson(game, id, lesson));
    }
    return new CatalogueTopic(
        game,
        id,
        text(topic, "name"),
        text(topic, "icon"),
        text(topic, "description"),
        List.copyOf(lessons));
  }

  private CatalogueTopic.Lesson lesson(GameType game, String topicId, Object value) {
    String itemsMember = game.itemsMember();
    Map<String, Object> lesson =
        members("a lesson", value, Set.of("id", "title", "difficulty", itemsMember), Set.of());
    String id = text(lesson, "id");
    String difficulty = text(lesson, "difficulty");
    List<CatalogueItem> read = new ArrayList<>();
    for (Object item : list(lesson, itemsMember, id)) {
      read.add(item(game, topicId, id, difficulty, item));
    }
    return new CatalogueTopic.Lesson(id, text(lesson, "title"), difficulty, List.copyOf(read));
  }

  private CatalogueItem item(
      GameType game, String topicId, String lessonId, String difficulty, Object value) {
    Set<String> required =
        switch (game) {
          case ADVANCED_CLOZE -> Set.of("id", "text", "options", "correct", "hint", "explanation");
          case GRAMMAR_CHALLENGE ->
              Set.of("id", "prompt", "options", "answer", "hint", "explanation");
          case SENTENCE_BUILDER -> Set.of("id", "english", "translation", "distractors", "hint");
          default -> throw wrong(lessonId, "is of a game without a catalogue");
        };
    Map<String, Object> item =
        members("an item of " + lessonId, value, required, Set.of("difficulty", "also"));
    Object own = item.get("difficulty");
    CatalogueEntry entry =
        new CatalogueEntry(
            text(item, "id"),
            topicId,
            lessonId,
            own == null ? difficulty : (String) own,
            text(item, "hint"),
            item.containsKey("explanation") ? text(item, "explanation") : null,
            WRITTEN.minusSeconds(items++));
    return switch (game) {
      case ADVANCED_CLOZE -> cloze(entry, item);
      case GRAMMAR_CHALLENGE -> grammar(entry, item);
      default -> sentence(entry, item);
    };
  }

  private ClozeItem cloze(CatalogueEntry entry, Map<String, Object> item) {
    List<List<String>> options = new ArrayList<>();
    for (Object gap : list(item, "options", entry.id())) {
      options.add(texts(gap, entry.id()));
    }
    List<String> parts = List.of(text(item, "text").split(GAP, -1));
    return new ClozeItem(
        entry, parts, List.copyOf(options), texts(item.get("correct"), entry.id()));
  }

  private GrammarQuestion grammar(CatalogueEntry entry, Map<String, Object> item) {
    List<String> options = texts(item.get("options"), entry.id());
    int index = options.indexOf(text(item, "answer"));
    if (index < 0) {
      throw wrong(entry.id(), "has an answer that is none of its options");
    }
    return new GrammarQuestion(entry, text(item, "prompt"), options, index);
  }

  private SentenceItem sentence(CatalogueEntry entry, Map<String, Object> item) {
    String english = text(item, "english");
    List<List<String>> accepted = new ArrayList<>();
    accepted.add(SentenceTokens.of(english));
    if (item.containsKey("also")) {
      texts(item.get("also"), entry.id()).forEach(order -> accepted.add(SentenceTokens.of(order)));
    }
    List<String> distractors = texts(item.get("distractors"), entry.id());
    return new SentenceItem(
        entry,
        english,
        text(item, "translation"),
        accepted.get(0),
        distractors,
        List.copyOf(accepted));
  }

  private Map<String, Object> members(
      String what, Object value, Set<String> required, Set<String> optional) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(what, "must be a mapping");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    map.forEach((key, member) -> members.put((String) key, member));
    String where = members.get("id") instanceof String id ? id : what;
    for (String member : required) {
      if (!members.containsKey(member)) {
        throw wrong(where, "lacks " + member);
      }
    }
    for (String member : members.keySet()) {
      if (!required.contains(member) && !optional.contains(member)) {
        throw wrong(where, "has " + member + ", which means nothing here");
      }
    }
    return members;
  }

  private String text(Map<String, Object> members, String member) {
    if (members.get(member) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw wrong(String.valueOf(members.get("id")), "has no text as " + member);
  }

  private List<?> list(Map<String, Object> members, String member, String where) {
    if (members.get(member) instanceof List<?> list && !list.isEmpty()) {
      return list;
    }
    throw wrong(where, "has no list as " + member);
  }

  private List<String> texts(Object value, String where) {
    if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
      throw wrong(where, "has something else where a list of texts belongs");
    }
    return list.stream().map(String.class::cast).toList();
  }

  private IllegalStateException wrong(String where, String what) {
    return new IllegalStateException("catalogue/" + name + ": " + where + " " + what);
  }
}
