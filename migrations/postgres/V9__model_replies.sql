-- Finished replies of language models, so that work taken up again after a crash does not pay for them twice.
-- key is the SHA-256 of everything the reply depends on; rows hold parts of lessons and expire after a day.
CREATE TABLE model_replies (
  key        BYTEA PRIMARY KEY,
  reply      JSONB NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX model_replies_expires_at ON model_replies (expires_at);
