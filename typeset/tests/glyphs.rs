//! The glyphs of QST's chronicle: there is one for every character, and what a board reads is what the fonts have.
//!
//! Fonts are read here by a reader of a few lines that shares nothing with the compiler's.
#![allow(clippy::cast_sign_loss, clippy::cast_possible_wrap, reason = "numbers of pixels are small")]

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use nenpyo::{Chronicle, Glyph};
use nenpyo_codegen::{Compiled, Files, GlyphSize, compile_files};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data")
}

fn compiled() -> Compiled {
    nenpyo_codegen::compile(&data()).unwrap_or_else(|error| panic!("{error}"))
}

const ALL: [&str; 7] = ["8", "10", "12", "16", "16-grey", "24-grey", "32-grey"];

/// A picture: how far it moves the next one, and what is ink where, counted from the baseline.
#[derive(Debug, PartialEq, Eq)]
struct Plain {
    advance: i32,
    ink: BTreeSet<(i32, i32, u32)>,
}

/// What a font in BDF has, read as plainly as can be.
fn plainly(text: &str) -> HashMap<char, Plain> {
    let size = text.lines().find_map(|line| line.strip_prefix("SIZE ")).unwrap();
    let depth = size.split(' ').nth(3).map_or(1, |depth| depth.parse::<u32>().unwrap());
    text.split("STARTCHAR").skip(1).filter_map(|glyph| plain(glyph, depth)).collect()
}

fn plain(glyph: &str, depth: u32) -> Option<(char, Plain)> {
    let numbers = |name: &str| -> Vec<i32> {
        let line = glyph.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().map(|number| number.parse().unwrap()).collect()
    };
    let character = char::from_u32(numbers("ENCODING")[0].cast_unsigned())?;
    let bounds = numbers("BBX");
    let rows = glyph.lines().skip_while(|line| *line != "BITMAP").skip(1).take_while(|line| *line != "ENDCHAR");
    let mut ink = BTreeSet::new();
    for (row, y) in rows.zip((0..bounds[1]).rev()) {
        for x in 0..bounds[0] {
            let bit = x as usize * depth as usize;
            let digit = row[bit / 4..].chars().next().unwrap().to_digit(16).unwrap();
            let level = if depth == 4 { digit } else { digit >> (3 - bit % 4) & 1 };
            if level > 0 {
                ink.insert((bounds[2] + x, bounds[3] + y, level));
            }
        }
    }
    Some((character, Plain { advance: numbers("DWIDTH")[0], ink }))
}

/// What a board reads, counted in the same way.
fn drawn(glyph: &Glyph<'_>, baseline: u8) -> Plain {
    let width = i32::from(glyph.width());
    let at = |number: usize| (number as i32 % width, i32::from(baseline) - 1 - number as i32 / width);
    let levels: Vec<u8> = glyph.pixels().collect();
    assert_eq!(levels.len(), usize::from(glyph.width()) * usize::from(glyph.height()));
    let ink = levels.iter().enumerate().filter(|(_, level)| **level > 0);
    Plain { advance: width, ink: ink.map(|(number, level)| (at(number).0, at(number).1, u32::from(*level))).collect() }
}

/// Both ways in which the texts can be coded.
fn files() -> [Vec<u8>; 2] {
    let with_glyphs = || compiled().with_glyphs(&ALL).unwrap_or_else(|error| panic!("{error}"));
    [with_glyphs().blob(), with_glyphs().with_dense_text().unwrap().blob()]
}

/// Every character that the records say, taken from their files: marks of ruby are no part of a text.
fn characters_of_records() -> BTreeSet<(String, char)> {
    let mut found = BTreeSet::new();
    for folder in ["milestones", "organizations", "sites", "people", "themes", "documents", "statements", "sources"] {
        for entry in fs::read_dir(data().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let said = text.chars().filter(|character| !"｜\n".contains(*character));
            found.extend(said.map(|character| (name.clone(), character)));
        }
    }
    found
}

