package games;

import java.util.List;

/**
 * Where the database keeps one game's catalogue.
 *
 * @param topicColumn the column of lessons and items that names their topic or category
 * @param countColumn the column of lessons with the number of their items
 * @param content the columns of an item that only this game has
 * @param explained whether items have an explanation
 */
record CatalogueSchema(
    GameType game,
    String topics,
    String lessons,
    String items,
    String topicColumn,
    String countColumn,
    List<String> content,
    boolean explained) {

  static final CatalogueSchema CLOZE =
      new CatalogueSchema(
          GameType.ADVANCED_CLOZE,
          "cloze_topics",
          "cloze_lessons",
          "cloze_items",
          "topic_id",
          "item_count",
          List.of("text_parts", "options", "correct_answers"),
          true);

  static final CatalogueSchema GRAMMAR =
      new CatalogueSchema(
          GameType.GRAMMAR_CHALLENGE,
          "grammar_categories",
          "grammar_lessons",
          "grammar_questions",
          "category_id",
          "question_count",
          List.of("question", "options", "correct_answer"),
          true);

  static final CatalogueSchema SENTENCE =
      new CatalogueSchema(
          GameType.SENTENCE_BUILDER,
          "sentence_topics",
          "sentence_lessons",
          "sentence_items",
          "topic_id",
          "item_count",
          List.of(
              "english_sentence",
              "translation",
              "sentence_tokens",
              "accepted_sequences",
              "distractors"),
          false);
}
