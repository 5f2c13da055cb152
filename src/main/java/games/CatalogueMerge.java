package games;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts what was taught to a learner and the authored catalogue together, as {@link CatalogueSql}
 * does in the database where the authored part is not in memory.
 */
final class CatalogueMerge {
  /** More topics, lessons or items of a learner than this are left to the database. */
  static final int MOST = 1_000;

  private CatalogueMerge() {}

  /**
   * A topic of lessons.
   *
   * @param name null when it was given none
   * @param place of its name, or of what stands for it, among others
   */
  record TaughtTopic(String id, String name, String place, long items) {}

  /**
   * @param place of its title among others
   */
  record TaughtLesson(CatalogueListing.Lesson lesson, String place) {}

  /**
   * An item that may come onto a page.
   *
   * @param authored empty: of a lesson, and to be fetched
   */
  record Candidate(String id, Instant createdAt, Optional<CatalogueItem> authored) {}

  private record Placed<T>(String place, String id, T row) {
    private static <T> List<T> inOrder(List<Placed<T>> all) {
      all.sort(
          Comparator.comparing((Placed<T> placed) -> placed.place)
              .thenComparing(placed -> placed.id));
      return all.stream().map(Placed::row).toList();
    }
  }

  private static <T> CatalogueListing<T> page(List<T> all, int page, int limit) {
    return new CatalogueListing<>(part(all, page, limit), all.size());
  }

  /** One page of a list; empty past its end. */
  static <T> List<T> part(List<T> all, int page, int limit) {
    int from = (int) Math.min(all.size(), (page - 1L) * limit);
    return all.subList(from, Math.min(all.size(), from + limit));
  }

  /** A page of topics with a lesson and an item behind them, by name. */
  static CatalogueListing<CatalogueListing.Topic> topics(
      AuthoredCatalogue authored, List<TaughtTopic> taught, int page, int limit) {
    return page(taught.isEmpty() ? authored.allTopics() : topics(authored, taught), page, limit);
  }

  /** All of them. */
  static List<CatalogueListing.Topic> topics(AuthoredCatalogue authored, List<TaughtTopic> taught) {
    Map<String, TaughtTopic> byId = new HashMap<>();
    taught.forEach(topic -> byId.put(topic.id(), topic));
    List<Placed<CatalogueListing.Topic>> all = new ArrayList<>();
    Set<String> known = new HashSet<>();
    authored
        .counts()
        .forEach(
            (id, count) -> {
              AuthoredCatalogue.Topic topic = authored.topics().get(id);
              TaughtTopic too = byId.get(id);
              if (topic == null || count.inLessons() == 0 && too == null) {
                return;
              }
              known.add(id);
              all.add(
                  new Placed<>(
                      topic.place(),
                      id,
                      new CatalogueListing.Topic(
                          id,
                          topic.name(),
                          topic.icon(),
                          topic.description(),
                          count.items() + (too == null ? 0 : too.items()))));
            });
    for (TaughtTopic topic : taught) {
      if (!known.contains(topic.id())) {
        all.add(
            new Placed<>(
                topic.place(),
                topic.id(),
                new CatalogueListing.Topic(topic.id(), name(topic), null, null, topic.items())));
      }
    }
    return Placed.inOrder(all);
  }

  private static String name(TaughtTopic topic) {
    return topic.name() != null
        ? topic.name()
        : topic.id().equals(CatalogueEntry.GENERAL) ? "General" : topic.id();
  }

  /** A page of lessons with something to play, by title. */
  static CatalogueListing<CatalogueListing.Lesson> lessons(
      AuthoredCatalogue authored,
      CatalogueFilter filter,
      List<TaughtLesson> taught,
      int page,
      int limit) {
    return page(
        taught.isEmpty() && filter.equals(CatalogueFilter.NONE)
            ? authored.allLessons()
            : lessons(authored, filter, taught),
        page,
        limit);
  }

  /** All of them. */
  static List<CatalogueListing.Lesson> lessons(
      AuthoredCatalogue authored, CatalogueFilter filter, List<TaughtLesson> taught) {
    List<Placed<CatalogueListing.Lesson>> all = new ArrayList<>();
    for (AuthoredCatalogue.Shown shown : authored.lessons(filter)) {
      AuthoredCatalogue.Lesson lesson = shown.lesson();
      all.add(
          new Placed<>(
              lesson.place(),
              lesson.id(),
              new CatalogueListing.Lesson(
                  lesson.id(),
                  lesson.title(),
                  filter.topicId().orElse(shown.topicId()),
                  lesson.description(),
                  lesson.difficulty(),
                  shown.items(),
                  null,
                  null,
                  Optional.empty(),
                  lesson.createdAt())));
    }
    taught.forEach(
        lesson -> all.add(new Placed<>(lesson.place(), lesson.lesson().id(), lesson.lesson())));
    return Placed.inOrder(all);
  }

  /** The first of both, newest first. */
  static List<Candidate> newestFirst(
      List<AuthoredCatalogue.Item> authored, List<Candidate> taught, int most) {
    List<Candidate> all = new ArrayList<>(Math.min(most, authored.size()) + taught.size());
    // behind the first so many of one kind nothing can come onto the page
    for (AuthoredCatalogue.Item item : authored.subList(0, Math.min(most, authored.size()))) {
      all.add(new Candidate(item.entry().id(), item.entry().createdAt(), Optional.of(item.item())));
    }
    if (!taught.isEmpty()) {
      all.addAll(taught);
      all.sort(Comparator.comparing(Candidate::createdAt).reversed().thenComparing(Candidate::id));
    }
    return all;
  }
}
