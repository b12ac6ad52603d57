-- Made when the rows are there, which is faster.
CREATE UNIQUE INDEX milestone_key ON milestone (key);
CREATE UNIQUE INDEX milestone_slug ON milestone (slug);
-- It has all that is asked of dates, so that the rows are not read.
CREATE INDEX milestone_date ON milestone (begin_earliest, end_latest, begin_latest, end_earliest, flags);
ANALYZE;
