-- The school's own workflow (n8n): what it is told, and what it delivers.
--
-- A class for the workflow is a row here before anything is sent, so no crash loses one. Stage trigger calls the webhook, stage deliver
-- waits for the row that the workflow writes into zoom_summaries. This is a work table, see V1.

SET LOCAL client_min_messages = warning;

CREATE TABLE workflow_triggers (
  id                    BIGSERIAL PRIMARY KEY,
  -- Says to the workflow that two calls are the same one: it has to drop the second.
  event_id              UUID NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  class_id              TEXT NOT NULL,
  meeting_date          DATE NOT NULL,
  start_time            TEXT NOT NULL,
  payload               JSONB NOT NULL,
  opened_by             TEXT NOT NULL,
  accepted_at           TIMESTAMPTZ,
  stage                 TEXT NOT NULL DEFAULT 'trigger',
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
  -- Two monitors, or a crash between two statements, tell the workflow of a class once.
  UNIQUE (class_id, meeting_date, start_time)
);

CREATE INDEX workflow_triggers_due ON workflow_triggers (stage, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX workflow_triggers_failed ON workflow_triggers (stage, id) WHERE status = 'failed';
CREATE TRIGGER workflow_triggers_announce AFTER INSERT OR UPDATE OF stage, status, due_at, paused_at ON workflow_triggers
  FOR EACH ROW
  WHEN (NEW.due_at <= now() AND NEW.status <> 'processing' AND NEW.paused_at IS NULL)
  EXECUTE FUNCTION announce_work('lessons.');
ALTER TABLE workflow_triggers ENABLE ROW LEVEL SECURITY;

ALTER TABLE zoom_summaries ADD COLUMN IF NOT EXISTS merged_into BIGINT REFERENCES zoom_summaries (id) ON DELETE SET NULL;
COMMENT ON COLUMN zoom_summaries.merged_into IS 'the lesson that this row was another delivery of; nothing is made of this one';

-- A lesson may come twice: our own row that waits for its recording and the workflow's row with the transcript, or two runs of the
-- workflow, which has no memory. Whichever brings the transcript first has it; the student gets one set of exercises, not two.
--
-- Its name makes it fire before zoom_summaries_normalise. It runs as its owner because the workflow may write through Supabase's REST
-- interface, whose role sees no other rows.
CREATE FUNCTION adopt_delivery() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE
  start_said text := lpad(substring(coalesce(NEW.start_time, NEW.meeting_time) FROM '^\s*(\d{1,2}:\d{2})'), 5, '0');
  target zoom_summaries%ROWTYPE;
  candidates bigint;
BEGIN
  -- Two deliveries at the same moment must see each other.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.class_id || ' ' || NEW.meeting_date, 0));

  SELECT * INTO target FROM zoom_summaries z
    WHERE z.class_id = NEW.class_id AND z.meeting_date = NEW.meeting_date AND z.merged_into IS NULL
      AND (z.user_id IS NULL OR NEW.user_id IS NULL OR z.user_id = NEW.user_id)
      AND (z.start_time = start_said OR (z.opened_by IS NULL AND NEW.transcript IN (z.transcript, z.transcript_original)))
    ORDER BY z.id LIMIT 1 FOR UPDATE;
  IF NOT FOUND AND nullif(btrim(NEW.meeting_id), '') IS NOT NULL THEN
    SELECT * INTO target FROM zoom_summaries z
      WHERE z.class_id = NEW.class_id AND z.meeting_date = NEW.meeting_date AND z.merged_into IS NULL
        AND z.opened_by IS NOT NULL AND z.meeting_id = NEW.meeting_id
        AND (z.user_id IS NULL OR NEW.user_id IS NULL OR z.user_id = NEW.user_id)
      ORDER BY z.id LIMIT 1 FOR UPDATE;
  END IF;
  IF target.id IS NULL AND start_said IS NULL THEN
    -- Nothing says which of the day's lessons it is: only when there is just one is that no question.
    SELECT count(*) INTO candidates FROM zoom_summaries z
      WHERE z.class_id = NEW.class_id AND z.meeting_date = NEW.meeting_date AND z.merged_into IS NULL AND z.opened_by IS NOT NULL;
    IF candidates = 1 THEN
      SELECT * INTO target FROM zoom_summaries z
        WHERE z.class_id = NEW.class_id AND z.meeting_date = NEW.meeting_date AND z.merged_into IS NULL AND z.opened_by IS NOT NULL
          AND (z.user_id IS NULL OR NEW.user_id IS NULL OR z.user_id = NEW.user_id)
        FOR UPDATE;
    END IF;
  END IF;
  IF target.id IS NULL THEN
    RETURN NEW;
  END IF;

  -- Still waiting for a recording, or given up on it: this is what it waited for.
  IF target.stage = 'fetch' AND target.status <> 'completed' THEN
    UPDATE zoom_summaries SET
        transcript = NEW.transcript,
        transcript_source = coalesce(NEW.transcript_source, 'workflow'),
        transcript_length = length(NEW.transcript),
        meeting_topic = coalesce(NEW.meeting_topic, meeting_topic),
        meeting_id = coalesce(nullif(btrim(NEW.meeting_id), ''), meeting_id),
        last_error = NULL,
        next_retry_at = NULL,
        status = 'awaiting_exercises'
      WHERE id = target.id;
  END IF;

  NEW.merged_into := target.id;
  -- The lesson is found by class, date and start; this row must not be it as well.
  NEW.meeting_time := coalesce(NEW.meeting_time, NEW.start_time);
  NEW.start_time := NULL;
  NEW.status := 'completed';
  NEW.stage := 'transcribe';
  NEW.due_at := NULL;
  NEW.processed_at := now();
  NEW.last_error := 'the same lesson as ' || target.id || ', which has its transcript';
  RETURN NEW;
