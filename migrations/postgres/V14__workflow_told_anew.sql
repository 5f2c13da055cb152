-- A class that somebody asks to be told again, after it failed or after it had been accepted, is a new event: the workflow drops what it
-- has had, so under its old id a run that broke off half-way could never be repeated. Retries after a lost answer keep the id.
CREATE FUNCTION workflow_told_anew() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
  NEW.event_id := gen_random_uuid();
  NEW.accepted_at := NULL;
  -- Also what failed while its delivery was awaited: nothing comes of waiting on.
  NEW.stage := 'trigger';
  NEW.status := 'pending';
  RETURN NEW;
END $$;

CREATE TRIGGER workflow_triggers_told_anew BEFORE UPDATE OF stage, status ON workflow_triggers
  FOR EACH ROW
  WHEN ((OLD.status IN ('failed', 'cancelled') AND NEW.status IN ('pending', 'accepted') AND NEW.stage = OLD.stage)
        OR (OLD.stage = 'deliver' AND NEW.stage = 'trigger'))
  EXECUTE FUNCTION workflow_told_anew();
