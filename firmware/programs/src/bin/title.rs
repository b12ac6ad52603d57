//! The smallest firmware: prints one title.
#![no_std]
#![no_main]

use nenpyo::{Language, QST, key};
use nenpyo_programs::entry;
use semihosting::io::{Write as _, stdout};
use semihosting::process;

#[entry]
fn main() -> ! {
    let milestone = QST.milestones().by_key(key::QST_ESTABLISHED);
    let title = milestone.and_then(|milestone| milestone.title(Language::JA));
    if let (Some(title), Ok(mut screen)) = (title, stdout()) {
        // All of it at once: the loop of `write_all` can panic, and would bring what it takes to say so.
        let mut show = |text: &str| drop(screen.write(text.as_bytes()));
        match title.as_str() {
            Some(title) => show(title),
            None => title.chars().for_each(|character| show(character.encode_utf8(&mut [0; 4]))),
        }
    }
    process::exit(0)
}
