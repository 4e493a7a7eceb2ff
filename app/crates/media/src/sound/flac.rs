//! Native FLAC (RFC 9639): the metadata blocks, and frames found by their headers, which state no length.
//! A frame ends where the header of the next one begins; its number proves it is the next one.

use super::{ONLY_TRACK, single_track};
use crate::bytes::Fields;
use crate::codec::{FlacStreamInfo, flac_stream_info, xiph};
use crate::error::{Error, Result};
use crate::facts::{AudioFacts, Container, Facts, Packet, TrackId};
use crate::reader::Reader;
use crate::source::{ByteSource as _, CachedSource};
use crate::time::{Instant, Span, Ticks, Timescale};

/// The longest a header can be.
const HEAD_BYTES: usize = 16;
/// No frame is larger: 65535 samples of eight channels in 32 bits, and some.
const MOST_FRAME_BYTES: u64 = 4 << 20;
const MOST_METADATA_BLOCKS: usize = 1024;

/// A frame header that passed its checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrameHead {
    /// First sample, from the sample or the frame number.
    pub sample: u64,
    pub block_samples: u32,
}

/// Parses a header against the stream's facts (§9.1). `fixed_block` is the block size of fixed-size streams.
pub(super) fn read_head(bytes: &[u8], info: &FlacStreamInfo, fixed_block: u32) -> Option<FrameHead> {
    let mut fields = Fields::new(bytes);
    let sync = fields.u16()?;
    if sync & 0xFFFE != 0xFFF8 {
        return None;
    }
    let (sizes, layout) = (fields.u8()?, fields.u8()?);
    if sizes & 15 == 15 || sizes >> 4 == 0 || layout >> 4 > 10 || layout & 1 != 0 || layout >> 1 & 7 == 3 {
        return None;
    }
    let channels = match layout >> 4 {
        assigned @ 0..=7 => u32::from(assigned) + 1,
        _ => 2,
    };
    if channels != info.channels {
        return None;
    }
    let number = read_coded_number(&mut fields)?;
    let block_samples = match sizes >> 4 {
        1 => 192,
        code @ 2..=5 => 576 << (code - 2),
        6 => u32::from(fields.u8()?) + 1,
        7 => u32::from(fields.u16()?) + 1,
        code => 256 << (code - 8),
    };
    match sizes & 15 {
        12 => fields.skip(1)?,
        13 | 14 => fields.skip(2)?,
        _ => {}
    }
    let length = fields.position();
    if fields.u8()? != crc8(&bytes[..length]) {
        return None;
    }
    let is_variable = sync & 1 == 1;
    let sample = if is_variable { number } else { number.checked_mul(fixed_block.into())? };
    Some(FrameHead { sample, block_samples })
}

/// A number in the extended UTF-8 form, up to 36 bits.
fn read_coded_number(fields: &mut Fields<'_>) -> Option<u64> {
    let first = fields.u8()?;
    let ones = first.leading_ones();
    if ones == 0 {
        return Some(first.into());
    }
    if ones == 1 || ones == 8 {
        return None;
    }
    let mut value = u64::from(first) & ((1 << (7 - ones)) - 1);
    for _ in 1..ones {
        let byte = fields.u8()?;
        if byte & 0xC0 != 0x80 {
            return None;
        }
        value = value << 6 | u64::from(byte & 0x3F);
    }
    Some(value)
}

/// Polynomial x^8 + x^2 + x + 1.
fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(crc ^ byte, |crc, _| if crc & 0x80 != 0 { crc << 1 ^ 7 } else { crc << 1 })
    })
}

/// The first header at or behind an offset, within a limit, that `accept` takes.
fn find_head(
    source: &mut CachedSource,
    from: u64,
    within: u64,
    info: &FlacStreamInfo,
    fixed_block: u32,
    accept: impl Fn(FrameHead) -> bool,
) -> Result<Option<(u64, FrameHead)>> {
    let mut window = vec![0; 64 << 10];
    let limit = from.saturating_add(within).min(source.len());
    let mut at = from;
    while at < limit {
        let count = source.read_up_to(at, &mut window)?;
        let bytes = &window[..count];
        // Headers that might cross the window's end are left to the next one.
        let usable = if count == window.len() { count - HEAD_BYTES } else { count };
        for (offset, pair) in bytes[..(usable + 1).min(count)].windows(2).enumerate() {
            if pair[0] != 0xFF || pair[1] & 0xFE != 0xF8 {
                continue;
            }
            let head = read_head(&bytes[offset..count.min(offset + HEAD_BYTES)], info, fixed_block);
            if let Some(head) = head.filter(|&head| accept(head)) {
                let here = at + offset as u64;
                return Ok((here < limit).then_some((here, head)));
            }
        }
        if count < window.len() {
            break;
        }
        at += usable as u64;
    }
    Ok(None)
}

