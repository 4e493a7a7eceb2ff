//! What an exception of the browser means, by its name and by what the browser was asked for: one name stands for several faults.
//! Knows names only, so it can be tested natively.

/// What the browser was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Storage,
    /// A codec, a picture, or a file of the person's.
    Codec,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    NoRoom,
    /// WebCodecs section 11: codecs of a tab that is not seen, or that is not used for a while, may be reclaimed.
    TakenBack,
    NotSupported,
    FileGone,
    Other,
}

impl Fault {
    pub fn of(name: &str, asked: Asked) -> Self {
        match (name, asked) {
            ("QuotaExceededError", Asked::Storage) => Self::NoRoom,
            ("QuotaExceededError", Asked::Codec) => Self::TakenBack,
            ("NotSupportedError", _) => Self::NotSupported,
            ("NotFoundError" | "NotReadableError", _) => Self::FileGone,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_codec_that_was_taken_back_is_no_full_disk() {
        let check = |name, asked, expected| assert_eq!(Fault::of(name, asked), expected);
        check("QuotaExceededError", Asked::Codec, Fault::TakenBack);
        check("QuotaExceededError", Asked::Storage, Fault::NoRoom);
        check("NotReadableError", Asked::Codec, Fault::FileGone);
        check("EncodingError", Asked::Codec, Fault::Other);
    }
}
