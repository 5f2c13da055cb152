-- Sessions that were begun and never finished had to be read one by one for a learner's statistics, for thirty days. Now they are summed up
-- like finished ones (V10), as soon as they rest, in a table of their own. What a session had when it was summed up stands beside it, so
-- one that goes on counts with what has come since: nothing that records answers has to know of sums, not even nodes of the version before.
CREATE TABLE IF NOT EXISTS learner_open_totals (
  user_id     VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  game_type   VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- of sessions with summed = 1
  sessions    BIGINT NOT NULL,
  correct     BIGINT NOT NULL,
  incorrect   BIGINT NOT NULL,
  last_played DATETIME(6) NOT NULL,
  PRIMARY KEY (user_id, game_type)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- to_sum: whether sums don't yet say what the session says. A learner's page of completed sessions of one game is read in the order of
-- game_sessions_played.
ALTER TABLE game_sessions
  ADD COLUMN summed BOOLEAN NOT NULL DEFAULT 0,
  ADD COLUMN summed_correct INT NOT NULL DEFAULT 0,
  ADD COLUMN summed_incorrect INT NOT NULL DEFAULT 0,
  ADD COLUMN to_sum BOOLEAN GENERATED ALWAYS AS (
    CASE WHEN in_totals = 1 THEN summed = 1
    ELSE summed = 0 OR status = 'completed' OR correct_count <> summed_correct OR incorrect_count <> summed_incorrect END) STORED,
  ADD KEY game_sessions_to_sum (user_id, to_sum, game_type),
  ADD KEY game_sessions_played (user_id, game_type, status, completed_at),
  DROP KEY game_sessions_summed,
  DROP KEY game_sessions_games;
