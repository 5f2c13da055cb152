-- The durable work engine (package work). It keeps no job table of its own: it works directly on "work tables", domain
-- tables that carry these columns beside their own:
--
--   id                    BIGINT (or BIGSERIAL) PRIMARY KEY
--   stage                 TEXT NOT NULL                       whose turn it is; stays where it was when the item is final
--   status                TEXT NOT NULL                       the stage's waiting word, 'processing', 'completed', 'failed'
--                                                             and, where items can be called off, 'cancelled'
--   due_at                TIMESTAMPTZ NULL DEFAULT now()      when it may be claimed; under a lease the lease's end;
--                                                             NULL: final, nobody's turn
--   lease_token           BIGINT NOT NULL DEFAULT 0           fencing token: +1 at every claim and whenever the row leaves its holder
--   lease_owner           TEXT NULL                           who holds it, NULL when nobody does
--   processing_attempts   INTEGER NOT NULL DEFAULT 0
--   last_error            TEXT NULL                           why it failed or waits
--   next_retry_at         BIGINT NULL                         unix seconds, due_at for others to read while a wait is pending
--   paused_at             TIMESTAMPTZ NULL                    not claimed while set
--   progress              JSONB NULL
--   claimed_at, processing_started_at, processed_at           TIMESTAMPTZ NULL
--   created_at, updated_at                                    TIMESTAMPTZ NOT NULL DEFAULT now()
--
-- and these indexes and this trigger (t stands for the table, 'lessons.' for its address prefix):
--
--   CREATE INDEX t_due ON t (stage, due_at, id) WHERE due_at IS NOT NULL;
--   CREATE INDEX t_failed ON t (stage, id) WHERE status = 'failed';
--   CREATE TRIGGER t_announce AFTER INSERT OR UPDATE OF stage, status, due_at, paused_at ON t
--     FOR EACH ROW
--     WHEN (NEW.due_at <= now() AND NEW.status <> 'processing' AND NEW.paused_at IS NULL)
--     EXECUTE FUNCTION announce_work('lessons.');
--
-- The WHEN clause is what keeps the engine's own busy traffic silent: a claim and a heartbeat leave status 'processing',
-- a completion or failure leaves due_at NULL, a wait leaves it in the future. What remains is new work.

-- Says on channel lessonweave_work that a stage has work; the payload is the event bus address to wake, prefix || stage.
-- Equal payloads of one transaction are sent once.
CREATE FUNCTION announce_work() RETURNS trigger
  LANGUAGE plpgsql
AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('lessonweave_work', TG_ARGV[0] || NEW.stage);
  RETURN NULL;
END
$$;

-- Stages an operator has stopped: nothing of them is claimed while their row is here.
CREATE TABLE work_pauses (
  table_name TEXT NOT NULL,
  stage      TEXT NOT NULL,
  paused_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
  reason     TEXT NOT NULL,
  PRIMARY KEY (table_name, stage)
);

-- Only the owner (the service's role) reads or writes it, also where the database publishes its tables over HTTP.
ALTER TABLE work_pauses ENABLE ROW LEVEL SECURITY;
