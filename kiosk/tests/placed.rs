//! Where characters stand: ruby above its base, what hangs, what is dropped.

#[allow(dead_code, reason = "each test program uses its part of the cells")]
mod cells;

use cells::Cells;
use nenpyo_kiosk::layout::{Extent, Layout, Line, Options, Readings};
use nenpyo_typeset::breaks::compile;

type Bases<'a> = &'a [(&'a str, Option<&'a str>)];

/// The lines of a text as `base@x`, readings in brackets, one line each; what hangs is behind a bar.
fn placed<'a>(content: Bases<'a>, options: Options) -> Vec<String> {
    let text: String = content.iter().map(|(base, _)| *base).collect();
    let compiled = compile(&[], [text.as_str(), "りょうし…"]).unwrap();
    let layout = Layout { measure: &Cells, breaks: compiled.breaks(), options };
    let line = |line: Line<Bases<'a>>| {
        let (mut bases, mut readings) = (Vec::new(), Vec::new());
        layout.place(&line, |glyph| {
            let glyphs = if glyph.is_ruby { &mut readings } else { &mut bases };
            glyphs.push(format!("{}{}", glyph.character, glyph.x));
        });
        let hang = if line.hang > 0 { format!(" |{}", line.hang) } else { String::new() };
        let readings = if readings.is_empty() { String::new() } else { format!(" ({})", readings.join(" ")) };
        format!("{}{readings}{hang}", bases.join(" "))
    };
    layout.lines(content).map(line).collect()
}

fn whole(content: Bases<'_>) -> String {
    placed(content, Options::DEFAULT).join("\n")
}

fn wide(width: u16) -> Options {
    Options { width, ..Options::DEFAULT }
}

#[test]
fn a_reading_is_spread_over_its_base_and_a_base_below_its_reading() {
    // As wide as each other.
    assert_eq!(whole(&[("量子", Some("りょうし"))]), "量0 子4 (り0 ょ2 う4 し6)");
    // Half as much space outside as between: two pixels, one of them between.
    assert_eq!(whole(&[("目的", Some("もく"))]), "目0 的4 (も1 く5)");
    assert_eq!(whole(&[("志", Some("こころざし")), ("量", None)]), "志3 量10 (こ0 こ2 ろ4 ざ6 し8)");
}

#[test]
fn a_reading_reaches_over_kana_and_over_nothing_else() {
    // Three pixels too wide on either side; a kana is free for two.
    assert_eq!(whole(&[("の", None), ("志", Some("こころざし")), ("は", None)]), "の0 志5 は10 (こ2 こ4 ろ6 ざ8 し10)");
    assert_eq!(
        whole(&[("量", None), ("志", Some("こころざし")), ("。", None)]),
        "量0 志7 。14 (こ4 こ6 ろ8 ざ10 し12)"
    );
    // Two readings beside one kana touch.
    let both = whole(&[("志", Some("こころざし")), ("の", None), ("志", Some("こころざし"))]);
    assert_eq!(both, "志3 の8 志13 (こ0 こ2 ろ4 ざ6 し8 こ10 こ12 ろ14 ざ16 し18)");
}

#[test]
fn at_the_end_of_a_line_a_reading_reaches_over_nothing() {
    let content: Bases<'_> = &[("量の", None), ("志", Some("こころざし")), ("は量", None)];
    assert_eq!(placed(content, wide(16)), ["量0 の4 志9 (こ6 こ8 ろ10 ざ12 し14)", "は0 量4"]);
    assert_eq!(placed(content, wide(15)), ["量0 の4", "志3 は8 (こ0 こ2 ろ4 ざ6 し8)", "量0"]);
}

#[test]
fn a_base_is_parted_only_where_it_is_wider_than_a_line_and_its_reading_with_it() {
    let content: Bases<'_> = &[("量の", None), ("放射線", Some("ほうしゃせん"))];
    assert_eq!(placed(content, wide(12)), ["量0 の4", "放0 射4 線8 (ほ0 う2 し4 ゃ6 せ8 ん10)"]);
    assert_eq!(placed(content, wide(8)), ["量0 の4", "放0 射4 (ほ0 う2 し4 ゃ6)", "線0 (せ0 ん2)"]);
    // Above one kanji there is no room for what is wider than the line.
    assert_eq!(placed(&[("志", Some("こころざし"))], wide(8)), ["志0"]);
}

