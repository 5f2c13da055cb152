-- What every answer had to keep up and hardly anybody read: results by item alone (nobody asks for them), results by session in their order
-- (game_results_client begins with the session too, and a session has few), and sessions by their last answer, which only the hourly look
-- for abandoned ones used; it goes by their beginning now.
ALTER TABLE game_results
  DROP KEY game_results_session,
  DROP KEY game_results_item;
ALTER TABLE game_sessions
  ADD KEY game_sessions_begun (status, started_at),
  DROP KEY game_sessions_idle;
