-- People who ask for a course can read its first chapter while the rest is written. So within a class of priority the tasks that stand
-- between a request and its first lesson go ahead of all others: four of a course's thirty or so, which the others hardly notice. Owners
-- still take turns in both lanes, and what has waited rises to the next class as before.

SET LOCAL client_min_messages = warning;

ALTER TABLE course_task DROP COLUMN place; -- with its index
ALTER TABLE course_task ADD COLUMN place BIGINT NOT NULL GENERATED ALWAYS AS (
    (10 - least(10, priority + aged)) * 1000000000000
    + CASE WHEN step IN ('extract', 'validate', 'structure') OR part = 'lesson:0' THEN 0 ELSE 500000000000 END
    + round) STORED;
CREATE INDEX course_task_place ON course_task (stage, place, id) WHERE due_at IS NOT NULL AND paused_at IS NULL;

-- As before, but with the time of the statement and not of the call: with a volatile function inside Postgres can't put the expression in the
-- place of the call, and then it copies the whole row for it, with the request that may be long.
CREATE OR REPLACE FUNCTION course_progress(j course_job) RETURNS jsonb
  LANGUAGE sql STABLE
AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
    'status', j.status,
    'currentStep', j.current_step,
    'completedSteps', to_jsonb(j.completed_steps),
    'totalSteps', 8,
    'progressPercentage', j.progress,
    'estimatedTimeRemaining', CASE
      WHEN j.finished_at IS NOT NULL THEN 0
      WHEN j.progress >= 5 THEN ceil(greatest(0, j.remaining_ms - CASE WHEN j.status = 'paused' THEN 0
          ELSE greatest(0, extract(epoch FROM statement_timestamp() - j.updated_at) * 1000) END) / 1000.0)::bigint END,
    'errors', j.errors))
$$;
