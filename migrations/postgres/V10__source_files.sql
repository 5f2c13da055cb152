-- Files that courses are made of. The bytes are here and not in a folder because the node that reads a file need not be the one that took
-- it. A file goes when nobody has used it for a while: courses keep their text themselves.

SET LOCAL client_min_messages = warning;

CREATE TABLE source_file (
  id         UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  owner_id   TEXT NOT NULL,
  label      TEXT NOT NULL,            -- last segment of the name it was sent with; never a path
  media_type TEXT NOT NULL,
  size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
  sha256     TEXT NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  pages      INTEGER,                  -- known once it was read
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  used_at    TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- The same bytes of one owner are one file; of two owners they are two.
  UNIQUE (owner_id, sha256)
);
CREATE INDEX source_file_used ON source_file (used_at);

CREATE TABLE source_file_part (
  file_id UUID NOT NULL REFERENCES source_file (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  bytes   BYTEA NOT NULL,
  PRIMARY KEY (file_id, ordinal)
);
-- Documents are compressed already; trying again costs more than it saves.
ALTER TABLE source_file_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

ALTER TABLE source_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE source_file_part ENABLE ROW LEVEL SECURITY;

DO $$
BEGIN
  IF to_regprocedure('auth.jwt()') IS NOT NULL AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'authenticated') THEN
    GRANT SELECT ON source_file TO authenticated;
    CREATE POLICY source_file_own ON source_file FOR SELECT TO authenticated
      USING (owner_id = (SELECT auth.jwt() ->> 'sub'));
  END IF;
END $$;
