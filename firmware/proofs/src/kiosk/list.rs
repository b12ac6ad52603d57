//! What is public in nenpyo-kiosk, once; without `tour`, which walks through screens in tests.

/// Hands the list to a macro that makes something of each `"path" => |stage| answer;`.
macro_rules! kiosk {
    ($each:ident) => {
        $each! {
            "Kiosk::new" => |s| nenpyo_kiosk::Kiosk::new(s.chronicle, s.size, true).is_some();
            "Kiosk::with_touch" => |s| s.kiosk.with_touch(true);
            "Kiosk::with_buttons" => |s| s.kiosk.with_buttons(false);
            "Kiosk::with_idle" => |s| s.kiosk.with_idle(s.now.milliseconds);
            "Kiosk::start" => |s| *s.state = s.kiosk.start(s.now);
            "Kiosk::update" => |s| s.kiosk.update(s.state, s.event, s.now);
            "Kiosk::changes" => |s| s.kiosk.changes(s.state, s.drawn);
            "Changes::next" => |s| s.kiosk.changes(s.state, s.drawn).next();
            "Kiosk::draw on one bit" => |s| s.kiosk.draw(s.state, &mut panel::<embedded_graphics_core::pixelcolor::BinaryColor>());
            "Kiosk::draw on four bits" => |s| s.kiosk.draw(s.state, &mut panel::<embedded_graphics_core::pixelcolor::Gray4>());
            "Kiosk::draw_within" => |s| s.kiosk.draw_within(s.state, embedded_graphics_core::primitives::Rectangle { top_left: core::hint::black_box(embedded_graphics_core::geometry::Point { x: 0, y: 0 }), size: s.size }, &mut panel::<embedded_graphics_core::pixelcolor::Rgb565>());
            "Kiosk::redraw" => |s| s.kiosk.redraw(s.state, s.drawn, &mut panel::<embedded_graphics_core::pixelcolor::Rgb565>());
            "State::place" => |s| s.state.place();
            "State::speech" => |s| s.state.speech();
            "State::query" => |s| s.state.query().len();
            "State::clone" => |s| *s.state = core::hint::black_box(&*s.state).clone();
            "State::eq" => |s| *s.state == s.kiosk.start(s.now);
            "Drawn::default" => |s| *s.drawn = nenpyo_kiosk::Drawn::default();
            "Role::color" => |_s| core::hint::black_box(nenpyo_kiosk::Role::Ink).color();
            "Buttons::new" => |_s| nenpyo_kiosk::Buttons::new();
            "Buttons::event" => |s| nenpyo_kiosk::Buttons::new().event([core::hint::black_box(true); 3], s.now);
            "Layout::lines" => |s| s.layout.lines(s.text).count();
            "Layout::extent" => |s| s.layout.extent(s.text);
            "Layout::place" => |s| s.layout.place(&s.line, |glyph| { core::hint::black_box(glyph); });
            "Line::text" => |s| s.line.text().count();
            "Readings::of_height" => |s| nenpyo_kiosk::layout::Readings::of_height(s.now.milliseconds as u16);
        }
    };
}

pub(crate) use kiosk;
