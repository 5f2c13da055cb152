-- Catalogues are listed and drawn from without reading the items themselves, whose texts are long.
ALTER TABLE cloze_items ADD KEY cloze_items_playable (playable, topic_id, lesson_id, difficulty, created_at);
ALTER TABLE grammar_questions ADD KEY grammar_questions_playable (playable, category_id, lesson_id, difficulty, created_at);
ALTER TABLE sentence_items ADD KEY sentence_items_playable (playable, topic_id, lesson_id, difficulty, created_at);
