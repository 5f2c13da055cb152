-- How often what a learner sees in the games has changed: every change counts here in its own transaction, as the last thing it does. Who
-- keeps answers in memory asks for this number alone, and reads anew when it is another one (http.KeptAnswers).
CREATE TABLE IF NOT EXISTS learner_changes (
  user_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  changes BIGINT NOT NULL,
  PRIMARY KEY (user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
