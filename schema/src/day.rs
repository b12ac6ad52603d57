//! A day as one number, so that comparing two days is comparing two integers.

/// The length of the cycle after which the Gregorian calendar repeats itself, in days.
const CYCLE: i32 = 146_097;

/// From 0000-03-01, where the cycle is counted from, to 1970-01-01, without whole cycles.
const EPOCH_IN_CYCLE: i32 = 719_468 - 4 * CYCLE;

/// How many cycles before the year 0 days are counted without division.
const CYCLES_BEFORE: i32 = 25;

/// Years beyond this have no [`Day`]: their day numbers come near the ends of an `i32`.
const LAST_YEAR: i32 = 5_800_000;

/// A day of the proleptic Gregorian calendar: days since 1970-01-01. 4 bytes.
///
/// Years are astronomical, as in EDTF: year 0 is 1 BCE, year −1 is 2 BCE.
/// The arithmetic is Howard Hinnant's `days_from_civil`, in 32 bits only.
///
/// ```
/// use nenpyo_schema::Day;
/// let day = Day::from_ymd(2016, 4, 1).unwrap();
/// assert_eq!(day.number(), 16_892);
/// assert_eq!(day.next().ymd(), (2016, 4, 2));
/// assert_eq!(Day::from_ymd(2017, 2, 29), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Day(i32);

impl Day {
    /// Before every day: "no lower bound".
    pub const MIN: Day = Day(i32::MIN);
    /// After every day: "no upper bound".
    pub const MAX: Day = Day(i32::MAX);

    /// The day that many days after 1970-01-01.
    ///
    /// ```
    /// use nenpyo_schema::Day;
    /// assert_eq!(Day::from_number(0).ymd(), (1970, 1, 1));
    /// ```
    pub const fn from_number(number: i32) -> Day {
        Day(number)
    }

    /// Days since 1970-01-01.
    ///
    /// ```
    /// use nenpyo_schema::Day;
    /// let (first, last) = (Day::from_ymd(2016, 4, 1).unwrap(), Day::from_ymd(2017, 4, 1).unwrap());
    /// assert_eq!(last.number() - first.number(), 365, "days between them");
    /// ```
    pub const fn number(self) -> i32 {
        self.0
    }

    /// `None` if there is no such day, or its year lies outside −5,800,000..=5,800,000.
    ///
    /// ```
    /// use nenpyo_schema::Day;
    /// assert!(Day::from_ymd(2000, 2, 29).is_some());
    /// assert_eq!(Day::from_ymd(1900, 2, 29), None);
    /// assert_eq!(Day::from_ymd(6_000_000, 1, 1), None);
    /// ```
    pub const fn from_ymd(year: i32, month: u8, day: u8) -> Option<Day> {
        if year < -LAST_YEAR || year > LAST_YEAR {
            return None;
        }
        if day == 0 || day > Day::days_in_month(year, month) {
            return None;
        }
        Some(Day::counted(year, month, day))
    }

    /// Like [`Day::from_ymd`], but far years become [`Day::MIN`] or [`Day::MAX`]; the caller has checked the rest.
    pub(crate) const fn saturating(year: i32, month: u8, day: u8) -> Day {
        if year < -LAST_YEAR {
            Day::MIN
        } else if year > LAST_YEAR {
            Day::MAX
        } else {
            Day::counted(year, month, day)
        }
    }

    const fn counted(year: i32, month: u8, day: u8) -> Day {
        // Years begin in March here, so that the leap day is the last of its year.
        let (year, month_from_march) = if month <= 2 { (year - 1, month as i32 + 9) } else { (year, month as i32 - 3) };
        // A fifth, exactly: the smallest processors do not divide.
        let day_of_year = (((153 * month_from_march + 2) * 6554) >> 15) + day as i32 - 1;
        let from_cycle = year + 400 * CYCLES_BEFORE;
        if from_cycle >= 0 && from_cycle <= 40_000 {
            // A hundredth, exactly up to 43,698.
            let centuries = (from_cycle * 5243) >> 19;
            let leap_days = (from_cycle >> 2) - centuries + (centuries >> 2);
            return Day(from_cycle * 365 + leap_days + day_of_year - (CYCLES_BEFORE + 4) * CYCLE - EPOCH_IN_CYCLE);
        }
        let year_of_cycle = year.rem_euclid(400);
        let day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
        Day((year.div_euclid(400) - 4) * CYCLE - EPOCH_IN_CYCLE + day_of_cycle)
    }

