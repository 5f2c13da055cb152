-- Language models: whose each call was, so that what a user has spent stays known when the course it was spent on is deleted; and up to
-- which share of which cap its owner was told of a budget.

SET LOCAL client_min_messages = warning;

ALTER TABLE llm_usage ADD COLUMN owner_id TEXT;

UPDATE llm_usage u SET owner_id = c.owner_id FROM course c WHERE u.account = 'course:' || c.id;
UPDATE llm_usage u SET owner_id = z.user_id FROM zoom_summaries z WHERE u.account = 'lesson-' || z.id;

CREATE INDEX llm_usage_owner ON llm_usage (owner_id, at) WHERE owner_id IS NOT NULL;

ALTER TABLE llm_budget
  ADD COLUMN told_percent SMALLINT NOT NULL DEFAULT 0,  -- 0, 80 or 100
  ADD COLUMN told_cap     BIGINT   NOT NULL DEFAULT 0;  -- of this cap; a higher one is told of anew

CREATE INDEX llm_budget_changed ON llm_budget (changed_at);
