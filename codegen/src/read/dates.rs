//! Says of a text that is no date what is wrong with it and what was perhaps meant. Host only.

use nenpyo_schema::{Edtf, EdtfError};

use crate::problem::quoted;

/// What is wrong with a text that is not EDTF, and what to do.
pub(crate) fn explained(text: &str, error: EdtfError) -> (String, String) {
    let text_shown = quoted(text);
    let examples = "write for example `2016-04-01`, `2016-04`, `2016?` or `2017-07-25/2017-07-26`";
    let wrong = match error {
        EdtfError::Empty => return ("the date is empty".to_owned(), format!("{examples}, or leave the field out")),
        EdtfError::Syntax(_) => {
            let advice = repaired(text).map_or(examples.to_owned(), |date| format!("did you mean {}?", quoted(&date)));
            return (format!("{text_shown} is not a date in EDTF"), advice);
        }
        _ => error.to_string(),
    };
    // The schema says what is wrong and, after a semicolon, what would be right.
    let (wrong, right) = wrong.split_once("; ").unwrap_or((&wrong, "correct the date"));
    (format!("{text_shown} is not a date: {wrong}"), right.to_owned())
}

/// The date that was meant by other usual notations: `2016/4/1`, `2016.04.01`, `2016-4-1`, `2016年4月1日`.
fn repaired(text: &str) -> Option<String> {
    let (body, mark) = match text.strip_suffix(['?', '~', '%']) {
        Some(body) => (body, &text[body.len()..]),
        None => (text, ""),
    };
    let mut parts: Vec<&str> = body.trim().split(['-', '/', '.', '年', '月', '日']).map(str::trim).collect();
    if parts.last() == Some(&"") {
        parts.pop();
    }
    let digits = |part: &&str| !part.is_empty() && part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit());
    if parts.len() > 3 || parts.first()?.len() != 4 || !parts.iter().all(digits) {
        return None;
    }
    let date = parts.iter().map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-") + mark;
    (date != text && Edtf::parse(&date).is_ok()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn other_notations_of_a_day_are_understood() {
        for text in ["2016/4/1", "2016.04.01", "2016-4-1", "2016年4月1日", " 2016-04-01"] {
            assert_eq!(repaired(text).as_deref(), Some("2016-04-01"), "{text}");
        }
        assert_eq!(repaired("2016/4?").as_deref(), Some("2016-04?"));
        assert_eq!(repaired("1.4.2016"), None);
        assert_eq!(repaired("soon"), None);
    }
}
