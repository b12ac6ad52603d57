//! What the screens say by themselves, in Japanese, in kana for children, and in English.

use nenpyo::{Language, MilestoneKind, RecordKind, Role, StatementKind};

use crate::state::Speech;

/// Something that is said, three times.
#[derive(Debug)]
pub(crate) struct Words {
    japanese: &'static str,
    kana: &'static str,
    english: &'static str,
}

impl Words {
    /// As it is said to this visitor. A chronicle in other languages is spoken about in English.
    #[inline(never)]
    pub(crate) fn of(&self, speech: Speech) -> &'static str {
        match speech {
            Speech { language: Language::JA, has_readings: false } => self.japanese,
            Speech { language: Language::JA, has_readings: true } => self.kana,
            _ => self.english,
        }
    }

    /// All three.
    #[cfg(test)]
    pub(crate) const fn all(&self) -> [&'static str; 3] {
        [self.japanese, self.kana, self.english]
    }
}

macro_rules! words {
    ($($name:ident: $japanese:literal $kana:literal $english:literal,)+) => {
        $(pub(crate) static $name: Words = Words { japanese: $japanese, kana: $kana, english: $english };)+

        /// Everything that has a name.
        #[cfg(test)]
        const ALL: &[&Words] = &[$(&$name),+];
    };
}

words! {
    TIMELINE: "年表" "ねんぴょう" "Timeline",
    ORGANIZATION: "組織" "そしき" "Organisation",
    SEARCH: "検索" "さがす" "Search",
    ABOUT: "年表について" "このねんぴょう" "About",
    MENU: "目次" "もくじ" "Contents",
    LANGUAGE: "ことば：日本語" "ことば：ふりがな" "Language: English",
    // On the button: what it shows now.
    LANGUAGE_SHORT: "日本語" "ふりがな" "English",
    LANGUAGE_SIGN: "漢" "ふ" "En",
    TOUCH_HERE: "画面にふれてください" "がめんに さわってね" "Touch the screen",
    PRESS_HERE: "ボタンを押してください" "ボタンを おしてね" "Press a button",
    ON_THIS_DAY: "今日は何の日" "きょうは なんのひ" "On this day",
    LATEST: "最近の出来事" "さいきんの できごと" "Latest",
    PARTICIPANTS: "関わった組織" "かかわった そしき" "Who took part",
    PLACES: "場所" "ばしょ" "Where",
    PEOPLE: "人物" "ひと" "People",
    THEMES: "主題" "テーマ" "Themes",
    DOCUMENTS: "文書" "ぶんしょ" "Documents",
    PART_OF: "全体" "ぜんたい" "Part of",
    PARTS: "内訳" "うちわけ" "Parts",
    CAUSES: "きっかけ" "きっかけ" "Because of",
    CONSEQUENCES: "その後" "そのあと" "What followed",
    SOURCES: "出典" "もとになった しりょう" "Sources",
    NAMES: "名称" "なまえ" "Names",
    PARENT: "上の組織" "うえの そしき" "Part of",
    PREDECESSORS: "前身" "まえの そしき" "Before it",
    SUCCESSORS: "後身" "あとの そしき" "After it",
    MILESTONES: "出来事" "できごと" "Milestones",
    CHANGED: "この日の変化" "かわったこと" "What changed",
    ADDED: "新設" "あたらしく できた" "New",
    GONE: "廃止" "なくなった" "Gone",
    MOVED: "移管" "うつった" "Moved",
    RENAMED: "改称" "なまえが かわった" "Renamed",
    NOTHING_FOUND: "見つかりません" "みつかりません" "Nothing found",
    NOTHING_THEN: "この日にはまだありません" "このひには まだ ありません" "Not there yet on this day",
    TYPE_HERE: "文字を選んでください" "もじを えらんでね" "Choose letters",
    AS_OF: "現在" "いまは" "As of",
    VERSION: "版" "はん" "Version",
    UNCERTAIN: "（推定）" "（たぶん）" "(uncertain)",
    BACK: "戻る" "もどる" "Back",
    PREVIOUS: "前へ" "まえへ" "Previous",
    NEXT: "次へ" "つぎへ" "Next",

    MILESTONE: "出来事" "できごと" "Milestone",
    SITE: "場所" "ばしょ" "Place",
    PERSON: "人物" "ひと" "Person",
    THEME: "主題" "テーマ" "Theme",
    DOCUMENT: "文書" "ぶんしょ" "Document",
    STATEMENT: "理念" "かんがえ" "Statement",
    SOURCE: "出典" "しりょう" "Source",

    MISSION: "使命" "しめい" "Mission",
    GOAL: "目標" "もくひょう" "Goal",
    STRENGTH: "強み" "つよみ" "Strength",
    BACKGROUND: "背景" "はいけい" "Background",
    ARGUMENT: "論点" "ろんてん" "Argument",
    PROGRESS: "歩み" "あゆみ" "Progress",

    FOUNDING: "発足" "はじまり" "Founding",
    REORGANIZATION: "再編" "くみかえ" "Reorganisation",
    CLOSURE: "終了" "おわり" "Closure",
    AGREEMENT: "協定" "やくそく" "Agreement",
    DESIGNATION: "指定" "してい" "Designation",
    DECISION: "決定" "けってい" "Decision",
    PROGRAMME: "計画" "けいかく" "Programme",
    PUBLICATION: "公表" "はっぴょう" "Publication",
    CONSTRUCTION: "建設" "けんせつ" "Construction",
    COMPLETION: "完成" "かんせい" "Completion",
    OPENING: "開始" "かいし" "Opening",
    OPERATION: "運転" "うんてん" "Operation",
    ACHIEVEMENT: "成果" "せいか" "Achievement",
    CEREMONY: "式典" "しきてん" "Ceremony",
    MEETING: "会合" "かいごう" "Meeting",
    VISIT: "訪問" "ほうもん" "Visit",
    APPOINTMENT: "就任" "しゅうにん" "Appointment",
    NAMING: "命名" "なづけ" "Naming",
    INCIDENT: "事故" "じこ" "Incident",
    STATE: "状況" "じょうきょう" "State",

    ORIGINAL: "元の組織" "もとの そしき" "original",
    RESULTING: "新しい組織" "あたらしい そしき" "resulting",
    SUBJECT: "当事者" "とうじしゃ" "subject",
    ORGANIZER: "主催" "しゅさい" "organiser",
    PARTY: "締結" "あいて" "party",
    AUTHORITY: "決定" "けってい" "authority",
    RECIPIENT: "対象" "うけた そしき" "recipient",
    BUILDER: "建設" "つくった そしき" "builder",
    SUPPLIER: "納入" "おさめた そしき" "supplier",
    OPERATOR: "運営" "うんえい" "operator",
    HOST: "開催地" "ばしょ" "host",
    GUEST: "来訪" "おきゃくさま" "guest",
    PARTICIPANT: "参加" "さんか" "participant",
}

