-- The texts are not stored twice: the table of milestones has them.
CREATE VIRTUAL TABLE text USING fts5 (
    title_ja, title_en, summary_ja, summary_en, note_ja, note_en,
    content = 'milestone', content_rowid = 'id', tokenize = 'trigram'
);
INSERT INTO text (text) VALUES ('rebuild');
INSERT INTO text (text) VALUES ('optimize');
