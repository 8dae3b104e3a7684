//! The font files of the program. They are kept packed with Brotli, which more than halves them, and are
//! unpacked at their first use, for which the window and an export do not wait; the window's own typeface
//! is there as it is.

use std::sync::LazyLock;

/// A font file that is unpacked at its first use, and then stays so.
pub(super) type Packed = LazyLock<Vec<u8>>;

// Statics, so that each file is in the program once however often it is asked for.
pub(super) static SONG: Packed =
    LazyLock::new(|| unpack(include_bytes!("../../fonts/NotoSerifSC-Regular.ttf.br"), 14_807_636));
pub(super) static SONG_BOLD: Packed =
    LazyLock::new(|| unpack(include_bytes!("../../fonts/NotoSerifSC-Bold.ttf.br"), 4_233_468));
pub(super) static KAI: Packed =
    LazyLock::new(|| unpack(include_bytes!("../../fonts/LXGWWenKai-Regular.ttf.br"), 4_686_432));
pub(super) static HEI: &[u8] = include_bytes!("../../fonts/NotoSansSC-Regular.ttf");
pub(super) static SCRIPTS: &[u8] = include_bytes!("../../fonts/NotoSerifScripts.ttf");

/// The file of `size` bytes; empty where it is another one, which no build with passing tests holds.
fn unpack(packed: &[u8], size: usize) -> Vec<u8> {
    let mut file = vec![0; size];
    let done = brotli_decompressor::brotli_decode(packed, &mut file);
    let is_whole = matches!(done.result, brotli_decompressor::BrotliResult::ResultSuccess);
    if is_whole && done.decoded_size == size { file } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn each_file_comes_out_as_it_was_made() {
        for (file, sum) in [
            (&*SONG, "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742"),
            (&*SONG_BOLD, "ef46c095c78448d4eb7e94d0e70b84f8fa38c3f5b2fe9ea6fd800bf6ae43fff0"),
            (&*KAI, "9e9577d3ddfd33be0d76eaf5684cc8789b291b75c22bf279c1b71fe6330cd2d1"),
        ] {
            assert_eq!(format!("{:x}", Sha256::digest(file)), sum);
        }
    }

    #[test]
    fn another_file_or_another_size_gives_nothing() {
        let packed = include_bytes!("../../fonts/NotoSerifSC-Bold.ttf.br");
        assert!(unpack(packed, 4_233_467).is_empty());
        assert!(unpack(packed, 4_233_469).is_empty());
        assert!(unpack(&packed[..packed.len() - 1], 4_233_468).is_empty());
        assert!(unpack(b"no font", 100).is_empty());
    }
}
