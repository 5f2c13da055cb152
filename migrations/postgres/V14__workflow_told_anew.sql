-- A class that the workflow had taken and that is told again, by hand or because nothing was delivered, is a new event: the workflow drops
-- what it has had, so under its old id a run that broke off half-way could never be repeated. Until it is taken, an event keeps its id.
CREATE FUNCTION workflow_told_anew() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
  NEW.event_id := gen_random_uuid();
  NEW.accepted_at := NULL;
  -- Also what is put back to its wait for a delivery: nothing comes of waiting on.
  NEW.stage := 'trigger';
  NEW.status := 'pending';
  RETURN NEW;
END $$;

CREATE TRIGGER workflow_triggers_told_anew BEFORE UPDATE OF stage, status ON workflow_triggers
  FOR EACH ROW
  WHEN (OLD.stage = 'deliver'
        AND (NEW.stage = 'trigger' OR (OLD.status IN ('failed', 'cancelled') AND NEW.status = 'accepted')))
  EXECUTE FUNCTION workflow_told_anew();
