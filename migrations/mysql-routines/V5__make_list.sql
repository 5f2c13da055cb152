-- As lessonweave_begin_session_1, for a list of words.
DELIMITER //
CREATE PROCEDURE lessonweave_make_list_1(
  p_id          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_user        VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_class       VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  p_name        VARCHAR(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
  p_description TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
  p_favorite    BOOLEAN,
  p_created     DATETIME(6),
  p_updated     DATETIME(6)
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
  INSERT INTO word_lists (id, user_id, class_id, name, description, is_favorite, created_at, updated_at)
    VALUES (p_id, p_user, p_class, p_name, p_description, p_favorite, p_created, p_updated);
  UPDATE learner_changes SET changes = changes + 1 WHERE user_id = p_user;
  IF ROW_COUNT() = 0 THEN
    INSERT INTO learner_changes (user_id, changes) VALUES (p_user, 1) ON DUPLICATE KEY UPDATE changes = changes + 1;
  END IF;
  COMMIT;
END//
DELIMITER ;