#[test]
fn commas_and_full_stops_hang_where_that_is_wanted() {
    let content: Bases<'_> = &[("量子、森。", None)];
    assert_eq!(placed(content, wide(8)), ["量0", "子0 、4", "森0 。4"]);
    let hanging = |width| Options { hanging: true, ..wide(width) };
    assert_eq!(placed(content, hanging(8)), ["量0 子4 、8 |4", "森0 。4"]);
    assert_eq!(placed(content, hanging(10)), ["量0 子4 、8 |2", "森0 。4"]);
    // Not if something must follow it on its line.
    assert_eq!(placed(&[("「量子。」", None)], hanging(12)), ["「0 量4", "子0 。4 」8"]);
}

#[test]
fn words_numbers_and_units_stay_whole_as_long_as_there_is_room() {
    let text = |text, width| placed(&[(text, None)], wide(width)).len();
    assert_eq!(placed(&[("ion beam", None)], wide(12)), ["i0 o2 n4", "b0 e2 a4 m6"]);
    assert_eq!(placed(&[("beam", None)], wide(6)), ["b0 e2 a4", "m0"]);
    // `at 12 MeV` has room for `at 12`, which would part the number from its unit.
    assert_eq!(placed(&[("at 12 MeV", None)], wide(14)), ["a0 t2", "10 22 M6 e8 V10"]);
    assert_eq!(text("at 12 MeV", 18), 1);
    // Alone on a line without room for both, they are parted before the word is.
    assert_eq!(placed(&[("12 MeV", None)], wide(8)), ["10 22", "M0 e2 V4"]);
}

#[test]
fn readings_above_instead_and_left_out() {
    let content: Bases<'_> = &[("量子", Some("りょうし")), ("の森", None)];
    let with = |readings| placed(content, Options { readings, ..Options::DEFAULT });
    assert_eq!(with(Readings::Above), ["量0 子4 の8 森12 (り0 ょ2 う4 し6)"]);
    assert_eq!(with(Readings::Instead), ["り0 ょ4 う8 し12 の16 森20"]);
    assert_eq!(with(Readings::Without), ["量0 子4 の8 森12"]);
}

#[test]
fn a_line_with_readings_is_higher() {
    let compiled = compile(&[], ["量子の森りょうし"]).unwrap();
    let layout = Layout { measure: &Cells, breaks: compiled.breaks(), options: wide(8) };
    let content: Bases<'_> = &[("森の", None), ("量子", Some("りょうし")), ("の", None)];
    let lines: Vec<(u16, u16, u16)> =
        layout.lines(content).map(|line| (line.top, line.baseline, line.height)).collect();
    assert_eq!(lines, [(0, 7, 8), (9, 20, 12), (22, 29, 8)]);
    assert_eq!(layout.extent(content), Extent { lines: 3, width: 8, height: 30, is_cut: false });
}

#[test]
fn an_ellipsis_stands_for_a_comma_and_not_behind_one() {
    let cut = |width| Options { lines: 1, ..wide(width) };
    let content: Bases<'_> = &[("量子、森の", None)];
    assert_eq!(placed(content, cut(20)), ["量0 子4 、8 森12 の16"]);
    assert_eq!(placed(content, cut(19)), ["量0 子4 、8 森12 …16"]);
    // Two pixels are too few for the rest, and behind the comma there is no ellipsis.
    assert_eq!(placed(content, cut(14)), ["量0 子4 …8"]);
    assert_eq!(placed(content, cut(3)), ["…0"]);
    // Not even that has room.
    assert_eq!(placed(content, cut(1)), ["量0"]);
}

#[test]
fn nothing_is_no_line() {
    let compiled = compile(&[], ["a"]).unwrap();
    let layout = Layout { measure: &Cells, breaks: compiled.breaks(), options: Options::DEFAULT };
    assert_eq!(layout.lines("").count(), 0);
    assert_eq!(layout.extent(""), Extent::default());
}