#[test]
fn every_character_of_every_record_has_a_glyph_of_every_size() {
    let said = characters_of_records();
    assert!(said.len() > 10_000, "only {} characters were looked at", said.len());
    for file in files() {
        let chronicle = Chronicle::open(&file).unwrap();
        for size in GlyphSize::ALL {
            let glyphs = chronicle.glyphs(*size).unwrap();
            for (record, character) in &said {
                assert!(glyphs.get(*character).is_some(), "{record}: {character} has none of {}", size.name());
            }
        }
    }
}

#[test]
fn each_glyph_that_a_board_reads_is_the_one_in_the_committed_font() {
    for file in files() {
        let chronicle = Chronicle::open(&file).unwrap();
        for size in GlyphSize::ALL {
            let glyphs = chronicle.glyphs(*size).unwrap();
            let font = plainly(&fs::read_to_string(data().join(format!("glyphs/{}.bdf", size.name()))).unwrap());
            assert_eq!(glyphs.len(), font.len(), "{}", size.name());
            for (character, picture) in &font {
                let glyph = glyphs.get(*character).unwrap();
                assert_eq!(drawn(&glyph, glyphs.baseline()), *picture, "{character} of {}", size.name());
                assert_eq!(glyphs.advance(*character).map(i32::from), Some(picture.advance));
                let at = |number: usize| (number % usize::from(glyph.width()), number / usize::from(glyph.width()));
                for number in [0, glyph.pixels().len() / 2, glyph.pixels().len() - 1] {
                    let (x, y) = at(number);
                    assert_eq!(Some(glyph.pixel(x as u8, y as u8)), glyph.pixels().nth(number), "{character}");
                }
            }
        }
    }
}

/// The fonts in this package that a size is made of, in the order in which they are asked.
fn source_fonts(names: &[&str]) -> Vec<HashMap<char, Plain>> {
    let read = |name: &&str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fonts/{name}.bdf.gz"));
        let mut text = String::new();
        GzDecoder::new(fs::read(path).unwrap().as_slice()).read_to_string(&mut text).unwrap();
        plainly(&text)
    };
    names.iter().map(read).collect()
}

#[test]
fn bitmaps_are_those_of_the_first_font_that_has_the_character() {
    let sizes: [(&str, &[&str]); 4] = [
        ("8", &["misaki-gothic-2nd"]),
        ("10", &["mplus-j10r", "mplus-j10r-iso", "nenpyo-10"]),
        ("12", &["shinonome-k12", "shinonome-6x12a", "shinonome-6x12r", "k12-2004-1"]),
        ("16", &["shinonome-k16", "shinonome-8x16a", "shinonome-8x16r", "jiskan16-2004-1"]),
    ];
    for (size, names) in sizes {
        let sources = source_fonts(names);
        let font = plainly(&fs::read_to_string(data().join(format!("glyphs/{size}.bdf"))).unwrap());
        for (character, picture) in &font {
            let source = sources.iter().find_map(|source| source.get(character));
            assert_eq!(Some(picture), source, "{character} of {size}");
        }
    }
}

#[test]
fn the_same_fonts_and_characters_give_the_same_bytes() {
    let compiled = compiled();
    let (one, other) = [(); 2].map(|()| nenpyo_typeset::glyphs(&compiled, &data()).unwrap()).into();
    assert_eq!(one.fonts, other.fonts);
    for (name, text) in one.files() {
        assert!(text == fs::read_to_string(data().join(&name)).unwrap(), "{name} is stale: `cargo xtask regen`");
    }
}

