//! Where bytes come from: random access by offset, and a small cache of blocks over it.
//! Knows nothing of what the bytes mean; a browser's `File` and a native file look the same here.

use std::io;
use std::rc::Rc;

/// Bytes addressed by offset. `read_at` may deliver fewer than asked for; zero means the end.
pub trait ByteSource {
    /// The length in bytes, fixed for the life of the source.
    fn len(&self) -> u64;

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize>;

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<S: ByteSource + ?Sized> ByteSource for Box<S> {
    fn len(&self) -> u64 {
        (**self).len()
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        (**self).read_at(offset, buf)
    }
}

impl ByteSource for Vec<u8> {
    fn len(&self) -> u64 {
        Vec::len(self) as u64
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        Ok(copy_from(self, offset, buf))
    }
}

impl<T: AsRef<[u8]>> ByteSource for io::Cursor<T> {
    fn len(&self) -> u64 {
        self.get_ref().as_ref().len() as u64
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        Ok(copy_from(self.get_ref().as_ref(), offset, buf))
    }
}

fn copy_from(bytes: &[u8], offset: u64, buf: &mut [u8]) -> usize {
    let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
    let count = buf.len().min(bytes.len() - from);
    buf[..count].copy_from_slice(&bytes[from..from + count]);
    count
}

/// A source over anything that reads and seeks: a native file, mostly.
pub struct SeekSource<R> {
    inner: R,
    len: u64,
    position: u64,
}

impl<R: io::Read + io::Seek> SeekSource<R> {
    /// Measures the length by seeking to the end once.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let len = inner.seek(io::SeekFrom::End(0))?;
        Ok(Self { inner, len, position: len })
    }
}

#[cfg(not(target_family = "wasm"))]
impl SeekSource<std::fs::File> {
    pub fn open(path: impl AsRef<std::path::Path>) -> io::Result<Self> {
        Self::new(std::fs::File::open(path)?)
    }
}

impl<R: io::Read + io::Seek> ByteSource for SeekSource<R> {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        if self.position != offset {
            self.position = self.inner.seek(io::SeekFrom::Start(offset))?;
        }
        let count = self.inner.read(buf)?;
        self.position += count as u64;
        Ok(count)
    }
}

#[cfg(not(target_family = "wasm"))]
impl ByteSource for std::fs::File {
    fn len(&self) -> u64 {
        self.metadata().map_or(0, |facts| facts.len())
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        use std::io::{Read as _, Seek as _};
        self.seek(io::SeekFrom::Start(offset))?;
        self.read(buf)
    }
}

/// One block: large enough that a browser's per-read cost (about a millisecond) does not count.
const BLOCK_BYTES: u64 = 1 << 20;
/// Two tracks read in turn plus an index need a handful of blocks.
const BLOCKS_HELD: usize = 8;

struct Block {
    number: u64,
    last_used: u64,
    bytes: Vec<u8>,
}

/// A source with the most recently used 1 MiB blocks kept in memory, 8 MiB at most.
pub struct CachedSource {
    inner: Box<dyn ByteSource>,
    len: u64,
    blocks: Vec<Block>,
    clock: u64,
}

impl CachedSource {
    pub fn new(inner: Box<dyn ByteSource>) -> Self {
        let len = inner.len();
        Self { inner, len, blocks: Vec::new(), clock: 0 }
    }

    fn block(&mut self, number: u64) -> io::Result<&[u8]> {
        self.clock += 1;
        let at = match self.blocks.iter().position(|block| block.number == number) {
            Some(at) => at,
            None => self.load(number)?,
        };
        let block = &mut self.blocks[at];
        block.last_used = self.clock;
        Ok(&block.bytes)
    }

