"""The tables of the index, an SQLite database."""

#: Says of an event that its date is not simply one day.
LASTING = "NOT (lo = hi AND length(date) = 10)"
#: The columns of full text.
COLUMNS = "title, aliases, summary, claims, names, tags, facts, context, fields"
SCHEMA = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE record(n INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, type TEXT,
    title TEXT NOT NULL, date TEXT, lo INTEGER, hi INTEGER, parent INTEGER, depth INTEGER,
    last INTEGER, regions TEXT, place TEXT, summary TEXT, actors TEXT, ord INTEGER, weight REAL);
CREATE TABLE body(n INTEGER PRIMARY KEY, digest INTEGER NOT NULL, json BLOB NOT NULL, raw BLOB);
CREATE TABLE listing(facet TEXT NOT NULL, pos INTEGER NOT NULL, key TEXT NOT NULL,
    label TEXT NOT NULL, count INTEGER NOT NULL, rows BLOB NOT NULL, depths BLOB NOT NULL,
    months BLOB NOT NULL);
CREATE TABLE arrangement(wholes BLOB NOT NULL, headings BLOB NOT NULL, ranks BLOB NOT NULL,
    months BLOB NOT NULL);
CREATE TABLE types(places BLOB NOT NULL, names BLOB NOT NULL);
CREATE TABLE link(source INTEGER NOT NULL, target INTEGER NOT NULL, how TEXT NOT NULL);
CREATE TABLE state(country TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE name(folded TEXT NOT NULL, n INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5({COLUMNS}, content='', prefix='1 2',
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*' tokenchars '=-'");
CREATE VIRTUAL TABLE terms USING fts5vocab(words, row);
CREATE TABLE vocabulary(term TEXT NOT NULL, records INTEGER NOT NULL);
"""
VOCABULARY = "INSERT INTO vocabulary SELECT term, doc FROM terms WHERE instr(term, '=') = 0"
INDEXES = f"""
CREATE UNIQUE INDEX record_id ON record(id);
CREATE INDEX record_ord ON record(ord, n, kind, type, lo, hi, weight);
CREATE INDEX record_lasting ON record(n) WHERE kind = 'event' AND {LASTING};
CREATE INDEX record_parent ON record(parent) WHERE parent IS NOT NULL;
CREATE UNIQUE INDEX listing_key ON listing(facet, key);
CREATE UNIQUE INDEX listing_pos ON listing(facet, pos);
CREATE INDEX link_target ON link(target);
CREATE INDEX name_folded ON name(folded);
CREATE INDEX name_n ON name(n);
DROP TABLE terms;
"""
