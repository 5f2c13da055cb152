-- Lessons on their way (zoom_summaries) and what was made of them (lesson_exercises).
--
-- Both tables may exist already: the workflow engine and earlier servers share them. So everything here adds what is missing and
-- changes nothing that is there. zoom_summaries is a work table (see V1): the columns that the work engine needs stand at the end.

-- "already exists, skipping" is what is meant here, and no news.
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS zoom_summaries (
  id                        BIGSERIAL PRIMARY KEY,
  meeting_id                TEXT,
  meeting_topic             TEXT,
  teacher_email             TEXT,
  meeting_date              DATE,
  start_time                TEXT,
  end_time                  TEXT,
  meeting_time              TEXT,
  time_range                TEXT,
  duration                  INTEGER DEFAULT 0,
  user_id                   TEXT,
  teacher_id                TEXT,
  class_id                  TEXT,
  lesson_number             INTEGER DEFAULT 1,
  recording_urls            JSONB DEFAULT '[]'::jsonb,
  recording_files           JSONB,
  transcript                TEXT,
  transcript_url            TEXT,
  transcript_length         INTEGER,
  transcript_source         TEXT,
  transcription_status      TEXT,
  transcription_service     TEXT,
  processing_mode           TEXT,
  summarization_service     TEXT,
  transcription_confidence  NUMERIC,
  audio_duration_seconds    NUMERIC,
  audio_file_name           TEXT,
  audio_file_size_mb        NUMERIC,
  status                    TEXT DEFAULT 'pending',
  processing_attempts       INTEGER DEFAULT 0,
  last_error                TEXT,
  error_message             TEXT,
  next_retry_at             BIGINT,
  claimed_at                TIMESTAMPTZ,
  processing_started_at     TIMESTAMPTZ,
  processing_completed_at   TIMESTAMPTZ,
  processed_at              TIMESTAMPTZ,
  transcription_completed_at TIMESTAMPTZ,
  processing_metadata       JSONB,
  transcription_metadata    JSONB,
  created_at                TIMESTAMPTZ DEFAULT now(),
  updated_at                TIMESTAMPTZ DEFAULT now()
);

-- A table that an earlier server made lacks some of the columns above; these are the ones this service writes.
ALTER TABLE zoom_summaries
  ADD COLUMN IF NOT EXISTS meeting_id            TEXT,
  ADD COLUMN IF NOT EXISTS meeting_topic         TEXT,
  ADD COLUMN IF NOT EXISTS start_time            TEXT,
  ADD COLUMN IF NOT EXISTS end_time              TEXT,
  ADD COLUMN IF NOT EXISTS meeting_time          TEXT,
  ADD COLUMN IF NOT EXISTS time_range            TEXT,
  ADD COLUMN IF NOT EXISTS duration              INTEGER DEFAULT 0,
  ADD COLUMN IF NOT EXISTS lesson_number         INTEGER DEFAULT 1,
  ADD COLUMN IF NOT EXISTS transcript_length     INTEGER,
  ADD COLUMN IF NOT EXISTS transcript_source     TEXT,
  ADD COLUMN IF NOT EXISTS transcription_service TEXT,
  ADD COLUMN IF NOT EXISTS processing_attempts   INTEGER DEFAULT 0,
  ADD COLUMN IF NOT EXISTS last_error            TEXT,
  ADD COLUMN IF NOT EXISTS error_message         TEXT,
  ADD COLUMN IF NOT EXISTS next_retry_at         BIGINT,
  ADD COLUMN IF NOT EXISTS claimed_at            TIMESTAMPTZ,
  ADD COLUMN IF NOT EXISTS processing_started_at TIMESTAMPTZ,
  ADD COLUMN IF NOT EXISTS processed_at          TIMESTAMPTZ,
  ADD COLUMN IF NOT EXISTS transcription_completed_at TIMESTAMPTZ,
  ADD COLUMN IF NOT EXISTS created_at            TIMESTAMPTZ DEFAULT now(),
  ADD COLUMN IF NOT EXISTS updated_at            TIMESTAMPTZ DEFAULT now(),
  -- ours
  ADD COLUMN IF NOT EXISTS stage                 TEXT,
  ADD COLUMN IF NOT EXISTS due_at                TIMESTAMPTZ,
  ADD COLUMN IF NOT EXISTS lease_token           BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS lease_owner           TEXT,
  ADD COLUMN IF NOT EXISTS paused_at             TIMESTAMPTZ,
  ADD COLUMN IF NOT EXISTS progress              JSONB,
  ADD COLUMN IF NOT EXISTS opened_by             TEXT,
  ADD COLUMN IF NOT EXISTS transcript_original   TEXT,
  ADD COLUMN IF NOT EXISTS recording_name        TEXT,
  ADD COLUMN IF NOT EXISTS utterances            JSONB;

