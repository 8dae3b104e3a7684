//! The example drafts that come with the program: invented companies, marked 示例.

use include_dir::{Dir, include_dir};

use crate::domain::{Attachment, Draft, Role};

use super::blobs::Blobs;
use super::error::{AttachError, DraftError};
use super::file::parse_draft;

static SAMPLES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/samples");

/// An example draft with the bytes of its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The draft.
    pub draft: Draft,
    /// Its attachments, each once.
    pub files: Vec<(Attachment, &'static [u8])>,
}

impl Sample {
    /// Puts the evidence beside the draft.
    pub fn put_files(&self, blobs: &Blobs) -> Result<(), AttachError> {
        self.files.iter().try_for_each(|(file, bytes)| blobs.put(&file.name, bytes).map(drop))
    }
}

/// The example of a role for a notice; for a notice without one, the role's first with this
/// notice's identifier, its office left open.
pub fn sample(notice: &str, role: Role) -> Result<Sample, DraftError> {
    let own = format!("{}-{notice}.json", role.key());
    let name = if SAMPLES.contains(&own) { own } else { first_of(role) };
    let text = SAMPLES.get_file(&name).and_then(|file| file.contents_utf8()).unwrap_or("");
    let mut draft = parse_draft(text, &name)?;
    if draft.notice != notice {
        notice.clone_into(&mut draft.notice);
        draft.submission.contact.clear();
    }
    let files = files(&name, &draft);
    Ok(Sample { draft, files })
}

/// The role's first example by file name.
fn first_of(role: Role) -> String {
    let names = SAMPLES.files().filter_map(|file| file.path().to_str());
    let own = names.filter(|name| name.starts_with(role.key()) && name.ends_with(".json"));
    own.min().unwrap_or_default().to_owned()
}

fn files(name: &str, draft: &Draft) -> Vec<(Attachment, &'static [u8])> {
    let folder = name.replace(".json", ".files");
    let mut files: Vec<(Attachment, &'static [u8])> = Vec::new();
    for attachment in draft.attachments() {
        let stored = SAMPLES.get_dir(&folder).and_then(|dir| {
            dir.files().find(|file| {
                file.path().file_stem().is_some_and(|stem| stem == &*attachment.sha256)
            })
        });
        if let Some(stored) = stored
            && files.iter().all(|(known, _)| known.sha256 != attachment.sha256)
        {
            files.push((attachment.clone(), stored.contents()));
        }
    }
    files
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::rules::notice::bundled;

    #[test]
    fn every_notice_has_a_whole_sample_of_each_role() {
        for notice in bundled() {
            for role in Role::ALL {
                let sample = sample(&notice.id, *role).unwrap();
                assert_eq!(sample.draft.notice, notice.id);
                assert_eq!(sample.draft.role, *role);
                assert!(sample.draft.company.name.contains("示例"));
                let folder = tempfile::tempdir().unwrap();
                let blobs = Blobs::beside(&folder.path().join("draft.json"));
                sample.put_files(&blobs).unwrap();
                assert!(blobs.missing(&sample.draft).is_empty(), "{}", notice.id);
                assert_eq!(sample.files.is_empty(), *role == Role::Demander);
            }
        }
    }

    #[test]
    fn a_sample_is_written_as_the_program_writes_it() {
        for notice in bundled() {
            for role in Role::ALL {
                let name = format!("{}-{}.json", role.key(), notice.id);
                let text = SAMPLES.get_file(&name).unwrap().contents_utf8().unwrap();
                assert_eq!(parse_draft(text, &name).unwrap().to_json(), text, "{name}");
            }
        }
    }
}
