//! Texts, paragraphs and drafts made from bytes: each byte decides one thing.

use jiebang::domain::{
    Application, Attachment, Category, Channel, Demand, Disclosure, Draft, EnterpriseSize,
    Evidence, EvidenceKind, Figure, Guide, Object, Ownership, Role, Table,
};
use jiebang::typeset::page::Face;
use jiebang::typeset::paragraph::{Align, Inline, Paragraph, Style};

/// What people type, and what they should not.
const PIECES: &str = "甲|乙|公司|研发|技术攻关|，|。|、|；|：|（|）|《|》|“|”|‘|’|——|……|—|…|·|～|–|-|/| |  |\u{3000}|\t|\n|\r\n\
    |a|PA66|polypropylene|1180 mm|3.5%|℃|2024年|GB/T 2408—2021|1.0×10¹²|https://a.example.com/b?c=d\
    |9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d|😀|👨\u{200D}👩\u{200D}👧|e\u{301}|龘|𠮷|①|【|】|\u{200B}|\u{FE0F}|\u{301}|(|)|[|]|!\
    |％|Ω·cm|1620 mm×1180 mm|第 3 条|表 2|图1|¥3,000|12-34|@|\u{202E}|\u{2066}|\u{AD}|\u{FEFF}|\u{E0100}|\u{3099}|ｶﾞ\
    |שלום|مرحبا|हिन्दी|ไทย|한국어|\u{1100}\u{1161}|\u{2028}|\u{85}|\u{B}|\u{7}|\u{A0}|\u{2009}|€|№|Ⅲ|α|ﬁ|ǆ|İ|ß|〇|々|〓|☐\
    |2024年1月—6月|第1—3个月|经费（万元）|100,000|-1|0|1e9|９９|①②③|·|•";

/// Bytes that decide, one after the other. Behind their end everything is the first of its kind.
pub(crate) struct Dice<'a>(pub(crate) &'a [u8]);