#[test]
fn letters_are_narrower_than_kanji_and_stand_on_one_line() {
    for (size, text) in &nenpyo_typeset::glyphs(&compiled(), &data()).unwrap().fonts {
        let font = plainly(text);
        let lowest = |character: char| font[&character].ink.iter().map(|(_, y, _)| *y).min().unwrap();
        assert!(font[&'i'].advance < font[&'量'].advance, "{}", size.name());
        assert_eq!(font[&'量'].advance, i32::from(size.pixels()), "{}", size.name());
        assert_eq!(font[&'あ'].advance, i32::from(size.pixels()), "{}", size.name());
        let baselines: BTreeSet<i32> = "AEHILMNTXZ".chars().map(lowest).collect();
        assert_eq!(baselines.len(), 1, "{}: {baselines:?}", size.name());
        // So small, it has no room to.
        assert!(lowest('g') < lowest('x') || *size == GlyphSize::Mono8, "{}: the tail of g hangs down", size.name());
        for (plain, marked) in ["かが", "はば", "はぱ", "つづ", "ホボ", "ホポ", "ウヴ"].map(|pair| {
            let mut pair = pair.chars();
            (pair.next().unwrap(), pair.next().unwrap())
        }) {
            assert_ne!(font[&plain].ink, font[&marked].ink, "{}: {plain}{marked}", size.name());
        }
    }
}

/// A small chronicle whose only theme is called so, with more in its manifest.
fn chronicle(name: &str, more: &str) -> Files {
    let theme = format!(
        "key = \"light\"\nname.en = \"{name}\"\nsummary.en = \"A theme.\"\nsources = [{{ source = \"book\", certainty = \"A\" }}]\n"
    );
    let manifest = format!(
        "name.en = \"A club\"\nlanguages = [\"en\"]\nversion = \"0.1.0\"\nas_of = \"2026-11-22\"\nlicence = \"CC0-1.0\"\n\
         credit.en = \"The club\"\nnotice.en = \"Nothing official\"\n{more}"
    );
    let book = "key = \"book\"\nkind = \"booklet\"\ntitle.en = \"A booklet\"\npublisher.en = \"The club\"\n";
    let files = [("chronicle.toml", manifest.as_str()), ("themes/light.toml", &theme), ("sources/book.toml", book)];
    Files::from_memory("data/", files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())))
}

fn told(files: &Files, folder: &Path) -> String {
    nenpyo_typeset::glyphs(&compile_files(files).unwrap(), folder).unwrap_err().to_string()
}

#[test]
fn a_character_without_a_glyph_is_told_with_record_line_and_what_to_do() {
    let files = chronicle("Light 𠮷 and ☃", "glyphs = [\"8\", \"16-grey\"]\n");
    let advice = "choose another character, or name a font that has it in `fonts` of `chronicle.toml`";
    let expected = [
        format!("data/themes/light.toml:2:18: `𠮷` (U+20BB7) has no glyph of size 8, 16-grey; {advice}"),
        format!("data/themes/light.toml:2:24: `☃` (U+2603) has no glyph of size 8; {advice}"),
    ];
    assert_eq!(told(&files, Path::new("")), expected.join("\n"));
}

const OWN: &str = "STARTFONT 2.1\nSIZE 8 75 75\nSTARTPROPERTIES 2\nFONT_ASCENT 7\nFONT_DESCENT 1\nENDPROPERTIES\nCHARS 2\n\
                   STARTCHAR snowman\nENCODING 9731\nDWIDTH 8 0\nBBX 8 1 0 2\nBITMAP\nA5\nENDCHAR\n\
                   STARTCHAR a\nENCODING 97\nDWIDTH 3 0\nBBX 2 1 0 0\nBITMAP\nC0\nENDCHAR\nENDFONT\n";

/// A folder of its own with a font.
fn folder_with(name: &str, font: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("fonts")).unwrap();
    fs::write(folder.join("fonts/own.bdf"), font).unwrap();
    folder
}

#[test]
fn a_font_of_ones_own_is_asked_before_ours() {
    let folder = folder_with("own-font", OWN.as_bytes());
    let files = chronicle("Light and ☃", "glyphs = [\"8\"]\nfonts = [\"fonts/own.bdf\"]\n");
    let compiled = compile_files(&files).unwrap();
    let glyphs = nenpyo_typeset::glyphs(&compiled, &folder).unwrap();
    let font = plainly(&glyphs.fonts[0].1);
    assert_eq!(font[&'☃'].ink.len(), 4);
    assert_eq!(font[&'a'].advance, 3, "the letter is the font's own");
    assert_eq!(font[&'b'].advance, 4, "what it does not have is ours");
    let fonts = [(GlyphSize::Mono8, glyphs.fonts[0].1.clone().into_bytes())];
    let file = compiled.with_glyph_files(&fonts, glyphs.breaks.as_bytes()).unwrap().blob();
    let chronicle = Chronicle::open(&file).unwrap();
    assert_eq!(chronicle.glyphs(GlyphSize::Mono8).unwrap().get('☃').unwrap().pixel(0, 4), 1);
}

