-- As lessonweave_record_result_1, which nodes of the version before still call; it counts the learner's change besides, last of all that it
-- changes, so that nobody who waits for that row holds it up for long.
DELIMITER //
CREATE PROCEDURE lessonweave_record_result_2(
  p_session    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_user       VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_game       VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_item       VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_words      BOOLEAN,
  p_clears     BOOLEAN,
  p_client     VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_right      BOOLEAN,
  p_attempts   INT,
  p_millis     INT,
  p_skipped    BOOLEAN,
  p_answer     TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
  p_selected   INT,
  p_selection  LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_tokens     LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_error      VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
  p_metadata   LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_solution   TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
  p_at         DATETIME(6)
)
MODIFIES SQL DATA
SQL SECURITY INVOKER
recording: BEGIN
  DECLARE v_mastered LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
  DECLARE v_needs LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
  DECLARE v_path LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
  -- what JSON_SEARCH would take for a wildcard is escaped
  DECLARE v_pattern VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
    DEFAULT REPLACE(REPLACE(REPLACE(p_item, '|', '||'), '%', '|%'), '_', '|_');
  DECLARE v_practised INT;
  DECLARE v_result BIGINT;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION
  BEGIN
    ROLLBACK;
    RESIGNAL;
  END;

  START TRANSACTION;
  SELECT mastered_ids, needs_practice_ids INTO v_mastered, v_needs FROM game_sessions
    WHERE id = p_session AND user_id = p_user AND game_type = p_game AND status = 'active'
      AND JSON_CONTAINS(item_order, JSON_QUOTE(p_item)) FOR UPDATE;
  IF v_mastered IS NULL THEN
    ROLLBACK;
    LEAVE recording;
  END IF;
  IF p_words THEN
    SELECT practice_count INTO v_practised FROM words WHERE id = p_item FOR UPDATE;
    IF v_practised IS NULL THEN
      ROLLBACK;
      LEAVE recording;
    END IF;
  END IF;

  IF NOT p_right THEN
    INSERT INTO user_mistakes (user_id, game_type, item_id, user_answer, correct_answer, selected_answers, error_type, mistake_count,
        last_answered_at, created_at, updated_at)
      VALUES (p_user, p_game, p_item, p_answer, p_solution, p_selection, p_error, 1, p_at, p_at, p_at)
      ON DUPLICATE KEY UPDATE mistake_count = mistake_count + 1, user_answer = VALUES(user_answer),
        correct_answer = VALUES(correct_answer), selected_answers = VALUES(selected_answers), error_type = VALUES(error_type),
        last_answered_at = GREATEST(last_answered_at, VALUES(last_answered_at)), updated_at = VALUES(updated_at);
  ELSEIF p_clears THEN
    DELETE FROM user_mistakes WHERE user_id = p_user AND game_type = p_game AND item_id = p_item AND mistake_count <= 1;
    IF ROW_COUNT() = 0 THEN
      UPDATE user_mistakes SET mistake_count = mistake_count - 1, updated_at = p_at
        WHERE user_id = p_user AND game_type = p_game AND item_id = p_item;
    END IF;
  END IF;

  INSERT INTO game_results (session_id, user_id, game_type, item_id, client_result_id, is_correct, attempts, time_spent_ms, skipped,
      user_answer, selected_answer, selected_answers, user_tokens, error_type, metadata, created_at)
    VALUES (p_session, p_user, p_game, p_item, p_client, p_right, p_attempts, p_millis, p_skipped, p_answer, p_selected, p_selection,
      p_tokens, p_error, p_metadata, p_at);
  SET v_result = LAST_INSERT_ID();

  IF p_right THEN
    SET v_path = JSON_UNQUOTE(JSON_SEARCH(v_needs, 'one', v_pattern, '|'));
    IF v_path IS NOT NULL THEN
      SET v_needs = JSON_REMOVE(v_needs, v_path);
    END IF;
    IF NOT JSON_CONTAINS(v_mastered, JSON_QUOTE(p_item)) THEN
      SET v_mastered = JSON_ARRAY_APPEND(v_mastered, '$', p_item);
    END IF;
  ELSE
    SET v_path = JSON_UNQUOTE(JSON_SEARCH(v_mastered, 'one', v_pattern, '|'));
    IF v_path IS NOT NULL THEN
      SET v_mastered = JSON_REMOVE(v_mastered, v_path);
    END IF;
    IF NOT JSON_CONTAINS(v_needs, JSON_QUOTE(p_item)) THEN
      SET v_needs = JSON_ARRAY_APPEND(v_needs, '$', p_item);
    END IF;
  END IF;
  UPDATE game_sessions SET progress_current = LEAST(progress_total, progress_current + 1), correct_count = correct_count + p_right,
      incorrect_count = incorrect_count + (NOT p_right), mastered_ids = v_mastered, needs_practice_ids = v_needs,
      updated_at = GREATEST(updated_at, p_at)
    WHERE id = p_session;
  IF p_words THEN
    -- assignments are worked out from left to right: accuracy sees the new counts; per cent, halves up
    UPDATE words SET practice_count = practice_count + 1, correct_count = correct_count + p_right,
        accuracy = (200 * correct_count + practice_count) DIV (2 * practice_count),
        last_practiced = GREATEST(COALESCE(last_practiced, p_at), p_at)
      WHERE id = p_item;
  END IF;

  INSERT INTO learner_changes (user_id, changes) VALUES (p_user, 1) ON DUPLICATE KEY UPDATE changes = changes + 1;

  SELECT s.id, s.user_id, s.game_type, s.mode, s.word_list_id, s.topic_id, s.category_id, s.lesson_id, s.class_id, s.reference_id,
      s.difficulty, s.item_order, s.progress_current, s.progress_total, s.correct_count, s.incorrect_count, s.mastered_ids,
      s.needs_practice_ids, s.final_score, s.status, s.metadata, s.started_at, s.completed_at,
      w.id, w.list_id, w.word, w.translation, w.notes, w.difficulty, w.example_sentence, w.pronunciation_audio_url, w.is_favorite,
      w.practice_count, w.correct_count, w.accuracy, w.last_practiced, w.created_at, w.updated_at, v_result AS result_id
    FROM game_sessions s LEFT JOIN words w ON p_words AND w.id = p_item WHERE s.id = p_session;
  COMMIT;
END//
DELIMITER ;
