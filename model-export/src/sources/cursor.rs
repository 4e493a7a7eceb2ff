//! A place in bytes that are read from front to back, little-endian. What they mean is each format's own.

/// How the message begins where the bytes end too early.
pub const CUT_OFF: &str = "cut off";

/// Never reads beyond the end: says so instead.
pub struct Cursor<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub fn take(&mut self, len: usize) -> Result<&'a [u8], String> {
        let end = self.at.checked_add(len).ok_or("length overflow")?;
        let taken = self.bytes.get(self.at..end).ok_or_else(|| format!("{CUT_OFF} at byte {}", self.at))?;
        self.at = end;
        Ok(taken)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], String> {
        self.take(N)?.try_into().map_err(|_| CUT_OFF.to_owned())
    }

    pub fn u32(&mut self) -> Result<u32, String> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Result<u64, String> {
        self.array().map(u64::from_le_bytes)
    }
}
