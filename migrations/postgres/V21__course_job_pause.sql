-- Course jobs: why one was paused that its owner did not pause, and when it goes on by itself; notices among a job's events.

SET LOCAL client_min_messages = warning;

ALTER TABLE course_job
  ADD COLUMN pause_reason TEXT,         -- 'budget': what it may cost, or its owner may spend today, is spent
  ADD COLUMN pause_until  TIMESTAMPTZ;  -- null: when somebody resumes it

CREATE INDEX course_job_pause_until ON course_job (pause_until) WHERE pause_until IS NOT NULL;

ALTER TABLE course_event DROP CONSTRAINT course_event_type_check;
ALTER TABLE course_event ADD CONSTRAINT course_event_type_check CHECK (type IN ('progress', 'part', 'state', 'error', 'notice'));
