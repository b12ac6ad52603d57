//! Words that stay with the number before them, with or without a space between: `12 MeV`, `2016年`.

/// Unit symbols of energy, power, electricity and magnetism, length, area, volume and mass, time, frequency, temperature,
/// pressure and angle, radiation and information, and shares. They stand behind a number and a space, which is part of
/// the quantity (SI Brochure 5.4.3); JLREQ 3.1.10 keeps a number and the symbol behind it (cl-13) on one line.
const SYMBOLS: &[&str] = &[
    "eV", "meV", "keV", "MeV", "GeV", "TeV", "J", "kJ", "MJ", "GJ", "mW", "W", "kW", "MW", "GW", "kWh", "V", "kV",
    "MV", "mA", "A", "kA", "MA", "T", "mT", "Ω", "nm", "µm", "μm", "mm", "cm", "m", "km", "m²", "m³", "km²", "ha",
    "mg", "g", "kg", "t", "L", "mL", "fs", "ps", "ns", "µs", "μs", "ms", "s", "min", "h", "Hz", "kHz", "MHz", "GHz",
    "THz", "K", "°C", "℃", "Pa", "kPa", "MPa", "°", "Bq", "kBq", "MBq", "GBq", "Gy", "mGy", "Sv", "mSv", "µSv", "μSv",
    "bit", "kB", "MB", "GB", "TB", "%", "％",
];

/// What Japanese counts with. JLREQ lets a line end between a number and these; a careful typesetter does not.
const COUNTERS: &[&str] = &[
    "年",
    "月",
    "日",
    "時",
    "分",
    "秒",
    "週",
    "世紀",
    "億",
    "万",
    "千",
    "百",
    "人",
    "名",
    "社",
    "者",
    "回",
    "件",
    "号",
    "度",
    "期",
    "次",
    "台",
    "基",
    "棟",
    "階",
    "部",
    "章",
    "種",
    "点",
    "段",
    "周",
    "個",
    "本",
    "枚",
    "冊",
    "倍",
    "代",
    "歳",
    "円",
    "キロ",
    "メートル",
    "ペタ",
    "か国",
    "か所",
    "か月",
    "カ国",
    "カ所",
    "カ月",
    "ヶ国",
    "ヶ所",
    "ヶ月",
];

/// All of them.
///
/// ```
/// assert!(nenpyo_typeset::breaks::units().any(|unit| unit == "MeV"));
/// ```
pub fn units() -> impl Iterator<Item = &'static str> {
    SYMBOLS.iter().chain(COUNTERS).copied()
}

/// The unit with which these begin, if it is a word by itself.
pub(super) fn unit_at(following: &[char]) -> Option<&'static str> {
    units().find(|unit| {
        let length = unit.chars().count();
        let is_there = following.len() >= length && unit.chars().eq(following[..length].iter().copied());
        let ends_in_a_letter = unit.ends_with(is_part_of_a_word);
        is_there && !(ends_in_a_letter && following.get(length).is_some_and(|next| is_part_of_a_word(*next)))
    })
}

/// Letters and digits that no line parts: all but those of East Asia.
fn is_part_of_a_word(character: char) -> bool {
    character.is_alphanumeric() && u32::from(character) < 0x1100
}
