-- Language models: what each budget (a lesson, a course job, a day) has spent, and what calls on their way may still spend. In
-- billionths of a US dollar, so that sums are exact. Written by llm.PostgresSpends only, one statement at a time.

SET LOCAL client_min_messages = warning;

CREATE TABLE llm_budget (
  id         TEXT PRIMARY KEY,
  spent      BIGINT NOT NULL DEFAULT 0,
  held       BIGINT NOT NULL DEFAULT 0,          -- by nodes, for calls
  granted    BIGINT NOT NULL DEFAULT 0,          -- what the last change got
  changed_at TIMESTAMPTZ NOT NULL DEFAULT now()  -- a minute later what is held counts as spent: its node died
);

ALTER TABLE llm_budget ENABLE ROW LEVEL SECURITY;
