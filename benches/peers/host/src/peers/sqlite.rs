//! SQLite: tables with indexes, statements prepared once, and FTS5 with its trigrams over the texts; in a file, or copied to
//! memory when it is opened.

use std::path::Path;

use nenpyo_emulator::Result;
use rusqlite::types::ToSql;
use rusqlite::{Connection, OpenFlags, Params, Row, params};

use crate::asked::Peer;
use crate::failed;
use crate::find::{FIRST, Find};
use crate::rows::{self, Span};
use crate::story::{Days, Story, Text};

const FILE: &str = "chronicle.sqlite";

pub(crate) fn write(story: &Story, folder: &Path) -> Result<()> {
    let file = folder.join(FILE);
    let _ = std::fs::remove_file(&file);
    fill(&file, story).map_err(failed)
}

/// The columns of texts with their ruby.
fn columns(texts: &[Text]) -> impl Iterator<Item = &dyn ToSql> {
    texts.iter().flat_map(|text| [&text.plain as &dyn ToSql, &text.ruby])
}

fn days(days: &Days) -> impl Iterator<Item = &dyn ToSql> {
    days.iter().map(|day| day as &dyn ToSql)
}

fn fill(file: &Path, story: &Story) -> rusqlite::Result<()> {
    let mut connection = Connection::open(file)?;
    // A file that is written once needs no journal.
    connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    connection.execute_batch(include_str!("schema.sql"))?;
    let transaction = connection.transaction()?;
    let insert = |table: &str, values: &[&dyn ToSql]| {
        let places = vec!["?"; values.len()].join(", ");
        transaction.prepare_cached(&format!("INSERT INTO {table} VALUES ({places})"))?.execute(values)
    };
    let mut keys = vec![0; story.milestones.len()];
    for row in &story.by_key {
        keys[row.1 as usize] = row.0;
    }
    for ((id, one), key) in (0_u32..).zip(&story.milestones).zip(&keys) {
        let mut values: Vec<&dyn ToSql> = vec![&id, key, &one.slug];
        values.extend(days(&one.date));
        values.extend([&one.flags as &dyn ToSql, &one.kind]);
        values.extend([&one.title, &one.summary, &one.note].into_iter().flat_map(|texts| columns(texts)));
        insert("milestone", &values)?;
        for link in &one.participants {
            insert("participant", &[&link.1, &id, &link.0])?;
        }
    }
    for (id, one) in (0_u32..).zip(&story.organizations) {
        let mut values: Vec<&dyn ToSql> = vec![&id, &one.more.slug];
        values.extend(days(&one.exists));
        let more = &one.more;
        values.extend([&more.short, &more.summary, &more.note].into_iter().flat_map(|texts| columns(texts)));
        insert("organization", &values)?;
        for (position, held) in (0_u32..).zip(&one.names) {
            let mut values: Vec<&dyn ToSql> = vec![&id, &position];
            values.extend(days(&held.0));
            values.extend(columns(&held.1));
            insert("name", &values)?;
        }
        for (position, held) in (0_u32..).zip(&one.parents) {
            let mut values: Vec<&dyn ToSql> = vec![&id, &position];
            values.extend(days(&held.0));
            values.push(&held.1);
            insert("parent", &values)?;
        }
    }
    for (id, one) in (0_u32..).zip(&story.others) {
        let mut values: Vec<&dyn ToSql> = vec![&id, &one.record, &one.kind, &one.slug];
        let texts = [&one.title, &one.summary, &one.note, &one.address];
        values.extend(texts.into_iter().flat_map(|texts| columns(texts)));
        insert("other", &values)?;
    }
    for (record, more) in (0_u32..).zip(story.more()) {
        for (position, link) in (0_u32..).zip(&more.links) {
            insert("link", &[&record, &position, &link.0, &link.1])?;
        }
        for (position, row) in (0_u32..).zip(&more.periods) {
            let mut values: Vec<&dyn ToSql> = vec![&record, &position, &row.0];
            values.extend(days(&row.1));
            values.push(&row.2);
            insert("period", &values)?;
        }
        for (position, claim) in (0_u32..).zip(&more.claims) {
            let [first, last] = &claim.date;
            insert("claim", &[&record, &position, first, last, &claim.certainty, &claim.source])?;
        }
    }
    transaction.commit()?;
    connection.execute_batch(include_str!("indexes.sql"))?;
    let pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let before: i64 = connection.query_row(pages, [], |row| row.get(0))?;
    println!("without search\t{before}");
    connection.execute_batch(include_str!("search.sql"))?;
    connection.close().map_err(|(_, error)| error)
}

pub(crate) struct Opened(Connection);

/// The file as it lies, through SQLite's own cache of pages; immutable, as is recommended for what nobody writes to, so that
/// nothing is locked.
pub(crate) fn in_file() -> Option<Opened> {
    let file = format!("file:{}?immutable=1", crate::folder().join(FILE).display());
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Some(Opened(Connection::open_with_flags(file, flags).ok()?)).inspect(Opened::prepare)
}

/// The same, copied to memory.
pub(crate) fn in_memory() -> Option<Opened> {
    let mut connection = Connection::open_in_memory().ok()?;
    connection.restore("main", crate::folder().join(FILE), None::<fn(rusqlite::backup::Progress)>).ok()?;
    Some(Opened(connection)).inspect(Opened::prepare)
}

