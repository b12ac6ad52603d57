//! The lunisolar calendar of 明治元年 to 明治5年, the last that Japan kept: 62 months in 40 bytes.
//!
//! The months are those that were in force, after 内田正男編『日本暦日原典』第4版 as the Ruby gem `wareki`
//! (`lib/wareki/calendar_def.rb`, BSD-2-Clause) carries it, and after the table of the Ruby gem `when_exe`
//! (`lib/when_exe/region/japanese/calendars.rb`), which agrees in all 62.
//! Both were checked against astronomy: each month begins on the day of the new moon in apparent solar time at Kyoto
//! (135.77° E), as the Tenpō calendar has it, computed with `PyEphem` for all 62.
//! (In mean time one would differ: the new moon of 1872-01-10 came seven minutes before apparent midnight.)

use nenpyo_schema::Day;

/// The Gregorian calendar begins on 明治6年1月1日 (太政官布告第337号); that day is the first without a lunar date.
const GREGORIAN: i32 = -35_428; // 1873-01-01

struct Year {
    /// The number of its first day.
    first: i32,
    /// A bit for each month, the first one lowest: 30 days, otherwise 29. The last month of 明治5年 has two days only.
    long: u16,
    /// The month that has a leap month after it, or 0.
    leap: u8,
}

/// 明治元年 to 明治5年.
static YEARS: [Year; 5] = [
    // 1868-01-25, 1869-02-11, 1870-02-01, 1871-02-19, 1872-02-09
    Year { first: -37_231, long: 0b1101_0010_0110, leap: 4 },
    Year { first: -36_848, long: 0b1101_0010_0111, leap: 0 },
    Year { first: -36_493, long: 0b1001_0101_0110, leap: 10 },
    Year { first: -36_110, long: 0b1001_0101_1011, leap: 0 },
    Year { first: -35_755, long: 0b10_1101_1010, leap: 0 },
];

/// A day of that calendar.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Lunar {
    /// Of Meiji, 1 to 5.
    pub(super) year: u16,
    /// 1 to 12.
    pub(super) month: u8,
    /// Whether it is the leap month that follows the month of that number.
    pub(super) leap: bool,
    /// 1 to 30.
    pub(super) day: u8,
    /// The first day of the month after.
    pub(super) next_month: Day,
}

/// `None` before 1868-01-25 and from 1873-01-01 on.
pub(super) fn of(day: Day) -> Option<Lunar> {
    let day = day.number();
    if day >= GREGORIAN {
        return None;
    }
    let (year, table) = (1..).zip(&YEARS).take_while(|(_, table)| table.first <= day).last()?;
    let mut month_first = table.first;
    for index in 0..13 {
        let next_month = month_first + 29 + i32::from(table.long >> index & 1);
        if day < next_month {
            let after_leap = table.leap != 0 && index >= table.leap;
            return Some(Lunar {
                year,
                month: if after_leap { index } else { index + 1 },
                leap: table.leap != 0 && index == table.leap,
                day: (day - month_first + 1).unsigned_abs() as u8,
                next_month: Day::from_number(next_month.min(GREGORIAN)),
            });
        }
        month_first = next_month;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{GREGORIAN, YEARS, of};
    use nenpyo_schema::Day;

    #[test]
    fn the_table_is_small() {
        assert_eq!(size_of_val(&YEARS), 40);
    }

    /// The first days of all 62 months as Julian day numbers, as `wareki` lists them (leap months where it says).
    #[test]
    fn all_months_begin_where_the_published_table_says() {
        let table: [(u8, &[i32]); 5] = [
            (
                4,
                &[
                    2_403_357, 2_403_386, 2_403_416, 2_403_446, 2_403_475, 2_403_504, 2_403_534, 2_403_563, 2_403_592,
                    2_403_622, 2_403_651, 2_403_681, 2_403_711,
                ],
            ),
            (
                0,
                &[
                    2_403_740, 2_403_770, 2_403_800, 2_403_830, 2_403_859, 2_403_888, 2_403_918, 2_403_947, 2_403_976,
                    2_404_006, 2_404_035, 2_404_065,
                ],
            ),
            (
                10,
                &[
                    2_404_095, 2_404_124, 2_404_154, 2_404_184, 2_404_213, 2_404_243, 2_404_272, 2_404_302, 2_404_331,
                    2_404_361, 2_404_390, 2_404_419, 2_404_449,
                ],
            ),
            (
                0,
                &[
                    2_404_478, 2_404_508, 2_404_538, 2_404_567, 2_404_597, 2_404_627, 2_404_656, 2_404_686, 2_404_715,
                    2_404_745, 2_404_774, 2_404_803,
                ],
            ),
            (
                0,
                &[
                    2_404_833, 2_404_862, 2_404_892, 2_404_921, 2_404_951, 2_404_981, 2_405_010, 2_405_040, 2_405_070,
                    2_405_099, 2_405_129, 2_405_158,
                ],
            ),
        ];
        let mut months = 0;
        for (year, (leap, firsts)) in (1..).zip(table) {
            let mut month = 0;
            for &first in firsts {
                let is_leap = leap != 0 && month == leap && firsts.len() == 13 && {
                    let before = of(Day::from_number(first - 2_440_588 - 1)).unwrap();
                    !before.leap && before.month == leap
                };
                month += u8::from(!is_leap);
                let found = of(Day::from_number(first - 2_440_588)).unwrap();
                assert_eq!((found.year, found.month, found.leap, found.day), (year, month, is_leap, 1), "{first}");
                months += 1;
            }
            assert_eq!(month, 12);
        }
        assert_eq!(months, 62);
    }

    #[test]
    fn each_day_follows_the_day_before() {
        let first = YEARS[0].first;
        assert!(of(Day::from_number(first - 1)).is_none() && of(Day::from_number(GREGORIAN)).is_none());
        let mut before = of(Day::from_number(first)).unwrap();
        for number in first + 1..GREGORIAN {
            let day = of(Day::from_number(number)).unwrap();
            if day.day == 1 {
                assert_eq!(before.next_month, Day::from_number(number));
                assert!(before.day >= 29);
            } else {
                assert_eq!(
                    (day.day, day.month, day.leap, day.year),
                    (before.day + 1, before.month, before.leap, before.year)
                );
            }
            before = day;
        }
        assert_eq!((before.year, before.month, before.day), (5, 12, 2));
        assert_eq!(before.next_month.ymd(), (1873, 1, 1));
    }
}
