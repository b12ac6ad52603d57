//! The example of the README, between the marks, and a `main` that shows it on a host.
#![allow(missing_docs, unreachable_pub, reason = "the README shows it without")]

// README begins
use nenpyo::{Day, Language, QST, date, key};

pub fn show(display: &mut impl core::fmt::Write) -> Option<()> {
    let founding = QST.milestones().by_key(key::QST_ESTABLISHED)?;
    writeln!(display, "{}: {}", date::english(founding.date()), founding.title(Language::EN)?).ok()?;
    writeln!(display, "{}: {}", date::japanese_era(founding.date()), founding.title(Language::JA)?).ok()?;
    for branch in QST.organizations().tree(Day::from_ymd(2019, 5, 31)?).take(3) {
        let name = branch.organization.name(Language::EN)?;
        writeln!(display, "{:1$}{name}", "", 2 * branch.depth as usize).ok()?;
    }
    Some(())
}
// README ends

#[allow(dead_code, reason = "the test of the README calls `show` alone")]
fn main() {
    let mut text = String::new();
    assert!(show(&mut text).is_some(), "QST has all of this");
    print!("{text}");
}
