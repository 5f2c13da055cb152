-- Lessons whose recording is sound alone, and what speech services are doing with it.

SET LOCAL client_min_messages = warning;

-- The first file of the sound stands in columns of its own for people and other programs; audio_parts has all of them, in order.
ALTER TABLE zoom_summaries
  ADD COLUMN IF NOT EXISTS audio_path  TEXT,
  ADD COLUMN IF NOT EXISTS audio_bytes BIGINT,
  ADD COLUMN IF NOT EXISTS audio_type  TEXT,
  ADD COLUMN IF NOT EXISTS audio_parts JSONB;

COMMENT ON COLUMN zoom_summaries.audio_path IS 'relative to the recordings or the data folder';
COMMENT ON COLUMN zoom_summaries.audio_parts IS 'a list of {path, bytes, type, offset_ms}';

-- One row a lesson, sound and service. It is there before the service is asked, and what the service must not be paid for again (the
-- id of its job, finished parts) is in it before anything else happens.
CREATE TABLE transcriptions (
  lesson_id    BIGINT NOT NULL REFERENCES zoom_summaries (id) ON DELETE CASCADE,
  audio_sha256 TEXT NOT NULL,
  service      TEXT NOT NULL,
  status       TEXT NOT NULL DEFAULT 'working' CHECK (status IN ('working', 'completed', 'failed')),
  job_id       TEXT,
  state        JSONB NOT NULL DEFAULT '{}'::jsonb,
  result       JSONB,
  reason       TEXT,
  seconds      INTEGER NOT NULL DEFAULT 0,
  created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (lesson_id, audio_sha256, service)
);
COMMENT ON COLUMN transcriptions.job_id IS 'the service''s own id of the job';

-- Seconds of sound given to services that cost money, by UTC day, of all nodes together.
CREATE TABLE transcription_days (
  day     DATE PRIMARY KEY,
  seconds BIGINT NOT NULL
);

ALTER TABLE transcriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE transcription_days ENABLE ROW LEVEL SECURITY;
