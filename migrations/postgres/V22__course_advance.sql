-- What a job has to do when one of its tasks ends, with one look at its tasks instead of a dozen: with hundreds of courses at once this was
-- half of what the database did. And whoever is told of an event hears whose it is: 'courses.events <job>'.

SET LOCAL client_min_messages = warning;

CREATE OR REPLACE FUNCTION course_tell(job uuid, event_type text, event_data jsonb) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
BEGIN
  WITH counted AS (UPDATE course_job SET event_seq = event_seq + 1 WHERE id = job RETURNING id, event_seq, owner_id)
  INSERT INTO course_event (job_id, seq, type, owner_id, data)
    SELECT id, event_seq, event_type, owner_id, event_data FROM counted;
  PERFORM pg_notify('lessonweave_work', 'courses.events ' || job);
END $$;

-- Looks what may run now and where the job stands, and tells it.
--
-- told: what is to be told before that, a list of {type, data}.
CREATE FUNCTION course_look(job uuid, told jsonb) RETURNS void
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
DECLARE
  j course_job%ROWTYPE;
  before record;
  ended CONSTANT text[] := '{completed,failed,skipped,cancelled}';
  needed CONSTANT text[] := '{extract,validate,structure}';
  tasks record;
  s record;
  gone text[];
  reached numeric := 0;
  steps text[] := '{}';
  at_step text := NULL;
  structured boolean := false;
  longest numeric := 0;
  together numeric := 0;
  at_once numeric := 0;
  remaining numeric := 0;
  outcome text := NULL;
  reason text := NULL;
  last_seq bigint;
