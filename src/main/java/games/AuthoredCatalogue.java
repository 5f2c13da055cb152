package games;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is authored of one game's catalogue, as it stood in the database at one moment: everybody
 * sees it, and it hardly ever changes. Immutable.
 */
final class AuthoredCatalogue {
  /** A playable item. */
  record Item(CatalogueEntry entry, CatalogueItem item) {
    boolean fits(CatalogueFilter filter) {
      return filter.topicId().map(entry.topicId()::equals).orElse(true)
          && filter.lessonId().map(id -> id.equals(entry.lessonId())).orElse(true)
          && filter
              .difficulty()
              .map(level -> level.equalsIgnoreCase(entry.difficulty()))
              .orElse(true);
    }
  }

  /**
   * A topic, with items or without.
   *
   * @param place compares as the database sorts names
   */
  record Topic(String id, String name, String place, String icon, String description) {}

  /**
   * A lesson, with items or without.
   *
   * @param place compares as the database sorts titles
   */
  record Lesson(
      String id,
      String title,
      String place,
      String topicId,
      String description,
      String difficulty,
      Instant createdAt) {}

  /**
   * A topic's items.
   *
   * @param inLessons those that belong to a lesson
   */
  record Count(long items, long inLessons) {
    private Count and(Count other) {
      return new Count(items + other.items, inLessons + other.inLessons);
    }
  }

  private static final Comparator<Item> NEWEST_FIRST =
      Comparator.comparing((Item item) -> item.entry().createdAt())
          .reversed()
          .thenComparing(item -> item.entry().id());

  private final List<Item> items;
  private final Map<String, Item> byId = new HashMap<>();
  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final Map<String, Count> counts = new HashMap<>();
  private final Map<String, Lesson> lessons = new HashMap<>();
  // what most learners see when they look at nothing in particular, put in order once
  private final List<CatalogueListing.Topic> allTopics;
  private final List<CatalogueListing.Lesson> allLessons;

  AuthoredCatalogue(List<Topic> topics, List<Lesson> lessons, List<Item> items) {
    this.items = items.stream().sorted(NEWEST_FIRST).toList();
    for (Item item : this.items) {
      byId.put(item.entry().id(), item);
      counts.merge(
          item.entry().topicId(),
          new Count(1, item.entry().lessonId() == null ? 0 : 1),
          Count::and);
    }
    topics.forEach(topic -> this.topics.put(topic.id(), topic));
    lessons.forEach(lesson -> this.lessons.put(lesson.id(), lesson));
    this.allTopics = CatalogueMerge.topics(this, List.of());
    this.allLessons = CatalogueMerge.lessons(this, CatalogueFilter.NONE, List.of());
  }

  /** Topics as somebody sees them who was taught nothing. */
  List<CatalogueListing.Topic> allTopics() {
    return allTopics;
  }

  /** Lessons as somebody sees them who was taught nothing. */
  List<CatalogueListing.Lesson> allLessons() {
    return allLessons;
  }

  Optional<CatalogueItem> item(String id) {
    return Optional.ofNullable(byId.get(id)).map(Item::item);
  }

  /** Items that fit, newest first. */
  List<Item> items(CatalogueFilter filter) {
    return filter.equals(CatalogueFilter.NONE)
        ? items
        : items.stream().filter(item -> item.fits(filter)).toList();
  }

  Map<String, Topic> topics() {
    return topics;
  }

  /** Of the topics that have items. */
  Map<String, Count> counts() {
    return counts;
  }

  /**
   * A lesson as a list shows it.
   *
   * @param topicId the lesson's own where an item that fits has it, else the first of its items'
   */
  record Shown(Lesson lesson, String topicId, long items) {}

  /**
   * Lessons with items that fit, in no order.
   *
   * @param filter its lesson is not looked at; its difficulty is the lesson's where it has one, or
   *     else the item's
   */
  List<Shown> lessons(CatalogueFilter filter) {
    Map<String, List<Item>> byLesson = new LinkedHashMap<>();
    for (Item item : items) {
      Lesson lesson = lessons.get(item.entry().lessonId());
      if (lesson != null && fits(item, lesson, filter)) {
        byLesson.computeIfAbsent(lesson.id(), id -> new ArrayList<>()).add(item);
      }
    }
    List<Shown> shown = new ArrayList<>();
    byLesson.forEach(
        (id, fitting) -> {
          Lesson lesson = lessons.get(id);
          List<String> named = fitting.stream().map(item -> item.entry().topicId()).toList();
          shown.add(
              new Shown(
                  lesson,
                  named.contains(lesson.topicId())
                      ? lesson.topicId()
                      : named.stream().min(Comparator.naturalOrder()).orElseThrow(),
                  fitting.size()));
        });
    return shown;
  }

  private static boolean fits(Item item, Lesson lesson, CatalogueFilter filter) {
    String difficulty =
        lesson.difficulty() == null ? item.entry().difficulty() : lesson.difficulty();
    return filter.topicId().map(item.entry().topicId()::equals).orElse(true)
        && filter.difficulty().map(level -> level.equalsIgnoreCase(difficulty)).orElse(true);
  }
}
