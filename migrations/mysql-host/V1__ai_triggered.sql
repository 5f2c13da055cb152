-- Adds to the host platform's `classes` what the class monitor needs, and only what is missing: the column `ai_triggered` and an index that
-- begins with (status, ai_triggered, meeting_end). Written for MySQL 8.0.12+ and MariaDB 10.6+, which share no ADD COLUMN IF NOT EXISTS.
-- Safe to run again at any time. Without a table `classes` the first ALTER fails with error 1146.

-- An ALTER that waits for a long transaction makes everybody else wait behind it: rather give up early and try again later.
SET SESSION lock_wait_timeout = 10;

SET @statement = IF(
  EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'classes' AND column_name = 'ai_triggered'),
  'DO 0',
  'ALTER TABLE classes ADD COLUMN ai_triggered TINYINT(1) NOT NULL DEFAULT 0');
PREPARE add_column FROM @statement;
EXECUTE add_column;
DEALLOCATE PREPARE add_column;

-- Long text can be indexed only by its beginning.
SET @status_key = IF(
  EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'classes' AND column_name = 'status' AND character_maximum_length > 191),
  'status(32)',
  'status');

SET @statement = IF(
  EXISTS (
    SELECT 1
    FROM information_schema.statistics first_column
    JOIN information_schema.statistics second_column
      ON second_column.table_schema = first_column.table_schema AND second_column.table_name = first_column.table_name
        AND second_column.index_name = first_column.index_name AND second_column.seq_in_index = 2
    JOIN information_schema.statistics third_column
      ON third_column.table_schema = first_column.table_schema AND third_column.table_name = first_column.table_name
        AND third_column.index_name = first_column.index_name AND third_column.seq_in_index = 3
    WHERE first_column.table_schema = DATABASE() AND first_column.table_name = 'classes' AND first_column.seq_in_index = 1
      AND first_column.column_name = 'status' AND second_column.column_name = 'ai_triggered'
      AND third_column.column_name = 'meeting_end'),
  'DO 0',
  CONCAT('ALTER TABLE classes ADD INDEX idx_classes_ai_triggered (', @status_key, ', ai_triggered, meeting_end)'));
PREPARE add_index FROM @statement;
EXECUTE add_index;
DEALLOCATE PREPARE add_index;
