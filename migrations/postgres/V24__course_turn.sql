-- The first task that comes while none waits looked through every task there ever was for the round that is under way: 8 ms with 12,000
-- tasks, and more with each course. What runs is due some time, and of what is due there is an index.

SET LOCAL client_min_messages = warning;

CREATE OR REPLACE FUNCTION course_turn() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE
  current_round bigint;
BEGIN
  SELECT min(round) INTO current_round FROM course_task WHERE status = 'pending';
  IF current_round IS NULL THEN
    SELECT coalesce(max(round), 0) INTO current_round FROM course_task WHERE status = 'processing' AND due_at IS NOT NULL;
  END IF;
  INSERT INTO course_turn AS t (owner_id, last_round) VALUES (NEW.owner_id, current_round)
    ON CONFLICT (owner_id) DO UPDATE SET last_round = greatest(t.last_round + 1, excluded.last_round)
    RETURNING last_round INTO NEW.round;
  NEW.aged := 0;
  NEW.ready_at := clock_timestamp();
  RETURN NEW;
END $$;
