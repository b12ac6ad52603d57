//! Asking one alternative: whoever runs this says on its input what is asked, and how often.

use std::hint::black_box;
use std::io::BufRead as _;
use std::path::Path;
use std::time::Instant;

use crate::Peer;

/// A question, with spans of days as the alternative has read them.
pub(crate) enum Question<S> {
    Key(u32),
    Slug(String),
    Id(u32),
    Surely(S),
    Possibly(S),
    Organization(u32),
    Tree(i32),
    Detail(u32),
    Search(String),
    First(String),
}

impl<S> Question<S> {
    /// Reads a line of the questions: what is asked, and what about.
    fn read(line: &str, span: fn(&str, (i32, i32)) -> S) -> Option<(String, Self)> {
        let mut words = line.split('\t');
        let (kind, about) = (words.next()?, words.next()?);
        let mut day = || words.next()?.parse().ok();
        let question = match kind {
            "key" => Self::Key(about.parse().ok()?),
            "slug" => Self::Slug(about.to_owned()),
            "id" => Self::Id(about.parse().ok()?),
            "surely" => Self::Surely(span(about, (day()?, day()?))),
            "possibly" => Self::Possibly(span(about, (day()?, day()?))),
            "organization" => Self::Organization(about.parse().ok()?),
            "tree" => Self::Tree(about.parse().ok()?),
            "detail" => Self::Detail(about.parse().ok()?),
            "search of two" | "search of more" => Self::Search(about.to_owned()),
            "first of two" | "first of more" => Self::First(about.to_owned()),
            _ => return None,
        };
        Some((kind.to_owned(), question))
    }
}

/// The answers of whoever is asked no texts.
pub(crate) fn lookups<P: Peer>(peer: &P, question: &Question<P::Span>) -> u32 {
    match question {
        Question::Key(key) => peer.by_key(*key),
        Question::Slug(slug) => peer.by_slug(slug),
        Question::Id(id) => peer.by_id(*id),
        Question::Surely(span) => peer.surely(span),
        Question::Possibly(span) => peer.possibly(span),
        Question::Organization(organization) => peer.by_organization(*organization),
        Question::Tree(day) => peer.tree(*day),
        Question::Detail(id) => peer.detail(*id),
        Question::Search(_) | Question::First(_) => u32::MAX,
    }
}

/// Something to be asked.
pub(crate) struct Asked<P, S> {
    /// Reads a file, or takes what is in the program.
    pub(crate) open: fn() -> Option<P>,
    pub(crate) span: fn(&str, (i32, i32)) -> S,
    pub(crate) ask: fn(&P, &Question<S>) -> u32,
    /// The kinds of question that it is asked.
    pub(crate) kinds: &'static [&'static str],
}

impl<P, S> Asked<P, S> {
    /// `count` asks each question once, for callgrind; `serve` asks what is said on the input.
    pub(crate) fn run(&self, verb: &str, folder: &Path) -> Result<(), String> {
        let text = std::fs::read_to_string(folder.join("questions.txt")).map_err(|error| error.to_string())?;
        let questions = text.lines().filter_map(|line| Question::read(line, self.span));
        let questions: Vec<(String, Question<S>)> =
            questions.filter(|(kind, _)| self.kinds.contains(&kind.as_str())).collect();
        let begin = Instant::now();
        let peer = counted_open(self.open).ok_or("it cannot be opened")?;
        let opened = begin.elapsed();
        if verb == "count" {
            for (_, question) in &questions {
                // What is read once and kept is not what a question takes.
                black_box((self.ask)(&peer, question));
                counted_question(&peer, question, self.ask);
            }
            return Ok(());
        }
        for (kind, question) in &questions {
            println!("{kind}\t{}", (self.ask)(&peer, question));
        }
        println!("opened\t{}", opened.as_nanos());
        println!("memory\t{}", status("VmRSS").unwrap_or(0));
        for line in std::io::stdin().lock().lines() {
            let line = line.map_err(|error| error.to_string())?;
            let (kind, rounds) = line.split_once('\t').ok_or("what is asked, and how often")?;
            let rounds: u32 = rounds.parse().map_err(|_| "that is no number")?;
            let asked: Vec<_> = questions.iter().filter(|(one, _)| one == kind).map(|(_, question)| question).collect();
            let begin = Instant::now();
            for _ in 0..rounds {
                for question in &asked {
                    black_box((self.ask)(&peer, black_box(question)));
                }
            }
            println!("{}", begin.elapsed().as_nanos());
        }
        Ok(())
    }
}

#[inline(never)]
fn counted_open<P>(open: fn() -> Option<P>) -> Option<P> {
    open()
}

#[inline(never)]
fn counted_question<P, S>(peer: &P, question: &Question<S>, ask: fn(&P, &Question<S>) -> u32) -> u32 {
    black_box(ask(peer, question))
}

/// Kibibytes of this process: what it has now (`VmRSS`), or had at most (`VmHWM`).
pub(crate) fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
