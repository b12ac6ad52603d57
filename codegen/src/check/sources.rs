//! Checks that facts have sources and that what sources say is told. Host only.

use nenpyo_schema::{Certainty, Edtf, RecordKind, SourceKind};

use super::Context;
use crate::model::{CitationToml, Place};
use crate::problem::{Report, listed, quoted};

/// The most characters of an address.
const ADDRESS: usize = 2000;

/// Whether these fields of a record were read.
fn fields_are_read(context: &Context, record: Place, fields: &[&'static str]) -> bool {
    fields.iter().all(|field| context.is_read(record, field))
}

pub(super) fn records_cite_sources(context: &Context, report: &mut Report) {
    let without = |record: &&super::Record| record.kind != RecordKind::Source && record.sources.is_empty();
    for record in context.records.iter().filter(without).filter(|record| context.is_read(record.place, "sources")) {
        let advice = "write `sources = [{ source = \"…\", certainty = \"A\" }]`; memory is not a source";
        report.say(context.place_of_field(record.place, "sources"), "this record cites no source", advice);
    }
}

pub(super) fn addresses_are_web_addresses(context: &Context, report: &mut Report) {
    for record in &context.data.sources {
        match &record.body.address {
            Some(address) => {
                if address.value.is_empty() {
                    report.say(address.place, "the address is empty", "write it, or leave the field out");
                } else if let Err((wrong, advice)) = web_address(&address.value) {
                    report.say(address.place, format!("the address {} {wrong}", quoted(&address.value)), advice);
                }
            }
            None if record.body.kind == SourceKind::Page
                && fields_are_read(context, record.place, &["kind", "address"]) =>
            {
                report.say(record.place, "this page has no address", "write `address = \"https://…\"`");
            }
            None => {}
        }
    }
}

/// Looks whether a text is an address in the web; otherwise says what is wrong and what to do.
fn web_address(address: &str) -> Result<(), (&'static str, &'static str)> {
    if address.trim() != address {
        return Err(("has a space at one end", "take it away"));
    }
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else {
        let small = address.to_ascii_lowercase();
        let is_loud = small.starts_with("https://") || small.starts_with("http://");
        let advice = if is_loud { "write it in small letters" } else { "write it in full, or leave the field out" };
        return Err(("does not begin with `https://` or `http://`", advice));
    };
    if !address.is_ascii() {
        return Err(("holds characters that are not ASCII", "write them as the browser copies them: `%E9%87%8F`"));
    }
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    if !address.bytes().all(fits) {
        return Err(("holds characters that no address has", "take them away, or write a space as `%20`"));
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(("names a user before its host", "take away what stands before the `@`, and the `@`"));
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    // A dot at the end is legal: it says that the name is complete.
    let host = host.strip_suffix('.').unwrap_or(host);
    let label = |label: &str| {
        let inside = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        !label.is_empty() && inside && !label.starts_with('-') && !label.ends_with('-')
    };
    if !host.contains('.') || !host.split('.').all(label) {
        return Err(("names no host", "write it in full, such as `https://www.qst.go.jp/`"));
    }
    if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) || port.parse::<u16>().is_err() {
        return Err(("has something after `:` that is no port", "take it away, and the `:`"));
    }
    let is_code = |code: &str| code.len() >= 2 && code.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !address.split('%').skip(1).all(is_code) {
        return Err(("has a `%` that no two hexadecimal digits follow", "write `%25` for the sign itself"));
    }
    if address.len() > ADDRESS {
        return Err(("is too long", "leave out what is not needed after `?` or `#`"));
    }
    Ok(())
}

pub(super) fn chosen_dates_have_a_source(context: &Context, report: &mut Report) {
    for record in &context.data.milestones {
        // The date that could not be read can be the one that is wanted.
        let dates_are_read = record.sources.iter().all(|citation| context.is_read(citation.place, "date"));
        if !dates_are_read || !fields_are_read(context, record.place, &["date", "sources"]) {
            continue;
        }
        let chosen = &record.body.date;
        let given: Vec<Edtf> =
            record.sources.iter().filter_map(|citation| Some(citation.date.as_ref()?.value)).collect();
        // Without any source another check speaks.
        if given.contains(&chosen.value) || record.sources.is_empty() {
            continue;
        }
        let date = quoted(&chosen.value.to_string());
        let message = format!("no source gives the chosen date {date}");
        let mut texts: Vec<String> = given.iter().map(Edtf::to_string).collect();
        texts.dedup();
        let advice = if texts.is_empty() {
            format!("write `date = {}` beside the source that gives it", date.replace('`', "\""))
        } else {
            format!("choose one of those they give: {}", listed(texts.iter().map(String::as_str)))
        };
        report.say(chosen.place, message, advice);
    }
}

pub(super) fn contradictions_have_a_note(context: &Context, report: &mut Report) {
    let read =
        context.data.milestones.iter().filter(|record| fields_are_read(context, record.place, &["date", "note"]));
    for record in read.filter(|record| record.note.is_none()) {
        let chosen = record.body.date.value;
        for citation in &record.sources {
            let Some(date) = &citation.date else { continue };
            let (mine, theirs) = (chosen.days(), date.value.days());
            if mine.begin_earliest <= theirs.end_latest && theirs.begin_earliest <= mine.end_latest {
                continue;
            }
            let (source, given) = (quoted(&citation.source.value), quoted(&date.value.to_string()));
            let message =
                format!("{source} gives {given}, which contradicts the chosen {}", quoted(&chosen.to_string()));
            report.say(date.place, message, "write a `note` that says why the date was chosen");
        }
    }
}

pub(super) fn inferences_have_a_note(context: &Context, report: &mut Report) {
    let read = context.records.iter().filter(|record| context.is_read(record.place, "note"));
    for record in read.filter(|record| !record.note) {
        let sure = |citation: &&CitationToml| context.is_read(citation.place, "certainty");
        for citation in record.sources.iter().filter(sure).filter(|c| c.certainty == Certainty::Inferred) {
            let message = format!("certainty `C` of {} is inferred", quoted(&citation.source.value));
            report.say(citation.place, message, "write a `note` that says from what");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn only_addresses_of_the_web_are_taken() {
        for good in ["https://www.qst.go.jp/", "http://a.b:8080/c?d=e#f", "https://x.y/%E9%87%8F_(a)", "https://x.y./"]
        {
            assert!(web_address(good).is_ok(), "{good}");
        }
        let long = format!("https://a.b/{}", "x".repeat(2000));
        for bad in [
            "",
            "www.qst.go.jp",
            "ftp://a.b/",
            "https://",
            "https:///a",
            "https://a b.c/",
            "https://量.jp/",
            "https://a/",
            "https://-a.b/",
            "https://a..b",
            "https://a.b/%zz",
            "https://a.b/%2",
            "https://a.b:99999/",
            "https://a.b:/",
            "https://https://a.b/",
            "https://user:password@a.b/",
            "HTTPS://a.b/",
            "javascript:alert(1)",
            " https://a.b/",
            &long,
        ] {
            assert!(web_address(bad).is_err(), "{bad}");
        }
    }
}