#[test]
fn a_font_that_cannot_be_used_is_told_where_the_manifest_names_it() {
    let advice = "name a font in BDF, TrueType or OpenType that is there";
    let files = chronicle("Light", "glyphs = [\"8\"]\nfonts = [\"fonts/own.bdf\"]\n");
    let place = "data/chronicle.toml:9:10: the font `fonts/own.bdf` cannot be used";
    let broken = folder_with("broken-font", OWN.replace("A5\n", "A5\nA5\n").as_bytes());
    let expected = format!("{place}: line 14: `snowman` has more than its 1 rows; {advice}");
    assert_eq!(told(&files, &broken), expected);
    let picture = folder_with("no-font", b"\x89PNG");
    assert_eq!(told(&files, &picture), format!("{place}: it is neither BDF nor TrueType nor OpenType; {advice}"));
    let missing = told(&files, Path::new("no/such/folder"));
    assert!(missing.starts_with(&format!("{place}: it cannot be read: ")), "{missing}");
}

#[test]
fn glyphs_that_are_not_those_of_the_data_are_refused_with_what_to_run() {
    let files = chronicle("Light", "glyphs = [\"8\"]\n");
    let glyphs = nenpyo_typeset::glyphs(&compile_files(&files).unwrap(), Path::new("")).unwrap();
    let font = glyphs.fonts[0].1.as_str();
    let refused = |name: &str, font: &str| {
        let compiled = compile_files(&chronicle(name, "")).unwrap();
        let breaks = compiled.breaks_file(&BREAKS);
        let fonts = [(GlyphSize::Mono8, font.as_bytes().to_vec())];
        compiled.with_glyph_files(&fonts, breaks.as_bytes()).unwrap_err().to_string()
    };
    let again = "run `cargo xtask regen` or `nenpyo regen`";
    let expected = format!("data/themes/light.toml:2:18: `é` (U+00E9) has no glyph of size 8; {again}");
    assert_eq!(refused("Light é", font), expected);
    let place = "data/glyphs/8.bdf";
    let expected = format!("{place}:1:1: 16 pixels of 1 bits are not of this size; {again}");
    assert_eq!(refused("Light", &font.replace("SIZE 8 75 75", "SIZE 16 75 75")), expected);
    let expected = format!("{place}:11:1: this row has not the 9 pixels that `BBX` says; {again}");
    let wide = "STARTFONT 2.1\nSIZE 8 75 75\nFONT_ASCENT 7\nFONT_DESCENT 1\nCHARS 1\nSTARTCHAR a\nENCODING 97\n\
                DWIDTH 9 0\nBBX 9 1 0 0\nBITMAP\nA0\nENDCHAR\nENDFONT\n";
    assert_eq!(refused("Light", wide), expected);
}

/// A table of line breaks: spaces and the rest.
const BREAKS: [u8; 21] = [2, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0xA0, 0, 0, 1, b' ', 0, 0, b'!', 0, 1];

