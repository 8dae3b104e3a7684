//! Takes objects of another program's PDF over, each once, and leaves behind what acts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::writer::PdfWriter;
use crate::export::picture::bare_jpeg;

/// Entries of a stream's dictionary that lead out of what is drawn: to other files, to the structure
/// of the whole document, to what a program kept for itself.
const LEFT: [&[u8]; 11] = [
    b"F",
    b"FFilter",
    b"FDecodeParms",
    b"Ref",
    b"OPI",
    b"AF",
    b"Metadata",
    b"PieceInfo",
    b"StructParent",
    b"StructParents",
    b"Length",
];

/// Kinds of objects that a drawing does not need.
const KINDS: [&[u8]; 7] =
    [b"Catalog", b"Pages", b"Page", b"Action", b"Filespec", b"EmbeddedFile", b"Annot"];

/// What an action does, where it is more than to show a place of the same document.
const ACTIONS: [&[u8]; 14] = [
    b"Launch",
    b"JavaScript",
    b"URI",
    b"GoToR",
    b"GoToE",
    b"SubmitForm",
    b"ResetForm",
    b"ImportData",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"Hide",
    b"Named",
    b"RichMediaExecute",
];

/// Most occasions on which something acts that a list of them names.
const OCCASIONS: usize = 64;

/// Objects of one document on their way into the book.
pub(super) struct Copier<'d> {
    document: &'d Document,
    /// Their numbers in the book; `None` for those left behind.
    ids: HashMap<ObjectId, Option<ObjectId>>,
    waiting: Vec<(ObjectId, ObjectId)>,
}

impl<'d> Copier<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, ids: HashMap::new(), waiting: Vec::new() }
    }

    /// A value with its references leading into the book.
    pub(super) fn value(&mut self, writer: &mut PdfWriter<'_>, value: &Object) -> Object {
        match value {
            Object::Reference(id) => {
                self.reference(writer, *id).map_or(Object::Null, Object::Reference)
            }
            Object::Array(items) => {
                items.iter().map(|item| self.value(writer, item)).collect::<Vec<_>>().into()
            }
            Object::Dictionary(dictionary) => self.dictionary(writer, dictionary).into(),
            other => other.clone(),
        }
    }

    /// A dictionary with its references leading into the book.
    fn dictionary(&mut self, writer: &mut PdfWriter<'_>, dictionary: &Dictionary) -> Dictionary {
        let drawn = dictionary.iter().filter(|(_, value)| !self.acts(value));
        let drawn: Vec<_> = drawn.collect();
        drawn.into_iter().map(|(key, value)| (key.clone(), self.value(writer, value))).collect()
    }

    /// Whether a value is an action, a file, or a list of actions by their occasions.
    fn acts(&self, value: &Object) -> bool {
        let Ok(dictionary) = self.document.dereference(value).and_then(|(_, o)| o.as_dict()) else {
            return false;
        };
        let is_left = |value: &Object| {
            let found = self.document.dereference(value).and_then(|(_, object)| object.as_dict());
            found.is_ok_and(|dictionary| {
                dictionary.get_type().is_ok_and(is_kind_left) || does(dictionary)
            })
        };
        is_left(value)
            || (1..=OCCASIONS).contains(&dictionary.len())
                && dictionary.iter().all(|(_, value)| is_left(value))
    }

    /// A stream's dictionary without what leads out of the drawing.
    pub(super) fn of_stream(
        &mut self,
        writer: &mut PdfWriter<'_>,
        dictionary: &Dictionary,
    ) -> Dictionary {
        let mut dictionary = dictionary.clone();
        LEFT.iter().for_each(|key| drop(dictionary.remove(key)));
        self.dictionary(writer, &dictionary)
    }

    /// The number of an object in the book, which [`finish`](Self::finish) brings there.
    pub(super) fn reference(
        &mut self,
        writer: &mut PdfWriter<'_>,
        id: ObjectId,
    ) -> Option<ObjectId> {
        if let Some(known) = self.ids.get(&id) {
            return *known;
        }
        let object = self.document.objects.get(&id);
        let kind = object.and_then(|object| object.type_name().ok());
        let wanted =
            object.is_some() && !kind.is_some_and(is_kind_left) && !object.is_some_and(is_program);
        let new = wanted.then(|| writer.reserve());
        self.ids.insert(id, new);
        self.waiting.extend(new.map(|new| (id, new)));
        new
    }

    /// The number of an object that is in the book already.
    pub(super) fn known(&self, id: ObjectId) -> Option<ObjectId> {
        self.ids.get(&id).copied().flatten()
    }

    /// Writes every object that was asked for, and those they need.
    pub(super) fn finish(&mut self, writer: &mut PdfWriter<'_>) -> io::Result<()> {
        while let Some((old, new)) = self.waiting.pop() {
            match self.document.objects.get(&old) {
                Some(Object::Stream(stream)) => {
                    let dictionary = self.of_stream(writer, &stream.dict);
                    writer.stream(new, &dictionary, &drawn(stream))?;
                }
                Some(object) => {
                    let object = self.value(writer, object);
                    writer.object(new, &object)?;
                }
                None => {}
            }
        }
        Ok(())
    }
}

/// Whether a stream is a JPEG as its camera or another program wrote it.
pub(super) fn is_jpeg(stream: &Stream) -> bool {
    let is_dct = stream.filters().is_ok_and(|filters| filters == [b"DCTDecode".as_slice()]);
    is_dct && stream.content.starts_with(&[0xff, 0xd8])
}

/// The data of a stream; of a photograph without notes of where, with what and by whom it was taken.
fn drawn(stream: &Stream) -> Cow<'_, [u8]> {
    match is_jpeg(stream) {
        true => bare_jpeg(&stream.content).into(),
        false => stream.content.as_slice().into(),
    }
}

fn is_kind_left(kind: &[u8]) -> bool {
    KINDS.contains(&kind)
}

/// Whether a dictionary is an action, which need not say so.
fn does(dictionary: &Dictionary) -> bool {
    dictionary.get(b"S").and_then(Object::as_name).is_ok_and(|what| ACTIONS.contains(&what))
}

/// Whether an object is a program in PostScript, which only old printers ran.
fn is_program(object: &Object) -> bool {
    let kind = object.as_stream().and_then(|stream| stream.dict.get(b"Subtype"));
    kind.and_then(Object::as_name).is_ok_and(|kind| kind == b"PS")
}
