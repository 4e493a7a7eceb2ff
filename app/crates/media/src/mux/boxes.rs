//! The boxes of the file being written, as `mp4-atom` encodes them: `ftyp`, `moov` with `edts` and `colr`, `mdat`.
//! Fills in structures; holds no state.

use mp4_atom::{
    Atom as _, Audio, Avc1, Avcc, Co64, Codec, Colr, Compressor, Ctts, CttsEntry, Dinf, Dref, DrefEntry,
    Edts, Elst, ElstEntry, Encode as _, FixedPoint, FourCC, Ftyp, Hdlr, Mdhd, Mdia, Minf, Moov, Mp4a, Mvhd,
    Pasp, Smhd, Stbl, Stco, Stsc, StscEntry, Stsd, Stss, Stsz, StszSamples, Stts, SttsEntry, Tkhd, Trak, Url,
    Visual, Vmhd, esds,
};

use super::track::TrackTable;
use super::{AudioOut, Movie, VideoOut};
use crate::error::{MuxFault, Result};
use crate::time::{Ticks, Timescale};

/// Ticks per second of the movie and of its picture track: whole numbers of ticks for all customary frame rates.
pub(super) const MOVIE_TICKS: u32 = 90_000;
/// `mdat` always has the large form, so that its header has one size.
pub(super) const MEDIA_HEADER_BYTES: u64 = 16;

fn encode(encoded: impl FnOnce(&mut Vec<u8>) -> mp4_atom::Result<()>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    encoded(&mut bytes).map_err(|error| MuxFault::Index { detail: error.to_string() })?;
    Ok(bytes)
}

pub(super) fn file_type() -> Result<Vec<u8>> {
    let brands = [b"isom", b"iso2", b"avc1", b"mp41"].map(FourCC::from);
    let ftyp =
        Ftyp { major_brand: FourCC::from(b"isom"), minor_version: 512, compatible_brands: brands.to_vec() };
    encode(|bytes| ftyp.encode(bytes))
}

pub(super) fn media_header(size: u64) -> [u8; 16] {
    let mut header = *b"\0\0\0\x01mdat\0\0\0\0\0\0\0\0";
    header[8..].copy_from_slice(&size.to_be_bytes());
    header
}

/// A `free` box of exactly `size` bytes, nothing for 0.
pub(super) fn free(size: u64) -> Vec<u8> {
    if size < 8 {
        return Vec::new();
    }
    let mut bytes = vec![0; size as usize];
    bytes[..4].copy_from_slice(&(size as u32).to_be_bytes());
    bytes[4..8].copy_from_slice(b"free");
    bytes
}

/// The whole `moov` box, with chunk offsets `moved` bytes further back than the tables say.
pub(super) fn movie(
    movie: &Movie,
    video: Option<&TrackTable>,
    audio: Option<&TrackTable>,
    moved: u64,
) -> Result<Vec<u8>> {
    let mut moov = Moov { mvhd: movie_header(), ..Moov::default() };
    if let (Some(out), Some(table)) = (&movie.video, video.filter(|table| !table.is_empty())) {
        moov.trak.push(video_track(out, table, moov.trak.len() as u32 + 1, moved)?);
    }
    if let (Some(out), Some(table)) = (&movie.audio, audio.filter(|table| !table.is_empty())) {
        moov.trak.push(audio_track(movie, out, table, moov.trak.len() as u32 + 1, moved)?);
    }
    moov.mvhd.duration = moov.trak.iter().map(|trak| trak.tkhd.duration).max().unwrap_or(0);
    moov.mvhd.next_track_id = moov.trak.len() as u32 + 1;
    encode(|bytes| moov.encode(bytes))
}

fn movie_header() -> Mvhd {
    Mvhd {
        creation_time: 0,
        modification_time: 0,
        timescale: MOVIE_TICKS,
        duration: 0,
        rate: 1.into(),
        volume: 1.into(),
        matrix: Default::default(),
        next_track_id: 1,
    }
}

/// Media ticks in movie ticks.
fn in_movie(ticks: i64, media: Timescale) -> u64 {
    let movie = Timescale::new(MOVIE_TICKS).unwrap_or(Timescale::MICROS);
    media.convert(Ticks(ticks), movie).0.max(0) as u64
}

/// What of the media is shown, and when.
struct Shown {
    /// Movie ticks of nothing before it.
    delay: u64,
    /// The first media tick shown.
    from: i64,
    /// Media ticks shown.
    length: i64,
}

fn track(
    id: u32,
    table: &TrackTable,
    shown: &Shown,
    handler: &[u8; 4],
    name: &str,
    stsd: Codec,
    moved: u64,
) -> Trak {
    let length = in_movie(shown.length, table.timescale);
    let mut edits = Vec::new();
    let edit = |segment_duration: u64, media_time: Option<u64>| ElstEntry {
        segment_duration,
        media_time,
        media_rate: 1.into(),
    };
    if shown.delay > 0 {
        edits.push(edit(shown.delay, None));
    }
    edits.push(edit(length, Some(shown.from.max(0) as u64)));
    let is_plain = edits.len() == 1 && shown.from == 0 && shown.length == table.total;
    let is_sound = handler == b"soun";
    Trak {
        tkhd: Tkhd {
            track_id: id,
            duration: length + shown.delay,
            enabled: true,
            in_movie: true,
            volume: if is_sound { FixedPoint::new(1, 0) } else { FixedPoint::new(0, 0) },
            alternate_group: u16::from(is_sound),
            ..Tkhd::default()
        },
        edts: (!is_plain).then_some(Edts { elst: Some(Elst { entries: edits }) }),
        mdia: Mdia {
            mdhd: Mdhd {
                timescale: table.timescale.get(),
                duration: table.total.max(0) as u64,
                language: "und".into(),
                ..Mdhd::default()
            },
            hdlr: Hdlr { handler: FourCC::from(handler), name: name.into() },
            minf: Minf {
                vmhd: (!is_sound).then(Vmhd::default),
                smhd: is_sound.then(Smhd::default),
                dinf: Dinf { dref: Dref { entries: vec![DrefEntry::Url(Url::default())] } },
                stbl: sample_table(table, stsd, moved),
                ..Minf::default()
            },
        },
        ..Trak::default()
    }
}

