-- What a learner's finished sessions come to. Statistics had to read every session a learner ever played; now they read these rows and the
-- sessions that are not in them yet. Nothing but the fold writes here (games.LearnerTotals), so nodes of the version before go on as they did.
CREATE TABLE IF NOT EXISTS learner_totals (
  user_id     VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  game_type   VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  sessions    BIGINT NOT NULL,
  completed   BIGINT NOT NULL,
  -- right and wrong answers in all of them
  correct     BIGINT NOT NULL,
  incorrect   BIGINT NOT NULL,
  -- and in the completed ones, with the sum of their scores
  completed_correct   BIGINT NOT NULL,
  completed_incorrect BIGINT NOT NULL,
  score_sum   DECIMAL(20, 4) NOT NULL,
  last_played DATETIME(6) NOT NULL,
  PRIMARY KEY (user_id, game_type)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- The index of V9 had every counter in it, so every answer rewrote it.
ALTER TABLE game_sessions
  ADD COLUMN in_totals BOOLEAN NOT NULL DEFAULT 0,
  ADD KEY game_sessions_summed (user_id, in_totals, status, game_type),
  ADD KEY game_sessions_games (user_id, game_type, status),
  DROP KEY game_sessions_counted;
