-- How often a learner's lessons have changed, counted apart from everything else: catalogues depend on these alone, and lessons change once
-- or twice a week, while a learner who plays changes something every few seconds.
ALTER TABLE learner_changes
  ADD COLUMN lessons BIGINT NOT NULL DEFAULT 0;
