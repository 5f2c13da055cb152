-- A part that the source holds too little for ends as completed and is told with the reason why it was left out.

CREATE OR REPLACE FUNCTION course_task_ended() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE
  t record;
  told jsonb;
BEGIN
  -- as it is at commit: what a task leaves is written after its end
  SELECT step, part, status, processing_attempts, duration_ms, last_error, output ->> 'leftOut' AS left_out INTO t FROM course_task WHERE id = NEW.id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  told := jsonb_build_array(jsonb_build_object('type', 'part', 'data', jsonb_strip_nulls(jsonb_build_object('step', t.step, 'part', t.part,
      'status', t.status, 'attempts', t.processing_attempts, 'durationMs', t.duration_ms, 'leftOut', t.left_out))));
  IF t.status = 'failed' THEN
    told := told || jsonb_build_object('type', 'error', 'data', jsonb_build_object('step', t.step, 'part', t.part, 'message', t.last_error));
  END IF;
  PERFORM course_look(NEW.job_id, told);
  RETURN NULL;
END $$;
