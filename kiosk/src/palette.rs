//! The colours of screens, by what they are for. The same on every panel; what a panel cannot show is the nearest it can.

use embedded_graphics_core::pixelcolor::Rgb888;
use embedded_graphics_core::prelude::RgbColor;

/// What something is painted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Role {
    /// Behind everything.
    Ground,
    /// Behind headers, keys and buttons.
    Surface,
    /// Behind what is chosen.
    Choice,
    /// Texts on ground and surface.
    Ink,
    /// What accompanies them.
    Faint,
    /// Dates, marks, what stands out.
    Accent,
    /// Texts on what is chosen.
    ChoiceInk,
    /// Lines and frames, which are no text.
    Rule,
    /// White, of codes that machines read.
    Paper,
    /// Black, of the same.
    Print,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Ground,
        Self::Surface,
        Self::Choice,
        Self::Ink,
        Self::Faint,
        Self::Accent,
        Self::ChoiceInk,
        Self::Rule,
        Self::Paper,
        Self::Print,
    ];

    /// Its colour. What is behind texts is dark, or light behind dark ones, to the half of the brightest: so that on panels
    /// with two colours all of it is there too.
    ///
    /// ```
    /// use embedded_graphics_core::pixelcolor::RgbColor;
    /// use nenpyo_kiosk::Role;
    /// assert!(Role::Ink.color().g() > 0x80 && Role::Ground.color().g() < 0x80);
    /// ```
    #[must_use]
    pub const fn color(self) -> Rgb888 {
        match self {
            Self::Ground => Rgb888::new(0x0B, 0x14, 0x24),
            Self::Surface => Rgb888::new(0x18, 0x27, 0x40),
            Self::Choice => Rgb888::new(0xFF, 0xC4, 0x5C),
            Self::Ink => Rgb888::new(0xF4, 0xF6, 0xFA),
            Self::Faint => Rgb888::new(0xB4, 0xC3, 0xD6),
            Self::Accent => Rgb888::new(0x8F, 0xD3, 0xFF),
            Self::ChoiceInk => Rgb888::new(0x10, 0x16, 0x22),
            Self::Rule => Rgb888::new(0x86, 0x9A, 0xB4),
            Self::Paper => Rgb888::new(0xFF, 0xFF, 0xFF),
            Self::Print => Rgb888::new(0x00, 0x00, 0x00),
        }
    }

    /// What is so many fifteenths between two.
    pub(crate) fn between(self, other: Self, fifteenths: u8) -> Rgb888 {
        let (from, to) = (self.color(), other.color());
        let channel = |from: u8, to: u8| {
            let part = u16::from(fifteenths.min(15));
            let sum = u16::from(from) * (15 - part) + u16::from(to) * part;
            ((sum + 7) / 15) as u8
        };
        Rgb888::new(channel(from.r(), to.r()), channel(from.g(), to.g()), channel(from.b(), to.b()))
    }
}

/// What is behind, and what is drawn on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Look {
    /// Behind.
    pub ground: Role,
    /// On it.
    pub ink: Role,
}

impl Look {
    pub(crate) const PLAIN: Self = Self { ground: Role::Ground, ink: Role::Ink };
    pub(crate) const FAINT: Self = Self { ground: Role::Ground, ink: Role::Faint };
    pub(crate) const ACCENT: Self = Self { ground: Role::Ground, ink: Role::Accent };
    /// Lines, which are filled areas.
    pub(crate) const RULE: Self = Self { ground: Role::Rule, ink: Role::Rule };
    pub(crate) const BUTTON: Self = Self { ground: Role::Surface, ink: Role::Ink };
    pub(crate) const HEADER: Self = Self { ground: Role::Surface, ink: Role::Accent };
    pub(crate) const HINT: Self = Self { ground: Role::Surface, ink: Role::Faint };
    pub(crate) const CHOICE: Self = Self { ground: Role::Choice, ink: Role::ChoiceInk };
    #[cfg(feature = "qr")]
    pub(crate) const CODE: Self = Self { ground: Role::Paper, ink: Role::Print };

    /// The looks that texts have.
    pub const OF_TEXTS: [Self; 7] =
        [Self::PLAIN, Self::FAINT, Self::ACCENT, Self::BUTTON, Self::HEADER, Self::HINT, Self::CHOICE];

    /// This, or that of a choice.
    pub(crate) const fn or_choice(self, is_chosen: bool) -> Self {
        if is_chosen { Self::CHOICE } else { self }
    }
}
