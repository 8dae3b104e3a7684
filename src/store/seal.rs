//! The key of a draft under a password: age files, which the `age` program opens too.
//!
//! A draft has a random key pair. Its files are encrypted to that, so saving is quick, and the pair
//! itself is encrypted with the password by scrypt, whose work is done once at opening. Another
//! password is another encryption of the same pair.

use std::fmt;
use std::io::{self, Read, Seek, Write};
use std::str::FromStr;

use age::secrecy::{ExposeSecret, SecretString};
use age::stream::{StreamReader, StreamWriter};
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use zeroize::Zeroizing;

use crate::domain::Password;

/// How every sealed file begins.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// scrypt's work as a power of two: 128 MB of memory and some tenths of a second.
const WORK: u8 = if cfg!(any(test, fuzzing)) { 4 } else { 17 };

/// More work than this is refused: such a key comes from somebody else, to use up the memory.
const MOST_WORK: u8 = 18;

/// Longest file of a key, bytes.
pub(super) const MAX_KEY: u64 = 1 << 16;

/// Why sealed bytes cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The password is not the one of the key.
    #[error("打开密码不对，请核对大小写和输入法后再试；忘记密码无法找回")]
    WrongPassword,
    /// The file of the key is spoilt.
    #[error("这份草稿的密钥文件已损坏，有备份的，请用备份里的 draft.key.age 替换后再试")]
    DamagedKey,
    /// It was sealed with another key, or its end is missing, or a bit has changed.
    #[error("加密的文件已损坏，或不属于这份草稿")]
    Damaged,
}

/// The key of a draft, opened.
#[derive(Clone)]
pub struct Key(x25519::Identity);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Whether a file that begins so is sealed.
pub(super) fn is_sealed(start: &[u8]) -> bool {
    start.starts_with(MAGIC)
}

/// Longest head of a sealed file, bytes. It is parsed anew with each line that is read, so that a long one
/// takes the square of its length.
const MAX_HEAD: u64 = 4096;

/// Leaves `from` at its start, where its head ends within bounds.
fn has_short_head<R: Read + Seek>(from: &mut R) -> io::Result<bool> {
    let mut start = Vec::new();
    from.by_ref().take(MAX_HEAD).read_to_end(&mut start)?;
    from.rewind()?;
    Ok(start.windows(5).any(|bytes| bytes == b"\n--- "))
}

/// How many first bytes [`is_sealed`] looks at.
pub(super) const START: u64 = MAGIC.len() as u64;

impl Key {
    /// A new one.
    pub(super) fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// The file of this key under a password.
    pub(super) fn lock(&self, password: &Password) -> io::Result<Vec<u8>> {
        let mut recipient = scrypt::Recipient::new(secret(password));
        recipient.set_work_factor(WORK);
        let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as _));
        let mut writer = encryptor.map_err(io::Error::other)?.wrap_output(Vec::new())?;
        writer.write_all(self.0.to_string().expose_secret().as_bytes())?;
        writer.finish()
    }

    /// Reads the file of a key.
    pub(super) fn unlock(file: &[u8], password: &Password) -> Result<Self, SealError> {
        let mut identity = scrypt::Identity::new(secret(password));
        identity.set_max_work_factor(MOST_WORK);
        if !has_short_head(&mut io::Cursor::new(file)).is_ok_and(|is_short| is_short) {
            return Err(SealError::DamagedKey);
        }
        let decryptor = Decryptor::new_buffered(file).map_err(|_| SealError::DamagedKey)?;
        let opened = decryptor.decrypt(std::iter::once(&identity as _));
        let mut reader = opened.map_err(|error| match error {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
                SealError::WrongPassword
            }
            _ => SealError::DamagedKey,
        })?;
        let mut text = Zeroizing::new(String::with_capacity(128));
        reader.read_to_string(&mut text).map_err(|_| SealError::DamagedKey)?;
        x25519::Identity::from_str(text.trim()).map(Self).map_err(|_| SealError::DamagedKey)
    }

    /// Seals what is written; [`StreamWriter::finish`] ends it.
    pub(super) fn seal<W: Write>(&self, to: W) -> io::Result<StreamWriter<W>> {
        let recipient = self.0.to_public();
        let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as _));
        encryptor.map_err(io::Error::other)?.wrap_output(to)
    }

    /// Reads a sealed file from its start. Damage is an error of [`InvalidData`](io::ErrorKind::InvalidData)
    /// or, further on, of [`UnexpectedEof`](io::ErrorKind::UnexpectedEof) where it is read.
    pub(super) fn open<R: Read + Seek>(&self, mut from: R) -> io::Result<StreamReader<R>> {
        if !has_short_head(&mut from)? {
            return Err(damaged());
        }
        let opened = Decryptor::new(from).and_then(|it| it.decrypt(std::iter::once(&self.0 as _)));
        opened.map_err(|error| match error {
            DecryptError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => error,
            _ => damaged(),
        })
    }
}