COMMENT ON COLUMN zoom_summaries.stage IS 'whose turn it is: fetch, transcribe or generate';
COMMENT ON COLUMN zoom_summaries.due_at IS 'when the stage may claim the row (while leased: when the lease ends); null when nobody is to do anything';
COMMENT ON COLUMN zoom_summaries.transcript IS 'cleaned text, a turn a line; what others write here is kept in transcript_original when it is cleaned';
COMMENT ON COLUMN zoom_summaries.opened_by IS 'monitor, api or null for a row that somebody else wrote';

-- Rows come from others as well (a workflow, an operator's SQL): they know status, not stage. A write of ours always moves
-- lease_token, so a changed status under an unchanged token is somebody else's wish, and takes the row away from its holder.
CREATE OR REPLACE FUNCTION normalise_zoom_summary() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  transcript_there boolean := length(btrim(coalesce(NEW.transcript, ''))) > 0;
BEGIN
  NEW.status := CASE NEW.status
    WHEN 'pending_processing' THEN 'awaiting_exercises'
    WHEN 'pending_transcript' THEN CASE WHEN transcript_there THEN 'awaiting_exercises' ELSE 'pending' END
    ELSE coalesce(NEW.status, 'pending') END;
  NEW.processing_attempts := coalesce(NEW.processing_attempts, 0);

  IF TG_OP = 'INSERT' AND NEW.stage IS NOT NULL THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.lease_token <> OLD.lease_token
       OR (NEW.stage IS NOT NULL
           AND NEW.status IS NOT DISTINCT FROM OLD.status
           AND NOT (NEW.stage = 'fetch' AND NEW.status = 'pending' AND transcript_there
                    AND NEW.transcript IS DISTINCT FROM OLD.transcript)) THEN
      RETURN NEW;
    END IF;
    NEW.lease_token := OLD.lease_token + 1;
    NEW.lease_owner := NULL;
    NEW.processing_attempts := 0;
    -- A transcript written anew has not been cleaned yet.
    IF NEW.transcript IS DISTINCT FROM OLD.transcript THEN
      NEW.utterances := NULL;
      NEW.transcript_original := NULL;
    END IF;
  END IF;

  NEW.stage := CASE
    WHEN NEW.utterances IS NOT NULL THEN 'generate'
    WHEN transcript_there OR NEW.transcript_original IS NOT NULL OR NEW.status IN ('awaiting_exercises', 'completed') THEN 'transcribe'
    ELSE 'fetch' END;
  NEW.due_at := CASE
    WHEN NEW.status IN ('completed', 'failed') THEN NULL
    -- Another server's worker holds it: a stale hold ends after 30 minutes, as that server's own rule was.
    WHEN NEW.status = 'processing' THEN now() + interval '30 minutes'
    WHEN NEW.next_retry_at IS NOT NULL THEN greatest(now(), to_timestamp(NEW.next_retry_at))
    ELSE now() END;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS zoom_summaries_normalise ON zoom_summaries;
CREATE TRIGGER zoom_summaries_normalise BEFORE INSERT OR UPDATE OF status, stage, transcript ON zoom_summaries
  FOR EACH ROW EXECUTE FUNCTION normalise_zoom_summary();

-- Rows from before this migration get their stage the same way.
UPDATE zoom_summaries SET stage = NULL WHERE stage IS NULL;

ALTER TABLE zoom_summaries ALTER COLUMN stage SET NOT NULL;
ALTER TABLE zoom_summaries ALTER COLUMN status SET DEFAULT 'pending';

DROP TRIGGER IF EXISTS zoom_summaries_announce ON zoom_summaries;
CREATE TRIGGER zoom_summaries_announce AFTER INSERT OR UPDATE OF status, stage, due_at, paused_at ON zoom_summaries
  FOR EACH ROW WHEN (NEW.due_at <= now() AND NEW.status <> 'processing' AND NEW.paused_at IS NULL)
  EXECUTE FUNCTION announce_work('lessons.');

CREATE UNIQUE INDEX IF NOT EXISTS zoom_summaries_lesson ON zoom_summaries (class_id, meeting_date, start_time) WHERE start_time IS NOT NULL;
CREATE INDEX IF NOT EXISTS zoom_summaries_due ON zoom_summaries (stage, due_at, id) WHERE due_at IS NOT NULL;
-- Two lessons must never be made of one recording: that would show a child another child's lesson.
CREATE UNIQUE INDEX IF NOT EXISTS zoom_summaries_recording ON zoom_summaries (recording_name) WHERE recording_name IS NOT NULL;
CREATE INDEX IF NOT EXISTS zoom_summaries_failed ON zoom_summaries (stage, id) WHERE status = 'failed';
CREATE INDEX IF NOT EXISTS zoom_summaries_people ON zoom_summaries (user_id, teacher_id, class_id, meeting_date);
CREATE INDEX IF NOT EXISTS zoom_summaries_date ON zoom_summaries (meeting_date);
CREATE INDEX IF NOT EXISTS zoom_summaries_status ON zoom_summaries (status, id);

CREATE TABLE IF NOT EXISTS lesson_exercises (
  id              BIGSERIAL PRIMARY KEY,
  zoom_summary_id BIGINT REFERENCES zoom_summaries (id) ON DELETE CASCADE,
  user_id         TEXT,
  teacher_id      TEXT,
  class_id        TEXT,
  lesson_number   INTEGER DEFAULT 1,
  exercises       JSONB,
  quality_score   NUMERIC,
  generated_at    TIMESTAMPTZ DEFAULT now(),
  status          TEXT DEFAULT 'pending_approval',
  approved_by     TEXT,
  approved_at     TIMESTAMPTZ,
  created_at      TIMESTAMPTZ DEFAULT now(),
  updated_at      TIMESTAMPTZ DEFAULT now()
);

ALTER TABLE lesson_exercises
  ADD COLUMN IF NOT EXISTS zoom_summary_id BIGINT REFERENCES zoom_summaries (id) ON DELETE CASCADE,
  ADD COLUMN IF NOT EXISTS lesson_number   INTEGER DEFAULT 1,
  ADD COLUMN IF NOT EXISTS quality_score   NUMERIC,
  ADD COLUMN IF NOT EXISTS approved_by     TEXT,
  ADD COLUMN IF NOT EXISTS approved_at     TIMESTAMPTZ,
  ADD COLUMN IF NOT EXISTS created_at      TIMESTAMPTZ DEFAULT now(),
  ADD COLUMN IF NOT EXISTS updated_at      TIMESTAMPTZ DEFAULT now(),
  -- A set that a teacher has already judged is never overwritten: generating again adds the next generation.
  ADD COLUMN IF NOT EXISTS generation      INTEGER;

-- Earlier servers added a set at every retry, so generations are numbered before they can be unique.
UPDATE lesson_exercises e SET generation = n.generation
  FROM (SELECT id, row_number() OVER (PARTITION BY zoom_summary_id ORDER BY generated_at, id) AS generation FROM lesson_exercises) n
  WHERE n.id = e.id AND e.generation IS NULL;
ALTER TABLE lesson_exercises ALTER COLUMN generation SET DEFAULT 1;
ALTER TABLE lesson_exercises ALTER COLUMN generation SET NOT NULL;

CREATE UNIQUE INDEX IF NOT EXISTS lesson_exercises_generation ON lesson_exercises (zoom_summary_id, generation) WHERE zoom_summary_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS lesson_exercises_class ON lesson_exercises (class_id, generated_at DESC, id DESC);
CREATE INDEX IF NOT EXISTS lesson_exercises_learner ON lesson_exercises (user_id, class_id);
CREATE INDEX IF NOT EXISTS lesson_exercises_status ON lesson_exercises (status);

-- Transcripts of children: with row security on and no policy, only the owner (this service) reads or writes.
ALTER TABLE zoom_summaries ENABLE ROW LEVEL SECURITY;
ALTER TABLE lesson_exercises ENABLE ROW LEVEL SECURITY;
