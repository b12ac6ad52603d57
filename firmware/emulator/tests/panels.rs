//! The kiosk on emulated panels: every screen in every language is, pixel for pixel, what the host draws and what is
//! committed in `firmware/panels/pictures`.
//!
//! `NENPYO_BLESS=1 cargo test --test panels` in this folder writes the committed pictures anew, from what the emulator
//! shows. What differs is left in `target/firmware/panels`: as expected, as it is, and where it differs in red.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use nenpyo_desk::{Picture, stops};
use nenpyo_emulator::build::folder;
use nenpyo_emulator::panels::{self, Costs, SCREENS, SPEECHES, Screen};
use nenpyo_kiosk::{Event, Now};

/// Where the pictures of a panel are committed.
fn committed(screen: &Screen, speech: &str) -> PathBuf {
    folder("firmware/panels/pictures").join(screen.name).join(speech)
}

/// Compares a picture with what is expected, and leaves both if they are not the same.
fn compare(seen: &Picture, expected: Option<Picture>, by: &str, name: &str, failures: &mut Vec<String>) {
    let Some(expected) = expected else {
        failures.push(format!("{name}: {by} has no such picture"));
        return;
    };
    if &expected == seen {
        return;
    }
    let path = folder("target/firmware/panels").join(name);
    std::fs::create_dir_all(&path).unwrap();
    let is_as_large = (expected.width, expected.height) == (seen.width, seen.height);
    let difference = is_as_large.then(|| expected.difference(seen));
    for (what, picture) in [("expected", Some(&expected)), ("actual", Some(seen)), ("difference", difference.as_ref())]
    {
        if let Some(picture) = picture {
            picture.write(&path.join(format!("{by}-{what}.png"))).unwrap();
        }
    }
    let count = expected.bytes.chunks(3).zip(seen.bytes.chunks(3)).filter(|(one, other)| one != other).count();
    failures.push(format!("{name}: {count} pixels are other ones than {by} has: {}", path.display()));
}

/// The pictures in a folder.
fn pictures(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn shows_what_the_host_draws(screen: &Screen, costs: &mut Costs) {
    let is_blessed = std::env::var_os("NENPYO_BLESS").is_some();
    let mut failures = Vec::new();
    screen
        .with_chronicle(|chronicle| {
            let kiosk = screen.panel.kiosk(chronicle).expect("there are glyphs");
            for (presses, speech) in SPEECHES.into_iter().enumerate() {
                let folder = committed(screen, speech);
                let expected = stops(&kiosk, presses);
                let seen = screen.walk(presses, true).unwrap();
                costs.add(presses, seen.clone());
                let names: Vec<&str> = seen.iter().map(|stop| stop.name.as_str()).collect();
                assert_eq!(names, expected.iter().map(|stop| stop.name).collect::<Vec<_>>());
                let mut files = pictures(&folder);
                if is_blessed {
                    let _ = std::fs::remove_dir_all(&folder);
                    std::fs::create_dir_all(&folder).unwrap();
                    files.clear();
                }
                for (number, (stop, expected)) in seen.into_iter().zip(expected).enumerate() {
                    let file = format!("{:02}-{}.png", number + 1, stop.name);
                    let name = format!("{}/{speech}/{}", screen.name, file.trim_end_matches(".png"));
                    let seen = stop.picture.unwrap();
                    compare(&seen, Some(screen.panel.picture(&kiosk, &expected.state)), "host", &name, &mut failures);
                    if is_blessed {
                        seen.write(&folder.join(&file)).unwrap();
                    } else {
                        let committed = Picture::read(&folder.join(&file)).ok();
                        compare(&seen, committed, "committed", &name, &mut failures);
                    }
                    files.remove(&file);
                }
                failures.extend(files.iter().map(|file| format!("{}/{speech}/{file}: no such screen", screen.name)));
            }
        })
        .unwrap();
    let how = "if that is right, run `NENPYO_BLESS=1 cargo test --test panels` in firmware/emulator, and look at them";
    assert!(failures.is_empty(), "{}\n{how}", failures.join("\n"));
}

/// What does not hold yet of what the OLED's firmware is to be, and what it is today: nothing may grow until it does.
const TODAY: [(&str, u64); 3] = [("code", 69_000), ("memory", 9_000), ("instructions of a key", 3_700_000)];

#[test]
fn the_oled_shows_what_the_host_draws_in_as_little_as_it_may() {
    let mut costs = Costs::of(&SCREENS[0]).unwrap();
    shows_what_the_host_draws(&SCREENS[0], &mut costs);
    let limits = [
        ("flash", costs.flash(), panels::FLASH),
        ("code", costs.code, panels::CODE),
        ("memory", costs.static_memory + costs.stack(), panels::RAM),
        ("instructions of a key", costs.key(), panels::KEY),
    ];
    for (what, is, limit) in limits {
        let limit = TODAY.iter().find(|(other, _)| *other == what).map_or(limit, |(_, today)| *today);
        assert!(is <= limit, "{what}: {is}, and it may be {limit}");
    }
}

#[test]
fn the_colour_display_shows_what_the_host_draws() {
    shows_what_the_host_draws(&SCREENS[1], &mut Costs::default());
}

/// What a visitor holds: with real buttons, by real time, and without the walk.
#[test]
fn the_oled_answers_its_buttons() {
    let screen = &SCREENS[0];
    let buttons = [
        ("ctrl", Event::Select),
        ("right", Event::Language),
        ("down", Event::Down),
        ("ctrl", Event::Select),
        ("down", Event::Down),
        ("up", Event::Up),
        ("left", Event::Back),
    ];
    let other = screen.with_chronicle(|chronicle| {
        let kiosk = screen.panel.kiosk(chronicle).expect("there are glyphs");
        let mut state = kiosk.start(Now::default());
        let mut presses = vec![("", screen.panel.picture(&kiosk, &state))];
        for (button, event) in buttons {
            kiosk.update(&mut state, event, Now::default());
            presses.push((button, screen.panel.picture(&kiosk, &state)));
        }
        screen.hold(&presses)
    });
    if let Some((number, seen)) = other.unwrap().unwrap() {
        let path = folder("target/firmware/panels/buttons.png");
        seen.write(&path).unwrap();
        panic!("after {number} presses the panel shows something else: {}", path.display());
    }
}
