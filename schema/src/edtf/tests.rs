use super::{CivilDay, Edtf, EdtfError, Form, PackedEdtf, Qualifier};
use crate::Day;

extern crate std;
use std::{string::ToString, vec::Vec};

fn parsed(text: &str) -> Edtf {
    text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn day(text: &str) -> Day {
    match text {
        "min" => Day::MIN,
        "max" => Day::MAX,
        _ => parsed(text).certain_day().unwrap(),
    }
}

/// Pseudo-random numbers that are the same on every machine (xorshift32).
struct Random(u32);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % limit
    }
}

#[test]
fn each_form_has_its_four_days() {
    let check = |text: &str, expected: [&str; 4]| {
        let days = parsed(text).days();
        let found = [days.begin_earliest, days.begin_latest, days.end_earliest, days.end_latest];
        assert_eq!(found, expected.map(day), "{text}");
    };
    let one = |text: &str, first: &str, last: &str| check(text, [first, last, first, last]);
    one("2016-04-01", "2016-04-01", "2016-04-01");
    one("2016-02?", "2016-02-01", "2016-02-29");
    one("2016", "2016-01-01", "2016-12-31");
    one("-0005", "-0005-01-01", "-0005-12-31");
    one("2001-21", "2001-03-01", "2001-05-31");
    one("2001-22", "2001-06-01", "2001-08-31");
    one("2001-23", "2001-09-01", "2001-11-30");
    one("2003-24", "2003-12-01", "2004-02-29");
    one("201X", "2010-01-01", "2019-12-31");
    one("20XX", "2000-01-01", "2099-12-31");
    one("1XXX", "1000-01-01", "1999-12-31");
    one("-01XX", "-0199-01-01", "-0100-12-31");
    one("2004-XX", "2004-01-01", "2004-12-31");
    one("2004-02-XX", "2004-02-01", "2004-02-29");
    one("2004-XX-XX~", "2004-01-01", "2004-12-31");
    one("[2016-04..2019-04]", "2016-04-01", "2019-04-30");
    one("[2016-04-02..2019]", "2016-04-02", "2019-12-31");
    one("[..2017-09]", "min", "2017-09-30");
    one("[2016..]", "2016-01-01", "max");
    one("Y5900000", "max", "max");
    one("Y-2147483648", "min", "min");
    check("1964/2008-02", ["1964-01-01", "1964-12-31", "2008-02-01", "2008-02-29"]);
    check("2019-04/..", ["2019-04-01", "2019-04-30", "max", "max"]);
    check("2019-04/", ["2019-04-01", "2019-04-30", "2019-04-01", "max"]);
    check("../2006", ["min", "min", "2006-01-01", "2006-12-31"]);
    check("/2006", ["min", "2006-12-31", "2006-01-01", "2006-12-31"]);
}

#[test]
fn the_three_questions_differ_as_the_design_says() {
    let ask = |text: &str, from: &str, to: &str| {
        let (date, from, to) = (parsed(text), day(from), day(to));
        (date.surely_within(from, to), date.possibly_within(from, to), date.overlaps(from, to))
    };
    let year = ("2018-01-01", "2018-12-31");
    for (text, expected) in [
        ("2018-05", (true, true, true)),
        ("2018-05~", (false, true, true)),
        ("2019", (false, false, false)),
        ("[2016-04..2019-04]", (false, true, true)),
        ("[2019..]", (false, false, false)),
        ("2018-02-01/2018-03", (true, true, true)),
        // Going on all the year, but neither begun nor ended in it.
        ("2016/2019", (false, false, true)),
        ("2016/2018-03", (false, false, true)),
        ("2018-03/2019", (false, false, true)),
        ("2018/2018", (true, true, true)),
        ("2016/..", (false, false, true)),
        // Nobody knows when it ended: it may be in this year, but it began before.
        ("2016/", (false, false, true)),
        ("2018/", (false, true, true)),
        ("/2018", (false, true, true)),
        ("/2017", (false, false, false)),
    ] {
        assert_eq!(ask(text, year.0, year.1), expected, "{text}");
    }
    // No bounds: everything is there, and what is not doubted is surely there.
    for text in ["2016", "2016/..", "[..2016]", "/2016"] {
        assert_eq!(ask(text, "min", "max"), (true, true, true), "{text}");
    }
}

