-- Courses: the jobs that make them, and what they consist of.
--
-- A job is a row that is never claimed. Its work is course_task, a work table (see V1): a row for each step, and for each part of the
-- course a row of its own. Tasks that must wait for others are there from the beginning with status 'blocked'. Whenever a task ends, in
-- whatever way, course_advance() looks at commit what may run now and where the job stands; so no crash comes between the two.

SET LOCAL client_min_messages = warning;

-- Version 7: ids that grow with time keep indexes small.
CREATE FUNCTION course_uuid() RETURNS uuid
  LANGUAGE sql VOLATILE
AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

CREATE TABLE course (
  id                    UUID PRIMARY KEY DEFAULT course_uuid(),
  course_number         BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  owner_id              TEXT NOT NULL,
  source_type           TEXT NOT NULL,
  source_facts          JSONB NOT NULL DEFAULT '{}',
  title                 TEXT NOT NULL,
  summary               TEXT,
  description           TEXT,
  thumbnail_url         TEXT,
  language              TEXT,
  target_language       TEXT,
  difficulty            TEXT NOT NULL DEFAULT 'intermediate'
                        CHECK (difficulty IN ('beginner', 'intermediate', 'advanced', 'expert')),
  purpose               TEXT NOT NULL DEFAULT 'practice',
  category              TEXT,
  tags                  TEXT[] NOT NULL DEFAULT '{}',
  country               TEXT,
  custom_prompt         TEXT,
  status                TEXT NOT NULL DEFAULT 'generating'
                        CHECK (status IN ('draft', 'generating', 'ready', 'published', 'partial', 'failed', 'rejected', 'cancelled')),
  status_reason         TEXT,
  verdict               JSONB,
  outline               JSONB,
  content_version       INTEGER NOT NULL DEFAULT 0,
  estimated_minutes     INTEGER,
  generation_seconds    INTEGER NOT NULL DEFAULT 0,
  is_public             BOOLEAN NOT NULL DEFAULT false,
  created_at            TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at            TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX course_owner ON course (owner_id, created_at DESC, id);

CREATE TABLE course_segment (
  course_id UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  ordinal   INTEGER NOT NULL,
  owner_id  TEXT NOT NULL,
  body      JSONB NOT NULL,
  PRIMARY KEY (course_id, ordinal)
);

CREATE TABLE course_chapter (
  id                UUID PRIMARY KEY DEFAULT course_uuid(),
  legacy_id         BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  course_id         UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  owner_id          TEXT NOT NULL,
  order_index       INTEGER NOT NULL,
  title             TEXT NOT NULL,
  description       TEXT,
  level             TEXT,
  objectives        JSONB NOT NULL DEFAULT '[]',
  key_concepts      JSONB NOT NULL DEFAULT '[]',
  estimated_minutes INTEGER,
  created_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (course_id, order_index)
);

CREATE TABLE course_lesson (
  id                UUID PRIMARY KEY DEFAULT course_uuid(),
  legacy_id         BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  course_id         UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  chapter_id        UUID NOT NULL REFERENCES course_chapter (id) ON DELETE CASCADE,
  owner_id          TEXT NOT NULL,
  -- Its place in the whole course, from 0: what parts are named by.
  ordinal           INTEGER NOT NULL,
  order_index       INTEGER NOT NULL,
  title             TEXT NOT NULL,
  description       TEXT,
  plan              JSONB NOT NULL,
  -- What the author wrote; null until it is there. Nothing ever stands here in place of a text.
  body              JSONB,
  content_md        TEXT,
  content_html      TEXT,
  concepts          JSONB,
  estimated_minutes INTEGER,
  created_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (chapter_id, order_index),
  UNIQUE (course_id, ordinal)
);

-- Exercises, flashcards, multiple-choice questions, articles, word games, audio scripts, suggestions: what a part consists of. A part
-- that is written again replaces its own items.
CREATE TABLE course_item (
  id          UUID PRIMARY KEY DEFAULT course_uuid(),
  course_id   UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  owner_id    TEXT NOT NULL,
  part        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  chapter_id  UUID REFERENCES course_chapter (id) ON DELETE CASCADE,
  lesson_id   UUID REFERENCES course_lesson (id) ON DELETE CASCADE,
  order_index INTEGER NOT NULL,
  data        JSONB NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (course_id, part, order_index)
);

-- Assessments and quizzes. Questions carry their answer keys: they leave the server without them.
CREATE TABLE course_assessment (
  id                 UUID PRIMARY KEY DEFAULT course_uuid(),
  code               TEXT NOT NULL UNIQUE,
  course_id          UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  chapter_id         UUID REFERENCES course_chapter (id) ON DELETE CASCADE,
  owner_id           TEXT NOT NULL,
  kind               TEXT NOT NULL CHECK (kind IN ('final', 'course_quiz', 'module_quiz')),
  title              TEXT NOT NULL,
  description        TEXT,
  passing_score      INTEGER NOT NULL CHECK (passing_score BETWEEN 0 AND 100),
  time_limit_minutes INTEGER,
  questions          JSONB NOT NULL,
  created_at         TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX course_assessment_course ON course_assessment (course_id, kind, created_at DESC);
CREATE UNIQUE INDEX course_assessment_final ON course_assessment (course_id) WHERE kind = 'final';

CREATE TABLE course_attempt (
  id             UUID PRIMARY KEY DEFAULT course_uuid(),
  assessment_id  UUID NOT NULL REFERENCES course_assessment (id) ON DELETE CASCADE,
  course_id      UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  owner_id       TEXT NOT NULL,
  attempt_number INTEGER NOT NULL,
  status         TEXT NOT NULL DEFAULT 'in_progress'
                 CHECK (status IN ('in_progress', 'graded', 'expired', 'pending_review')),
  started_at     TIMESTAMPTZ NOT NULL DEFAULT now(),
  deadline_at    TIMESTAMPTZ,
  submitted_at   TIMESTAMPTZ,
  answers        JSONB,
  result         JSONB,
  UNIQUE (assessment_id, owner_id, attempt_number)
);

CREATE TABLE course_job (
  id                    UUID PRIMARY KEY DEFAULT course_uuid(),
  task_id               UUID NOT NULL DEFAULT course_uuid() UNIQUE,
  owner_id              TEXT NOT NULL,
  course_id             UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  generation_process_id TEXT NOT NULL,
  request_hash          TEXT NOT NULL,
  request               JSONB NOT NULL,
  status                TEXT NOT NULL DEFAULT 'queued'
                        CHECK (status IN ('queued', 'running', 'paused', 'completed', 'partial', 'failed', 'rejected', 'cancelled')),
  priority              SMALLINT NOT NULL DEFAULT 5 CHECK (priority BETWEEN 1 AND 10),
  run                   INTEGER NOT NULL DEFAULT 1,
  progress              INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  current_step          TEXT NOT NULL DEFAULT 'extract',
  completed_steps       TEXT[] NOT NULL DEFAULT '{}',
  lessons_written       INTEGER NOT NULL DEFAULT 0,
  lessons_planned       INTEGER NOT NULL DEFAULT 0,
  -- Milliseconds that were left when updated_at was written; null while nothing is known.
  remaining_ms          BIGINT,
  errors                JSONB NOT NULL DEFAULT '[]',
  event_seq             BIGINT NOT NULL DEFAULT 0,
  created_at            TIMESTAMPTZ NOT NULL DEFAULT now(),
  started_at            TIMESTAMPTZ,
  finished_at           TIMESTAMPTZ,
  updated_at            TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (owner_id, generation_process_id)
);
CREATE INDEX course_job_course ON course_job (course_id);
CREATE INDEX course_job_open ON course_job (status) WHERE finished_at IS NULL;
CREATE INDEX course_job_owner ON course_job (owner_id, created_at DESC, id);

-- Where each owner stands in the round of owners, see course_turn().
CREATE TABLE course_turn (
  owner_id   TEXT PRIMARY KEY,
  last_round BIGINT NOT NULL
);

CREATE TABLE course_task (
  id                    BIGSERIAL PRIMARY KEY,
  job_id                UUID NOT NULL REFERENCES course_job (id) ON DELETE CASCADE,
  course_id             UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  owner_id              TEXT NOT NULL,
  step                  TEXT NOT NULL CHECK (step IN ('extract', 'validate', 'categorize', 'structure', 'content', 'assess', 'store')),
  -- Names the task within its job: a step's own name, or such as lesson:3, exercises:3, article:faq.
  part                  TEXT NOT NULL,
  -- The part without what it is of; durations are compared by it.
  kind                  TEXT NOT NULL,
  -- Parts that must have ended before; where needs_all is set, they must have been written too.
  needs                 TEXT[] NOT NULL DEFAULT '{}',
  needs_all             BOOLEAN NOT NULL DEFAULT false,
  input                 JSONB NOT NULL DEFAULT '{}',
  input_hash            TEXT NOT NULL,
  output                JSONB,
  duration_ms           BIGINT,
  priority              SMALLINT NOT NULL,
  aged                  SMALLINT NOT NULL DEFAULT 0,
  round                 BIGINT NOT NULL DEFAULT 0,
  -- Whose turn it is: the class of priority first, within it the owners in turn.
  place                 BIGINT NOT NULL GENERATED ALWAYS AS ((10 - least(10, priority + aged)) * 1000000000000 + round) STORED,
  ready_at              TIMESTAMPTZ,
  stage                 TEXT NOT NULL,
  status                TEXT NOT NULL DEFAULT 'pending',
  due_at                TIMESTAMPTZ DEFAULT now(),
  lease_token           BIGINT NOT NULL DEFAULT 0,
  lease_owner           TEXT,
  processing_attempts   INTEGER NOT NULL DEFAULT 0,
  last_error            TEXT,
  next_retry_at         BIGINT,
  paused_at             TIMESTAMPTZ,
  progress              JSONB,
  claimed_at            TIMESTAMPTZ,
  processing_started_at TIMESTAMPTZ,
  processed_at          TIMESTAMPTZ,
  created_at            TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at            TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (job_id, part)
);
CREATE INDEX course_task_place ON course_task (stage, place, id) WHERE due_at IS NOT NULL AND paused_at IS NULL;
CREATE INDEX course_task_due ON course_task (stage, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX course_task_failed ON course_task (stage, id) WHERE status = 'failed';
CREATE INDEX course_task_round ON course_task (round) WHERE status = 'pending';
CREATE INDEX course_task_timing ON course_task (kind, processed_at DESC) WHERE status = 'completed';
CREATE TRIGGER course_task_announce AFTER INSERT OR UPDATE OF stage, status, due_at, paused_at ON course_task
  FOR EACH ROW
  WHEN (NEW.due_at <= now() AND NEW.status <> 'processing' AND NEW.paused_at IS NULL)
  EXECUTE FUNCTION announce_work('courses.');

-- What a task of a kind takes, measured; see course_measure().
CREATE TABLE course_timing (
  kind        TEXT PRIMARY KEY,
  median_ms   BIGINT NOT NULL,
  runs        INTEGER NOT NULL,
  measured_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE course_event (
  job_id   UUID NOT NULL REFERENCES course_job (id) ON DELETE CASCADE,
  seq      BIGINT NOT NULL,
  type     TEXT NOT NULL CHECK (type IN ('progress', 'part', 'state', 'error')),
  owner_id TEXT NOT NULL,
  data     JSONB NOT NULL,
  at       TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (job_id, seq)
);

-- Nodes that make courses; a row is of use as long as its heartbeat is fresh.
CREATE TABLE course_worker (
  name         TEXT PRIMARY KEY,
  slots        INTEGER NOT NULL,
  pools        JSONB NOT NULL DEFAULT '{}',
  started_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
  heartbeat_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Start-time fair queueing with owners as flows: a task that becomes ready takes the round after its owner's last one, but never one
-- that has passed already. So an owner with fifty jobs and one with a single task alternate, whoever came first.
CREATE FUNCTION course_turn() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
DECLARE
  current_round bigint;
BEGIN
  SELECT min(round) INTO current_round FROM course_task WHERE status = 'pending';
  IF current_round IS NULL THEN
    SELECT coalesce(max(round), 0) INTO current_round FROM course_task WHERE status = 'processing';
  END IF;
  INSERT INTO course_turn AS t (owner_id, last_round) VALUES (NEW.owner_id, current_round)
    ON CONFLICT (owner_id) DO UPDATE SET last_round = greatest(t.last_round + 1, excluded.last_round)
    RETURNING last_round INTO NEW.round;
  NEW.aged := 0;
  NEW.ready_at := clock_timestamp();
  RETURN NEW;
END $$;

CREATE TRIGGER course_task_turn_new BEFORE INSERT ON course_task
  FOR EACH ROW WHEN (NEW.status = 'pending')
  EXECUTE FUNCTION course_turn();
CREATE TRIGGER course_task_turn BEFORE UPDATE OF status ON course_task
  FOR EACH ROW WHEN (NEW.status = 'pending' AND OLD.status NOT IN ('pending', 'processing'))
  EXECUTE FUNCTION course_turn();

-- Adds an event to the job's history and tells whoever watches. The caller holds the job's row.
CREATE FUNCTION course_tell(job uuid, event_type text, event_data jsonb) RETURNS void
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
  WITH counted AS (UPDATE course_job SET event_seq = event_seq + 1 WHERE id = job RETURNING id, event_seq, owner_id)
  INSERT INTO course_event (job_id, seq, type, owner_id, data)
    SELECT id, event_seq, event_type, owner_id, event_data FROM counted;
  PERFORM pg_notify('lessonweave_work', 'courses.events');
END $$;

-- Where the job stands as an object, section 1.4 of the contract.
CREATE FUNCTION course_progress(j course_job) RETURNS jsonb
  LANGUAGE sql STABLE
AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'status', j.status,
    'currentStep', j.current_step,
    'completedSteps', to_jsonb(j.completed_steps),
    'totalSteps', 8,
    'progressPercentage', j.progress,
    'estimatedTimeRemaining', CASE
      WHEN j.finished_at IS NOT NULL THEN 0
      WHEN j.progress >= 5 THEN ceil(greatest(0, j.remaining_ms - CASE WHEN j.status = 'paused' THEN 0
          ELSE extract(epoch FROM clock_timestamp() - j.updated_at) * 1000 END) / 1000.0)::bigint END,
    'errors', j.errors))
$$;

-- Looks what may run now that a task has ended, and where its job stands.
CREATE FUNCTION course_advance(job uuid) RETURNS void
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
DECLARE
  j course_job%ROWTYPE;
  before course_job%ROWTYPE;
  weights CONSTANT jsonb := '{"extract": 10, "validate": 5, "categorize": 5, "structure": 10, "content": 50, "assess": 10, "store": 5}';
  ended CONSTANT text[] := '{completed,failed,skipped,cancelled}';
  s record;
  reached numeric := 0;
  steps text[] := '{}';
  at_step text := NULL;
  moved integer;
  outcome text := NULL;
  reason text := NULL;
BEGIN
  SELECT * INTO j FROM course_job WHERE id = job FOR UPDATE;
  IF NOT FOUND OR j.status IN ('completed', 'partial', 'failed', 'rejected', 'cancelled') THEN
    RETURN;
  END IF;
  before := j;

  -- Parts of a lesson that was not written can't be written either; whole steps go on with what there is.
  LOOP
    UPDATE course_task t SET status = 'skipped', last_error = 'what it is made from failed: ' || array_to_string(t.needs, ', '),
        processed_at = now(), updated_at = now()
      WHERE t.job_id = job AND t.status = 'blocked' AND t.needs_all
        AND EXISTS (SELECT FROM course_task d WHERE d.job_id = job AND d.part = ANY (t.needs) AND d.status IN ('failed', 'skipped'));
    GET DIAGNOSTICS moved = ROW_COUNT;
    EXIT WHEN moved = 0;
  END LOOP;

  IF EXISTS (SELECT FROM course_task WHERE job_id = job AND status = 'failed' AND part IN ('extract', 'validate', 'structure')) THEN
    outcome := 'failed';
    SELECT last_error INTO reason FROM course_task
      WHERE job_id = job AND status = 'failed' AND part IN ('extract', 'validate', 'structure') ORDER BY id LIMIT 1;
  ELSIF EXISTS (SELECT FROM course_task WHERE job_id = job AND kind = 'lesson')
      AND NOT EXISTS (SELECT FROM course_task WHERE job_id = job AND kind = 'lesson' AND status <> 'failed') THEN
    outcome := 'failed';
    reason := 'no lesson could be written';
  ELSE
    UPDATE course_task t SET status = 'pending', due_at = now(), paused_at = CASE WHEN j.status = 'paused' THEN now() END, updated_at = now()
      WHERE t.job_id = job AND t.status = 'blocked'
        AND NOT EXISTS (SELECT FROM course_task d WHERE d.job_id = job AND d.part = ANY (t.needs) AND d.status <> ALL (ended));
    IF EXISTS (SELECT FROM course_task WHERE job_id = job AND part = 'store' AND status = 'failed') THEN
      outcome := 'failed';
      reason := 'the finished course could not be published';
    ELSIF EXISTS (SELECT FROM course_task WHERE job_id = job AND part = 'store' AND status = 'completed') THEN
      outcome := CASE WHEN EXISTS (SELECT FROM course_task WHERE job_id = job AND status IN ('failed', 'skipped'))
                      THEN 'partial' ELSE 'completed' END;
    END IF;
  END IF;

  -- A step without tasks before one that has some was skipped, and counts as finished.
  FOR s IN SELECT step, weight, planned, ran, won, position, max(CASE WHEN planned > 0 THEN position END) OVER () AS last_planned
      FROM (SELECT w.step, w.weight, w.position, count(t.id) AS planned, count(t.id) FILTER (WHERE t.status = ANY (ended)) AS ran,
              count(t.id) FILTER (WHERE t.status = 'completed') AS won
            FROM (SELECT o.step, (weights ->> o.step)::numeric AS weight, o.position
                  FROM unnest(ARRAY['extract', 'validate', 'categorize', 'structure', 'content', 'assess', 'store'])
                    WITH ORDINALITY AS o (step, position)) w
            LEFT JOIN course_task t ON t.job_id = job AND t.step = w.step
            GROUP BY w.step, w.weight, w.position) g
      ORDER BY position LOOP
    IF (s.planned > 0 AND s.ran = s.planned AND s.won > 0) OR (s.planned = 0 AND s.position < s.last_planned) THEN
      steps := steps || s.step;
      reached := reached + s.weight;
    ELSIF s.planned > 0 THEN
      reached := reached + CASE WHEN s.step = 'content' THEN s.weight * s.ran / s.planned ELSE 0 END;
      at_step := coalesce(at_step, s.step);
    END IF;
  END LOOP;

  j.completed_steps := steps;
  j.current_step := coalesce(at_step, j.current_step);
  j.progress := greatest(j.progress, floor(reached)::integer);
  SELECT coalesce(jsonb_agg(jsonb_build_object('step', step, 'part', part, 'code', coalesce(progress ->> 'code', 'PART_FAILED'),
        'message', coalesce(last_error, ''), 'attempt', processing_attempts,
        'retryable', coalesce((progress ->> 'retryable')::boolean, true), 'at', to_char(processed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        ORDER BY id), '[]')
    INTO j.errors FROM course_task WHERE job_id = job AND status IN ('failed', 'skipped');
  SELECT count(*) FILTER (WHERE status = 'completed'), count(*) INTO j.lessons_written, j.lessons_planned
    FROM course_task WHERE job_id = job AND kind = 'lesson';
  j.status := CASE WHEN j.status = 'queued' THEN 'running' ELSE j.status END;

  -- Of each step in turn what is left of it: its longest task, or all of them by as many as run at once.
  SELECT coalesce(sum(ms), 0)::bigint INTO j.remaining_ms FROM (
    SELECT greatest(max(median), sum(median) / greatest(8, count(*) FILTER (WHERE status = 'processing'))) AS ms
    FROM (SELECT CASE WHEN t.step = 'categorize' THEN 'structure' ELSE t.step END AS step, t.status, coalesce(m.median_ms, 4000)::numeric AS median
          FROM course_task t LEFT JOIN course_timing m ON m.kind = t.kind
          WHERE t.job_id = job AND t.status <> ALL (ended)) open
    GROUP BY step) per_step;
  -- Before the structure is known nobody knows the parts: a course's usual ones.
  IF NOT EXISTS (SELECT FROM course_task WHERE job_id = job AND step = 'content') THEN
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

  UPDATE course_job SET status = j.status, progress = j.progress, current_step = j.current_step, completed_steps = j.completed_steps,
      errors = j.errors, remaining_ms = j.remaining_ms, lessons_written = j.lessons_written, lessons_planned = j.lessons_planned,
      started_at = coalesce(started_at, now()), finished_at = j.finished_at, updated_at = clock_timestamp()
    WHERE id = job
    RETURNING * INTO j;
  IF j.status <> before.status THEN
    PERFORM course_tell(job, 'state', jsonb_strip_nulls(jsonb_build_object('status', j.status, 'reason', reason)));
  END IF;
  IF j.progress <> before.progress OR j.current_step <> before.current_step OR j.status <> before.status THEN
    PERFORM course_tell(job, 'progress', course_progress(j));
  END IF;
END $$;

CREATE FUNCTION course_task_ended() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
DECLARE
  t course_task%ROWTYPE;
BEGIN
  PERFORM 1 FROM course_job WHERE id = NEW.job_id FOR UPDATE;
  SELECT * INTO t FROM course_task WHERE id = NEW.id;
  PERFORM course_tell(t.job_id, 'part', jsonb_strip_nulls(jsonb_build_object('step', t.step, 'part', t.part, 'status', t.status,
      'attempts', t.processing_attempts, 'durationMs', t.duration_ms)));
  IF t.status = 'failed' THEN
    PERFORM course_tell(t.job_id, 'error', jsonb_build_object('step', t.step, 'part', t.part, 'message', t.last_error));
  END IF;
  PERFORM course_advance(t.job_id);
  RETURN NULL;
END $$;

-- At commit: what a task leaves is written after its own row.
CREATE CONSTRAINT TRIGGER course_task_ended AFTER UPDATE OF status ON course_task
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW
  WHEN (NEW.status IN ('completed', 'failed') AND OLD.status <> NEW.status)
  EXECUTE FUNCTION course_task_ended();

-- Waiting raises a task's effective priority by 1 per 30 s.
CREATE FUNCTION course_age() RETURNS integer
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
DECLARE
  raised integer;
BEGIN
  WITH older AS (
    SELECT id FROM course_task
    WHERE status = 'pending' AND paused_at IS NULL AND due_at <= now() AND priority + aged < 10
      AND ready_at < clock_timestamp() - (aged + 1) * interval '30 seconds'
    ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED)
  UPDATE course_task t SET aged = least(10 - t.priority, floor(extract(epoch FROM clock_timestamp() - t.ready_at) / 30))::smallint
    FROM older WHERE t.id = older.id;
  GET DIAGNOSTICS raised = ROW_COUNT;
  RETURN raised;
END $$;

-- The median duration of each kind's last 200 runs.
CREATE FUNCTION course_measure() RETURNS void
  LANGUAGE sql SET search_path FROM CURRENT
AS $$
  INSERT INTO course_timing (kind, median_ms, runs)
    SELECT k.kind, percentile_cont(0.5) WITHIN GROUP (ORDER BY r.duration_ms)::bigint, count(*)::integer
    FROM (SELECT DISTINCT kind FROM course_task WHERE status = 'completed' AND processed_at > now() - interval '7 days') k
    CROSS JOIN LATERAL (SELECT duration_ms FROM course_task t
                        WHERE t.kind = k.kind AND t.status = 'completed' AND t.duration_ms IS NOT NULL
                        ORDER BY processed_at DESC LIMIT 200) r
    GROUP BY k.kind
  ON CONFLICT (kind) DO UPDATE SET median_ms = excluded.median_ms, runs = excluded.runs, measured_at = now()
$$;

ALTER TABLE course ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_segment ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_chapter ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_lesson ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_assessment ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_job ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_task ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_turn ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_timing ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE course_worker ENABLE ROW LEVEL SECURITY;

-- Where the database is Supabase's, apps may read directly what is their user's, but nothing with answer keys.
DO $$
DECLARE
  name text;
BEGIN
  IF to_regprocedure('auth.jwt()') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticated') THEN
    FOREACH name IN ARRAY ARRAY['course', 'course_segment', 'course_chapter', 'course_lesson', 'course_event'] LOOP
      EXECUTE format('GRANT SELECT ON %I TO authenticated', name);
      EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO authenticated USING (owner_id = (SELECT auth.jwt() ->> ''sub''))',
          name || '_own', name);
    END LOOP;
  END IF;
END $$;
