-- Judging generated sets and publishing them to MySQL. No transaction spans both databases: judging a set writes a row here in the same
-- transaction, and the work engine (see V1) brings MySQL into line with the judgement, again and again until it has.

SET LOCAL client_min_messages = warning;

ALTER TABLE lesson_exercises
  ADD COLUMN IF NOT EXISTS rejected_by      TEXT,
  ADD COLUMN IF NOT EXISTS rejected_at      TIMESTAMPTZ,
  ADD COLUMN IF NOT EXISTS rejection_reason TEXT;

-- One row a set that was ever approved; id is the set's.
CREATE TABLE lesson_publications (
  id                    BIGINT PRIMARY KEY REFERENCES lesson_exercises (id) ON DELETE CASCADE,
  stage                 TEXT NOT NULL DEFAULT 'publish',
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
  updated_at            TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX lesson_publications_due ON lesson_publications (stage, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX lesson_publications_failed ON lesson_publications (stage, id) WHERE status = 'failed';
CREATE TRIGGER lesson_publications_announce AFTER INSERT OR UPDATE OF stage, status, due_at, paused_at ON lesson_publications
  FOR EACH ROW
  WHEN (NEW.due_at <= now() AND NEW.status <> 'processing' AND NEW.paused_at IS NULL)
  EXECUTE FUNCTION announce_work('lessons.');

ALTER TABLE lesson_publications ENABLE ROW LEVEL SECURITY;

-- What waits for a teacher, newest first.
CREATE INDEX IF NOT EXISTS lesson_exercises_unjudged ON lesson_exercises (generated_at DESC, id DESC)
  WHERE status IS NULL OR status NOT IN ('approved', 'rejected');
