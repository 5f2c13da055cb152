-- The authored catalogue: what of it this program wrote, and which rows can be played. An item that can't be played (an answer that is no
-- option, a gap without choices) is hidden everywhere and must not be counted, so the server itself says which ones can.

-- One row: the state of the starter catalogue's files that was loaded last.
CREATE TABLE IF NOT EXISTS catalogue_content (
  name         VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  content_hash CHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  loaded_at    DATETIME(6) NOT NULL,
  PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

-- The rows that came from those files. Rows of the same tables that are not named here were written by others and are left alone.
CREATE TABLE IF NOT EXISTS catalogue_rows (
  table_name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  row_id     VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (table_name, row_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

-- Regular: n gaps, n + 1 texts, n lists of options, n answers, each among its options (looked at up to the eighth gap). Flat: one text of
-- underscores only, one plain list of options, one answer.
ALTER TABLE cloze_items ADD COLUMN playable BOOLEAN GENERATED ALWAYS AS (
  COALESCE(CASE JSON_TYPE(JSON_EXTRACT(options, '$[0]'))
    WHEN 'ARRAY' THEN
      JSON_LENGTH(text_parts) = JSON_LENGTH(options) + 1
      AND JSON_LENGTH(correct_answers) = JSON_LENGTH(options)
      AND JSON_CONTAINS(JSON_EXTRACT(options, '$[0]'), JSON_EXTRACT(correct_answers, '$[0]'))
      AND (JSON_LENGTH(options) < 2 OR JSON_CONTAINS(JSON_EXTRACT(options, '$[1]'), JSON_EXTRACT(correct_answers, '$[1]')))
      AND (JSON_LENGTH(options) < 3 OR JSON_CONTAINS(JSON_EXTRACT(options, '$[2]'), JSON_EXTRACT(correct_answers, '$[2]')))
      AND (JSON_LENGTH(options) < 4 OR JSON_CONTAINS(JSON_EXTRACT(options, '$[3]'), JSON_EXTRACT(correct_answers, '$[3]')))
      AND (JSON_LENGTH(options) < 5 OR JSON_CONTAINS(JSON_EXTRACT(options, '$[4]'), JSON_EXTRACT(correct_answers, '$[4]')))
      AND (JSON_LENGTH(options) < 6 OR JSON_CONTAINS(JSON_EXTRACT(options, '$[5]'), JSON_EXTRACT(correct_answers, '$[5]')))
      AND (JSON_LENGTH(options) < 7 OR JSON_CONTAINS(JSON_EXTRACT(options, '$[6]'), JSON_EXTRACT(correct_answers, '$[6]')))
      AND (JSON_LENGTH(options) < 8 OR JSON_CONTAINS(JSON_EXTRACT(options, '$[7]'), JSON_EXTRACT(correct_answers, '$[7]')))
    WHEN 'STRING' THEN
      CAST(text_parts AS CHAR) REGEXP '(^\\[ *|, *)"_+"( *,| *\\]$)'
      AND CAST(text_parts AS CHAR) NOT REGEXP '(^\\[ *|, *)"_+" *,(.*,)? *"_+"( *,| *\\]$)'
      AND JSON_LENGTH(correct_answers) = 1
      AND JSON_CONTAINS(options, JSON_EXTRACT(correct_answers, '$[0]'))
    END, 0)) STORED;

-- The right answer's text is one of the options, exactly or but for letter case and a blank around it.
ALTER TABLE grammar_questions ADD COLUMN playable BOOLEAN GENERATED ALWAYS AS (
  COALESCE(
    JSON_TYPE(options) = 'ARRAY' AND JSON_LENGTH(options) > 1
    AND (JSON_CONTAINS(options, JSON_QUOTE(correct_answer))
      OR LOCATE(LOWER(JSON_QUOTE(TRIM(correct_answer))), REPLACE(REPLACE(LOWER(CAST(options AS CHAR)), '" ', '"'), ' "', '"')) > 0),
    0)) STORED;

-- At least one way to build the sentence.
ALTER TABLE sentence_items ADD COLUMN playable BOOLEAN GENERATED ALWAYS AS (
  COALESCE(
    JSON_TYPE(sentence_tokens) = 'ARRAY' AND JSON_LENGTH(sentence_tokens) > 0
    AND JSON_TYPE(JSON_EXTRACT(accepted_sequences, '$[0]')) = 'ARRAY' AND JSON_LENGTH(accepted_sequences, '$[0]') > 0,
    0)) STORED;

-- The same for items of lessons, which their publishing has shaped.
ALTER TABLE lesson_exercises ADD COLUMN playable BOOLEAN GENERATED ALWAYS AS (
  COALESCE(CASE exercise_type
    WHEN 'advanced_cloze' THEN
      JSON_LENGTH(exercise_data, '$.textParts') = JSON_LENGTH(exercise_data, '$.options') + 1
      AND JSON_LENGTH(exercise_data, '$.correct') = JSON_LENGTH(exercise_data, '$.options')
      AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[0]'), JSON_EXTRACT(exercise_data, '$.correct[0]'))
      AND (JSON_LENGTH(exercise_data, '$.options') < 2
        OR JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[1]'), JSON_EXTRACT(exercise_data, '$.correct[1]')))
    WHEN 'grammar_challenge' THEN
      JSON_LENGTH(exercise_data, '$.options') > 1
      AND CASE WHEN JSON_TYPE(JSON_EXTRACT(exercise_data, '$.correctIndex')) = 'INTEGER'
        THEN JSON_EXTRACT(exercise_data, '$.correctIndex') + 0 BETWEEN 0 AND JSON_LENGTH(exercise_data, '$.options') - 1
        ELSE JSON_CONTAINS(
          JSON_EXTRACT(exercise_data, '$.options'),
          COALESCE(JSON_EXTRACT(exercise_data, '$.correctAnswer'), JSON_EXTRACT(exercise_data, '$.correct_answer')))
        END
    WHEN 'sentence_builder' THEN
      JSON_LENGTH(exercise_data, '$.tokens') > 0
      AND JSON_TYPE(JSON_EXTRACT(exercise_data, '$.accepted[0]')) = 'ARRAY'
      AND JSON_LENGTH(exercise_data, '$.accepted[0]') > 0
    ELSE 1 END, 0)) STORED;
