-- What became of each ended class: opened as a lesson, or why not. The host's `classes` only carries the flag ai_triggered.
CREATE TABLE IF NOT EXISTS ai_class_triggers (
  class_id        BIGINT NOT NULL,
  state           VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  attempts        INT NOT NULL DEFAULT 0,
  next_attempt_at DATETIME(6) NULL,
  last_error      VARCHAR(500) NULL,
  triggered_at    DATETIME(6) NULL,
  updated_at      DATETIME(6) NOT NULL,
  PRIMARY KEY (class_id),
  KEY ai_class_triggers_due (state, next_attempt_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
