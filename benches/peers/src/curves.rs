//! How times grow with the number of milestones: a small drawing for each question, in SVG, both axes logarithmic.

use std::fmt::Write as _;

use crate::figures::{Figures, HOST};

/// Who is drawn, in which colour (Okabe and Ito, which everyone can tell apart), and under which name. Whoever would be drawn
/// over another is not: `phf` is as `structs` but for keys, `postcard-each` as `zerovec` but for texts, a database in memory
/// nearly as in a file.
const PEERS: [(&str, &str, &str); 10] = [
    ("nenpyo", "#0072B2", "nenpyo"),
    ("structs", "#E69F00", "structs"),
    ("phf", "#8C6D00", "phf"),
    ("zerovec", "#009E73", "zerovec"),
    ("postcard-each", "#000000", "postcard"),
    ("flatbuffers", "#CC79A7", "FlatBuffers"),
    ("sqlite-file", "#D55E00", "SQLite"),
    ("tantivy", "#56B4E9", "Tantivy"),
    ("fst", "#7A5195", "fst"),
    ("memmem", "#6B6B6B", "memmem"),
];

/// Whether a curve would lie on another one.
fn is_drawn(peer: &str, question: &str) -> bool {
    match peer {
        "phf" => matches!(question, "key" | "slug"),
        "postcard-each" => matches!(question, "id" | "detail"),
        _ => true,
    }
}

const QUESTIONS: [(&str, &str); 12] = [
    ("key", "By key (hash)"),
    ("slug", "By key (text)"),
    ("id", "By id"),
    ("surely", "Surely within a span"),
    ("possibly", "Possibly within a span"),
    ("organization", "With an organisation"),
    ("tree", "Organisation tree of a day"),
    ("detail", "All texts of one"),
    ("search of two", "Search, two characters: all"),
    ("search of more", "Search, three or four: all"),
    ("first of two", "Search, two characters: eight"),
    ("first of more", "Search, three or four: eight"),
];

const COLUMNS: usize = 3;
/// Of a drawing with what is written around it.
const WIDTH: f64 = 380.0;
const HEIGHT: f64 = 270.0;
/// What is left beside the axes: left, above, right, below.
const MARGINS: [f64; 4] = [58.0, 40.0, 84.0, 44.0];
const TOP: f64 = 64.0;
/// How far names are apart.
const LINE: f64 = 13.0;

/// A curve: points of milestones and nanoseconds.
struct Curve {
    name: &'static str,
    colour: &'static str,
    points: Vec<(f64, f64)>,
}

/// All drawings.
pub(crate) fn questions(figures: &Figures) -> String {
    let sizes: Vec<usize> = figures.sizes(HOST).into_iter().filter(|size| *size > 0).collect();
    let rows = QUESTIONS.len().div_ceil(COLUMNS);
    let (width, height) = (WIDTH * COLUMNS as f64, TOP + HEIGHT * rows as f64);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"18\" y=\"28\" font-size=\"17\" font-weight=\"bold\" fill=\"#222222\">Time of a question by the number of \
         milestones</text>\n<text x=\"18\" y=\"47\" fill=\"#555555\">Mean of all questions on a host, both axes logarithmic; \
         half as many organisations as milestones. ✕: could not be built with more.</text>\n"
    );
    for (at, (question, name)) in QUESTIONS.iter().enumerate() {
        let curves = curves(figures, &sizes, question);
        let (x, y) = ((at % COLUMNS) as f64 * WIDTH, TOP + (at / COLUMNS) as f64 * HEIGHT);
        let _ = writeln!(svg, "<g transform=\"translate({x} {y})\">\n{}</g>", drawing(name, &sizes, &curves));
    }
    svg + "</svg>\n"
}

fn curves(figures: &Figures, sizes: &[usize], question: &str) -> Vec<Curve> {
    let curve = |(peer, colour, name): &(&str, &'static str, &'static str)| {
        let point = |size: &usize| Some((*size as f64, figures.number((HOST, *size), peer, question, "nanoseconds")?));
        let points: Vec<(f64, f64)> = sizes.iter().filter_map(point).collect();
        (is_drawn(peer, question) && !points.is_empty()).then_some(Curve { name, colour, points })
    };
    PEERS.iter().filter_map(curve).collect()
}

/// The powers of ten around some numbers.
fn decades(numbers: impl Iterator<Item = f64> + Clone) -> (i32, i32) {
    let lowest = numbers.clone().fold(f64::INFINITY, f64::min).max(1.0).log10();
    let highest = numbers.fold(1.0, f64::max).log10();
    (lowest.floor() as i32, (highest.ceil() as i32).max(lowest.floor() as i32 + 1))
}

/// As it is written by hand.
fn power_of_ten(power: i32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = power.to_string();
    format!("10{}", digits.chars().filter_map(|digit| RAISED.get(digit.to_digit(10)? as usize)).collect::<String>())
}

