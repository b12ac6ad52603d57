//! Reads TOML tables by the list of their fields and tells everything that does not fit. Host only.

use std::ops::Range;

use nenpyo_schema::{Edtf, MAX_LANGUAGES, RecordKind};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fields::{Field, PERIOD, Shape, Words};
use super::row::{Row, Value};
use super::{
    DATES_ARE_EDTF, FIELDS_ARE_KNOWN, FIELDS_ARE_SPELT_RIGHT, FIELDS_ARE_THERE, FIELDS_HAVE_THE_RIGHT_TYPE, Gaps,
    LANGUAGES_ARE_KNOWN, PERIODS_END_ON_A_DAY, TEXTS_ARE_IN_EVERY_LANGUAGE, WORDS_ARE_KNOWN, YEARS_FIT_THE_TABLES,
    literal, manifest,
};
use crate::model::{At, EndToml, PeriodToml, Place, TextToml};
use crate::problem::{Report, closest, listed, quoted, with_article};

/// A field name and the value that stands beside it.
pub(crate) type Entry<'v, 'i> = (&'v Spanned<std::borrow::Cow<'i, str>>, &'v Spanned<DeValue<'i>>);

/// Reads the tables of one file.
pub(crate) struct Reader<'r, 'f> {
    pub(crate) report: &'r mut Report<'f>,
    /// Where stand-ins are noted.
    pub(crate) gaps: &'r mut Gaps,
    /// The languages of the manifest; `None` while they are unknown: then any will do.
    pub(crate) languages: Option<&'r [String]>,
    pub(crate) file: usize,
    /// The whole text of the file.
    pub(crate) source: &'r str,
    /// How many bytes of the file stand before the text that was parsed.
    pub(crate) skipped: usize,
    /// The fields of the file itself.
    pub(crate) fields: &'static [Field],
    /// Where the syntax errors are, in bytes of the file. What stands on their lines is not judged.
    pub(crate) errors: Vec<usize>,
}