pub(crate) fn record_kind(kind: RecordKind) -> &'static Words {
    match kind {
        RecordKind::Organization => &ORGANIZATION,
        RecordKind::Site => &SITE,
        RecordKind::Person => &PERSON,
        RecordKind::Theme => &THEME,
        RecordKind::Document => &DOCUMENT,
        RecordKind::Statement => &STATEMENT,
        RecordKind::Source => &SOURCE,
        _ => &MILESTONE,
    }
}

pub(crate) fn statement_kind(kind: StatementKind) -> &'static Words {
    match kind {
        StatementKind::Mission => &MISSION,
        StatementKind::Goal => &GOAL,
        StatementKind::Strength => &STRENGTH,
        StatementKind::Background => &BACKGROUND,
        StatementKind::Argument => &ARGUMENT,
        StatementKind::Progress => &PROGRESS,
        _ => &STATEMENT,
    }
}

pub(crate) fn milestone_kind(kind: MilestoneKind) -> &'static Words {
    match kind {
        MilestoneKind::Founding => &FOUNDING,
        MilestoneKind::Reorganization => &REORGANIZATION,
        MilestoneKind::Closure => &CLOSURE,
        MilestoneKind::Agreement => &AGREEMENT,
        MilestoneKind::Designation => &DESIGNATION,
        MilestoneKind::Decision => &DECISION,
        MilestoneKind::Programme => &PROGRAMME,
        MilestoneKind::Publication => &PUBLICATION,
        MilestoneKind::Construction => &CONSTRUCTION,
        MilestoneKind::Completion => &COMPLETION,
        MilestoneKind::Opening => &OPENING,
        MilestoneKind::Operation => &OPERATION,
        MilestoneKind::Achievement => &ACHIEVEMENT,
        MilestoneKind::Ceremony => &CEREMONY,
        MilestoneKind::Meeting => &MEETING,
        MilestoneKind::Visit => &VISIT,
        MilestoneKind::Appointment => &APPOINTMENT,
        MilestoneKind::Naming => &NAMING,
        MilestoneKind::Incident => &INCIDENT,
        MilestoneKind::State => &STATE,
        _ => &MILESTONE,
    }
}

pub(crate) fn role(role: Role) -> &'static Words {
    match role {
        Role::Original => &ORIGINAL,
        Role::Resulting => &RESULTING,
        Role::Subject => &SUBJECT,
        Role::Organizer => &ORGANIZER,
        Role::Party => &PARTY,
        Role::Authority => &AUTHORITY,
        Role::Recipient => &RECIPIENT,
        Role::Builder => &BUILDER,
        Role::Supplier => &SUPPLIER,
        Role::Operator => &OPERATOR,
        Role::Host => &HOST,
        Role::Guest => &GUEST,
        _ => &PARTICIPANT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character that screens show by themselves has a glyph in every size, whatever the chronicle says.
    #[test]
    fn everything_has_a_glyph() {
        let marks = "→←▲▼◆あ小ABC゛゜_年代s0123456789/.-〜–? ";
        // Every word of dates stands in this table of tests.
        let dates = include_str!("../../src/date/words.tsv").lines().filter(|line| !line.starts_with('#'));
        let dates = dates.flat_map(|line| line.split('\t'));
        let words = ALL.iter().flat_map(|words| words.all()).chain([marks]).chain(dates);
        let lacking: std::collections::BTreeSet<char> = words
            .flat_map(str::chars)
            .filter(|character| {
                nenpyo::GlyphSize::ALL
                    .iter()
                    .filter_map(|size| nenpyo::QST.glyphs(*size))
                    .any(|glyphs| glyphs.get(*character).is_none())
            })
            .collect();
        assert!(lacking.is_empty(), "codegen/src/glyphs/interface.rs lacks {lacking:?}");
    }
}