    /// Year, month and day of month.
    ///
    /// ```
    /// use nenpyo_schema::Day;
    /// assert_eq!(Day::from_number(-1).ymd(), (1969, 12, 31));
    /// ```
    pub const fn ymd(self) -> (i32, u8, u8) {
        let mut cycle = self.0.div_euclid(CYCLE) + 4;
        let mut day_of_cycle = self.0.rem_euclid(CYCLE) + EPOCH_IN_CYCLE;
        if day_of_cycle >= CYCLE {
            day_of_cycle -= CYCLE;
            cycle += 1;
        }
        let year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1).unsigned_abs() as u8;
        let year = year_of_cycle + cycle * 400;
        if month_from_march < 10 {
            (year, (month_from_march + 3).unsigned_abs() as u8, day)
        } else {
            (year + 1, (month_from_march - 9).unsigned_abs() as u8, day)
        }
    }

    /// The day after; [`Day::MAX`] has none and stays.
    ///
    /// ```
    /// use nenpyo_schema::Day;
    /// assert_eq!(Day::from_ymd(2016, 2, 29).unwrap().next().ymd(), (2016, 3, 1));
    /// assert_eq!(Day::MAX.next(), Day::MAX);
    /// ```
    #[must_use]
    pub const fn next(self) -> Day {
        Day(self.0.saturating_add(1))
    }

    /// The day before; [`Day::MIN`] has none and stays.
    ///
    /// ```
    /// use nenpyo_schema::Day;
    /// assert_eq!(Day::from_ymd(2016, 4, 1).unwrap().previous().ymd(), (2016, 3, 31));
    /// ```
    #[must_use]
    pub const fn previous(self) -> Day {
        Day(self.0.saturating_sub(1))
    }

    /// How many days that month has; 0 if there is no such month.
    ///
    /// ```
    /// use nenpyo_schema::Day;
    /// assert_eq!((Day::days_in_month(2016, 2), Day::days_in_month(2017, 2)), (29, 28));
    /// assert_eq!(Day::days_in_month(2017, 13), 0);
    /// ```
    pub const fn days_in_month(year: i32, month: u8) -> u8 {
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            // Of what four divides, a hundred divides what 25 does, and 400 what 16 does as well.
            2 if year % 4 == 0 && (year % 16 == 0 || year % 25 != 0) => 29,
            2 => 28,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    /// Counts the calendar forward day by day, knowing nothing of cycles, and compares each day both ways.
    #[test]
    fn every_day_of_twenty_thousand_years_agrees_with_a_calendar_that_counts() {
        let (mut year, mut month, mut day) = (-10_000, 1, 1);
        let mut number = Day::from_ymd(year, month, day).unwrap().number();
        while year <= 10_000 {
            assert_eq!(Day::from_number(number).ymd(), (year, month, day));
            assert_eq!(Day::from_ymd(year, month, day), Some(Day::from_number(number)));
            let leap = year.rem_euclid(400) == 0 || (year.rem_euclid(4) == 0 && year.rem_euclid(100) != 0);
            let long = [31, 28 + u8::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            number += 1;
            day += 1;
            if day > long[usize::from(month) - 1] {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
    }

    #[test]
    fn known_days_have_their_known_numbers() {
        // 2440588 is the Julian day number of 1970-01-01; the others are from the table of Japanese months.
        for (julian, ymd) in [
            (2_440_588, (1970, 1, 1)),
            (2_403_357, (1868, 1, 25)),
            (2_405_160, (1873, 1, 1)),
            (1_721_120, (0, 3, 1)),
            (0, (-4713, 11, 24)),
        ] {
            assert_eq!(Day::from_number(julian - 2_440_588).ymd(), ymd);
        }
    }

    #[test]
    fn impossible_days_are_none() {
        for (year, month, day) in [
            (2016, 0, 1),
            (2016, 13, 1),
            (2016, 4, 0),
            (2016, 4, 31),
            (2017, 2, 29),
            (1900, 2, 29),
            (2016, 255, 1),
            (2016, 1, 255),
            (i32::MAX, 1, 1),
            (i32::MIN, 1, 1),
            (5_800_001, 1, 1),
        ] {
            assert_eq!(Day::from_ymd(year, month, day), None);
        }
    }

    #[test]
    fn the_ends_of_the_range_hold() {
        for number in [i32::MIN, i32::MIN + 1, -1, 0, i32::MAX - 1, i32::MAX] {
            let (year, month, day) = Day::from_number(number).ymd();
            assert!((1..=12).contains(&month) && (1..=Day::days_in_month(year, month)).contains(&day));
        }
        assert_eq!((Day::MAX.next(), Day::MIN.previous()), (Day::MAX, Day::MIN));
        for year in [-5_800_000, 5_800_000] {
            assert_eq!(Day::from_ymd(year, 2, 28).unwrap().ymd(), (year, 2, 28));
        }
        assert_eq!(Day::saturating(5_800_001, 1, 1), Day::MAX);
        assert_eq!(Day::saturating(-5_800_001, 1, 1), Day::MIN);
    }
}
