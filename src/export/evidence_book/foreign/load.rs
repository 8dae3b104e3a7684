//! Loads a stranger's PDF within bounds of memory.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::thread;

use lopdf::{Document, LoadOptions, Object, ObjectId};

use super::super::trouble::Trouble;
use crate::domain::media;

/// Most bytes a stream may unpack to while the file is read, and all of them together beyond the
/// file's own length: cross-reference and object streams, which hold no pictures.
const MAX_UNPACKED: usize = 64 << 20;
const MAX_ALL: usize = 256 << 20;

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
    // On a thread of its own: its stack is large enough for any nesting, and whatever lopdf trips
    // over in a hostile file ends that thread alone.
    let loaded = thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK);
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
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => {
            let unpacked = stream.decompressed_content_with_limit(MAX_UNPACKED);
            stream.content.len() + unpacked.map_or(0, |unpacked| 2 * unpacked.len())
        }
        Object::Stream(stream) => stream.content.len(),
        Object::String(text, _) => text.len(),
        Object::Array(items) => items.len().saturating_mul(size_of::<Object>()),
        _ => 0,
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