#[test]
fn small_questions_have_their_answers() {
    assert_eq!(parsed("2019").as_of(), day("2019-12-31"));
    assert_eq!(parsed("1984?/2004~").qualifier(), Qualifier::Both);
    assert_eq!(parsed("1984?/2004").qualifier(), Qualifier::Uncertain);
    assert_eq!(parsed("2017-07-25/..").month_and_day(), Some((7, Some(25))));
    assert_eq!(parsed("2017-07-XX").month_and_day(), Some((7, None)));
    for text in ["2017", "2017-21", "2017-XX-XX", "[2017-07-25..2018]", "/2017-07-25", "201X"] {
        assert_eq!(parsed(text).month_and_day(), None, "{text}");
    }
    assert_eq!(parsed("2016-04-01").certain_day(), Day::from_ymd(2016, 4, 1));
    for text in ["2016-04-01?", "2016-04", "2016-04-01/2016-04-02", "2016-04-01/.."] {
        assert_eq!(parsed(text).certain_day(), None, "{text}");
    }
}

#[test]
fn constructors_agree_with_the_parser() {
    assert_eq!(Edtf::from_ymd(2016, 4, 1), Some(parsed("2016-04-01")));
    assert_eq!(Edtf::from_ym(-1, 4), Some(parsed("-0001-04")));
    assert_eq!(Edtf::from_year(-10_000), parsed("Y-10000"));
    assert_eq!(Edtf::from_day(day("2016-04-01")), Some(parsed("2016-04-01")));
    for impossible in [
        Edtf::from_ymd(2017, 2, 29),
        Edtf::from_ymd(2017, 0, 1),
        Edtf::from_ymd(2017, 1, 0),
        Edtf::from_ymd(2017, 21, 1),
        Edtf::from_ymd(10_000, 1, 1),
        Edtf::from_ym(2017, 13),
        Edtf::from_ym(2017, 21),
        Edtf::from_ym(2017, 0),
        Edtf::from_ym(-10_000, 1),
        Edtf::from_day(Day::MIN),
        Edtf::from_day(Day::MAX),
    ] {
        assert_eq!(impossible, None);
    }
}

#[test]
fn errors_say_what_and_where() {
    let check = |text: &str, expected: EdtfError| assert_eq!(Edtf::parse(text), Err(expected), "{text}");
    check("", EdtfError::Empty);
    check("hello", EdtfError::Syntax(0));
    check("2016-4-1", EdtfError::Syntax(6));
    check("2016-04-01 ", EdtfError::Syntax(10));
    check("-0000", EdtfError::YearOutOfRange(0));
    check("Y1985", EdtfError::YearOutOfRange(1));
    check("Y99999999999", EdtfError::YearOutOfRange(1));
    check("2016-13", EdtfError::MonthOutOfRange(5));
    check("2016-00", EdtfError::MonthOutOfRange(5));
    check("2017-02-29", EdtfError::DayOutOfRange(8));
    check("2001-21-05", EdtfError::DayOutOfRange(8));
    check("2004/2003", EdtfError::IntervalReversed(5));
    check("Y170000002/Y170000001", EdtfError::IntervalReversed(11));
    check("[2004..2003]", EdtfError::SetReversed(7));
    for text in ["/", "..", "../..", "../", "/.."] {
        check(text, EdtfError::NoDate(0));
    }
    check("[..]", EdtfError::NoDate(1));
    check("2004-01-01T10:10:10Z", EdtfError::Time(10));
    for (text, at) in [
        ("{1960}", 0),
        ("[1667,1668]", 5),
        ("[1667]", 5),
        ("2004-06~-11", 7),
        ("?2004-06", 0),
        ("2004-%06", 5),
        ("2001-25", 5),
        ("2001-41", 5),
        ("Y17E7", 3),
        ("1950S2", 4),
        ("156X-12-25", 5),
        ("XXXX", 0),
        ("1XX3", 3),
        ("1560-X2", 5),
        ("1560-XX-25", 8),
        ("[2016?..2017]", 1),
        ("[2016..201X]", 7),
        ("[2016-21..2017]", 1),
        ("..2004-06-01/2004-06-20", 2),
        ("2004-06-01/2004-06-20..", 21),
    ] {
        check(text, EdtfError::Unsupported(at));
    }
}