impl Dice<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) =
            self.0.split_first().map_or((0, self.0), |(first, rest)| (*first, rest));
        self.0 = rest;
        first
    }

    /// A number below `count`, which is at most 256.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::from(self.byte()) % count.max(1)
    }

    fn is(&mut self) -> bool {
        self.below(2) == 1
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> Option<T> {
        choices.get(self.below(choices.len() + 1)).copied()
    }

    fn character(&mut self) -> char {
        let bytes = [0, self.byte() % 17, self.byte(), self.byte()];
        char::from_u32(u32::from_be_bytes(bytes)).unwrap_or('甲')
    }

    /// Text of up to `most` pieces; a few are said again and again.
    pub(crate) fn text(&mut self, most: usize) -> String {
        let pieces: Vec<&str> = PIECES.split('|').collect();
        let mut text = String::new();
        for _ in 0..self.below(most + 1) {
            match self.below(256) {
                0..230 => text.push_str(pieces[self.below(pieces.len())]),
                230..250 => text.push(self.character()),
                _ => text = text.repeat(1 + self.below(12)),
            }
            if text.len() > 40 * most {
                break;
            }
        }
        text
    }

    /// A paragraph and the width it is to be set in, pt.
    pub(crate) fn paragraph(&mut self) -> (Paragraph, f32) {
        let size = [10.5, 15.75, 9.0, 5.0, 22.0][self.below(5)];
        let width = size * 2.0 + 2.0 * self.below(256) as f32;
        let align = [Align::Justify, Align::Left, Align::Centre, Align::Right, Align::Spread];
        let face = [Face::Song, Face::Kai, Face::Hei, Face::SongBold][self.below(4)];
        let mut style = Style::new(face, size, size * 1.5).align(align[self.below(5)]);
        if self.is() && width > 5.0 * size {
            style = style.indented();
        }
        if self.is() && width > 6.0 * size {
            style = style.hanging(size * self.below(4) as f32);
        }
        let inlines = (0..1 + self.below(4)).map(|_| self.inline()).collect();
        (Paragraph { inlines, style, field: None }, width)
    }

    fn inline(&mut self) -> Inline {
        let one_line = |text: String| text.replace(['\n', '\r'], "");
        match self.below(6) {
            3 => Inline::Blank {
                text: one_line(self.text(12)),
                tail: ["", "省", "）", "——"][self.below(4)].to_owned(),
                least: 2.0 * self.below(256) as f32,
                field: None,
            },
            4 => Inline::CheckBox { checked: self.is() },
            5 => Inline::Choice { checked: self.is(), words: one_line(self.text(4)) },
            _ => Inline::Text { text: one_line(self.text(60)), face: None },
        }
    }

    /// A draft with something in many of its blanks.
    pub(crate) fn draft(&mut self, notice: &str) -> Draft {
        let role = [Role::Solver, Role::Demander][self.below(2)];
        let mut draft = Draft::new(notice, role);
        match role {
            Role::Solver => {
                draft.applications = (0..self.below(3)).map(|_| self.letter()).collect();
            }
            Role::Demander => draft.demands = vec![Demand::default(); self.below(5)],
        }
        self.choose(&mut draft);
        for field in draft.blanks() {
            let words = match self.below(4) {
                0 => continue,
                1 => self.text(4),
                2 => self.text(16),
                _ => self.text(80),
            };
            if let Some(blank) = draft.text_mut(&field) {
                *blank = words;
            }
        }
        draft
    }

    fn choose(&mut self, draft: &mut Draft) {
        draft.company.size = self.one_of(EnterpriseSize::ALL);
        draft.company.ownership = self.one_of(Ownership::ALL);
        draft.company.categories.extend(self.one_of(Category::ALL));
        draft.disclosure = self.one_of(Disclosure::ALL);
        draft.recommendation.channel = self.one_of(Channel::ALL);
        let ticks = self.byte();
        let print = &mut draft.print;
        print.check_code_on_tables = ticks & 1 == 0;
        print.double_sided = ticks & 2 != 0;
        print.straddle_seal = ticks & 4 != 0;
        print.signature_fields = ticks & 8 != 0;
        draft.declarations.no_secrets = ticks & 16 != 0;
    }

    fn letter(&mut self) -> Application {
        let mut letter = Application::default();
        for _ in 0..self.below(5) {
            let section = Application::SECTIONS[self.below(Application::SECTIONS.len())];
            let object = if self.is() { self.table() } else { self.figure() };
            if let Some(body) = letter.section_mut(section) {
                body.push(object);
            }
        }
        letter.evidence.resize_with(self.below(6), || Evidence {
            kind: self.one_of(EvidenceKind::ALL),
            ..Evidence::default()
        });
        letter
    }

    fn table(&mut self) -> Object {
        let (columns, rows) = (self.below(24), self.below(40));
        let mut table = Table::empty(columns, rows);
        table.guide = self.one_of(Guide::ALL);
        table.header = self.is();
        // Most cells are empty or alike; a few are filled with the blanks.
        let words = self.text(6);
        let every = 1 + self.below(6);
        for (n, cell) in table.rows.iter_mut().flatten().enumerate() {
            if n % every == 0 {
                cell.clone_from(&words);
            }
        }
        if self.is() {
            table.widths = (0..columns).map(|_| 1000.min(4 * u16::from(self.byte()))).collect();
        }
        if let (true, Some(last)) = (self.is(), table.rows.last_mut()) {
            last.truncate(1);
        }
        Object::Table(table)
    }

    fn figure(&mut self) -> Object {
        let side = |dice: &mut Self| [0, 1, 100, 1500, 20_000, u32::MAX][dice.below(6)];
        let pixels = [side(self), side(self)];
        let sha256 = if self.is() { "a".repeat(64) } else { String::new() };
        let file = Attachment { sha256, ..Attachment::default() };
        let width = self.byte().min(100);
        Object::Figure(Figure { file, pixels, width, ..Figure::default() })
    }
}