pub(super) struct FlacReader {
    source: CachedSource,
    facts: Facts,
    info: FlacStreamInfo,
    fixed_block: u32,
    rate: Timescale,
    first: (u64, FrameHead),
    /// The next frame, if its place is known.
    next: Option<(u64, FrameHead)>,
    /// Frame starts met so far, about one a second.
    points: Vec<(u64, u64)>,
}

impl FlacReader {
    pub fn open(source: CachedSource, start: u64) -> Result<Self> {
        let mut source = source;
        let (info, fixed_block, header, frames_at) = read_metadata(&mut source, start)?;
        let rate =
            Timescale::new(info.sample_rate).ok_or(Error::NoSampleRate { container: Container::Flac })?;
        let first = find_head(&mut source, frames_at, MOST_FRAME_BYTES, &info, fixed_block, |_| true)?;
        let first = first.ok_or(Error::SoundMissing { container: Container::Flac })?;
        let audio = AudioFacts { sample_rate: info.sample_rate, channels: info.channels };
        let facts = single_track(Container::Flac, xiph::flac(header), audio, Span::ZERO, 0);
        let mut reader =
            Self { source, facts, info, fixed_block, rate, first, next: Some(first), points: Vec::new() };
        let samples = reader.sample_total()?;
        let blocks = samples.div_ceil(u64::from(first.1.block_samples.max(1)));
        let track = &mut reader.facts.tracks[0];
        track.sample_count = blocks;
        track.duration = rate.span(Ticks(samples as i64));
        reader.facts.duration = reader.facts.tracks[0].duration;
        Ok(reader)
    }

    /// Gives back the memory that holds what was read.
    pub fn forget(&mut self) {
        self.source.forget();
    }

    /// What the header states, as long as the last frame in the file bears it out; otherwise what that one says, or
    /// else a walk.
    fn sample_total(&mut self) -> Result<u64> {
        let stated = self.info.total_samples;
        let tail = self.source.len().saturating_sub(1 << 20).max(self.first.0);
        let mut last = None;
        let mut at = tail;
        let most = if stated > 0 { stated } else { u64::MAX };
        while let Some((found, head)) =
            find_head(&mut self.source, at, u64::MAX, &self.info, self.fixed_block, |head| {
                head.sample < most && last.is_none_or(|last: FrameHead| head.sample > last.sample)
            })?
        {
            last = Some(head);
            at = found + 2;
        }
        let end = last.map_or(0, |last| last.sample + u64::from(last.block_samples));
        let plausible = (self.source.len() - self.first.0).saturating_mul(4096);
        let end = if end <= plausible { end.saturating_sub(self.first.1.sample) } else { 0 };
        Ok(if stated > 0 && end.abs_diff(stated) <= u64::from(self.rate.get()) || end == 0 {
            stated.max(end)
        } else {
            end
        })
    }

    /// The header of the frame behind the one at `at`: with the number that follows, or, behind damage, the next one
    /// within half a minute.
    fn following(&mut self, at: u64, head: FrameHead) -> Result<Option<(u64, FrameHead)>> {
        let expected = head.sample + u64::from(head.block_samples);
        let horizon = expected + u64::from(self.rate.get()) * 30;
        let (info, fixed) = (self.info, self.fixed_block);
        let exact = |next: FrameHead| next.sample == expected;
        if let Some(found) = find_head(&mut self.source, at + 2, MOST_FRAME_BYTES, &info, fixed, exact)? {
            return Ok(Some(found));
        }
        let later = |next: FrameHead| next.sample > expected && next.sample < horizon;
        find_head(&mut self.source, at + 2, MOST_FRAME_BYTES, &info, fixed, later)
    }

    fn shown(&self, sample: u64) -> Instant {
        let sample = sample.saturating_sub(self.first.1.sample);
        self.rate.instant(Ticks(i64::try_from(sample).unwrap_or(i64::MAX)))
    }

    fn remember(&mut self, at: u64, sample: u64) {
        let second = u64::from(self.rate.get());
        if self.points.last().is_none_or(|&(last, _)| sample >= last.saturating_add(second)) {
            self.points.push((sample, at));
        }
    }