END $$;

CREATE TRIGGER zoom_summaries_adopt BEFORE INSERT ON zoom_summaries
  FOR EACH ROW
  WHEN (NEW.stage IS NULL AND NEW.opened_by IS NULL AND NEW.class_id IS NOT NULL AND NEW.meeting_date IS NOT NULL
        AND length(btrim(coalesce(NEW.transcript, ''))) > 0)
  EXECUTE FUNCTION adopt_delivery();

-- A delivery ends the wait for it at once.
CREATE FUNCTION hasten_delivered() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
BEGIN
  UPDATE workflow_triggers SET due_at = now()
    WHERE class_id = NEW.class_id AND meeting_date = NEW.meeting_date AND stage = 'deliver' AND status = 'accepted' AND due_at > now();
  RETURN NULL;
END $$;

CREATE TRIGGER zoom_summaries_delivered AFTER INSERT OR UPDATE OF transcript ON zoom_summaries
  FOR EACH ROW
  WHEN (NEW.class_id IS NOT NULL AND length(btrim(coalesce(NEW.transcript, ''))) > 0)
  EXECUTE FUNCTION hasten_delivered();

-- Where the database is Supabase's, students' apps may read it directly: each student what is theirs, of the sets only what is approved.
-- Everybody else's rows, and all writing, stay the service's.
DO $$
BEGIN
  IF to_regprocedure('auth.jwt()') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticated') THEN
    GRANT SELECT ON zoom_summaries, lesson_exercises TO authenticated;
    -- The subquery is evaluated once a statement, not once a row.
    CREATE POLICY zoom_summaries_own ON zoom_summaries FOR SELECT TO authenticated
      USING (user_id = (SELECT auth.jwt() ->> 'sub'));
    CREATE POLICY lesson_exercises_own ON lesson_exercises FOR SELECT TO authenticated
      USING (user_id = (SELECT auth.jwt() ->> 'sub') AND status = 'approved');
  END IF;
END $$;
