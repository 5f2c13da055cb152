package games;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The starter catalogue as rows of one table.
 *
 * @param columns the id first
 * @param rows values in the order of the columns
 */
record CatalogueRows(String table, List<String> columns, List<List<Object>> rows) {
  /** The tables of the game, those that others refer to first. */
  static List<CatalogueRows> of(CatalogueSchema schema, List<CatalogueTopic> topics) {
    List<List<Object>> topicRows = new ArrayList<>();
    List<List<Object>> lessonRows = new ArrayList<>();
    List<List<Object>> itemRows = new ArrayList<>();
    for (CatalogueTopic topic : topics) {
      LocalDateTime written = utc(topic.lessons().get(0).items().get(0).createdAt());
      topicRows.add(row(topic.id(), topic.name(), topic.icon(), topic.description(), written));
      for (CatalogueTopic.Lesson lesson : topic.lessons()) {
        LocalDateTime begun = utc(lesson.items().get(0).createdAt());
        lessonRows.add(
            row(
                lesson.id(),
                topic.id(),
                lesson.title(),
                lesson.difficulty(),
                lesson.items().size(),
                begun));
        lesson.items().forEach(item -> itemRows.add(item(item)));
      }
    }
    List<String> content =
        new ArrayList<>(
            List.of("id", schema.topicColumn(), "lesson_id", "difficulty", "hint", "created_at"));
    if (schema.explained()) {
      content.add("explanation");
    }
    content.addAll(schema.content());
    return List.of(
        new CatalogueRows(
            schema.topics(), List.of("id", "name", "icon", "description", "created_at"), topicRows),
        new CatalogueRows(
            schema.lessons(),
            List.of(
                "id",
                schema.topicColumn(),
                "title",
                "difficulty",
                schema.countColumn(),
                "created_at"),
            lessonRows),
        new CatalogueRows(schema.items(), content, itemRows));
  }

  private static List<Object> item(CatalogueItem item) {
    if (item instanceof ClozeItem cloze) {
      JsonArray options = new JsonArray();
      cloze.options().forEach(gap -> options.add(new JsonArray(gap)));
      return row(
          cloze.entry(),
          cloze.explanation(),
          json(cloze.textParts()),
          options.encode(),
          json(cloze.correct()));
    }
    if (item instanceof GrammarQuestion question) {
      return row(
          question.entry(),
          question.explanation(),
          question.prompt(),
          json(question.options()),
          question.answer());
    }
    SentenceItem sentence = (SentenceItem) item;
    JsonArray accepted = new JsonArray();
    sentence.accepted().forEach(order -> accepted.add(new JsonArray(order)));
    return row(
        sentence.entry(),
        sentence.english(),
        sentence.translation(),
        json(sentence.tokens()),
        accepted.encode(),
        json(sentence.distractors()));
  }

  private static List<Object> row(CatalogueEntry entry, Object... content) {
    List<Object> row =
        row(
            entry.id(),
            entry.topicId(),
            entry.lessonId(),
            entry.difficulty(),
            entry.hint(),
            utc(entry.createdAt()));
    row.addAll(List.of(content));
    return row;
  }

  private static List<Object> row(Object... values) {
    return new ArrayList<>(List.of(values));
  }

  private static String json(List<String> texts) {
    return new JsonArray(texts).encode();
  }

  private static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