impl<'r> Reader<'r, '_> {
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.file, start: span.start + self.skipped, end: span.end + self.skipped }
    }

    pub(crate) fn raw(&self, place: Place) -> &'r str {
        self.source.get(place.start..place.end).unwrap_or_default()
    }

    /// The language to show in advice.
    fn language(&self) -> &str {
        self.languages.and_then(|languages| languages.first()).map_or("en", String::as_str)
    }

    /// Whether a syntax error stands on the lines of an entry: what the parser made of it is a guess.
    fn is_spoilt(&self, (key, value): Entry<'_, '_>) -> bool {
        let (key, value) = (self.place(key.span()), self.place(value.span()));
        let (text, end) = (self.source.as_bytes(), key.end.max(value.end));
        let before = text.get(..key.start).unwrap_or_default();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let after = text.get(end..).unwrap_or_default();
        let end = after.iter().position(|byte| *byte == b'\n').map_or(text.len(), |newline| end + newline);
        self.errors.iter().any(|error| (start..=end).contains(error))
    }

    /// Reads a table; `noun` is what it is called in messages.
    pub(crate) fn table(&mut self, fields: &'static [Field], table: &DeTable<'_>, place: Place, noun: &str) -> Row {
        let mut row = Row::new(place);
        let mut texts = Vec::new();
        let mut read = Vec::new();
        let mut entries: Vec<Entry> = table.iter().filter(|entry| !self.is_spoilt(*entry)).collect();
        if std::ptr::eq(fields, self.fields) {
            let below = self.below_headers(&entries);
            entries.extend(below.into_iter().filter(|(key, _)| !table.contains_key(&**key.get_ref())));
        }
        let mut unknown = Vec::new();
        for &(key, value) in &entries {
            let name = &**key.get_ref();
            if let Some(field) = fields.iter().find(|field| field.name == name && !field.shape.is_of_row()) {
                read.push((field, value));
            } else if fields.iter().any(|field| field.shape.is_of_row()) && self.is_language(name) {
                texts.push((key, value));
            } else {
                unknown.push((key, value));
            }
        }
        for (key, value) in unknown {
            if self.is_needless_header((key, value)) {
                let message = format!("{noun} has no table {}", quoted(key.get_ref()));
                let advice = "take the line with the header away";
                self.report.tell(FIELDS_ARE_KNOWN, self.place(key.span()), message, advice);
                continue;
            }
            let present = |field: &Field| table.contains_key(field.name) || read.iter().any(|r| r.0.name == field.name);
            // A text can be there in one language and misspelt in another.
            let is_text = value.get_ref().is_table();
            let takes_more = |field: &Field| is_text && matches!(field.shape, Shape::Text);
            let free: Vec<&'static Field> =
                fields.iter().filter(|field| !present(field) || takes_more(field)).collect();
            match self.unknown_field(fields, &free, key, place, noun) {
                // It is read as what it was meant to be, so that nothing else is said to be missing.
                Some(field) if !field.shape.is_of_row() => read.push((field, value)),
                Some(_) => texts.push((key, value)),
                None => {}
            }
        }
        for field in fields {
            let value = if field.shape.is_of_row() {
                (!texts.is_empty()).then(|| Some(Value::Text(self.text("", &texts, place))))
            } else {
                let found: Vec<_> =
                    read.iter().filter(|(other, _)| other.name == field.name).map(|(_, v)| *v).collect();
                found.first().map(|value| match self.parts(&found) {
                    Some(parts) => Some(Value::Text(self.text(field.name, &parts, self.place(value.span())))),
                    None => self.value(field.name, &field.shape, value, place),
                })
            };
            match value {
                Some(Some(value)) => row.put(field.name, value),
                Some(None) => {
                    let value = read.iter().find(|(other, _)| other.name == field.name).map(|(_, value)| *value);
                    let written = value.and_then(|value| value.get_ref().as_str());
                    self.gaps.add(place, field.name, written);
                    // Of a period nothing is known then, neither end.
                    let ends = if matches!(field.shape, Shape::Period) { PERIOD } else { &[] };
                    for end in ends {
                        self.gaps.add(place, end.name, None);
                    }
                }
                None if field.required => {
                    self.gaps.add(place, field.name, None);
                    self.missing_field(field, place);
                }
                None => {}
            }
        }
        row
    }

    /// The languages of a text whose name is written in several ways: `title.ja` and `tilte.en`.
    fn parts<'v, 'i>(&self, values: &[&'v Spanned<DeValue<'i>>]) -> Option<Vec<Entry<'v, 'i>>> {
        let tables: Vec<_> = values.iter().filter_map(|value| value.get_ref().as_table()).collect();
        let is_split = tables.len() > 1 && tables.len() == values.len();
        let entries = tables.into_iter().flat_map(DeTable::iter).filter(|entry| !self.is_spoilt(*entry));
        is_split.then(|| entries.collect())
    }

    /// Whether a field is written as a header: `[title]`, `[[sources]]`.
    fn is_header(&self, key: &Spanned<std::borrow::Cow<'_, str>>) -> bool {
        self.source.get(..self.place(key.span()).start).is_some_and(|before| before.ends_with('['))
    }

    fn names_field(&self, key: &Spanned<std::borrow::Cow<'_, str>>) -> bool {
        self.fields.iter().any(|field| field.name == &**key.get_ref())
    }

    /// Whether a header stands above fields that need none: `[milestone]`.
    fn is_needless_header(&self, (key, value): Entry<'_, '_>) -> bool {
        let DeValue::Table(table) = value.get_ref() else { return false };
        self.is_header(key) && !self.names_field(key) && table.keys().any(|key| self.names_field(key))
    }

    /// Fields of the file that stand below a header and so became fields of something else. They are told there; here
    /// they are read, so that they are not said to be missing.
    fn below_headers<'v, 'i>(&self, entries: &[Entry<'v, 'i>]) -> Vec<Entry<'v, 'i>> {
        let mut below: Vec<Entry> = Vec::new();
        for &(key, value) in entries.iter().filter(|(key, _)| self.is_header(key)) {
            let shape = self.fields.iter().find(|field| field.name == &**key.get_ref()).map(|field| &field.shape);
            let own = match shape {
                Some(Shape::Rows(own)) => *own,
                Some(Shape::Period) => PERIOD,
                _ => &[],
            };
            let tables: Vec<&DeTable> = match value.get_ref() {
                DeValue::Table(table) => vec![table],
                DeValue::Array(rows) => rows.iter().filter_map(|row| row.get_ref().as_table()).collect(),
                _ => Vec::new(),
            };
            for entry in tables.into_iter().flat_map(DeTable::iter) {
                let name = entry.0.get_ref();
                let is_own = own.iter().any(|field| field.name == &**name);
                let is_new = !below.iter().any(|(other, _)| other.get_ref() == name);
                if !is_own && is_new && self.names_field(entry.0) && !self.is_spoilt(entry) {
                    below.push(entry);
                }
            }
        }
        below
    }

    fn missing_field(&mut self, field: &Field, place: Place) {
        // After a syntax error nobody knows what else the file holds.
        if self.errors.is_empty() {
            if let (true, Some(languages)) = (field.shape.is_of_row(), self.languages) {
                for language in languages {
                    self.missing_language("", language, place);
                }
                return;
            }
            let mut example = field.shape.example(field.name, self.language());
            if let Shape::Key = field.shape {
                let name = self.report.files.name(self.file).rsplit('/').next().unwrap_or_default();
                example = example.replace('…', name.trim_end_matches(".toml"));
            }
            let message = format!("{} is missing", quoted(field.name));
            self.report.tell(FIELDS_ARE_THERE, place, message, format!("write {}", quoted(&example)));
        }
    }

    /// Tells of a field that no such table has, and gives the one that was meant.
    fn unknown_field(
        &mut self,
        fields: &'static [Field],
        free: &[&'static Field],
        key: &Spanned<std::borrow::Cow<'_, str>>,
        row: Place,
        noun: &str,
    ) -> Option<&'static Field> {
        let place = self.place(key.span());
        let name = &**key.get_ref();
        let message = format!("{noun} has no field {}", quoted(name));
        let in_row = fields.iter().find(|field| field.shape.is_of_row());
        let languages = self.languages.unwrap_or_default().iter().map(String::as_str);
        let names = |field: &&'static Field| (!field.shape.is_of_row()).then_some(field.name);
        if let Some(meant) = closest(name, free.iter().filter_map(names)) {
            let advice = format!("did you mean {}?", quoted(meant));
            self.report.tell(FIELDS_ARE_SPELT_RIGHT, place, message, advice);
            return free.iter().find(|field| field.name == meant).copied();
        }
        if let (Some(field), Some(language)) = (in_row, closest(name, languages)) {
            let advice = format!("did you mean {}?", quoted(language));
            self.report.tell(FIELDS_ARE_SPELT_RIGHT, place, message, advice);
            return Some(field);
        }
        let advice = if self.names_field(key) && self.raw(row).starts_with('[') {
            "if it is a field of the record, put it above the header in brackets".to_owned()
        } else {
            let names = fields.iter().filter(|field| !field.shape.is_of_row()).map(|field| field.name);
            let languages = self.languages.filter(|_| in_row.is_some()).unwrap_or_default();
            let known = listed(languages.iter().map(String::as_str).chain(names));
            format!("take it away, or use one of {known}")
        };
        self.report.tell(FIELDS_ARE_KNOWN, place, message, advice);
        None
    }

    fn is_language(&self, name: &str) -> bool {
        match self.languages {
            Some(languages) => languages.iter().any(|language| language == name),
            None => nenpyo_schema::Language::new(name).is_some(),
        }
    }

    /// Tells that something else stands where `shape` should.
    pub(crate) fn mismatch(&mut self, name: &str, shape: &Shape, value: &Spanned<DeValue<'_>>) {
        let place = self.place(value.span());
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date without quotes",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let raw = Some(self.raw(place)).filter(|raw| raw.len() <= 40 && !raw.contains('\n'));
        let example = match (shape, value.get_ref(), raw) {
            (Shape::Date | Shape::KnownDay | Shape::Bound, DeValue::Integer(_) | DeValue::Datetime(_), Some(raw)) => {
                let date = raw.split(['T', 't', ' ']).next().unwrap_or(raw);
                format!("{name} = \"{date}\"")
            }
            (
                Shape::Date | Shape::KnownDay | Shape::Bound | Shape::Word(_) | Shape::Reference(_) | Shape::Plain,
                DeValue::Array(items),
                Some(raw),
            ) if items.len() == 1 && items.iter().all(|item| item.get_ref().is_str()) => {
                format!("{name} = {}", raw.trim_matches(['[', ']', ' ', ',']))
            }
            (Shape::Number, DeValue::String(text), _) if text.parse::<u32>().is_ok() => format!("{name} = {text}"),
            (Shape::Text, DeValue::String(_), Some(raw)) => format!("{name}.{} = {raw}", self.language()),
            (
                Shape::References(_) | Shape::Keys | Shape::Plains | Shape::Sizes | Shape::Languages,
                DeValue::String(_),
                Some(raw),
            ) => {
                format!("{name} = [{raw}]")
            }
            (Shape::Rows(_), DeValue::Table(_), Some(raw)) if raw.starts_with('{') => format!("{name} = [{raw}]"),
            _ => shape.example(name, self.language()),
        };
        let message = format!("{}: expected {}, found {found}", quoted(name), shape.noun());
        self.report.tell(FIELDS_HAVE_THE_RIGHT_TYPE, place, message, format!("write {}", quoted(&example)));
    }

    /// Reads what stands in a field of a row.
    fn value(&mut self, name: &'static str, shape: &Shape, value: &Spanned<DeValue<'_>>, row: Place) -> Option<Value> {
        let place = self.place(value.span());
        match (shape, value.get_ref()) {
            (Shape::Text, DeValue::Table(table)) => {
                let entries: Vec<Entry> = table.iter().filter(|entry| !self.is_spoilt(*entry)).collect();
                Some(Value::Text(self.text(name, &entries, place)))
            }
            (Shape::Period, DeValue::Table(table)) => {
                let mut row = self.table(PERIOD, table, place, "a period");
                let (from, to) = (row.end("from"), row.end("to"));
                let (from, to) = (from.unwrap_or(EndToml::Unsaid), to.unwrap_or(EndToml::Unsaid));
                Some(Value::Period(PeriodToml { from, to, place }))
            }
            (Shape::Rows(fields), DeValue::Array(array)) => {
                let rows: Vec<Row> = array.iter().filter_map(|item| self.row(name, fields, shape, item)).collect();
                // A row that leads nowhere is left out of the data.
                let is_link = |field: &&Field| field.required && matches!(field.shape, Shape::Reference(_));
                let is_whole = |row: &Row| fields.iter().filter(is_link).all(|field| row.has(field.name));
                if rows.len() < array.len() || !rows.iter().all(is_whole) {
                    self.gaps.add(row, name, None);
                }
                Some(Value::Rows(rows))
            }
            (
                Shape::References(_) | Shape::Keys | Shape::Plains | Shape::Tags | Shape::Sizes | Shape::Languages,
                DeValue::Array(array),
            ) => {
                let mut items = Vec::with_capacity(array.len());
                items.extend(array.iter().filter_map(|item| self.item(name, shape, item)));
                if items.len() < array.len() {
                    self.gaps.add(row, name, None);
                }
                match shape {
                    Shape::Sizes => Some(Value::Plains(manifest::sizes(self, items))),
                    Shape::Tags => Some(Value::Plains(manifest::tags(self, items, place))),
                    Shape::Languages => Some(Value::Languages(self.marks(&items))),
                    _ => Some(Value::Plains(items)),
                }
            }
            (Shape::Number, DeValue::Integer(number)) => {
                let number = u32::from_str_radix(number.as_str(), number.radix());
                if number.is_err() {
                    let message = format!("{}: this number does not fit", quoted(name));
                    self.report.tell(FIELDS_HAVE_THE_RIGHT_TYPE, place, message, "write one from `0` to `4294967295`");
                }
                number.ok().map(Value::Number)
            }
            (Shape::Flag, DeValue::Boolean(flag)) => Some(Value::Flag(*flag)),
            (_, DeValue::String(text)) => {
                let at = At { value: text.to_string(), place };
                match shape {
                    Shape::Key | Shape::Reference(_) | Shape::Plain => Some(Value::Plain(at)),
                    Shape::Word(words) => self.word(words, &at).map(Value::Word),
                    Shape::Date => self.date(&at).map(Value::Date),
                    Shape::Bound => self.bound(&at).map(Value::End),
                    Shape::KnownDay => self.date(&at).and_then(|date| manifest::known_day(self, date)).map(Value::Date),
                    Shape::Version => manifest::version(self, &at).map(Value::Version),
                    Shape::Licence => manifest::licence(self, at).map(Value::Plain),
                    _ => {
                        self.mismatch(name, shape, value);
                        None
                    }
                }
            }
            _ => {
                self.mismatch(name, shape, value);
                None
            }
        }
    }

    /// Reads a text inside a list or a table.
    fn item(&mut self, name: &str, shape: &Shape, item: &Spanned<DeValue<'_>>) -> Option<At<String>> {
        if let DeValue::String(text) = item.get_ref() {
            Some(At { value: text.to_string(), place: self.place(item.span()) })
        } else {
            self.mismatch(name, shape, item);
            None
        }
    }

    fn row(&mut self, name: &str, fields: &'static [Field], shape: &Shape, item: &Spanned<DeValue<'_>>) -> Option<Row> {
        if let DeValue::Table(table) = item.get_ref() {
            let place = self.place(item.span());
            Some(self.table(fields, table, place, &format!("a row of {}", quoted(name))))
        } else {
            self.mismatch(name, shape, item);
            None
        }
    }

    /// Reads a text from the entries for its languages; `name` is empty where they stand in a row.
    fn text(&mut self, name: &str, entries: &[Entry], place: Place) -> TextToml {
        let Some(languages) = self.languages else { return self.text_of_any_language(name, entries, place) };
        let mut text = TextToml { languages: vec![None; languages.len()], place };
        let mut found = Vec::new();
        for (key, value) in entries {
            let tag = &**key.get_ref();
            let absent = |language: &&String| !entries.iter().any(|(key, _)| *key.get_ref() == language.as_str());
            let mut meant = languages.iter().position(|language| language == tag);
            if meant.is_none() {
                let free = languages.iter().filter(absent).map(String::as_str);
                let closest = closest(tag, free);
                meant = closest.and_then(|closest| languages.iter().position(|language| language == closest));
                // In a row this was told as a misspelt field already.
                if !name.is_empty() {
                    self.unknown_language(tag, self.place(key.span()), closest);
                }
            }
            let Some(index) = meant else { continue };
            let label = if name.is_empty() { tag.to_owned() } else { format!("{name}.{tag}") };
            text.languages[index] = self.item(&label, &Shape::Plain, value);
            found.push(index);
        }
        let first = text.languages.iter().flatten().map(|at| at.place).next();
        text.place = first.unwrap_or(place);
        // Of too many languages the last ones go, and so lack nothing.
        let missing = (0..languages.len().min(MAX_LANGUAGES)).filter(|index| !found.contains(index));
        for index in missing.collect::<Vec<_>>() {
            self.missing_language(name, &languages[index], place);
        }
        text
    }

    fn missing_language(&mut self, name: &str, language: &str, place: Place) {
        if !self.errors.is_empty() {
            return;
        }
        let (what, example) = if name.is_empty() {
            ("the name".to_owned(), format!("{language} = \"…\""))
        } else {
            (quoted(name), format!("{name}.{language} = \"…\""))
        };
        let message = format!("{what} is missing in the language {}", quoted(language));
        self.report.tell(TEXTS_ARE_IN_EVERY_LANGUAGE, place, message, format!("write {}", quoted(&example)));
    }

    /// Without a manifest each text has the languages that it happens to have.
    fn text_of_any_language(&mut self, name: &str, entries: &[Entry], place: Place) -> TextToml {
        let item = |(key, value): &Entry| {
            let tag = key.get_ref();
            let label = if name.is_empty() { tag.to_string() } else { format!("{name}.{tag}") };
            self.item(&label, &Shape::Plain, value)
        };
        TextToml { languages: entries.iter().map(item).collect(), place }
    }

    fn unknown_language(&mut self, tag: &str, place: Place, closest: Option<&str>) {
        let mut message = format!("{} is not a language of `chronicle.toml`", quoted(tag));
        let known = listed(self.languages.unwrap_or_default().iter().map(String::as_str));
        let advice = match closest {
            Some(closest) => format!("did you mean {}?", quoted(closest)),
            None if self.fields.iter().any(|field| field.name == tag) => {
                message = format!("{} is not a language", quoted(tag));
                "take it away; if it is a field of the record, put it above the header in brackets".to_owned()
            }
            None if nenpyo_schema::Language::new(tag).is_none() => format!("take it away, or use one of {known}"),
            None => format!("take it away, or add it to the languages there: {known}"),
        };
        self.report.tell(LANGUAGES_ARE_KNOWN, place, message, advice);
    }

    /// Reads `descriptive`.
    fn marks(&mut self, items: &[At<String>]) -> Vec<bool> {
        let languages = self.languages.unwrap_or_default();
        let mut marks = vec![false; languages.len()];
        for item in items {
            match languages.iter().position(|language| *language == item.value) {
                Some(index) => marks[index] = true,
                None if self.languages.is_none() => {}
                None => {
                    let meant = closest(&item.value, languages.iter().map(String::as_str));
                    self.unknown_language(&item.value, item.place, meant);
                }
            }
        }
        marks
    }

    fn word(&mut self, words: &Words, at: &At<String>) -> Option<u8> {
        let byte = (words.byte)(&at.value);
        if byte.is_none() {
            let all = (words.all)();
            let advice = match closest(&at.value, all.iter().copied()) {
                Some(meant) => format!("did you mean {}?", quoted(meant)),
                None => format!("use one of {}", listed(all)),
            };
            let message = format!("{} is not {}", quoted(&at.value), words.noun);
            self.report.tell(WORDS_ARE_KNOWN, at.place, message, advice);
        }
        byte
    }

    pub(crate) fn date(&mut self, at: &At<String>) -> Option<At<Edtf>> {
        match Edtf::parse(&at.value) {
            Ok(date) if date.pack().is_none() => {
                let message = format!("{} has a year that is not between -9999 and 9999", quoted(&at.value));
                self.report.tell(YEARS_FIT_THE_TABLES, at.place, message, "write a nearer year, or leave the date out");
                None
            }
            Ok(date) => Some(At { value: date, place: at.place }),
            Err(error) => {
                let start = literal::place_of(self.raw(at.place), &at.value, at.place.start, error.offset());
                let place = Place { start, ..at.place };
                let (message, advice) = super::dates::explained(&at.value, error);
                self.report.tell(DATES_ARE_EDTF, place, message, advice);
                None
            }
        }
    }

    fn bound(&mut self, at: &At<String>) -> Option<EndToml> {
        if at.value == ".." {
            return Some(EndToml::Open(at.place));
        }
        let still_so = ["...", "…", "present", "now", "today", "ongoing", "current", "現在", "今"];
        if still_so.iter().any(|word| at.value.trim().eq_ignore_ascii_case(word)) {
            let message = format!("{} is not a date in EDTF", quoted(&at.value));
            self.report.tell(DATES_ARE_EDTF, at.place, message, "did you mean `..`?");
            return None;
        }
        let date = self.date(at)?;
        if date.value.is_lasting() {
            let message = format!("{} lasts, but a period begins and ends on one day each", quoted(&at.value));
            let advice = "write a day, a month, a year or, for one unknown day, `[2016..2017]`";
            self.report.tell(PERIODS_END_ON_A_DAY, at.place, message, advice);
            return None;
        }
        Some(EndToml::Date(date))
    }
}

impl Shape {
    /// Whether its values are fields of the row itself.
    fn is_of_row(&self) -> bool {
        matches!(self, Self::TextOfRow)
    }
}

/// What a record of this kind is called in messages.
pub(crate) fn noun(kind: RecordKind) -> String {
    let name = if kind == RecordKind::Organization { "organisation" } else { kind.name() };
    with_article(name)
}