impl Opened {
    fn prepare(&self) {
        // There are more statements than are kept by default.
        self.0.set_prepared_statement_cache_capacity(32);
    }

    /// The first row of what is asked.
    fn row<T>(&self, sql: &str, params: impl Params, read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>) -> Option<T> {
        self.0.prepare_cached(sql).and_then(|mut statement| statement.query_row(params, read)).ok()
    }

    fn number(&self, sql: &str, params: impl Params) -> Option<u32> {
        self.row(sql, params, |row| row.get::<_, Option<i64>>(0)).flatten().map(|number| number as u32)
    }

    fn each(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let mut statement = self.0.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            read(row)?;
        }
        Ok(())
    }
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<&'r str> {
    Ok(row.get_ref(column)?.as_str()?)
}

impl Peer for Opened {
    type Span = Span;

    fn span(_: &str, (from, to): (i32, i32)) -> Span {
        Span { from, to }
    }

    fn by_key(&self, key: u32) -> u32 {
        self.number("SELECT id FROM milestone WHERE key = ?", [key]).unwrap_or(u32::MAX)
    }

    fn by_slug(&self, slug: &str) -> u32 {
        self.number("SELECT id FROM milestone WHERE slug = ?", [slug]).unwrap_or(u32::MAX)
    }

    fn by_id(&self, id: u32) -> u32 {
        let hot = |row: &Row<'_>| Ok(rows::hot(row.get(0)?, row.get(1)?, text(row, 2)?.len()));
        self.row("SELECT kind, begin_earliest, title_ja FROM milestone WHERE id = ?", [id], hot).unwrap_or(0)
    }

    fn surely(&self, span: &Span) -> u32 {
        let sql = "SELECT count(*) FROM milestone \
                   WHERE begin_earliest BETWEEN ?1 AND ?2 AND end_latest <= ?2 AND flags & 1 = 0";
        self.number(sql, [span.from, span.to]).unwrap_or(0)
    }

    fn possibly(&self, span: &Span) -> u32 {
        let sql = "SELECT count(*) FROM milestone WHERE begin_earliest <= ?2 AND end_latest >= ?1 \
                   AND (flags & 2 = 0 OR max(begin_earliest, ?1) <= begin_latest AND min(end_latest, ?2) >= end_earliest)";
        self.number(sql, [span.from, span.to]).unwrap_or(0)
    }

    fn by_organization(&self, organization: u32) -> u32 {
        let sql = "SELECT sum(milestone + 1) FROM (SELECT DISTINCT milestone FROM participant WHERE organization = ?)";
        self.number(sql, [organization]).unwrap_or(0)
    }

    fn tree(&self, day: i32) -> u32 {
        let mut answer = 0;
        let read = |row: &Row<'_>| {
            let name = row.get_ref(2)?.as_str_or_null()?.map_or(0, str::len);
            answer = rows::branch(answer, row.get(0)?, row.get(1)?, name as u32);
            Ok(())
        };
        let outcome = self.each(include_str!("tree.sql"), [day], read);
        outcome.map_or(u32::MAX, |()| answer)
    }

    fn detail(&self, id: u32) -> u32 {
        let sql = "SELECT summary_ja, summary_ja_ruby, summary_en, summary_en_ruby, \
                   note_ja, note_ja_ruby, note_en, note_en_ruby FROM milestone WHERE id = ?";
        let add = |row: &Row<'_>| {
            let one = |sum: u32, at| Ok(sum.wrapping_add(rows::text(text(row, at)?, text(row, at + 1)?)));
            (0..8).step_by(2).try_fold(0, one)
        };
        self.row(sql, [id], add).unwrap_or(0)
    }
}

/// Trigrams find three characters and more; two are compared with everything.
const TRIGRAM: usize = 3;

const LIKE: &str = "title_ja LIKE ?1 OR title_en LIKE ?1 OR summary_ja LIKE ?1 OR summary_en LIKE ?1 \
                    OR note_ja LIKE ?1 OR note_en LIKE ?1";

impl Find for Opened {
    fn all(&self, text: &str) -> u32 {
        let found = if text.chars().count() < TRIGRAM {
            self.number(&format!("SELECT sum(id + 1) FROM milestone WHERE {LIKE}"), [format!("%{text}%")])
        } else {
            self.number("SELECT sum(rowid + 1) FROM text WHERE text MATCH ?", [format!("\"{text}\"")])
        };
        found.unwrap_or(0)
    }

    fn first(&self, text: &str) -> u32 {
        let mut count = 0;
        let read = |row: &Row<'_>| {
            row.get::<_, u32>(0)?;
            count += 1;
            Ok(())
        };
        let outcome = if text.chars().count() < TRIGRAM {
            let sql = format!("SELECT id FROM milestone WHERE {LIKE} LIMIT ?2");
            self.each(&sql, params![format!("%{text}%"), FIRST as u32], read)
        } else {
            let sql = "SELECT rowid FROM text WHERE text MATCH ?1 ORDER BY rank LIMIT ?2";
            self.each(sql, params![format!("\"{text}\""), FIRST as u32], read)
        };
        outcome.map_or(u32::MAX, |()| count)
    }
}
