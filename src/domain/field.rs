//! The address of a blank, and what stands beside it: label, hint, example, limit.

mod place;

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Draft, Role};

pub use place::{Place, Within};

/// The address of one blank: its JSON pointer (RFC 6901) in the draft, such as `/demands/3/name`.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Field(String);

impl Field {
    /// The blank at a pointer.
    #[must_use]
    pub fn new(pointer: impl Into<String>) -> Self {
        Self(pointer.into())
    }

    /// A blank of demand `index` (from 0): `name` or `content/…`.
    #[must_use]
    pub fn demand(index: usize, part: &str) -> Self {
        Self(format!("/demands/{index}/{part}"))
    }

    /// A blank of letter `index` (from 0), such as `item/code` or `plan/route`.
    #[must_use]
    pub fn application(index: usize, part: &str) -> Self {
        Self(format!("/applications/{index}/{part}"))
    }

    /// A blank of piece `piece` (from 0) of the evidence of letter `index`.
    #[must_use]
    pub fn evidence(index: usize, piece: usize, part: &str) -> Self {
        Self(format!("/applications/{index}/evidence/{piece}/{part}"))
    }

    /// The JSON pointer.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.0
    }

    /// The pointer's segments.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').skip(1)
    }

    /// What is known of the blank; `None` for an address of no form.
    #[must_use]
    pub fn spec(&self) -> Option<&'static Spec> {
        static BY_PATTERN: LazyLock<HashMap<&str, &Spec>> =
            LazyLock::new(|| specs().iter().map(|spec| (spec.field.as_str(), spec)).collect());
        if let Some(place) = self.place() {
            return match place.within {
                Within::Text => BY_PATTERN.get(place.pattern().as_str()).copied(),
                _ => place.within.spec(),
            };
        }
        let spec = *BY_PATTERN.get(self.pattern().as_str())?;
        spec.matches(self).then_some(spec)
    }

    /// The address with `*` for each number.
    fn pattern(&self) -> String {
        let mut pattern = String::with_capacity(self.0.len());
        for segment in self.segments() {
            let is_number = !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_digit());
            pattern.push('/');
            pattern.push_str(if is_number { "*" } else { segment });
        }
        pattern
    }

    /// The blank's name with the number of its group, such as `需求 2 · 名称`.
    #[must_use]
    pub fn title(&self) -> String {
        let label = self.spec().map_or(self.pointer(), |spec| spec.label.as_str());
        let segments: Vec<&str> = self.segments().collect();
        let number =
            |n: &str| n.parse::<usize>().map_or_else(|_| n.to_owned(), |n| (n + 1).to_string());
        match segments.as_slice() {
            ["demands", n, ..] => format!("需求 {} · {label}", number(n)),
            ["applications", n, "evidence", m, ..] => {
                format!("事项 {} · 佐证材料 {} · {label}", number(n), number(m))
            }
            ["applications", n, ..] => match self.place() {
                Some(place) => format!("事项 {} · {}", number(n), place.title()),
                None => format!("事项 {} · {label}", number(n)),
            },
            ["print", "letter_face"] => "申请书正文字体".to_owned(),
            _ => label.to_owned(),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Field {
    fn from(pointer: &str) -> Self {
        Self(pointer.to_owned())
    }
}

/// How a blank is edited and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One line of text.
    Line,
    /// Several paragraphs.
    Text,
    /// A number; the unit stands in the spec.
    Number,
    /// A date.
    Date,
    /// Telephone or fax numbers.
    Phone,
    /// A mobile number.
    Mobile,
    /// An e-mail address.
    Email,
    /// A postcode of six digits.
    Postcode,
    /// A 统一社会信用代码.
    CreditCode,
    /// A division of GB/T 4754-2017.
    Industry,
    /// A province, city or county.
    Region,
    /// One choice of several, or several of several.
    Choice,
    /// A confirmation.
    Confirm,
    /// A repeated group or a list of files.
    Group,
}

/// What is known of a blank: the one place of its label, hint, example and limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Its address with `*` for an index.
    pub field: String,
    /// Its name as the standard terms have it; the paper's own words are the notice's.
    pub label: String,
    /// What belongs here, in plain words.
    #[serde(default)]
    pub hint: String,
    /// A filled-in example.
    #[serde(default)]
    pub example: String,
    /// How it is edited.
    pub kind: Kind,
    /// Unit of a number, such as 万元.
    #[serde(default)]
    pub unit: String,
    /// Roles whose papers have it.
    pub roles: Vec<Role>,
    /// An empty one is an error.
    #[serde(default)]
    pub required: bool,
    /// It is asked as a helper and stands on no paper.
    #[serde(default)]
    pub unprinted: bool,
}

impl Spec {
    /// Whether `field` is an address of this blank.
    #[must_use]
    pub fn matches(&self, field: &Field) -> bool {
        let mut wanted = self.field.split('/').skip(1);
        let mut given = field.segments();
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some("*"), Some(n)) if n.bytes().all(|b| b.is_ascii_digit()) && !n.is_empty() => {}
                (Some(w), Some(g)) if w == g => {}
                _ => return false,
            }
        }
    }

    /// Adds the addresses of this blank in `draft` to `fields`: one, or one for each group.
    pub fn expand(&self, draft: &Draft, fields: &mut Vec<Field>) {
        let groups = match self.field.split('/').nth(1) {
            Some("demands") => draft.demands.len(),
            Some("applications") => draft.applications.len(),
            _ => 0,
        };
        if self.field.contains('*') {
            for n in 0..groups {
                self.expand_group(draft, n, fields);
            }
        } else if self.roles.contains(&draft.role) {
            fields.push(Field(self.field.clone()));
        }
    }

    /// Adds the addresses of this blank in group `n` (from 0) of its list to `fields`; none where it
    /// stands in no group.
    pub fn expand_group(&self, draft: &Draft, n: usize, fields: &mut Vec<Field>) {
        let Some((list, _)) = self.field.split_once("/*") else { return };
        if !self.roles.contains(&draft.role) {
            return;
        }
        let fill = |pattern: &str, n: usize| pattern.replacen('*', &n.to_string(), 1);
        let field = fill(&self.field, n);
        let letter = draft.applications.get(n).filter(|_| list == "/applications");
        if field.contains('*') {
            let pieces = letter.map_or(0, |letter| letter.evidence.len());
            fields.extend((0..pieces).map(|m| Field(fill(&field, m))));
        } else if letter.is_some() || (list == "/demands" && n < draft.demands.len()) {
            fields.push(Field(field));
        }
    }
}

/// All blanks in the order of the forms.
#[must_use]
pub fn specs() -> &'static [Spec] {
    static SPECS: LazyLock<Vec<Spec>> = LazyLock::new(|| {
        // Bundled data: a test of this module reads it, so it cannot fail on a user's machine.
        #[allow(clippy::expect_used)]
        serde_json::from_str(include_str!("../../assets/standards/fields.json"))
            .expect("assets/standards/fields.json")
    });
    &SPECS
}