    /// A frame before the wanted sample and not far from it, by guessing offsets in proportion.
    fn guess(&mut self, wanted: u64) -> Result<(u64, FrameHead)> {
        let near = u64::from(self.rate.get()) * 20;
        let known = self.points.partition_point(|&(sample, _)| sample <= wanted);
        if let Some(&(sample, at)) = known.checked_sub(1).and_then(|last| self.points.get(last))
            && (wanted - sample <= near || known < self.points.len())
            && let Some(found) = find_head(&mut self.source, at, 2, &self.info, self.fixed_block, |_| true)?
        {
            return Ok(found);
        }
        let (start, end) = (self.first.0, self.source.len());
        let total = self.rate.ticks(self.facts.duration).0.max(1) as u64;
        let mut low = self.first;
        let mut high = end;
        let mut target = wanted.saturating_sub(near / 2);
        for _ in 0..12 {
            let span = u128::from(end - start) * u128::from(target.min(total)) / u128::from(total);
            let guess = (start + span as u64).clamp(low.0 + 1, high.max(low.0 + 2) - 1);
            let (info, fixed) = (self.info, self.fixed_block);
            let Some((at, head)) =
                find_head(&mut self.source, guess, MOST_FRAME_BYTES, &info, fixed, |_| true)?
            else {
                high = guess;
                target = target.saturating_sub(near);
                continue;
            };
            // One header may be chance; two in step are not.
            let is_true = match self.following(at, head)? {
                Some((_, next)) => next.sample == head.sample + u64::from(head.block_samples),
                None => false,
            };
            if !is_true {
                target = target.saturating_sub(near / 4);
            } else if head.sample > wanted {
                high = guess;
                target = target.saturating_sub((head.sample - wanted).saturating_add(near / 2));
            } else {
                low = (at, head);
                if wanted - head.sample <= near {
                    break;
                }
                target = target.saturating_add((wanted - head.sample) / 2).min(wanted);
            }
        }
        Ok(low)
    }
}

impl Reader for FlacReader {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn seek(&mut self, _track: TrackId, at: Instant) -> Result<Instant> {
        let wanted = self.first.1.sample + self.rate.ticks(at.since_zero()).0.max(0) as u64;
        let mut here = self.guess(wanted)?;
        while here.1.sample + u64::from(here.1.block_samples) <= wanted {
            match self.following(here.0, here.1)? {
                Some(next) if next.1.sample <= wanted => here = next,
                _ => break,
            }
        }
        self.next = Some(here);
        Ok(self.shown(here.1.sample))
    }

    fn next_packet(&mut self, _track: TrackId) -> Result<Option<Packet>> {
        let Some((at, head)) = self.next else { return Ok(None) };
        self.remember(at, head.sample);
        self.next = self.following(at, head)?;
        let end = match self.next {
            Some((next, _)) => next,
            None => {
                let end = self.source.len();
                let has_tag = end >= at + 128 && self.source.read_array::<3>(end - 128)? == Some(*b"TAG");
                if has_tag { end - 128 } else { end.min(at + MOST_FRAME_BYTES) }
            }
        };
        let Some(data) = self.source.read_vec(at, end - at)? else { return Ok(None) };
        let pts = self.shown(head.sample);
        let duration = self.rate.span(Ticks(head.block_samples.into()));
        Ok(Some(Packet::new(ONLY_TRACK, pts, duration, true, data)))
    }
}

/// STREAMINFO, the fixed block size, the description for decoders, and where the frames begin.
fn read_metadata(source: &mut CachedSource, start: u64) -> Result<(FlacStreamInfo, u32, Vec<u8>, u64)> {
    let mut at = start + 4;
    let mut found = None;
    for _ in 0..MOST_METADATA_BLOCKS {
        let Some([kind, a, b, c]) = source.read_array::<4>(at)? else { break };
        let size = u64::from(u32::from_be_bytes([0, a, b, c]));
        if kind & 0x7F == 0 && size >= 34 && found.is_none() {
            let body = source.read_vec(at + 4, 34)?.unwrap_or_default();
            if let Some(info) = flac_stream_info(&body) {
                let block = u16::from_be_bytes([body[0], body[1]]);
                let header = [b"fLaC\x80\x00\x00\x22".as_slice(), &body].concat();
                found = Some((info, u32::from(block), header));
            }
        }
        at += 4 + size;
        if kind & 0x80 != 0 || kind & 0x7F == 0x7F {
            break;
        }
    }
    let (info, block, header) = found.ok_or(Error::NoDescription { container: Container::Flac })?;
    Ok((info, block, header, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: FlacStreamInfo =
        FlacStreamInfo { sample_rate: 48_000, channels: 2, bits: 16, total_samples: 0 };

    #[test]
    fn a_header_needs_its_checksum() {
        let mut head = vec![0xFF, 0xF8, 0xC9, 0x18, 0x05];
        head.push(crc8(&head));
        assert_eq!(read_head(&head, &INFO, 4096), Some(FrameHead { sample: 20_480, block_samples: 4096 }));
        head[5] ^= 1;
        assert_eq!(read_head(&head, &INFO, 4096), None);
    }

    #[test]
    fn coded_numbers_reach_36_bits() {
        let check =
            |bytes: &[u8], want: Option<u64>| assert_eq!(read_coded_number(&mut Fields::new(bytes)), want);
        check(&[0x7F], Some(127));
        check(&[0xC2, 0x80], Some(128));
        check(&[0xFE, 0xBF, 0xBF, 0xBF, 0xBF, 0xBF, 0xBF], Some((1 << 36) - 1));
        check(&[0x80], None);
        check(&[0xFF], None);
        check(&[0xC2, 0x00], None);
    }
}
