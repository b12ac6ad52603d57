//! The characters that interfaces need beside those of the data: for dates, menus and keyboards. Host only.

/// What every chronicle has glyphs of, if it has any: printable ASCII, arrows and marks of menus.
const ALWAYS: &str = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\
                      ←→↑↓▲▼△▽○●◎□■◇◆☆★×…–";

/// What one with Japanese has besides: all kana, so that every reading can be typed and shown, what stands between words,
/// wide figures, and the words of dates: eras, months, weekdays, and how sure they are.
const JAPANESE: &str = "ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねの\
                        はばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをん\
                        ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノ\
                        ハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ\
                        ーゝゞヽヾ々〆゛゜\u{3000}、。，．・：；？！（）〔〕［］｛｝〈〉《》「」『』【】〜―‐／＋－＝％＆※\
                        ０１２３４５６７８９一二三四五六七八九十百千明治大正昭和平成令元年月日時分秒曜火水木金土\
                        頃推定不明以前後春夏秋冬初中末上下旬間週第年表検索戻次終了設定言語日英組織沿革人物施設主題文書\
                        事今任会体何使催入全公典内再出加化協参合名命問営在地場変始字完対就廃建式強当念所押指改故新景最本来果\
                        標止歩決況漢点版状現理画発目称移管納結締編者背見計訪訳論象足身転近運選開関面代暦期紀西閏降";

/// The characters of an interface, in Japanese too if it speaks that.
pub(super) fn characters(is_japanese: bool) -> impl Iterator<Item = char> {
    ALWAYS.chars().chain(JAPANESE.chars().filter(move |_| is_japanese))
}
