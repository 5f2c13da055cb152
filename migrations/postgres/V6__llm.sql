-- Language models: what was used of each provider's quota, and every call that was made.

SET LOCAL client_min_messages = warning;

-- One row a quota and model; state is read and written by llm.QuotaState only. Losing it means that limits may be exceeded for a day.
CREATE TABLE llm_quota (
  quota      TEXT PRIMARY KEY,
  version    BIGINT NOT NULL DEFAULT 0,
  state      BYTEA NOT NULL DEFAULT '',
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE llm_usage (
  id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         TIMESTAMPTZ NOT NULL DEFAULT now(),
  node       TEXT NOT NULL,
  service    TEXT NOT NULL,
  account    TEXT NOT NULL,           -- e.g. lesson:123
  prompt     TEXT NOT NULL,
  key_alias  TEXT NOT NULL,
  provider   TEXT NOT NULL,
  model      TEXT NOT NULL,
  status     TEXT NOT NULL,           -- ok, or what went wrong
  tokens_in  INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  cost_usd   DOUBLE PRECISION NOT NULL,
  wait_ms    BIGINT NOT NULL,         -- for quota
  took_ms    BIGINT NOT NULL
);
CREATE INDEX llm_usage_account ON llm_usage (account, at);
CREATE INDEX llm_usage_at ON llm_usage (at);

-- What each node last knew of its pools, for the command line; no secrets.
CREATE TABLE llm_pools (
  node       TEXT PRIMARY KEY,
  status     JSONB NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

ALTER TABLE llm_quota ENABLE ROW LEVEL SECURITY;
ALTER TABLE llm_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE llm_pools ENABLE ROW LEVEL SECURITY;