    fn load(&mut self, number: u64) -> io::Result<usize> {
        let start = number * BLOCK_BYTES;
        let wanted = BLOCK_BYTES.min(self.len.saturating_sub(start)) as usize;
        let oldest = (self.blocks.len() >= BLOCKS_HELD)
            .then(|| (0..self.blocks.len()).min_by_key(|&at| self.blocks[at].last_used))
            .flatten();
        let mut bytes = oldest.map_or_else(Vec::new, |at| self.blocks.swap_remove(at).bytes);
        bytes.resize(wanted, 0);
        let mut filled = 0;
        while filled < wanted {
            match self.inner.read_at(start + filled as u64, &mut bytes[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count.min(wanted - filled),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        bytes.truncate(filled);
        self.blocks.push(Block { number, last_used: self.clock, bytes });
        Ok(self.blocks.len() - 1)
    }

    /// Fills as much of `buf` as the source holds from `offset`; the count is short only at the end.
    pub fn read_up_to(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        while done < buf.len() {
            let at = offset.saturating_add(done as u64);
            if at >= self.len {
                break;
            }
            let bytes = self.block(at / BLOCK_BYTES)?;
            let within = (at % BLOCK_BYTES) as usize;
            let Some(available) = bytes.get(within..).filter(|rest| !rest.is_empty()) else { break };
            let count = available.len().min(buf.len() - done);
            buf[done..done + count].copy_from_slice(&available[..count]);
            done += count;
        }
        Ok(done)
    }

    /// `count` bytes from `offset`, or `None` where the source ends before them. Allocates only what exists.
    pub fn read_vec(&mut self, offset: u64, count: u64) -> io::Result<Option<Vec<u8>>> {
        match offset.checked_add(count) {
            Some(end) if end <= self.len => {}
            _ => return Ok(None),
        }
        let Ok(size) = usize::try_from(count) else { return Ok(None) };
        let mut bytes = vec![0; size];
        let got = self.read_up_to(offset, &mut bytes)?;
        Ok((got == size).then_some(bytes))
    }

    /// The same as bytes that can be shared, held once.
    pub fn read_shared(&mut self, offset: u64, count: u64) -> io::Result<Option<Rc<[u8]>>> {
        match offset.checked_add(count) {
            Some(end) if end <= self.len => {}
            _ => return Ok(None),
        }
        let Ok(size) = usize::try_from(count) else { return Ok(None) };
        let mut bytes: Rc<[u8]> = std::iter::repeat_n(0, size).collect();
        let Some(unshared) = Rc::get_mut(&mut bytes) else { return Ok(None) };
        let got = self.read_up_to(offset, unshared)?;
        Ok((got == size).then_some(bytes))
    }

    /// A fixed number of bytes from `offset`, or `None` at the end.
    pub fn read_array<const N: usize>(&mut self, offset: u64) -> io::Result<Option<[u8; N]>> {
        let mut bytes = [0; N];
        let got = self.read_up_to(offset, &mut bytes)?;
        Ok((got == N).then_some(bytes))
    }
}

impl ByteSource for CachedSource {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        self.read_up_to(offset, buf)
    }
}

/// `Read + Seek` over a source, for libraries that ask for it.
pub struct SourceReader<S> {
    source: S,
    position: u64,
}

impl<S: ByteSource> SourceReader<S> {
    pub fn new(source: S) -> Self {
        Self { source, position: 0 }
    }
}

impl<S: ByteSource> io::Read for SourceReader<S> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read_at(self.position, buf)?;
        self.position += count as u64;
        Ok(count)
    }
}

impl<S: ByteSource> io::Seek for SourceReader<S> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        let target = match to {
            io::SeekFrom::Start(at) => Some(at),
            io::SeekFrom::End(by) => self.source.len().checked_add_signed(by),
            io::SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Seek as _};

    use super::*;

    /// Delivers at most 1000 bytes a call and counts the calls.
    struct Stingy(Vec<u8>, std::rc::Rc<std::cell::Cell<usize>>);

    impl ByteSource for Stingy {
        fn len(&self) -> u64 {
            self.0.len() as u64
        }

        fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
            self.1.set(self.1.get() + 1);
            let count = buf.len().min(1000);
            self.0.read_at(offset, &mut buf[..count])
        }
    }

    #[test]
    fn the_cache_gives_the_same_bytes_and_reads_each_block_once() {
        let bytes: Vec<u8> = (0..3_500_000u32).map(|i| (i * 7 + i / 977) as u8).collect();
        let calls = std::rc::Rc::default();
        let mut cached = CachedSource::new(Box::new(Stingy(bytes.clone(), std::rc::Rc::clone(&calls))));
        for (offset, count) in
            [(0u64, 10u64), (1_048_570, 20), (3_499_990, 10), (5, 3_000_000), (3_500_000, 0)]
        {
            let got = cached.read_vec(offset, count).expect("reads");
            assert_eq!(got.as_deref(), Some(&bytes[offset as usize..(offset + count) as usize]));
        }
        assert_eq!(cached.read_vec(3_499_990, 11).expect("reads"), None);
        assert_eq!(cached.read_vec(u64::MAX, u64::MAX).expect("reads"), None);
        let after_first_pass = calls.get();
        cached.read_vec(0, 3_500_000).expect("reads");
        assert_eq!(calls.get(), after_first_pass);
    }

    #[test]
    fn the_reader_seeks_like_a_file() {
        let mut reader = SourceReader::new(vec![1u8, 2, 3, 4, 5]);
        reader.seek(io::SeekFrom::End(-2)).expect("seeks");
        let mut rest = Vec::new();
        reader.read_to_end(&mut rest).expect("reads");
        assert_eq!(rest, [4, 5]);
        assert!(reader.seek(io::SeekFrom::Current(-9)).is_err());
    }
}