/// Nanoseconds in the largest unit that does not make them less than one.
fn time(power: i32) -> String {
    let units = ["ns", "µs", "ms", "s"];
    let unit = (power.max(0) / 3).min(3);
    format!("{} {}", 10_i32.pow((power - 3 * unit).max(0) as u32), units[unit as usize])
}

fn drawing(name: &str, sizes: &[usize], curves: &[Curve]) -> String {
    let [left, above, right, below] = MARGINS;
    let (width, height) = (WIDTH - left - right, HEIGHT - above - below);
    let (first, last) = decades(sizes.iter().map(|size| *size as f64));
    let (low, high) = decades(curves.iter().flat_map(|curve| &curve.points).map(|point| point.1));
    let x = |milestones: f64| left + width * (milestones.log10() - f64::from(first)) / f64::from(last - first);
    let y = |time: f64| above + height * (f64::from(high) - time.max(1.0).log10()) / f64::from(high - low);
    let mut svg = format!(
        "<text x=\"{left}\" y=\"{}\" font-size=\"13\" font-weight=\"bold\" fill=\"#222222\">{name}</text>\n",
        above - 14.0
    );
    for power in low..=high {
        let at = y(10_f64.powi(power));
        let _ = writeln!(
            svg,
            "<line x1=\"{left}\" x2=\"{:.1}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#e4e4e4\"/>",
            left + width
        );
        // Every second is enough where there are many.
        if high - low <= 5 || (power - low) % 2 == 0 {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555555\">{}</text>",
                left - 6.0,
                at + 4.0,
                time(power)
            );
        }
    }
    let bottom = above + height;
    for power in first..=last {
        let at = x(10_f64.powi(power));
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{bottom:.1}\" y2=\"{:.1}\" stroke=\"#999999\"/>",
            bottom + 4.0
        );
        let _ = writeln!(
            svg,
            "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#555555\">{}</text>",
            bottom + 18.0,
            power_of_ten(power)
        );
    }
    let _ = writeln!(
        svg,
        "<line x1=\"{left}\" x2=\"{:.1}\" y1=\"{bottom}\" y2=\"{bottom}\" stroke=\"#999999\"/>",
        left + width
    );
    // nenpyo is drawn last, over the others.
    for curve in curves.iter().rev() {
        let thick = if curve.name == "nenpyo" { 2.6 } else { 1.6 };
        let points: Vec<String> =
            curve.points.iter().map(|point| format!("{:.1},{:.1}", x(point.0), y(point.1))).collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{thick}\" stroke-linejoin=\"round\"/>",
            points.join(" "),
            curve.colour
        );
        for point in &curve.points {
            let _ = writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{}\" fill=\"{}\"/>",
                x(point.0),
                y(point.1),
                thick,
                curve.colour
            );
        }
    }
    let ends = curves.iter().filter_map(|curve| curve.points.last().map(|point| (x(point.0), y(point.1), curve)));
    let ends: Vec<End<'_>> = ends.collect();
    for (curve, at) in spread(&ends, above, above + height) {
        let (end_x, end_y, Curve { name, colour, .. }) = ends[curve];
        let beside = left + width + 3.0;
        // Whoever stopped has a cross there, and the others a line to their names.
        let (stroke, cross) = if end_x < left + width - 1.0 {
            let (west, east, north, south) = (end_x - 4.0, end_x + 4.0, end_y - 4.0, end_y + 4.0);
            (format!("M{west:.1} {north:.1} L{east:.1} {south:.1} M{west:.1} {south:.1} L{east:.1} {north:.1}"), " ✕")
        } else {
            (format!("M{beside:.1} {end_y:.1} L{:.1} {at:.1}", beside + 9.0), "")
        };
        let _ = writeln!(svg, "<path d=\"{stroke}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.2\"/>");
        let weight = if *name == "nenpyo" { " font-weight=\"bold\"" } else { "" };
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\"{weight}>{name}{cross}</text>",
            beside + 12.0,
            at + 4.0
        );
    }
    svg
}

/// Where a curve ends, on the drawing.
type End<'c> = (f64, f64, &'c Curve);

/// Where the names of curves are written, beside where these end but not over one another.
fn spread(ends: &[End<'_>], top: f64, bottom: f64) -> Vec<(usize, f64)> {
    let mut places: Vec<(usize, f64)> = ends.iter().enumerate().map(|(curve, end)| (curve, end.1)).collect();
    places.sort_by(|a, b| a.1.total_cmp(&b.1));
    for at in 1..places.len() {
        places[at].1 = places[at].1.max(places[at - 1].1 + LINE);
    }
    // What came to stand too low moves up again, and those above it with it.
    let mut most = bottom;
    for place in places.iter_mut().rev() {
        place.1 = place.1.min(most).max(top - LINE);
        most = place.1 - LINE;
    }
    places
}
