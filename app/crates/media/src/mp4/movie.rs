//! The movie box (ISO/IEC 14496-12 §8.2–8.4): headers, tracks, and what fragments fall back on.
//! A track that cannot be read is left out; the others stand.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::boxes::{self, Kind};
use super::descriptions;
use super::edit::Edit;
use super::fragment::Defaults;
use super::sample_entry::SampleEntry;
use super::table::SampleTable;
use crate::bytes::Fields;
use crate::facts::Orientation;
use crate::time::Timescale;

pub(super) struct MovieTrack {
    pub id: u32,
    pub handler: Kind,
    pub timescale: Timescale,
    pub language: Option<String>,
    pub is_enabled: bool,
    pub orientation: Orientation,
    pub edit: Edit,
    /// How the first sample is coded.
    pub entry: SampleEntry,
    /// The other descriptions, in order.
    pub more: Vec<SampleEntry>,
    /// The number of the first one in the file, counted from 1.
    pub first_description: u32,
    pub table: SampleTable,
}

pub(super) struct Movie {
    pub timescale: Timescale,
    /// In movie ticks; 0 where unknown.
    pub duration: i64,
    pub tracks: Vec<MovieTrack>,
    pub defaults: HashMap<u32, Defaults>,
    pub is_fragmented: bool,
    /// Compressed movie headers exist and are not read.
    pub is_compressed: bool,
}

/// More tracks than any recording has.
const MOST_TRACKS: usize = 256;

/// Parses the body of a `moov` box out of a file of `file_length` bytes.
pub(super) fn parse(bytes: &Rc<[u8]>, file_length: u64) -> Movie {
    let whole = 0..bytes.len();
    let header = boxes::find(bytes, &whole, b"mvhd").map(|body| &bytes[body]);
    let (timescale, duration) = header.and_then(read_time_header).unwrap_or((None, 0));
    let matrix = header.and_then(movie_matrix).unwrap_or(IDENTITY);
    let mut movie = Movie {
        // A movie scale of zero would make every edit meaningless; milliseconds are the customary choice.
        timescale: timescale.or(Timescale::new(1000)).unwrap_or(Timescale::MICROS),
        duration: if timescale.is_some() { duration } else { 0 },
        tracks: Vec::new(),
        defaults: HashMap::new(),
        is_fragmented: false,
        is_compressed: boxes::find(bytes, &whole, b"cmov").is_some(),
    };
    for child in boxes::children(bytes, whole) {
        match &child.kind {
            b"trak" if movie.tracks.len() < MOST_TRACKS => {
                movie.tracks.extend(parse_track(bytes, &child.body, movie.timescale, matrix, file_length));
            }
            b"mvex" => {
                movie.is_fragmented = true;
                for trex in boxes::children(bytes, child.body).filter(|child| child.kind == *b"trex") {
                    movie.defaults.extend(parse_trex(&bytes[trex.body]));
                }
            }
            _ => {}
        }
    }
    movie
}

/// `mvhd` and `mdhd` begin alike: version, two dates, time scale, duration.
fn read_time_header(body: &[u8]) -> Option<(Option<Timescale>, i64)> {
    let mut fields = Fields::new(body);
    let version = fields.u32()? >> 24;
    fields.skip(if version == 1 { 16 } else { 8 })?;
    let timescale = Timescale::new(fields.u32()?);
    let duration = if version == 1 {
        i64::try_from(fields.u64()?).unwrap_or(0)
    } else {
        // All ones means unknown.
        fields.u32().filter(|&duration| duration != u32::MAX).map_or(0, i64::from)
    };
    Some((timescale, duration))
}

fn parse_trex(body: &[u8]) -> Option<(u32, Defaults)> {
    let mut fields = Fields::new(body);
    fields.skip(4)?;
    let (track, description) = (fields.u32()?, fields.u32()?);
    let (duration, size, flags) = (fields.u32()?, fields.u32()?, fields.u32()?);
    Some((track, Defaults { duration, size, flags, description }))
}

