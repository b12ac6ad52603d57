//! What else the Stellaris LM3S6965 evaluation board has: five buttons beside the panel, and the processor's timer.

use nenpyo_kiosk::Event;

use crate::register::Register;

/// Cycles of a millisecond, as the processor runs after a reset.
const CYCLES: u32 = 12_500;
/// The timer counts so many bits, 1.3 seconds, down to zero and begins again.
const TIMER: u32 = 0x00FF_FFFF;
/// For so many milliseconds after a button was pressed or let go, its contacts bounce.
const BOUNCE: u64 = 30;
/// So many milliseconds pass between two ticks.
const TICK: u64 = 250;

/// The time since it was made. Whoever draws for longer than a second loses time, and nothing else.
pub struct Clock {
    current: Register<u32>,
    /// What the timer showed, and the cycles since the last whole millisecond.
    before: u32,
    cycles: u32,
    milliseconds: u64,
    ticked: u64,
}

impl Clock {
    /// Starts the timer.
    #[expect(clippy::new_without_default, reason = "it changes registers")]
    #[must_use]
    pub fn new() -> Self {
        // SAFETY: these are registers of the timer of every Cortex-M3 (Armv7-M manual, B3.3); none is memory.
        let [control, reload, current] =
            unsafe { [0xE000_E010, 0xE000_E014, 0xE000_E018].map(|address| Register::<u32>::new(address)) };
        reload.write(TIMER);
        current.write(0);
        // The processor's own clock, no interrupt.
        control.write(0b101);
        Self { current, before: TIMER, cycles: 0, milliseconds: 0, ticked: 0 }
    }

    /// Milliseconds since then.
    pub fn milliseconds(&mut self) -> u64 {
        let now = self.current.read();
        self.cycles += self.before.wrapping_sub(now) & TIMER;
        self.before = now;
        self.milliseconds += u64::from(self.cycles / CYCLES);
        self.cycles %= CYCLES;
        self.milliseconds
    }

    /// Whether it is time for [`Event::Tick`].
    pub fn has_ticked(&mut self) -> bool {
        let is_time = self.milliseconds - self.ticked >= TICK;
        if is_time {
            self.ticked = self.milliseconds;
        }
        is_time
    }
}

/// What the buttons are for: up, down, left and right on port E from its first pin on, select on the second one of port F.
const EVENTS: [Event; 5] = [Event::Up, Event::Down, Event::Back, Event::Language, Event::Select];

/// The buttons.
pub struct Keys {
    port_e: Register<u32>,
    port_f: Register<u32>,
    /// Which are pressed, a bit each, and since when.
    held: u32,
    since: u64,
}

impl Keys {
    /// Makes inputs of their pins.
    #[expect(clippy::new_without_default, reason = "it changes registers")]
    #[must_use]
    pub fn new() -> Self {
        // SAFETY: these are registers of this microcontroller (LM3S6965 data sheet, chapters 6 and 9); none is memory. The
        // last two are the data of just those pins.
        let [ports, digital_e, pull_e, digital_f, pull_f, port_e, port_f] = unsafe {
            [0x400F_E108, 0x4002_451C, 0x4002_4510, 0x4002_551C, 0x4002_5510, 0x4002_403C, 0x4002_5008]
                .map(|address| Register::<u32>::new(address))
        };
        let set = |register: &Register<u32>, bits: u32| register.write(register.read() | bits);
        set(&ports, 1 << 4 | 1 << 5);
        // A port listens some cycles after its clock runs; reading passes them.
        ports.read();
        for (register, bits) in [(digital_e, 0xF), (pull_e, 0xF), (digital_f, 1 << 1), (pull_f, 1 << 1)] {
            set(&register, bits);
        }
        let mut keys = Self { port_e, port_f, held: 0, since: 0 };
        // What is pressed from the beginning was not pressed for anything.
        keys.held = keys.held();
        keys
    }

    /// Which are pressed now, a bit each: a button that is pressed pulls its pin down.
    fn held(&self) -> u32 {
        !(self.port_e.read() | self.port_f.read() << 3) & 0x1F
    }

    /// What a button that was just pressed is for.
    pub fn pressed(&mut self, milliseconds: u64) -> Option<Event> {
        if milliseconds.saturating_sub(self.since) < BOUNCE {
            return None;
        }
        let held = self.held();
        let pressed = held & !self.held;
        if held != self.held {
            (self.held, self.since) = (held, milliseconds);
        }
        EVENTS.get(pressed.trailing_zeros() as usize).copied()
    }
}
