//! Which codec a stream of an Ogg file holds, by the packet on its first page, and how it counts time.
//! The other header packets are read elsewhere.

use super::{Clock, Place, Position, Stream};
use crate::codec::{self, opus, xiph};
use crate::facts::{TrackId, TrackKind};
use crate::time::{Instant, Timescale};

/// What a stream is, by its first packet.
pub(in crate::sound) fn identify(serial: u32, packet: Vec<u8>) -> Option<Stream> {
    let mut stream = Stream {
        serial,
        codec: codec::named("unknown"),
        clock: Clock::None,
        rate: Timescale::MICROS,
        channels: 0,
        kind: TrackKind::Audio,
        pre_skip: 0,
        headers: Vec::new(),
        headers_wanted: 1,
        packets: 0,
        last_granule: 0,
        points: Vec::new(),
        data: Position::default(),
        shared: 0,
        origin: 0,
        end: u64::MAX,
        place: Place { start: Instant::ZERO, run: 0, description: 0, track: TrackId(serial) },
        position: Position::default(),
    };
    if packet.starts_with(b"OpusHead") {
        let head = opus::parse_head(&packet)?;
        stream.codec = opus::from_head(&packet);
        stream.clock = Clock::Opus;
        stream.rate = Timescale::new(opus::RATE)?;
        (stream.channels, stream.pre_skip) = (head.channels, head.pre_skip.into());
        stream.headers_wanted = 2;
    } else if packet.starts_with(b"\x01vorbis") {
        stream.codec = codec::named("vorbis");
        stream.headers_wanted = 3;
    } else if packet.starts_with(b"\x7FFLAC") {
        let info = packet.get(17..).and_then(codec::flac_stream_info)?;
        let block = u16::from_be_bytes(packet.get(17..19)?.try_into().ok()?);
        let header = [b"fLaC\x80\x00\x00\x22".as_slice(), packet.get(17..51)?].concat();
        stream.codec = xiph::flac(header);
        stream.rate = Timescale::new(info.sample_rate)?;
        stream.channels = info.channels;
        stream.clock = Clock::Flac(info, block.into());
        stream.headers_wanted =
            1 + usize::from(u16::from_be_bytes(packet.get(7..9)?.try_into().ok()?)).min(64);
    } else if packet.starts_with(b"Speex   ") {
        let field = |at: usize| {
            packet.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes)
        };
        stream.codec = codec::named("speex");
        stream.rate = Timescale::new(field(36)?)?;
        stream.channels = field(48)?;
        let samples =
            field(56)?.checked_mul(field(64)?.max(1)).filter(|samples| (1..=1 << 16).contains(samples));
        stream.clock = Clock::Speex(samples?);
        stream.headers_wanted = 2 + field(68).unwrap_or(0).min(64) as usize;
    } else if packet.starts_with(b"\x80theora") {
        stream.codec = codec::named("theora");
        stream.kind = TrackKind::Other;
        stream.headers_wanted = 3;
    } else {
        stream.kind = TrackKind::Other;
    }
    stream.headers.push(packet);
    Some(stream)
}
