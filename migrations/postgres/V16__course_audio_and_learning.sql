-- Courses read aloud, and what learners do with courses: answers, progress, notes.

SET LOCAL client_min_messages = warning;

-- A script as sound. It is made of pieces, one row as soon as each is there: whoever goes on after a crash makes, and pays for, only those
-- that are missing. The pieces of a recording are one MP3 file when they are put one behind the other.
CREATE TABLE course_audio (
  id          UUID PRIMARY KEY DEFAULT course_uuid(),
  course_id   UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  owner_id    TEXT NOT NULL,
  audio_type  TEXT NOT NULL CHECK (audio_type IN ('short_podcast', 'full_lecture')),
  -- device: no voice here reads the language, so that the listener's own device reads the script.
  status      TEXT NOT NULL CHECK (status IN ('speaking', 'ready', 'device')),
  voice       TEXT,
  language    TEXT NOT NULL,
  script_hash TEXT NOT NULL,
  bytes       BIGINT,
  duration_ms BIGINT,
  -- Signs the addresses it is played by, which players open without credentials. Never leaves the server.
  link_key    BYTEA NOT NULL DEFAULT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),
  created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (course_id, audio_type)
);

CREATE TABLE course_audio_piece (
  audio_id    UUID NOT NULL REFERENCES course_audio (id) ON DELETE CASCADE,
  ordinal     INTEGER NOT NULL,
  owner_id    TEXT NOT NULL,
  content     BYTEA NOT NULL,
  bytes       INTEGER NOT NULL GENERATED ALWAYS AS (octet_length(content)) STORED,
  duration_ms INTEGER NOT NULL,
  PRIMARY KEY (audio_id, ordinal)
);
-- MP3 is compressed already.
ALTER TABLE course_audio_piece ALTER COLUMN content SET STORAGE EXTERNAL;

-- Answers to exercises and to practice questions, each with its grading.
CREATE TABLE course_response (
  id           UUID PRIMARY KEY DEFAULT course_uuid(),
  item_id      UUID NOT NULL REFERENCES course_item (id) ON DELETE CASCADE,
  course_id    UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  owner_id     TEXT NOT NULL,
  kind         TEXT NOT NULL CHECK (kind IN ('exercise', 'mcq')),
  attempt_no   INTEGER NOT NULL CHECK (attempt_no > 0),
  answer       JSONB NOT NULL,
  outcome      TEXT NOT NULL CHECK (outcome IN ('correct', 'partly', 'wrong', 'unanswered', 'pending_review')),
  earned       DOUBLE PRECISION NOT NULL,
  points       INTEGER NOT NULL,
  grader       TEXT NOT NULL CHECK (grader IN ('rules', 'model')),
  feedback     TEXT,
  submitted_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (item_id, owner_id, attempt_no)
);
CREATE INDEX course_response_course ON course_response (course_id, owner_id);

-- How a model graded a free answer: the same answer to the same question is not asked about twice.
CREATE TABLE course_free_grade (
  course_id   UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  owner_id    TEXT NOT NULL,
  question    TEXT NOT NULL,
  answer      TEXT NOT NULL,
  share       DOUBLE PRECISION NOT NULL CHECK (share BETWEEN 0 AND 1),
  feedback    TEXT NOT NULL,
  created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (course_id, owner_id, question, answer)
);

CREATE TABLE course_lesson_progress (
  owner_id     TEXT NOT NULL,
  lesson_id    UUID NOT NULL REFERENCES course_lesson (id) ON DELETE CASCADE,
  course_id    UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  status       TEXT NOT NULL CHECK (status IN ('not_started', 'in_progress', 'completed')),
  time_spent_s INTEGER NOT NULL DEFAULT 0 CHECK (time_spent_s >= 0),
  started_at   TIMESTAMPTZ,
  completed_at TIMESTAMPTZ,
  updated_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (owner_id, lesson_id)
);
CREATE INDEX course_lesson_progress_course ON course_lesson_progress (course_id, owner_id);

CREATE TABLE course_item_progress (
  owner_id     TEXT NOT NULL,
  course_id    UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  kind         TEXT NOT NULL CHECK (kind IN ('chapter_read', 'flashcard_reviewed', 'mcq_answered', 'resource_viewed', 'audio_listened',
                                                'article_read', 'word_game')),
  -- A chapter or an item of the course.
  target_id    UUID NOT NULL,
  completed    BOOLEAN NOT NULL,
  score        INTEGER CHECK (score BETWEEN 0 AND 100),
  position_ms  BIGINT CHECK (position_ms >= 0),
  time_spent_s INTEGER NOT NULL DEFAULT 0 CHECK (time_spent_s >= 0),
  at           TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (owner_id, kind, target_id)
);
CREATE INDEX course_item_progress_course ON course_item_progress (course_id, owner_id);

CREATE TABLE course_note (
  id          UUID PRIMARY KEY DEFAULT course_uuid(),
  owner_id    TEXT NOT NULL,
  lesson_id   UUID NOT NULL REFERENCES course_lesson (id) ON DELETE CASCADE,
  course_id   UUID NOT NULL REFERENCES course (id) ON DELETE CASCADE,
  title       TEXT CHECK (length(title) <= 200),
  content     TEXT NOT NULL CHECK (length(content) <= 20000),
  position_ms BIGINT CHECK (position_ms >= 0),
  words       TSVECTOR NOT NULL GENERATED ALWAYS AS (to_tsvector('simple', coalesce(title, '') || ' ' || content)) STORED,
  created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX course_note_owner ON course_note (owner_id, created_at DESC, id);
CREATE INDEX course_note_lesson ON course_note (lesson_id, owner_id, created_at DESC, id);

-- As the other tables of courses (V15). Who plays a recording is known only by the address, so the service itself must find it.
SELECT course_protect(name, name = 'course_audio')
FROM unnest(ARRAY['course_audio', 'course_audio_piece', 'course_response', 'course_free_grade', 'course_lesson_progress',
                  'course_item_progress', 'course_note']) AS t (name);

-- Where the database is Supabase's, apps may read directly what is their user's, but nothing that signs or answers.
DO $$
DECLARE
  name text;
BEGIN
  IF to_regprocedure('auth.jwt()') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticated') THEN
    FOREACH name IN ARRAY ARRAY['course_response', 'course_lesson_progress', 'course_item_progress', 'course_note'] LOOP
      EXECUTE format('GRANT SELECT ON %I TO authenticated', name);
      EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO authenticated USING (owner_id = (SELECT auth.jwt() ->> ''sub''))',
          name || '_own', name);
    END LOOP;
  END IF;
END $$;
