-- A session is stored together with the number of its learner's changes: one round trip and one commit instead of two of each. On busy processors
-- a commit is what a request waits for longest, since it gives its turn away for the disk.
DELIMITER //
CREATE PROCEDURE lessonweave_begin_session_1(
  p_id             VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_user           VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_game           VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_mode           VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
  p_list           VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_topic          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_category       VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_lesson         VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_class          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_reference      VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_difficulty     VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
  p_items          LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_current        INT,
  p_total          INT,
  p_correct        INT,
  p_incorrect      INT,
  p_mastered       LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_needs_practice LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_score          DECIMAL(5, 2),
  p_status         VARCHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_metadata       LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_started        DATETIME(6),
  p_completed      DATETIME(6),
  p_created        DATETIME(6),
  p_updated        DATETIME(6)
)
MODIFIES SQL DATA
SQL SECURITY INVOKER
BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION
  BEGIN
    ROLLBACK;
    RESIGNAL;
  END;

  START TRANSACTION;
  INSERT INTO game_sessions (id, user_id, game_type, mode, word_list_id, topic_id, category_id, lesson_id, class_id, reference_id,
      difficulty, item_order, progress_current, progress_total, correct_count, incorrect_count, mastered_ids, needs_practice_ids,
      final_score, status, metadata, started_at, completed_at, created_at, updated_at)
    VALUES (p_id, p_user, p_game, p_mode, p_list, p_topic, p_category, p_lesson, p_class, p_reference, p_difficulty, p_items, p_current,
      p_total, p_correct, p_incorrect, p_mastered, p_needs_practice, p_score, p_status, p_metadata, p_started, p_completed, p_created,
      p_updated);
  UPDATE learner_changes SET changes = changes + 1 WHERE user_id = p_user;
  IF ROW_COUNT() = 0 THEN
    INSERT INTO learner_changes (user_id, changes) VALUES (p_user, 1) ON DUPLICATE KEY UPDATE changes = changes + 1;
  END IF;
  COMMIT;
END//
DELIMITER ;
