-- As lessonweave_record_result_2, which nodes of the version before still call, in fewer statements: each takes the server longer than what it
-- does. It answers with what is told of a result and no more: the session's counters, the word's, the result's id. A word game's word must
-- still be p_solution where that is given, since the answer was judged by it; where it is not, nothing is changed and nothing answered.
-- The order of locks is the same: session, word, mistake, result, learner.
DELIMITER //
CREATE PROCEDURE lessonweave_record_result_3(
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
  DECLARE EXIT HANDLER FOR SQLEXCEPTION
  BEGIN
    ROLLBACK;
    RESIGNAL;
  END;

  START TRANSACTION;
  -- in JSON_SEARCH what it would take for a wildcard is escaped; it finds nothing more often than not, and then nothing is removed
  UPDATE game_sessions SET progress_current = LEAST(progress_total, progress_current + 1), correct_count = correct_count + p_right,
      incorrect_count = incorrect_count + (NOT p_right),
      mastered_ids = CASE
        WHEN NOT p_right THEN COALESCE(JSON_REMOVE(mastered_ids, JSON_UNQUOTE(JSON_SEARCH(mastered_ids, 'one',
          REPLACE(REPLACE(REPLACE(p_item, '|', '||'), '%', '|%'), '_', '|_'), '|'))), mastered_ids)
        WHEN JSON_CONTAINS(mastered_ids, JSON_QUOTE(p_item)) THEN mastered_ids
        ELSE JSON_ARRAY_APPEND(mastered_ids, '$', p_item) END,
      needs_practice_ids = CASE
        WHEN p_right THEN COALESCE(JSON_REMOVE(needs_practice_ids, JSON_UNQUOTE(JSON_SEARCH(needs_practice_ids, 'one',
          REPLACE(REPLACE(REPLACE(p_item, '|', '||'), '%', '|%'), '_', '|_'), '|'))), needs_practice_ids)
        WHEN JSON_CONTAINS(needs_practice_ids, JSON_QUOTE(p_item)) THEN needs_practice_ids
        ELSE JSON_ARRAY_APPEND(needs_practice_ids, '$', p_item) END,
      updated_at = GREATEST(updated_at, p_at)
    WHERE id = p_session AND user_id = p_user AND game_type = p_game AND status = 'active'
      AND JSON_CONTAINS(item_order, JSON_QUOTE(p_item));
  IF ROW_COUNT() = 0 THEN
    ROLLBACK;
    LEAVE recording;
  END IF;
  IF p_words THEN
    -- assignments are worked out from left to right: accuracy sees the new counts; per cent, halves up
    UPDATE words SET practice_count = practice_count + 1, correct_count = correct_count + p_right,
        accuracy = (200 * correct_count + practice_count) DIV (2 * practice_count),
        last_practiced = GREATEST(COALESCE(last_practiced, p_at), p_at)
      WHERE id = p_item AND (p_solution IS NULL OR word = p_solution COLLATE utf8mb4_bin);
    IF ROW_COUNT() = 0 THEN
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
    -- most right answers find no mistake, and one statement says so
    UPDATE user_mistakes SET mistake_count = mistake_count - 1, updated_at = p_at
      WHERE user_id = p_user AND game_type = p_game AND item_id = p_item;
    IF ROW_COUNT() > 0 THEN
      DELETE FROM user_mistakes WHERE user_id = p_user AND game_type = p_game AND item_id = p_item AND mistake_count <= 0;
    END IF;
  END IF;

  INSERT INTO game_results (session_id, user_id, game_type, item_id, client_result_id, is_correct, attempts, time_spent_ms, skipped,
      user_answer, selected_answer, selected_answers, user_tokens, error_type, metadata, created_at)
    VALUES (p_session, p_user, p_game, p_item, p_client, p_right, p_attempts, p_millis, p_skipped, p_answer, p_selected, p_selection,
      p_tokens, p_error, p_metadata, p_at);

  -- whoever has a session has this row but for those that began before it was counted
  UPDATE learner_changes SET changes = changes + 1 WHERE user_id = p_user;
  IF ROW_COUNT() = 0 THEN
    INSERT INTO learner_changes (user_id, changes) VALUES (p_user, 1) ON DUPLICATE KEY UPDATE changes = changes + 1;
  END IF;

  IF p_words THEN
    SELECT LAST_INSERT_ID() AS result_id, s.progress_current, s.progress_total, s.correct_count, s.incorrect_count,
        w.practice_count AS word_count, w.correct_count AS word_correct, w.accuracy AS word_accuracy, w.last_practiced AS word_last
      FROM game_sessions s JOIN words w ON w.id = p_item WHERE s.id = p_session;
  ELSE
    SELECT LAST_INSERT_ID() AS result_id, progress_current, progress_total, correct_count, incorrect_count
      FROM game_sessions WHERE id = p_session;
  END IF;
  COMMIT;
END//
DELIMITER ;
