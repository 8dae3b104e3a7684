//! Names of the rules. With a field they are the key of a confirmation, so they never change.

/// A blank that must be filled in, ticked or confirmed is not.
pub const REQUIRED: &str = "required";
/// Invisible characters.
pub const INVISIBLE: &str = "invisible";
/// Invisible characters in a name.
pub const INVISIBLE_NAME: &str = "invisible_name";
/// A line break in a blank of one line.
pub const LINE_BREAK: &str = "line_break";
/// Spaces before or after a text that others compare.
pub const OUTER_SPACES: &str = "outer_spaces";
/// A credit code that is not 18 characters long.
pub const CREDIT_CODE_LENGTH: &str = "credit_code_length";
/// Characters a credit code cannot have.
pub const CREDIT_CODE_CHARACTER: &str = "credit_code_character";
/// A credit code of no known kind of body or place.
pub const CREDIT_CODE_MEANING: &str = "credit_code_meaning";
/// A check character of a credit code that does not fit.
pub const CREDIT_CODE_CHECK: &str = "credit_code_check";
/// A credit code typed with spaces, small or full-width letters.
pub const CREDIT_CODE_FORM: &str = "credit_code_form";
/// A credit code of a body other than an enterprise.
pub const CREDIT_CODE_KIND: &str = "credit_code_kind";
/// A province other than the one the credit code names.
pub const REGION_MISMATCH: &str = "region_mismatch";
/// A place that is not in the region table.
pub const REGION_UNKNOWN: &str = "region_unknown";
/// A text that is no date.
pub const DATE: &str = "date";
/// A date in the future or before 1949.
pub const DATE_RANGE: &str = "date_range";
/// Telephone, mobile, fax, e-mail or postcode of an unusual form.
pub const CONTACT_FORMAT: &str = "contact_format";
/// A text that is no number.
pub const NUMBER: &str = "number";
/// A negative number.
pub const NUMBER_NEGATIVE: &str = "number_negative";
/// A part of a person.
pub const NUMBER_WHOLE: &str = "number_whole";
/// An amount that looks like 元 in a blank of 万元.
pub const NUMBER_UNIT: &str = "number_unit";
/// No division of GB/T 4754-2017.
pub const INDUSTRY: &str = "industry";
/// A code that meant something else in the 2011 edition.
pub const INDUSTRY_2011: &str = "industry_2011";
/// A large enterprise that wants to 揭榜.
pub const SIZE_LARGE: &str = "size_large";
/// The box ticked is not the class computed.
pub const SIZE_MISMATCH: &str = "size_mismatch";
/// The class cannot be computed.
pub const SIZE_UNKNOWN: &str = "size_unknown";
/// A demander that is not 大型.
pub const SIZE_DEMANDER: &str = "size_demander";
/// 其他 ticked with another 企业类型.
pub const CATEGORIES_OTHER: &str = "categories_other";
/// The body of the channel ticked is not named.
pub const CHANNEL_BODY: &str = "channel_body";
/// A body of the channel not ticked is named.
pub const CHANNEL_OTHER: &str = "channel_other";
/// A part of 需求内容 is missing.
pub const DEMAND_CONTENT: &str = "demand_content";
/// The name of a company that is not to be published stands in a demand.
pub const WITHHELD_NAME: &str = "withheld_name";
/// A name longer than the platform seems to take.
pub const NAME_LENGTH: &str = "name_length";
/// The same name twice.
pub const NAME_DUPLICATE: &str = "name_duplicate";
/// 企业概况 over its limit.
pub const PROFILE_LIMIT: &str = "profile_limit";
/// 企业概况 near its limit.
pub const PROFILE_NEAR_LIMIT: &str = "profile_near_limit";
/// A letter over its limit.
pub const LETTER_LIMIT: &str = "letter_limit";
/// A letter near its limit.
pub const LETTER_NEAR_LIMIT: &str = "letter_near_limit";
/// An item without a code.
pub const ITEM_CODE: &str = "item_code";
/// The same item twice.
pub const ITEM_DUPLICATE: &str = "item_duplicate";
/// A table or figure without a caption.
pub const CAPTION: &str = "caption";
/// A number in a caption, which is numbered by itself.
pub const CAPTION_NUMBER: &str = "caption_number";
/// A 起止时间 that cannot be read.
pub const PERIOD: &str = "period";
/// A table or figure that the text names and the letter has not.
pub const REFERENCE: &str = "reference";
/// A table of empty cells.
pub const TABLE_EMPTY: &str = "table_empty";
/// Cells left empty in a table the notice asks for.
pub const TABLE_GAP: &str = "table_gap";
/// A figure without a picture.
pub const FIGURE_FILE: &str = "figure_file";
/// A picture that is missing or altered.
pub const FIGURE_MISSING: &str = "figure_missing";
/// A picture printed with too few pixels.
pub const FIGURE_COARSE: &str = "figure_coarse";
/// A letter without evidence.
pub const EVIDENCE_NONE: &str = "evidence_none";
/// A piece of evidence without a file.
pub const EVIDENCE_FILE: &str = "evidence_file";
/// A file of evidence that is missing or altered.
pub const EVIDENCE_MISSING: &str = "evidence_missing";
/// A piece or file of evidence twice in one letter.
pub const EVIDENCE_DUPLICATE: &str = "evidence_duplicate";
/// The notice has no way to hand in for this role.
pub const ROUTE: &str = "route";
/// An office the notice does not have.
pub const CONTACT_UNKNOWN: &str = "contact_unknown";
/// An office of another level than the route asks for.
pub const CONTACT_LEVEL: &str = "contact_level";
/// The deadline is over or near.
pub const DEADLINE: &str = "deadline";