/// A date, in any spelling that is supported.
fn random_date(random: &mut Random) -> std::string::String {
    let year = match random.below(8) {
        0 => std::format!("-{:04}", 1 + random.below(9999)),
        1 => std::format!("{:04}", random.below(10_000)),
        _ => std::format!("{}", 1860 + random.below(180)),
    };
    let mut text = match random.below(13) {
        0 => std::format!("{}X", &year[..year.len() - 1]),
        1 => std::format!("{}XX", &year[..year.len() - 2]),
        2 => std::format!("{}XXX", &year[..year.len() - 3]),
        3 => std::format!("{year}-XX"),
        4 => std::format!("{year}-XX-XX"),
        5 => std::format!("{year}-{:02}-XX", 1 + random.below(12)),
        6 => std::format!("{year}-{}", 21 + random.below(4)),
        7 => std::format!("Y{}{}", ["", "-"][random.below(2) as usize], 10_000 + random.below(2_000_000_000)),
        8 => year,
        9 => std::format!("{year}-{:02}", 1 + random.below(12)),
        _ => std::format!("{year}-{:02}-{:02}", 1 + random.below(12), 1 + random.below(31)),
    };
    text.push_str(["", "", "", "?", "~", "%"][random.below(6) as usize]);
    text
}

fn random_text(random: &mut Random) -> std::string::String {
    let (a, b) = (random_date(random), random_date(random));
    match random.below(10) {
        0 => std::format!("{a}/{b}"),
        1 => std::format!("{a}/.."),
        2 => std::format!("{a}/"),
        3 => std::format!("../{b}"),
        4 => std::format!("/{b}"),
        5 => std::format!("[{a}..{b}]"),
        6 => std::format!("[{a}..]"),
        7 => std::format!("[..{b}]"),
        _ => a,
    }
}

#[test]
fn what_was_read_is_printed_packed_and_read_again_as_the_same() {
    let mut random = Random(0x2016_0401);
    let (mut read, mut packed, mut forms) = (0, 0, [0; 3]);
    for _ in 0..200_000 {
        let text = random_text(&mut random);
        let Ok(date) = Edtf::parse(&text) else {
            continue;
        };
        read += 1;
        forms[date.form() as usize] += 1;
        // The spellings above are canonical already.
        assert_eq!(date.to_string(), text);
        let long = [date.first(), date.last()].iter().any(|point| point.is_date() && point.year().abs() > 9999);
        assert_eq!(date.pack().is_none(), long, "{text}");
        if let Some(bytes) = date.pack() {
            packed += 1;
            assert_eq!(bytes.unpack(), Some(date), "{text}");
        }
        let days = date.days();
        assert!(days.begin_earliest <= days.begin_latest && days.end_earliest <= days.end_latest, "{text}");
        assert!(days.begin_earliest <= days.end_latest, "{text}");
    }
    assert!(read > 100_000 && packed > 80_000 && forms.iter().all(|&count| count > 5_000), "{read} {packed} {forms:?}");
}