#[test]
fn line_breaks_that_are_not_those_of_the_texts_are_refused_with_what_to_run() {
    let files = chronicle("Light", "glyphs = [\"8\"]\n");
    let compiled = || compile_files(&files).unwrap();
    let glyphs = nenpyo_typeset::glyphs(&compiled(), Path::new("")).unwrap();
    let fonts = [(GlyphSize::Mono8, glyphs.fonts[0].1.clone().into_bytes())];
    assert!(compiled().with_glyph_files(&fonts, glyphs.breaks.as_bytes()).is_ok());
    let renamed = compile_files(&chronicle("Lights", "")).unwrap();
    let again = "run `cargo xtask regen` or `nenpyo regen`";
    let told = |compiled: Compiled, breaks: &str| {
        compiled.with_glyph_files(&fonts, breaks.as_bytes()).map(drop).unwrap_err().to_string()
    };
    let stale = format!(
        "data/glyphs/breaks.txt:4:1: where lines break was worked out for other texts than those of the data; {again}"
    );
    assert_eq!(told(renamed, &glyphs.breaks), stale);
    let broken = [
        (glyphs.breaks.replace("texts ", "text "), 4, "the hash of the texts is missing"),
        (String::new(), 1, "the hash of the texts is missing"),
        (compiled().breaks_file(&BREAKS[1..]), 4, "the table behind this is none"),
        (compiled().breaks_file(&BREAKS) + "0", 6, "this is no row of pairs of hexadecimal digits"),
        (compiled().breaks_file(&BREAKS) + "\n# more\n0x", 8, "this is no row of pairs of hexadecimal digits"),
        (compiled().breaks_file(&BREAKS) + "量", 6, "this is no row of pairs of hexadecimal digits"),
    ];
    for (breaks, line, message) in broken {
        assert_eq!(told(compiled(), &breaks), format!("data/glyphs/breaks.txt:{line}:1: {message}; {again}"));
    }
    // Whatever is wrong is told at once.
    let told = told(compile_files(&chronicle("Light é", "")).unwrap(), &glyphs.breaks);
    assert!(told.contains("`é` (U+00E9) has no glyph of size 8") && told.contains(&stale), "{told}");
}

#[test]
fn a_folder_with_glyphs_and_no_line_breaks_is_told_what_to_run() {
    let data = || -> Vec<(String, Vec<u8>)> {
        let files = chronicle("Light", "glyphs = [\"8\"]\n");
        (0..files.len()).map(|file| (files.name(file).to_owned(), files.bytes(file).into_owned())).collect()
    };
    let files = Files::from_memory("data/", data());
    let glyphs = nenpyo_typeset::glyphs(&compile_files(&files).unwrap(), Path::new("")).unwrap();
    let with = |is_wanted: fn(&str) -> bool| {
        let written = glyphs.files().filter(|(name, _)| is_wanted(name));
        let written: Vec<_> = written.map(|(name, text)| (name, text.as_bytes().to_vec())).collect();
        let compiled = compile_files(&Files::from_memory("data/", data().into_iter().chain(written))).unwrap();
        compiled.with_glyphs(&["8"]).map(drop)
    };
    assert!(with(|_| true).is_ok());
    let missing = with(|name| !name.ends_with("breaks.txt")).unwrap_err().to_string();
    let again = "run `cargo xtask regen` or `nenpyo regen`";
    assert_eq!(missing, format!("data/glyphs/breaks.txt:1:1: nothing says where lines break; {again}"));
    // Who wants no glyphs reads nothing of it, whatever it is.
    let broken = data().into_iter().chain([("glyphs/breaks.txt".to_owned(), vec![0xFF])]);
    assert!(compile_files(&Files::from_memory("data/", broken)).unwrap().with_glyphs(&[]).is_ok());
}

#[test]
fn every_size_takes_few_bytes_more_than_its_bits() {
    let compiled = compiled().with_glyphs(&ALL).unwrap();
    let count = compiled.characters().len();
    let bytes = |table: &str| compiled.table(table).unwrap().len();
    // Black and white: the bits, a byte for the width, a quarter for where it begins, half a byte lost at its end.
    for (table, bits) in [("glyphs_8", 8 * 8), ("glyphs_10", 10 * 11), ("glyphs_12", 12 * 12), ("glyphs_16", 16 * 16)] {
        assert!(bytes(table) <= count * (bits / 8 + 2), "{table}: {} bytes", bytes(table));
    }
    // Grey: less than the pixels of the square by a quarter, two fifths and nearly a half.
    for (table, side, share) in [("glyphs_16_grey", 16, 75), ("glyphs_24_grey", 24, 62), ("glyphs_32_grey", 32, 50)] {
        assert!(bytes(table) <= count * side * side / 2 * share / 100, "{table}: {} bytes", bytes(table));
    }
}
