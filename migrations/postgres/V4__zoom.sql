-- The connection to Zoom: its tokens, the account-wide pace of calls, and the webhooks that came in.
-- Nothing of a token stands here in clear: values are sealed (AES-GCM) with a key that only the settings have, and carry that key's id.

CREATE TABLE zoom_tokens (
  account            TEXT PRIMARY KEY,
  grant_type         TEXT NOT NULL,
  refresh_token      BYTEA,
  access_token       BYTEA,
  -- +1 whenever the refresh token is replaced: what tells a process that another one was quicker
  version            BIGINT NOT NULL DEFAULT 1,
  -- which refresh token of the settings was taken up last, as a keyed fingerprint: an old one left in the environment is not taken twice
  seed               TEXT,
  expires_at         TIMESTAMPTZ,
  scopes             TEXT NOT NULL DEFAULT '',
  state              TEXT NOT NULL DEFAULT 'ok',
  state_reason       TEXT,
  refreshed_at       TIMESTAMPTZ,
  -- set before Zoom is asked and cleared when its answer is stored: left behind, it names who died in between
  refresh_started_at TIMESTAMPTZ,
  refresh_by         TEXT,
  reconciled_at      TIMESTAMPTZ,
  updated_at         TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- One row a rate label of an account. next_at moves ahead by one call's share of a second with each call, whichever node makes it.
CREATE TABLE zoom_rates (
  account       TEXT NOT NULL,
  label         TEXT NOT NULL,
  next_at       TIMESTAMPTZ NOT NULL DEFAULT now(),
  blocked_until TIMESTAMPTZ,
  day           DATE NOT NULL DEFAULT CURRENT_DATE,
  used          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, label)
);

CREATE TABLE zoom_events (
  id                 BIGSERIAL PRIMARY KEY,
  dedupe_key         TEXT NOT NULL UNIQUE,
  event              TEXT NOT NULL,
  meeting_uuid       TEXT NOT NULL,
  meeting_number     TEXT NOT NULL DEFAULT '',
  host_email         TEXT NOT NULL DEFAULT '',
  started_at         TIMESTAMPTZ,
  download_token     BYTEA,
  token_until        TIMESTAMPTZ,
  received_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
  handled_at         TIMESTAMPTZ
);

CREATE INDEX zoom_events_unhandled ON zoom_events (id) WHERE handled_at IS NULL;
CREATE INDEX zoom_events_meeting ON zoom_events (meeting_uuid, id);
CREATE INDEX zoom_events_received ON zoom_events (received_at);

ALTER TABLE zoom_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE zoom_rates ENABLE ROW LEVEL SECURITY;
ALTER TABLE zoom_events ENABLE ROW LEVEL SECURITY;
