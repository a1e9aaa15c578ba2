"""The tables and views of a ledger. A version is a list of statements; docs/report.md explains what they hold.

A ledger of an older version gets the later ones' statements. What is released is never changed, only followed by another version.
"""

import re

APPLICATION = 0x6F717367
"""``PRAGMA application_id`` of a ledger: "oqsg"."""

FIRST = """
CREATE TABLE terminal (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  facility TEXT NOT NULL,
  UNIQUE (code, name)
) STRICT;

CREATE TABLE result (
  id INTEGER PRIMARY KEY,
  terminal INTEGER NOT NULL REFERENCES terminal ON DELETE CASCADE,
  started TEXT NOT NULL,
  finished TEXT NOT NULL,
  mode TEXT NOT NULL,
  account TEXT NOT NULL COLLATE NOCASE,
  run TEXT NOT NULL,
  computer TEXT NOT NULL,
  job TEXT NOT NULL,
  exit INTEGER NOT NULL,
  bundle TEXT NOT NULL,
  tool TEXT NOT NULL,
  manual TEXT NOT NULL,
  wrong INTEGER NOT NULL,
  left_user INTEGER NOT NULL,
  sees_machine INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  UNIQUE (terminal, started, mode, account, run)
) STRICT;

CREATE INDEX newest_of_terminal ON result (terminal) WHERE newest = 1;

CREATE TABLE step (
  result INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
  id TEXT NOT NULL,
  scope TEXT NOT NULL,
  status TEXT NOT NULL,
  number TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (result, id, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE number (
  result INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
  place INTEGER NOT NULL,
  label TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  owner TEXT NOT NULL,
  cause TEXT NOT NULL,
  person TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (result, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
  result INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
  thumbprint TEXT NOT NULL,
  subject TEXT NOT NULL,
  ends TEXT NOT NULL,
  PRIMARY KEY (result, thumbprint)
) STRICT, WITHOUT ROWID;

CREATE VIEW newest_result AS
SELECT r.*,
  row_number() OVER (PARTITION BY terminal ORDER BY finished DESC, id DESC) AS place,
  max(CASE WHEN mode = 'Rollback' THEN finished ELSE '' END) OVER (PARTITION BY terminal) AS undone_at
FROM result r WHERE newest = 1;

CREATE VIEW main_result AS
SELECT * FROM (
  SELECT r.*, row_number() OVER (
    PARTITION BY terminal
    ORDER BY mode = 'Rollback', finished < undone_at, account = 'OqsComApp' DESC, finished DESC, id DESC
  ) AS main
  FROM newest_result r
) WHERE main = 1;

CREATE VIEW machine_result AS
SELECT * FROM (
  SELECT r.*, row_number() OVER (PARTITION BY terminal ORDER BY finished DESC, id DESC) AS last
  FROM newest_result r WHERE sees_machine = 1 AND mode <> 'Rollback' AND finished >= undone_at
) WHERE last = 1;

CREATE VIEW undone AS
SELECT terminal, finished FROM newest_result WHERE place = 1 AND mode = 'Rollback';

CREATE VIEW left_step AS
SELECT m.terminal, s.id, s.scope, s.status, s.number, s.message, '' AS person
FROM main_result m JOIN step s ON s.result = m.id AND s.scope = 'user'
UNION ALL
SELECT m.terminal, s.id, s.scope, s.status, s.number, s.message, ''
FROM machine_result m JOIN step s ON s.result = m.id AND s.scope = 'machine'
UNION ALL
SELECT m.terminal, s.id, s.scope, s.status, s.number, s.message, ''
FROM main_result m JOIN step s ON s.result = m.id AND s.scope = 'machine'
WHERE m.terminal NOT IN (SELECT terminal FROM machine_result)
UNION ALL
SELECT p.terminal, s.id, s.scope, s.status, s.number, s.message, p.account
FROM newest_result p JOIN main_result m ON m.terminal = p.terminal AND m.id <> p.id
JOIN step s ON s.result = p.id AND s.scope = 'user' AND s.status IN ('drift', 'failed')
WHERE p.mode <> 'Rollback' AND p.finished >= p.undone_at;

CREATE VIEW wrong_step AS
SELECT * FROM left_step
WHERE status IN ('drift', 'failed') AND terminal NOT IN (SELECT terminal FROM undone);

CREATE VIEW left_number AS
SELECT m.terminal, n.place, n.label, n.id, n.title, n.owner, n.cause, n.person, m.finished
FROM main_result m JOIN number n ON n.result = m.id
WHERE m.terminal NOT IN (SELECT terminal FROM undone)
AND CASE
  WHEN n.person <> '' THEN (m.terminal, n.person) NOT IN (
    SELECT terminal, account FROM newest_result WHERE mode <> 'Rollback' AND left_user = 0
  )
  ELSE (m.terminal, n.id) IN (SELECT terminal, number FROM left_step WHERE person = '')
END;

CREATE VIEW fleet AS
SELECT t.id AS terminal, t.code, t.facility, t.name, l.computer, l.finished AS last, l.mode, m.job, m.exit, m.tool, m.manual, m.bundle,
  CASE
    WHEN coalesce(w.wrong, 0) > 0 OR l.mode = 'Rollback' AND l.wrong > 0 THEN '要確認'
    WHEN l.mode = 'Rollback' THEN '元に戻した'
    WHEN coalesce(n.left, 0) > 0 OR m.exit <> 0 AND NOT (m.exit = 6 AND m.wrong > 0)
      OR EXISTS (SELECT 1 FROM left_step s WHERE s.terminal = t.id AND s.person = '' AND s.number = '') THEN '残り'
    ELSE '問題なし'
  END AS state,
  CASE WHEN l.mode = 'Rollback' THEN l.wrong ELSE coalesce(w.wrong, 0) END AS wrong, coalesce(n.left, 0) AS left, c.ends
FROM terminal t
JOIN newest_result l ON l.terminal = t.id AND l.place = 1
JOIN main_result m ON m.terminal = t.id
LEFT JOIN (SELECT terminal, count(*) AS wrong FROM wrong_step GROUP BY terminal) w ON w.terminal = t.id
LEFT JOIN (SELECT terminal, count(*) AS left FROM left_number GROUP BY terminal) n ON n.terminal = t.id
LEFT JOIN (
  SELECT r.terminal, min(c.ends) AS ends FROM main_result r JOIN certificate c ON c.result = r.id GROUP BY r.terminal
) c ON c.terminal = t.id;

CREATE VIEW certificate_of AS
SELECT DISTINCT t.code, t.facility, t.name, c.thumbprint, c.subject, c.ends
FROM newest_result r JOIN terminal t ON t.id = r.terminal JOIN certificate c ON c.result = r.id;

CREATE VIEW shared_certificate AS
SELECT thumbprint, min(subject) AS subject, count(DISTINCT code || ' ' || name) AS terminals
FROM certificate_of GROUP BY thumbprint HAVING count(DISTINCT code || ' ' || name) > 1;

CREATE VIEW drift AS
SELECT s.id, count(*) AS times, count(DISTINCT r.terminal) AS terminals, max(r.finished) AS last
FROM step s JOIN result r ON r.id = s.result WHERE s.status IN ('drift', 'failed') GROUP BY s.id;
"""

MIGRATIONS = (FIRST,)
"""Version n is what the first n of these make."""


VIEWS = tuple(re.findall(r"^CREATE VIEW (\w+)", "".join(MIGRATIONS), re.MULTILINE))
"""Those of the newest version, each made of tables and of those before it."""


def statements(version: int) -> list[str]:
    """What brings a ledger of a version to the newest one."""
    script = "".join(MIGRATIONS[version:])
    return [statement for statement in script.split(";\n") if statement.strip()]
