//! Loads a stranger's PDF within bounds of memory.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::thread;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};

use super::super::trouble::Trouble;
use super::words;
use crate::domain::{UNTRUSTED_THREAD, media};

/// Most bytes a stream may unpack to while the file is read, and all of them together beyond the
/// file's own length: cross-reference and object streams, which hold no pictures.
const MAX_UNPACKED: usize = 64 << 20;
const MAX_ALL: usize = 256 << 20;
/// Most filters of a stream that is unpacked; each may unpack to [`MAX_UNPACKED`].
pub(super) const MAX_FILTERS: usize = 4;

/// Room on the stack for values in values, 100 deep.
const STACK: usize = 16 << 20;

thread_local! {
    /// Bytes the document being loaded on this thread may still take.
    static BUDGET: Cell<usize> = const { Cell::new(0) };
}

/// Carried out of lopdf where a document takes more than its budget.
struct OverBudget;

/// Loads a document that is whole and has no password.
pub(super) fn load(bytes: &[u8]) -> Result<Document, Trouble> {
    let tail = bytes.get(bytes.len().saturating_sub(media::TAIL)..).unwrap_or(bytes);
    match media::fault("pdf", tail) {
        Some(media::Fault::Truncated) => return Err(Trouble::Truncated),
        Some(media::Fault::Encrypted) => return Err(Trouble::Encrypted),
        None => {}
    }
    if words::outside_streams(bytes) > words::MAX_WORDS {
        return Err(Trouble::Bomb);
    }
    // On a thread of its own: its stack is large enough for any nesting, and whatever lopdf trips
    // over in a hostile file ends that thread alone.
    let loaded = thread::scope(|scope| {
        let builder = thread::Builder::new().name(UNTRUSTED_THREAD.to_owned());
        let builder = builder.stack_size(STACK);
        let handle = builder.spawn_scoped(scope, || read(bytes)).map_err(|_| Trouble::Broken)?;
        handle.join().map_err(|cause| match cause.downcast_ref::<OverBudget>() {
            Some(OverBudget) => Trouble::Bomb,
            None => Trouble::Broken,
        })
    })?;
    match loaded {
        Ok(document) if document.is_encrypted() || document.was_encrypted() => {
            Err(Trouble::Encrypted)
        }
        Ok(document) => Ok(document),
        Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword) => Err(Trouble::Encrypted),
        Err(_) => Err(Trouble::Broken),
    }
}

fn read(bytes: &[u8]) -> lopdf::Result<Document> {
    BUDGET.set(bytes.len().saturating_mul(2).saturating_add(MAX_ALL));
    let options = LoadOptions {
        filter: Some(within_budget),
        max_decompressed_size: Some(MAX_UNPACKED),
        ..LoadOptions::default()
    };
    Document::load_mem_with_options(bytes, options)
}

/// Counts what is loaded; a table of many entries for one long stream would else take it many times.
fn within_budget(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let size = match object {
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => packed_size(stream),
        ref other => size_of_value(other),
    };
    // 256: what an object takes besides, roughly.
    match BUDGET.get().checked_sub(size.saturating_add(256)) {
        Some(rest) => BUDGET.set(rest),
        // lopdf has no way to be stopped but this; no message is printed.
        None => resume_unwind(Box::new(OverBudget)),
    }
    // What is given back for an object outside of an object stream is not looked at, so nothing is
    // copied for it.
    match object {
        Object::Stream(_) => Some((id, Object::Null)),
        other => Some((id, other.clone())),
    }
}

/// Bytes an object stream takes with all of its objects.
fn packed_size(stream: &Stream) -> usize {
    if filters(stream) > MAX_FILTERS {
        return usize::MAX;
    }
    let Ok(unpacked) = stream.decompressed_content_with_limit(MAX_UNPACKED) else {
        return stream.content.len();
    };
    let first = stream.dict.get(b"First").and_then(Object::as_i64).ok();
    let first = first.and_then(|first| usize::try_from(first).ok()).unwrap_or(0);
    let most = BUDGET.get() / size_of::<Object>();
    let words = words::of_packed(&unpacked, first, most);
    // Counting has stopped there: all of them are read at once, before any is counted.
    if words > most {
        return usize::MAX;
    }
    stream.content.len().saturating_add(2 * unpacked.len()).saturating_add(
        // The objects themselves are counted once more when they have been read.
        words.saturating_mul(size_of::<Object>() / 2),
    )
}

/// How many filters a stream has one after the other.
pub(super) fn filters(stream: &Stream) -> usize {
    stream.filters().map_or(0, |filters| filters.len())
}

/// Bytes a value takes beyond itself.
fn size_of_value(value: &Object) -> usize {
    let each = size_of::<Object>();
    match value {
        Object::String(text, _) => text.len(),
        Object::Name(name) => name.len(),
        Object::Array(items) => items
            .iter()
            .map(size_of_value)
            .fold(items.len().saturating_mul(each), usize::saturating_add),
        Object::Dictionary(entries) => size_of_dictionary(entries),
        Object::Stream(stream) => {
            stream.content.len().saturating_add(size_of_dictionary(&stream.dict))
        }
        _ => 0,
    }
}

fn size_of_dictionary(entries: &Dictionary) -> usize {
    // Key, hash and place beside the value.
    let each = size_of::<Object>() + 64;
    entries.iter().map(|(key, value)| each + key.len() + size_of_value(value)).sum()
}