fn parse_track(
    bytes: &Rc<[u8]>,
    trak: &Range<usize>,
    movie: Timescale,
    movie_matrix: [f64; 4],
    file_length: u64,
) -> Option<MovieTrack> {
    let body = |range: &Range<usize>, kind: &Kind| boxes::find(bytes, range, kind);
    let (id, is_enabled, matrix) = parse_tkhd(&bytes[body(trak, b"tkhd")?])?;
    let mdia = body(trak, b"mdia")?;
    let mdhd = &bytes[body(&mdia, b"mdhd")?];
    let timescale = read_time_header(mdhd)?.0?;
    let hdlr = &bytes[body(&mdia, b"hdlr")?];
    let handler: Kind = hdlr.get(8..12)?.try_into().ok()?;
    let stbl = body(&body(&mdia, b"minf")?, b"stbl")?;
    let mut more = match body(&stbl, b"stsd") {
        Some(stsd) => descriptions::parse(bytes, &stsd, handler),
        None => vec![SampleEntry::default()],
    };
    let first_description =
        body(&stbl, b"stsc").and_then(|stsc| first_description(&bytes[stsc])).unwrap_or(1);
    let first = (first_description as usize).clamp(1, more.len()) - 1;
    let entry = more.remove(first);
    let table = SampleTable::parse(bytes, &stbl, entry.pcm_frame_bytes, file_length);
    let edit = body(trak, b"edts")
        .and_then(|edts| body(&edts, b"elst"))
        .map(|elst| Edit::parse(&bytes[elst], movie, timescale));
    Some(MovieTrack {
        id,
        handler,
        timescale,
        language: parse_language(mdhd),
        is_enabled,
        orientation: Orientation::of_matrix(product(matrix, movie_matrix)),
        edit: edit.unwrap_or_default(),
        entry,
        more,
        first_description: first as u32 + 1,
        table,
    })
}

/// The description of the first samples: the third field of the first entry of `stsc` (§8.7.4).
fn first_description(stsc: &[u8]) -> Option<u32> {
    let mut fields = Fields::new(stsc);
    fields.skip(16)?;
    fields.u32()
}

/// Track number, whether enabled, and the display matrix (§8.3.2).
fn parse_tkhd(body: &[u8]) -> Option<(u32, bool, [f64; 4])> {
    let mut fields = Fields::new(body);
    let version_and_flags = fields.u32()?;
    fields.skip(if version_and_flags >> 24 == 1 { 16 } else { 8 })?;
    let id = fields.u32()?;
    fields.skip(if version_and_flags >> 24 == 1 { 12 } else { 8 })?;
    fields.skip(16)?;
    Some((id, version_and_flags & 1 == 1, read_matrix(&mut fields).unwrap_or(IDENTITY)))
}

/// The matrix that every track's is multiplied by (§8.2.2).
fn movie_matrix(mvhd: &[u8]) -> Option<[f64; 4]> {
    let mut fields = Fields::new(mvhd);
    let version = fields.u8()?;
    fields.skip(if version == 1 { 47 } else { 35 })?;
    read_matrix(&mut fields)
}

const IDENTITY: [f64; 4] = [1.0, 0.0, 0.0, 1.0];

/// a, b, c and d of a matrix in its order a, b, u, c, d, v, x, y, w. One that flattens the picture is one that nobody
/// filled in.
fn read_matrix(fields: &mut Fields<'_>) -> Option<[f64; 4]> {
    let (a, b) = (fields.i32()?, fields.i32()?);
    fields.skip(4)?;
    let matrix @ [a, b, c, d] = [a, b, fields.i32()?, fields.i32()?].map(f64::from);
    (a * d != b * c).then_some(matrix)
}

/// What the first matrix makes of a picture and then the second one.
fn product([a, b, c, d]: [f64; 4], [e, f, g, h]: [f64; 4]) -> [f64; 4] {
    [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h]
}

/// ISO 639-2 packed in 5-bit letters, or one of QuickTime's own numbers; "und" says nothing.
fn parse_language(mdhd: &[u8]) -> Option<String> {
    let at = if mdhd.first() == Some(&1) { 32 } else { 20 };
    let code = u16::from_be_bytes(mdhd.get(at..at + 2)?.try_into().ok()?);
    const QUICKTIME: [&str; 12] =
        ["eng", "fra", "deu", "ita", "nld", "swe", "spa", "dan", "por", "nor", "heb", "jpn"];
    if code < 0x400 {
        return QUICKTIME.get(usize::from(code)).map(|&name| name.to_owned());
    }
    let letters: [u8; 3] = [10, 5, 0].map(|shift| (code >> shift & 31) as u8 + 0x60);
    let language: String = letters.iter().map(|&letter| char::from(letter)).collect();
    (letters.iter().all(u8::is_ascii_lowercase) && language != "und").then_some(language)
}
