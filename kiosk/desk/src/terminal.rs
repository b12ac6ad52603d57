//! The kiosk in a terminal: two pixels a cell, one above the other.

use std::error::Error;
use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use crossterm::event::{self, Event as Input, KeyCode, KeyEventKind, MouseButton, MouseEventKind};
use crossterm::{cursor, execute, style, terminal};
use embedded_graphics_core::geometry::Size;
use nenpyo::{Chronicle, Day};
use nenpyo_desk::{Depth, Panel, Picture};
use nenpyo_kiosk::{Drawn, Event, Now};

/// Puts the terminal back as it was, whatever happens.
struct Screen;

impl Screen {
    fn enter() -> std::io::Result<Self> {
        terminal::enable_raw_mode()?;
        execute!(stdout(), terminal::EnterAlternateScreen, cursor::Hide, event::EnableMouseCapture)?;
        Ok(Self)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // There is nobody to tell of an error any more.
        let _ = execute!(stdout(), event::DisableMouseCapture, cursor::Show, terminal::LeaveAlternateScreen);
        let _ = terminal::disable_raw_mode();
    }
}

pub(crate) fn run(
    chronicle: &Chronicle<'_>,
    size: Option<Size>,
    depth: Option<Depth>,
    speech: usize,
) -> Result<(), Box<dyn Error>> {
    let begin = Instant::now();
    let now = || Now { milliseconds: begin.elapsed().as_millis() as u64, today: today() };
    let _screen = Screen::enter()?;
    let room = || terminal::size().map(|(columns, rows)| Size::new(u32::from(columns), u32::from(rows) * 2));
    let whole = |room: Size| Size::new(room.width.max(64), room.height.max(48));
    let panel = |size: Size| Panel { size, depth: depth.unwrap_or(Depth::of(size)) };
    let mut at = panel(size.unwrap_or(whole(room()?)));
    let mut kiosk = at.kiosk(chronicle).ok_or("the data has no glyphs")?;
    let mut state = kiosk.start(now());
    for _ in 0..speech {
        kiosk.update(&mut state, Event::Language, now());
    }
    let (mut shown, mut drawn) = (at.dark(), Drawn::NOTHING);
    loop {
        if shown.redraw(&kiosk, &state, &mut drawn) {
            print(&shown.picture(), room()?)?;
        }
        if !event::poll(Duration::from_millis(100))? {
            kiosk.update(&mut state, Event::Tick, now());
            continue;
        }
        let event = match event::read()? {
            Input::Resize(..) => {
                at = panel(size.unwrap_or(whole(room()?)));
                kiosk = at.kiosk(chronicle).ok_or("the data has no glyphs")?;
                (shown, drawn) = (at.dark(), Drawn::NOTHING);
                execute!(stdout(), terminal::Clear(terminal::ClearType::All))?;
                continue;
            }
            Input::Mouse(mouse) if mouse.kind == MouseEventKind::Down(MouseButton::Left) => {
                Event::Touch { x: mouse.column, y: mouse.row * 2 }
            }
            Input::Key(key) if key.kind != KeyEventKind::Release => match key.code {
                KeyCode::Char('q') => return Ok(()),
                KeyCode::Char('c') if key.modifiers.contains(event::KeyModifiers::CONTROL) => return Ok(()),
                KeyCode::Char('l') => Event::Language,
                KeyCode::Up | KeyCode::Left => Event::Up,
                KeyCode::Down | KeyCode::Right => Event::Down,
                KeyCode::Enter | KeyCode::Char(' ') => Event::Select,
                KeyCode::Esc | KeyCode::Backspace => Event::Back,
                _ => continue,
            },
            _ => continue,
        };
        kiosk.update(&mut state, event, now());
    }
}

/// Today in UTC.
fn today() -> Option<Day> {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    let epoch = Day::from_ymd(1970, 1, 1)?.number();
    Some(Day::from_number(epoch + i32::try_from(seconds / 86_400).ok()?))
}

/// Prints as much of a picture as there is room for.
fn print(picture: &Picture, room: Size) -> std::io::Result<()> {
    let mut out = Vec::new();
    for row in 0..picture.height.min(room.height) / 2 {
        crossterm::queue!(out, cursor::MoveTo(0, row as u16))?;
        let mut before = None;
        for column in 0..picture.width.min(room.width) {
            let colors = (picture.pixel(column, row * 2), picture.pixel(column, row * 2 + 1));
            if before != Some(colors) {
                let color = |[r, g, b]: [u8; 3]| style::Color::Rgb { r, g, b };
                crossterm::queue!(
                    out,
                    style::SetForegroundColor(color(colors.0)),
                    style::SetBackgroundColor(color(colors.1))
                )?;
                before = Some(colors);
            }
            write!(out, "▀")?;
        }
    }
    crossterm::queue!(out, style::ResetColor)?;
    stdout().write_all(&out)?;
    stdout().flush()
}
