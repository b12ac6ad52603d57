use nenpyo_schema::{Day, Edtf};

use super::{Era, EraDate, Words, english, japanese, japanese_era};

extern crate std;
use std::{
    format,
    string::{String, ToString},
    vec::Vec,
};

fn parsed(text: &str) -> Edtf {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn day(text: &str) -> Day {
    parsed(text).certain_day().unwrap()
}

#[test]
fn every_kind_of_date_has_its_words() {
    let rows = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#'));
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [text, western, era, in_english] = cells[..] else { panic!("{row}") };
        let date = parsed(text);
        assert_eq!(japanese(date).to_string(), western, "{text}");
        assert_eq!(japanese_era(date).to_string(), if era == "=" { western } else { era }, "{text}");
        assert_eq!(english(date).to_string(), in_english, "{text}");
    }
}

#[test]
fn eras_begin_and_end_on_their_days() {
    for (era, first, last, years) in [
        (Era::Meiji, "1868-10-23", "1912-07-29", 45),
        (Era::Taisho, "1912-07-30", "1926-12-24", 15),
        (Era::Showa, "1926-12-25", "1989-01-07", 64),
        (Era::Heisei, "1989-01-08", "2019-04-30", 31),
    ] {
        assert_eq!(era.first_day(), day(first));
        assert_eq!(Era::of(day(first)), Some((era, 1)));
        assert_eq!(Era::of(day(last)), Some((era, years)));
        assert_ne!(Era::of(day(last).next()).unwrap().0, era);
    }
    assert_eq!(Era::Reiwa.first_day(), day("2019-05-01"));
    assert_eq!(Era::of(day("2019-05-01")), Some((Era::Reiwa, 1)));
    // The year was renamed as a whole: its first day is that of 慶応4年.
    assert_eq!(Era::Meiji.counted_from(), day("1868-01-25"));
    assert_eq!((Era::of(day("1868-01-24")), Era::of(Day::MIN), Era::of(Day::MAX)), (None, None, None));
    assert!(Era::ALL.windows(2).all(|pair| pair[0].counted_from() < pair[1].counted_from()));
}

#[test]
fn known_days_of_meiji_are_where_history_has_them() {
    for (western, japanese) in [
        // The first day and the last of the year 戊辰: Wikipedia, Template‐ノート:和暦/利用実態調査/1868明治.
        ("1868-01-25", "明治元年1月1日"),
        ("1869-02-10", "明治元年12月29日"),
        // 改元の詔: Wikipedia, 明治元年.
        ("1868-10-23", "明治元年9月8日"),
        // Computed from the table of the gem `wareki`, and by PyEphem.
        ("1870-01-01", "明治2年11月30日"),
        // First light of 剱埼灯台: gauss0.livedoor.blog, category 明治時代.
        ("1871-03-01", "明治4年1月11日"),
        // 廃藩置県: Wikipedia, 廃藩置県.
        ("1871-08-29", "明治4年7月14日"),
        // 改暦ノ布告 and the last lunisolar day: Wikipedia, 明治改暦.
        ("1872-12-09", "明治5年11月9日"),
        ("1872-12-31", "明治5年12月2日"),
        ("1873-01-01", "明治6年1月1日"),
    ] {
        assert_eq!(EraDate::of(day(western)).unwrap().to_string(), japanese);
    }
}

#[test]
fn each_day_since_meiji_has_an_era_date_and_no_two_share_one() {
    let mut before = None;
    let mut at = day("1868-01-25");
    while at < day("2101-01-01") {
        let date = EraDate::of(at).unwrap();
        assert_eq!(Era::of(at), Some((date.era, date.year)));
        // Derived order: era, year, month, leap month after month, day.
        assert!(before < Some(date), "{date}");
        assert_eq!(japanese_era(Edtf::from_day(at).unwrap()).to_string(), date.to_string());
        before = Some(date);
        at = at.next();
    }
}

/// The longest of each sort of date: doubts add, and so do eras, leap months, long years and far years.
#[test]
fn no_words_are_longer_than_stated() {
    let mut points: Vec<String> = Vec::new();
    for year in [
        "0888", "-8888", "-9999", "-9888", "1868", "1869", "1870", "1871", "1872", "1926", "1988", "1989", "2019",
        "2888", "9999",
    ] {
        points.push(year.to_string());
        for rest in ["XX", "XXX"] {
            points.push(format!("{}{rest}", &year[..year.len() - rest.len()]));
        }
        points.push(format!("{year}-XX"));
        points.push(format!("{year}-XX-XX"));
        for season in 21..=24 {
            points.push(format!("{year}-{season}"));
        }
        for month in 1..=12 {
            points.push(format!("{year}-{month:02}"));
            points.push(format!("{year}-{month:02}-XX"));
            points.push(format!("{year}-{month:02}-28"));
        }
    }
    points.extend(["Y-2147483648", "Y2147483647"].map(String::from));
    let qualified = |suffix: &'static str| points.iter().map(move |point| format!("{point}{suffix}"));
    let mut longest = 0;
    let mut check = |text: &str| {
        if let Ok(date) = text.parse::<Edtf>() {
            for words in [japanese(date), japanese_era(date), english(date)] {
                longest = longest.max(words.to_string().len());
            }
        }
    };
    for a in qualified("%").chain(qualified("")) {
        for text in [
            a.clone(),
            format!("{a}/"),
            format!("/{a}"),
            format!("{a}/.."),
            format!("../{a}"),
            format!("[{a}..]"),
            format!("[..{a}]"),
        ] {
            check(&text);
        }
    }
    // Of pairs, the longest points are enough: those that are long when they stand alone.
    let length = |text: &String| {
        let date = parsed(text);
        [japanese(date), japanese_era(date), english(date)].map(|words| words.to_string().len()).into_iter().max()
    };
    for suffix in ["%", ""] {
        let mut long: Vec<String> = qualified(suffix).collect();
        long.sort_by_key(|text| core::cmp::Reverse(length(text)));
        long.truncate(200);
        for a in &long {
            for b in &long {
                check(&format!("{a}/{b}"));
                check(&format!("[{a}..{b}]"));
            }
        }
    }
    assert_eq!(longest, Words::MAX_BYTES);
}

#[test]
fn words_go_anywhere_and_say_when_they_do_not_fit() {
    let words = english(parsed("2016-04-01"));
    assert_eq!(format!("{words} {words:?}"), "1 April 2016 1 April 2016");
    assert_eq!(words.to_heapless::<12>().unwrap(), "1 April 2016");
    assert!(words.to_heapless::<11>().is_err());
    let mut out = String::new();
    words.write_to(&mut out).unwrap();
    assert_eq!(out, "1 April 2016");
}