BEGIN
  -- Not FOR UPDATE: a task's transaction has changed its row twice, whereupon its reference to the job was checked, and that lock two tasks
  -- of one job may hold at once.
  SELECT * INTO j FROM course_job WHERE id = job FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF j.status IN ('completed', 'partial', 'failed', 'rejected', 'cancelled') THEN
    PERFORM course_tell(job, e ->> 'type', e -> 'data') FROM jsonb_array_elements(told) e;
    RETURN;
  END IF;
  j.request := '{}'; -- it may be long, and would be copied with the row
  before := j;

  SELECT coalesce(array_agg(part) FILTER (WHERE status <> ALL (ended)), '{}') AS open,
      coalesce(array_agg(part) FILTER (WHERE status IN ('failed', 'skipped')), '{}') AS lost,
      count(*) FILTER (WHERE status = 'blocked') AS blocked,
      count(*) FILTER (WHERE status = 'blocked' AND needs_all) AS dependent,
      count(*) FILTER (WHERE kind = 'lesson') AS lessons,
      count(*) FILTER (WHERE kind = 'lesson' AND status = 'completed') AS written,
      count(*) FILTER (WHERE kind = 'lesson' AND status = 'failed') AS unwritten,
      max(status) FILTER (WHERE part = 'store') AS store
    INTO tasks FROM course_task WHERE job_id = job;

  -- Parts of a lesson that was not written can't be written either; whole steps go on with what there is.
  WHILE tasks.dependent > 0 AND cardinality(tasks.lost) > 0 LOOP
    WITH skipped AS (
      UPDATE course_task t SET status = 'skipped', last_error = 'what it is made from failed: ' || array_to_string(t.needs, ', '),
          processed_at = now(), updated_at = now()
        WHERE t.job_id = job AND t.status = 'blocked' AND t.needs_all AND t.needs && tasks.lost
        RETURNING t.part)
    SELECT array_agg(part) INTO gone FROM skipped;
    EXIT WHEN gone IS NULL;
    tasks.lost := tasks.lost || gone;
    tasks.open := ARRAY(SELECT unnest(tasks.open) EXCEPT SELECT unnest(gone));
  END LOOP;

  IF tasks.lost && needed THEN
    outcome := 'failed';
    SELECT last_error INTO reason FROM course_task WHERE job_id = job AND status = 'failed' AND part = ANY (needed) ORDER BY id LIMIT 1;
  ELSIF tasks.lessons > 0 AND tasks.unwritten = tasks.lessons THEN
    outcome := 'failed';
    reason := 'no lesson could be written';
  ELSE
    IF tasks.blocked > 0 THEN
      UPDATE course_task t SET status = 'pending', due_at = now(), paused_at = CASE WHEN j.status = 'paused' THEN now() END,
          updated_at = now()
        WHERE t.job_id = job AND t.status = 'blocked' AND NOT t.needs && tasks.open;
    END IF;
    IF tasks.store = 'failed' THEN
      outcome := 'failed';
      reason := 'the finished course could not be published';
    ELSIF tasks.store = 'completed' THEN
      outcome := CASE WHEN cardinality(tasks.lost) > 0 THEN 'partial' ELSE 'completed' END;
    END IF;
  END IF;

  -- A step without tasks before one that has some was skipped, and counts as finished. Of each step in turn what is left of it: its
  -- longest task, or all of them by as many as run at once; naming the course goes beside its structure.
  FOR s IN SELECT w.step, w.weight, w.place, coalesce(t.planned, 0) AS planned, coalesce(t.ran, 0) AS ran, coalesce(t.won, 0) AS won,
        t.longest, t.together, t.running, max(CASE WHEN t.planned > 0 THEN w.place END) OVER () AS last_planned
      FROM unnest(ARRAY['extract', 'validate', 'categorize', 'structure', 'content', 'assess', 'store'],
          ARRAY[10, 5, 5, 10, 50, 10, 5]) WITH ORDINALITY AS w (step, weight, place)
      LEFT JOIN (
        SELECT c.step, count(*) AS planned, count(*) FILTER (WHERE c.status = ANY (ended)) AS ran,
            count(*) FILTER (WHERE c.status = 'completed') AS won, count(*) FILTER (WHERE c.status = 'processing') AS running,
            max(coalesce(m.median_ms, 4000)) FILTER (WHERE c.status <> ALL (ended)) AS longest,
            sum(coalesce(m.median_ms, 4000)) FILTER (WHERE c.status <> ALL (ended)) AS together
        FROM course_task c LEFT JOIN course_timing m ON m.kind = c.kind
        WHERE c.job_id = job GROUP BY c.step) t ON t.step = w.step
      ORDER BY w.place LOOP
    IF (s.planned > 0 AND s.ran = s.planned AND s.won > 0) OR (s.planned = 0 AND s.place < s.last_planned) THEN
      steps := steps || s.step;
      reached := reached + s.weight;
    ELSIF s.planned > 0 THEN
      reached := reached + CASE WHEN s.step = 'content' THEN s.weight::numeric * s.ran / s.planned ELSE 0 END;
      at_step := coalesce(at_step, s.step);
    END IF;
    structured := structured OR (s.step = 'content' AND s.planned > 0);
    longest := greatest(longest, coalesce(s.longest, 0));
    together := together + coalesce(s.together, 0);
    at_once := at_once + coalesce(s.running, 0);
    IF s.step <> 'categorize' THEN
      remaining := remaining + greatest(longest, together / greatest(8, at_once));
      longest := 0;
      together := 0;
      at_once := 0;
    END IF;
  END LOOP;

  j.completed_steps := steps;
  j.current_step := coalesce(at_step, j.current_step);
  j.progress := greatest(j.progress, floor(reached)::integer);
  j.lessons_written := tasks.written;
  j.lessons_planned := tasks.lessons;
  j.status := CASE WHEN j.status = 'queued' THEN 'running' ELSE j.status END;
  j.remaining_ms := remaining::bigint;
  j.errors := '[]';
  IF cardinality(tasks.lost) > 0 THEN
    SELECT coalesce(jsonb_agg(jsonb_build_object('step', step, 'part', part, 'code', coalesce(progress ->> 'code', 'PART_FAILED'),
          'message', coalesce(last_error, ''), 'attempt', processing_attempts,
          'retryable', coalesce((progress ->> 'retryable')::boolean, true), 'at', to_char(processed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          ORDER BY id), '[]')
      INTO j.errors FROM course_task WHERE job_id = job AND status IN ('failed', 'skipped');
  END IF;
  -- Before the structure is known nobody knows the parts: a course's usual ones.
  IF NOT structured THEN
    SELECT j.remaining_ms + coalesce(sum(median_ms), 20000) INTO j.remaining_ms FROM course_timing
      WHERE kind IN ('lesson', 'exercises', 'assess', 'store');
  END IF;

  IF outcome IS NOT NULL THEN
    j.status := outcome;
    j.remaining_ms := 0;
    j.finished_at := now();
    IF outcome IN ('completed', 'partial') THEN
      j.progress := 100;
      j.current_step := 'done';
      j.completed_steps := steps || 'done'::text;
    ELSE
      UPDATE course_task SET status = 'cancelled', due_at = NULL, lease_token = lease_token + 1, lease_owner = NULL, next_retry_at = NULL,
          paused_at = NULL, processed_at = now(), updated_at = now()
        WHERE job_id = job AND status <> ALL (ended);
      PERFORM pg_notify('lessonweave_work', 'courses.stop');
    END IF;
    UPDATE course SET status = CASE outcome WHEN 'completed' THEN 'ready' ELSE outcome END, status_reason = reason,
        generation_seconds = ceil(extract(epoch FROM now() - j.created_at))::integer, updated_at = now()
      WHERE id = j.course_id AND status NOT IN ('published');
  END IF;

  j.updated_at := clock_timestamp();
  IF j.status <> before.status THEN
    told := told || jsonb_build_object('type', 'state',
        'data', jsonb_strip_nulls(jsonb_build_object('status', j.status, 'reason', reason)));
  END IF;
  IF j.progress <> before.progress OR j.current_step <> before.current_step OR j.status <> before.status THEN
    told := told || jsonb_build_object('type', 'progress', 'data', course_progress(j));
  END IF;
  UPDATE course_job SET status = j.status, progress = j.progress, current_step = j.current_step, completed_steps = j.completed_steps,
      errors = j.errors, remaining_ms = j.remaining_ms, lessons_written = j.lessons_written, lessons_planned = j.lessons_planned,
      started_at = coalesce(started_at, now()), finished_at = j.finished_at, updated_at = j.updated_at,
      event_seq = event_seq + jsonb_array_length(told)
    WHERE id = job
    RETURNING event_seq INTO last_seq;
  INSERT INTO course_event (job_id, seq, type, owner_id, data)
    SELECT job, last_seq - jsonb_array_length(told) + e.place, e.event ->> 'type', j.owner_id, e.event -> 'data'
    FROM jsonb_array_elements(told) WITH ORDINALITY AS e (event, place);
  -- also without an event: what is shown of it has changed
  PERFORM pg_notify('lessonweave_work', 'courses.events ' || job);
END $$;

CREATE OR REPLACE FUNCTION course_advance(job uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
  SELECT course_look(job, '[]')
$$;

CREATE OR REPLACE FUNCTION course_task_ended() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE
  t record;
  told jsonb;
BEGIN
  -- as it is at commit: what a task leaves is written after its end
  SELECT step, part, status, processing_attempts, duration_ms, last_error INTO t FROM course_task WHERE id = NEW.id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  told := jsonb_build_array(jsonb_build_object('type', 'part', 'data', jsonb_strip_nulls(jsonb_build_object('step', t.step, 'part', t.part,
      'status', t.status, 'attempts', t.processing_attempts, 'durationMs', t.duration_ms))));
  IF t.status = 'failed' THEN
    told := told || jsonb_build_object('type', 'error', 'data', jsonb_build_object('step', t.step, 'part', t.part, 'message', t.last_error));
  END IF;
  PERFORM course_look(NEW.job_id, told);
  RETURN NULL;
END $$;

-- As V15 has it for the others: nobody's but the service's.
DO $$
DECLARE
  who text;
BEGIN
  REVOKE ALL ON FUNCTION course_look(uuid, jsonb) FROM PUBLIC;
  FOREACH who IN ARRAY ARRAY['anon', 'authenticated'] LOOP
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = who) THEN
      EXECUTE format('REVOKE ALL ON FUNCTION course_look(uuid, jsonb) FROM %I', who);
    END IF;
  END LOOP;
END $$;