/// A sealed file that cannot be read to its end.
pub(super) fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, SealError::Damaged)
}

fn secret(password: &Password) -> SecretString {
    SecretString::from(password.as_str().to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn password(text: &str) -> Password {
        text.to_owned().into()
    }

    fn sealed(key: &Key, bytes: &[u8]) -> Vec<u8> {
        let mut writer = key.seal(Vec::new()).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn opened(key: &Key, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let mut reader = key.open(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        let mut plain = Vec::new();
        reader.read_to_end(&mut plain).map_err(|error| error.to_string())?;
        Ok(plain)
    }

    #[test]
    fn another_password_opens_the_same_key_and_the_old_one_no_longer() {
        let key = Key::generate();
        let draft = sealed(&key, "商业秘密".as_bytes());
        assert!(is_sealed(&draft) && !draft.windows(6).any(|part| part == "秘密".as_bytes()));
        let first = key.lock(&password("旧密码")).unwrap();
        let changed = Key::unlock(&first, &password("旧密码")).unwrap();
        let second = changed.lock(&password("新密码")).unwrap();
        let again = Key::unlock(&second, &password("新密码")).unwrap();
        assert_eq!(opened(&again, &draft).unwrap(), "商业秘密".as_bytes());
        let refused = Key::unlock(&second, &password("旧密码"));
        assert_eq!(refused.unwrap_err(), SealError::WrongPassword);
    }

    #[test]
    fn a_wrong_password_is_told_from_a_damaged_key() {
        let file = Key::generate().lock(&password("密码")).unwrap();
        assert_eq!(Key::unlock(&file, &password("")).unwrap_err(), SealError::WrongPassword);
        for cut in [0, 10, file.len() / 2, file.len() - 1] {
            let short = Key::unlock(&file[..cut], &password("密码"));
            assert_eq!(short.unwrap_err(), SealError::DamagedKey, "{cut}");
        }
        // As much work as would take all memory.
        let text = String::from_utf8_lossy(&file).into_owned();
        let hostile = text.replacen(&format!(" {WORK}\n"), " 40\n", 1);
        assert_ne!(text, hostile);
        let refused = Key::unlock(hostile.as_bytes(), &password("密码"));
        assert_eq!(refused.unwrap_err(), SealError::DamagedKey);
    }

    #[test]
    fn a_changed_bit_a_missing_end_and_another_key_are_found() {
        let key = Key::generate();
        for length in [0, 1, 1 << 16, (1 << 16) + 1, 200_000] {
            let plain: Vec<u8> = (0..length).map(|n: u32| (n % 251) as u8).collect();
            let whole = sealed(&key, &plain);
            assert_eq!(opened(&key, &whole).unwrap(), plain);
            assert!(opened(&Key::generate(), &whole).is_err());
            assert!(opened(&key, &whole[..whole.len() - 1]).is_err());
            let mut flipped = whole.clone();
            flipped[whole.len() - 3] ^= 1;
            assert!(opened(&key, &flipped).is_err());
        }
        assert_ne!(sealed(&key, b"same"), sealed(&key, b"same"));
    }

    #[test]
    fn a_head_that_is_longer_than_any_is_not_read() {
        let (key, words) = (Key::generate(), password("123"));
        let lengthened = |whole: &[u8], by: usize| {
            [MAGIC, &b"-> grease a\n\n".repeat(by), &whole[MAGIC.len()..]].concat()
        };
        let (draft, file) = (sealed(&key, b"draft"), key.lock(&words).unwrap());
        // Some lines more are another program's right, but not under the same seal.
        for by in [1, 200, 4000] {
            assert!(opened(&key, &lengthened(&draft, by)).is_err());
            assert!(Key::unlock(&lengthened(&file, by), &words).is_err());
        }
        assert!(has_short_head(&mut Cursor::new(lengthened(&draft, 200))).unwrap());
        assert!(!has_short_head(&mut Cursor::new(lengthened(&draft, 4000))).unwrap());
        assert!(has_short_head(&mut Cursor::new(&draft)).unwrap());
    }

    #[test]
    fn a_sealed_file_is_read_from_any_place_as_the_search_for_its_end_does() {
        use std::io::SeekFrom;
        let key = Key::generate();
        let plain: Vec<u8> = (0..150_000_u32).map(|n| (n % 251) as u8).collect();
        let mut reader = key.open(Cursor::new(sealed(&key, &plain))).unwrap();
        let mut part = [0; 4];
        for at in [0, 65_534, 65_536, 131_072, 149_996] {
            reader.seek(SeekFrom::Start(at)).unwrap();
            reader.read_exact(&mut part).unwrap();
            assert_eq!(part, plain[at as usize..at as usize + 4]);
        }
        assert_eq!(reader.seek(SeekFrom::End(0)).unwrap(), plain.len() as u64);
        reader.rewind().unwrap();
        let mut all = Vec::new();
        reader.read_to_end(&mut all).unwrap();
        assert_eq!(all, plain);
    }
}