fn video_track(out: &VideoOut, table: &TrackTable, id: u32, moved: u64) -> Result<Trak> {
    let avcc = Avcc::decode_body(&mut out.config.as_slice())
        .map_err(|error| MuxFault::VideoConfig { detail: error.to_string() })?;
    let visual = Visual {
        data_reference_index: 1,
        width: out.width as u16,
        height: out.height as u16,
        compressor: Compressor::from(""),
        ..Visual::default()
    };
    let colr = Colr::Nclx {
        colour_primaries: out.color.primaries,
        transfer_characteristics: out.color.transfer,
        matrix_coefficients: out.color.matrix,
        full_range_flag: out.color.full_range,
    };
    let entry = Avc1 {
        visual,
        avcc,
        colr: Some(colr),
        pasp: Some(Pasp { h_spacing: 1, v_spacing: 1 }),
        ..Avc1::default()
    };
    let (first, last) = table.shown.unwrap_or_default();
    // Presentation zero lies `-first_dts` ticks into the media; a later start becomes an empty edit.
    let shown = Shown {
        delay: in_movie(first.max(0), table.timescale),
        from: first.max(0) - table.first_dts,
        length: last - first.max(0),
    };
    let mut trak = track(id, table, &shown, b"vide", "VideoHandler", Codec::Avc1(entry), moved);
    trak.tkhd.width = (out.width as u16).into();
    trak.tkhd.height = (out.height as u16).into();
    Ok(trak)
}

fn audio_track(movie: &Movie, out: &AudioOut, table: &TrackTable, id: u32, moved: u64) -> Result<Trak> {
    if out.config.is_empty() {
        return Err(MuxFault::AudioConfig.into());
    }
    let bytes: u64 = table.sizes.iter().map(|&size| u64::from(size)).sum();
    let seconds = table.timescale.span(Ticks(table.total)).seconds().max(0.001);
    let bitrate = (bytes as f64 * 8.0 / seconds) as u32;
    let config = esds::DecoderConfig {
        object_type_indication: 0x40,
        stream_type: 5,
        up_stream: 0,
        buffer_size_db: Default::default(),
        max_bitrate: bitrate,
        avg_bitrate: bitrate,
        dec_specific: Some(esds::DecoderSpecific { raw: out.config.clone(), ..Default::default() }),
    };
    let descriptor = esds::EsDescriptor { es_id: id as u16, dec_config: config, ..Default::default() };
    let entry = Mp4a {
        audio: Audio {
            data_reference_index: 1,
            channel_count: out.channels as u16,
            sample_size: 16,
            // Rates above 65535 do not fit; the configuration record states the real one.
            sample_rate: u16::try_from(out.sample_rate).unwrap_or(0).into(),
        },
        esds: esds::Esds { es_desc: descriptor },
        btrt: None,
        taic: None,
    };
    let from = i64::from(out.priming_samples).min(table.total);
    let mut length = table.total - from;
    if movie.expected.is_positive() {
        length = length.min(table.timescale.ticks(movie.expected).0.max(1));
    }
    let shown = Shown { delay: 0, from, length };
    Ok(track(id, table, &shown, b"soun", "SoundHandler", Codec::Mp4a(entry), moved))
}

fn sample_table(table: &TrackTable, codec: Codec, moved: u64) -> Stbl {
    let offsets = table.chunks.iter().map(|&(offset, _)| offset + moved);
    let is_large = table.chunks.last().is_some_and(|&(offset, _)| offset + moved > u64::from(u32::MAX));
    let mut runs: Vec<StscEntry> = Vec::new();
    for (chunk, &(_, samples)) in table.chunks.iter().enumerate() {
        if runs.last().is_none_or(|run| run.samples_per_chunk != samples) {
            let first_chunk = chunk as u32 + 1;
            runs.push(StscEntry { first_chunk, samples_per_chunk: samples, sample_description_index: 1 });
        }
    }
    let durations =
        table.durations.iter().map(|&(sample_count, sample_delta)| SttsEntry { sample_count, sample_delta });
    let reorders = table.compositions.iter().any(|&(_, offset)| offset != 0);
    Stbl {
        stsd: Stsd { codecs: vec![codec] },
        stts: Stts { entries: durations.collect() },
        ctts: reorders.then(|| Ctts {
            entries: table
                .compositions
                .iter()
                .map(|&(sample_count, sample_offset)| CttsEntry { sample_count, sample_offset })
                .collect(),
        }),
        stss: (!table.all_keys).then(|| Stss { entries: table.keys.clone() }),
        stsc: Stsc { entries: runs },
        stsz: Stsz { samples: StszSamples::Different { sizes: table.sizes.clone() } },
        stco: (!is_large).then(|| Stco { entries: offsets.clone().map(|offset| offset as u32).collect() }),
        co64: is_large.then(|| Co64 { entries: offsets.collect() }),
        ..Stbl::default()
    }
}
