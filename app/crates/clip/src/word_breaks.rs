//! The port by which words of scripts without spaces are found. Apart from the others, which speak of transcripts: these are made by it.

/// Where words begin in scripts that write none apart: Thai, Lao, Khmer, Burmese. Browsers know it; elsewhere a library does.
pub trait WordBreaks {
    /// The bytes of `text` at which words begin, marks and spaces counted as words, in order.
    fn begins(&self, text: &str) -> Vec<usize>;
}
