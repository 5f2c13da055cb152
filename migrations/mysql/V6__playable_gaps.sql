-- V4 looked at the first eight gaps of authored items and at the first two of lessons' items. Now at all: of up to 20; an item with more
-- than those can't be played.
ALTER TABLE cloze_items DROP COLUMN playable, ADD COLUMN playable BOOLEAN GENERATED ALWAYS AS (
  COALESCE(CASE JSON_TYPE(JSON_EXTRACT(options, '$[0]'))
    WHEN 'ARRAY' THEN
      JSON_LENGTH(options) <= 20
      AND JSON_LENGTH(text_parts) = JSON_LENGTH(options) + 1
      AND JSON_LENGTH(correct_answers) = JSON_LENGTH(options)
      AND JSON_TYPE(JSON_EXTRACT(options, '$[0]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[0]'), JSON_EXTRACT(correct_answers, '$[0]'))
      AND (JSON_LENGTH(options) < 2 OR (JSON_TYPE(JSON_EXTRACT(options, '$[1]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[1]'), JSON_EXTRACT(correct_answers, '$[1]'))))
      AND (JSON_LENGTH(options) < 3 OR (JSON_TYPE(JSON_EXTRACT(options, '$[2]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[2]'), JSON_EXTRACT(correct_answers, '$[2]'))))
      AND (JSON_LENGTH(options) < 4 OR (JSON_TYPE(JSON_EXTRACT(options, '$[3]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[3]'), JSON_EXTRACT(correct_answers, '$[3]'))))
      AND (JSON_LENGTH(options) < 5 OR (JSON_TYPE(JSON_EXTRACT(options, '$[4]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[4]'), JSON_EXTRACT(correct_answers, '$[4]'))))
      AND (JSON_LENGTH(options) < 6 OR (JSON_TYPE(JSON_EXTRACT(options, '$[5]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[5]'), JSON_EXTRACT(correct_answers, '$[5]'))))
      AND (JSON_LENGTH(options) < 7 OR (JSON_TYPE(JSON_EXTRACT(options, '$[6]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[6]'), JSON_EXTRACT(correct_answers, '$[6]'))))
      AND (JSON_LENGTH(options) < 8 OR (JSON_TYPE(JSON_EXTRACT(options, '$[7]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[7]'), JSON_EXTRACT(correct_answers, '$[7]'))))
      AND (JSON_LENGTH(options) < 9 OR (JSON_TYPE(JSON_EXTRACT(options, '$[8]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[8]'), JSON_EXTRACT(correct_answers, '$[8]'))))
      AND (JSON_LENGTH(options) < 10 OR (JSON_TYPE(JSON_EXTRACT(options, '$[9]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[9]'), JSON_EXTRACT(correct_answers, '$[9]'))))
      AND (JSON_LENGTH(options) < 11 OR (JSON_TYPE(JSON_EXTRACT(options, '$[10]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[10]'), JSON_EXTRACT(correct_answers, '$[10]'))))
      AND (JSON_LENGTH(options) < 12 OR (JSON_TYPE(JSON_EXTRACT(options, '$[11]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[11]'), JSON_EXTRACT(correct_answers, '$[11]'))))
      AND (JSON_LENGTH(options) < 13 OR (JSON_TYPE(JSON_EXTRACT(options, '$[12]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[12]'), JSON_EXTRACT(correct_answers, '$[12]'))))
      AND (JSON_LENGTH(options) < 14 OR (JSON_TYPE(JSON_EXTRACT(options, '$[13]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[13]'), JSON_EXTRACT(correct_answers, '$[13]'))))
      AND (JSON_LENGTH(options) < 15 OR (JSON_TYPE(JSON_EXTRACT(options, '$[14]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[14]'), JSON_EXTRACT(correct_answers, '$[14]'))))
      AND (JSON_LENGTH(options) < 16 OR (JSON_TYPE(JSON_EXTRACT(options, '$[15]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[15]'), JSON_EXTRACT(correct_answers, '$[15]'))))
      AND (JSON_LENGTH(options) < 17 OR (JSON_TYPE(JSON_EXTRACT(options, '$[16]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[16]'), JSON_EXTRACT(correct_answers, '$[16]'))))
      AND (JSON_LENGTH(options) < 18 OR (JSON_TYPE(JSON_EXTRACT(options, '$[17]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[17]'), JSON_EXTRACT(correct_answers, '$[17]'))))
      AND (JSON_LENGTH(options) < 19 OR (JSON_TYPE(JSON_EXTRACT(options, '$[18]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[18]'), JSON_EXTRACT(correct_answers, '$[18]'))))
      AND (JSON_LENGTH(options) < 20 OR (JSON_TYPE(JSON_EXTRACT(options, '$[19]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(options, '$[19]'), JSON_EXTRACT(correct_answers, '$[19]'))))
    WHEN 'STRING' THEN
      CAST(text_parts AS CHAR) REGEXP '(^\\[ *|, *)"_+"( *,| *\\]$)'
      AND CAST(text_parts AS CHAR) NOT REGEXP '(^\\[ *|, *)"_+" *,(.*,)? *"_+"( *,| *\\]$)'
      AND JSON_LENGTH(correct_answers) = 1
      AND JSON_CONTAINS(options, JSON_EXTRACT(correct_answers, '$[0]'))
    END, 0)) STORED;

ALTER TABLE lesson_exercises DROP COLUMN playable, ADD COLUMN playable BOOLEAN GENERATED ALWAYS AS (
  COALESCE(CASE exercise_type
    WHEN 'advanced_cloze' THEN
      JSON_LENGTH(exercise_data, '$.options') <= 20
      AND JSON_LENGTH(exercise_data, '$.textParts') = JSON_LENGTH(exercise_data, '$.options') + 1
      AND JSON_LENGTH(exercise_data, '$.correct') = JSON_LENGTH(exercise_data, '$.options')
      AND JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[0]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[0]'), JSON_EXTRACT(exercise_data, '$.correct[0]'))
      AND (JSON_LENGTH(exercise_data, '$.options') < 2 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[1]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[1]'), JSON_EXTRACT(exercise_data, '$.correct[1]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 3 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[2]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[2]'), JSON_EXTRACT(exercise_data, '$.correct[2]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 4 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[3]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[3]'), JSON_EXTRACT(exercise_data, '$.correct[3]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 5 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[4]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[4]'), JSON_EXTRACT(exercise_data, '$.correct[4]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 6 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[5]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[5]'), JSON_EXTRACT(exercise_data, '$.correct[5]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 7 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[6]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[6]'), JSON_EXTRACT(exercise_data, '$.correct[6]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 8 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[7]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[7]'), JSON_EXTRACT(exercise_data, '$.correct[7]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 9 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[8]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[8]'), JSON_EXTRACT(exercise_data, '$.correct[8]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 10 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[9]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[9]'), JSON_EXTRACT(exercise_data, '$.correct[9]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 11 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[10]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[10]'), JSON_EXTRACT(exercise_data, '$.correct[10]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 12 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[11]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[11]'), JSON_EXTRACT(exercise_data, '$.correct[11]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 13 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[12]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[12]'), JSON_EXTRACT(exercise_data, '$.correct[12]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 14 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[13]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[13]'), JSON_EXTRACT(exercise_data, '$.correct[13]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 15 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[14]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[14]'), JSON_EXTRACT(exercise_data, '$.correct[14]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 16 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[15]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[15]'), JSON_EXTRACT(exercise_data, '$.correct[15]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 17 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[16]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[16]'), JSON_EXTRACT(exercise_data, '$.correct[16]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 18 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[17]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[17]'), JSON_EXTRACT(exercise_data, '$.correct[17]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 19 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[18]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[18]'), JSON_EXTRACT(exercise_data, '$.correct[18]'))))
      AND (JSON_LENGTH(exercise_data, '$.options') < 20 OR (JSON_TYPE(JSON_EXTRACT(exercise_data, '$.options[19]')) = 'ARRAY' AND JSON_CONTAINS(JSON_EXTRACT(exercise_data, '$.options[19]'), JSON_EXTRACT(exercise_data, '$.correct[19]'))))
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
