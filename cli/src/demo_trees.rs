//! Two trees of the same organisation side by side, for the tour. Runs on the host.

use std::fmt::Write as _;

use nenpyo::{Branch, Chronicle, Edtf, Key, OrganizationId};

use crate::demo::part;
use crate::opened::View;
use crate::table::{GONE, HEADING, NEW, PLAIN, QUIET, paint};
use crate::{orgs, page, show, width};

/// The two dates to compare: for QST before and after its second reform, otherwise the first day of what the
/// chronicle is about and the day up to which it was looked after.
pub(crate) fn dates(chronicle: &Chronicle<'_>) -> Vec<Edtf> {
    let about = chronicle.about();
    let Some(subject) = about.subject() else { return Vec::new() };
    if subject.key() == Key::of("qst") {
        return ["2019-05", "2021-05"].iter().filter_map(|date| Edtf::parse(date).ok()).collect();
    }
    let first = subject.existence().from.date().and_then(|from| Edtf::from_day(from.days().begin_latest));
    first.into_iter().chain(about.as_of()).collect()
}

/// The tree of what the chronicle is about.
pub(crate) fn tree<'a>(chronicle: &'a Chronicle<'a>, at: Edtf) -> Vec<Branch<'a>> {
    let at = chronicle.about().subject().and_then(|subject| subject.at(at.as_of()));
    at.map(|at| at.tree().collect()).unwrap_or_default()
}

/// The two trees in two columns; what is only in the first is marked as gone, what is only in the second as new.
pub(crate) fn side_by_side(view: &View<'_>) -> String {
    let dates = dates(view.chronicle);
    let [before, after] = dates.as_slice() else { return String::new() };
    let trees = [tree(view.chronicle, *before), tree(view.chronicle, *after)];
    let title = |date: &Edtf| show::words(*date, &view.languages);
    let mut text = part(&format!("The organisation: {} and {}", title(before), title(after)));
    let left = column(view, &trees[0], &trees[1], GONE, '-');
    let right = column(view, &trees[1], &trees[0], NEW, '+');
    let half = view.columns.map_or(usize::MAX, |columns| columns.saturating_sub(3) / 2);
    let widest = left.iter().map(|(line, _)| width::of(line)).max().unwrap_or(0).min(half);
    let mut left = [(before.to_string(), HEADING)].into_iter().chain(left);
    let mut right = [(after.to_string(), HEADING)].into_iter().chain(right);
    loop {
        let (one, other) = (left.next(), right.next());
        if one.is_none() && other.is_none() {
            break;
        }
        let (line, style) = one.unwrap_or_default();
        let line = width::cut(&line, widest);
        let room = " ".repeat(widest.saturating_sub(width::of(&line)));
        let (next, next_style) = other.unwrap_or_default();
        let next = paint(next_style, &width::cut(&next, half));
        text.push_str(format!("{}{room} {} {next}", paint(style, &line), paint(QUIET, "│")).trim_end());
        text.push('\n');
    }
    let (gone, new) = (format!("only in {before}"), format!("only in {after}"));
    let signs = [(GONE, "-", gone.as_str()), (NEW, "+", &new), (QUIET, "?", "not certain to have existed then")];
    let all: usize = signs.iter().map(|(_, sign, words)| width::of(sign) + 1 + width::of(words) + 3).sum();
    if view.columns.is_none_or(|columns| all <= columns + 3) {
        let signs = signs.map(|(style, sign, words)| format!("{} {words}", paint(style, sign)));
        let _ = writeln!(text, "{}", signs.join("   "));
    } else {
        text.extend(signs.map(|(style, sign, words)| page::paragraph(style, &format!("{sign} {words}"), view.columns)));
    }
    text
}

fn column(
    view: &View<'_>,
    tree: &[Branch<'_>],
    other: &[Branch<'_>],
    only: anstyle::Style,
    mark: char,
) -> Vec<(String, anstyle::Style)> {
    let ids: Vec<OrganizationId> = other.iter().map(|branch| branch.organization.organization().id()).collect();
    let lines = orgs::lines(tree);
    tree.iter()
        .zip(lines)
        .map(|(branch, line)| {
            let at = &branch.organization;
            let name = view.languages.iter().find_map(|language| at.name(*language));
            let name = name.map(|name| name.value.to_string()).unwrap_or_default();
            let is_shared = ids.contains(&at.organization().id());
            let (sign, style) = if is_shared { (' ', PLAIN) } else { (mark, only) };
            let doubt = if at.is_certain() { "" } else { " ?" };
            (format!("{sign} {line}{name}{doubt}"), style)
        })
        .collect()
}