#[test]
fn bytes_that_unpack_are_those_that_pack() {
    let mut random = Random(7);
    let mut unpacked = 0;
    let good: Vec<PackedEdtf> = ["2016-04-01", "2019-04/..", "[..2017-09]", "201X~", "2004-06-XX/"]
        .iter()
        .map(|text| parsed(text).pack().unwrap())
        .collect();
    for round in 0..2_000_000 {
        let mut bytes = if round % 2 == 0 {
            // A few bits away from a good one.
            good[random.below(5) as usize]
        } else {
            PackedEdtf { points: [random.below(u32::MAX), random.below(u32::MAX)], form: random.below(4) as u8 }
        };
        for _ in 0..random.below(4) {
            bytes.points[random.below(2) as usize] ^= 1 << random.below(32);
        }
        if random.below(4) == 0 {
            bytes.form = random.below(256) as u8;
        }
        if let Some(date) = bytes.unpack() {
            unpacked += 1;
            assert_eq!(date.pack(), Some(bytes));
            assert_eq!(Edtf::parse(&date.to_string()), Ok(date));
        }
    }
    assert!(unpacked > 10_000, "{unpacked}");
    assert_eq!(parsed("2016").pack().unwrap().form, Form::Single as u8);
}

#[test]
fn every_single_word_is_refused_or_comes_back() {
    // All months, days, qualifiers, unspecified digits and kinds, over years at the ends and in the middle.
    for year in [0, 1, 9_989, 9_998, 9_999, 10_000, 12_014, 12_015, 19_998, 19_999, 32_767_u32] {
        for rest in 0..1 << 17_u32 {
            let word = rest & 0x3FF | year << 10 | rest >> 10 << 25;
            let bytes = PackedEdtf { points: [word, 0], form: 0 };
            if let Some(date) = bytes.unpack() {
                assert_eq!(date.pack(), Some(bytes));
                assert_eq!(bytes.read(), date);
                compares_as_its_days_do(bytes);
            }
        }
    }
}

#[test]
fn any_text_is_read_or_refused_within_itself() {
    let alphabet: Vec<char> = "0123456789-?~%X/.[]YTES{},: é年\0".chars().collect();
    let mut random = Random(99);
    for round in 0..500_000 {
        let mut text: Vec<char> = if round % 2 == 0 { random_text(&mut random).chars().collect() } else { Vec::new() };
        for _ in 0..random.below(if round % 2 == 0 { 3 } else { 14 }) {
            let at = random.below(text.len() as u32 + 1) as usize;
            let letter = alphabet[random.below(alphabet.len() as u32) as usize];
            match random.below(3) {
                0 if at < text.len() => text[at] = letter,
                1 if at < text.len() => drop(text.remove(at)),
                _ => text.insert(at, letter),
            }
        }
        let text: std::string::String = text.into_iter().collect();
        match Edtf::parse(&text) {
            Ok(date) => assert_eq!(Edtf::parse(&date.to_string()), Ok(date), "{text:?}"),
            Err(error) => assert!(text.is_char_boundary(error.offset()) && !error.to_string().is_empty(), "{text:?}"),
        }
    }
}

/// Comparing a packed date with a day as it stands gives what its days give.
fn compares_as_its_days_do(date: PackedEdtf) {
    let days = date.read().days();
    for day in [days.begin_earliest, days.end_latest] {
        for day in [day.previous(), day, day.next()] {
            let civil = CivilDay::from(day);
            assert_eq!(civil < date.earliest(), day < days.begin_earliest, "{date:?} {day:?}");
            assert_eq!(civil > date.latest(), day > days.end_latest, "{date:?} {day:?}");
            // Whether something is certain asks the other way round.
            assert_eq!(civil >= date.latest(), day >= days.end_latest, "{date:?} {day:?}");
            assert_eq!(civil <= date.earliest(), day <= days.begin_earliest, "{date:?} {day:?}");
        }
    }
}

#[test]
fn sets_compare_as_their_days_do() {
    for text in ["[2016-04..2019-04]", "[2016-04-02..2019]", "[..2017-09]", "[2016..]", "[-0005..2016-02]"] {
        compares_as_its_days_do(parsed(text).pack().unwrap());
    }
}
