-- A learner's statistics are sums over all of their sessions: read from this index alone, it makes no difference how wide the rows are.
ALTER TABLE game_sessions
  ADD KEY game_sessions_counted (user_id, game_type, status, correct_count, incorrect_count, final_score, updated_at),
  DROP KEY game_sessions_games;
