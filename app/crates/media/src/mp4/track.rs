//! One track of an MP4: its samples out of table and fragments, seeking, packets, and the facts about it.
//! Reads media data only for the packet that is asked for.

use super::boxes::Kind;
use super::edit::Edit;
use super::fragment::{RunCursor, Runs};
use super::movie::MovieTrack;
use super::sample_entry::SampleEntry;
use super::table::{Cursor, MOST_PACKET_BYTES, Sample, SampleTable};
use crate::codec::{av1, avc, vp9};
use crate::color::ColorTags;
use crate::error::Result;
use crate::facts::{AudioFacts, Description, Packet, Track, TrackId, TrackKind, VideoFacts};
use crate::source::CachedSource;
use crate::time::{Span, Ticks, Timescale};

mod counting;
mod placing;

/// Entries of the table that are passed in looking up all the stretches of an edit list.
const MOST_LOOK_UPS: usize = 100_000_000;
/// PCM is delivered in groups of at most this many samples.
const PCM_GROUP: u64 = 4096;

/// Where a track's reader stands.
#[derive(Debug, Clone, Default)]
struct Position {
    /// Which stretch of the edit list.
    stretch: usize,
    table: Cursor,
    run: usize,
    in_run: RunCursor,
}

pub(super) struct TrackReader {
    pub id: TrackId,
    timescale: Timescale,
    edit: Edit,
    table: SampleTable,
    runs: Runs,
    pcm_frame_bytes: Option<u32>,
    /// Ticks before a stretch from which a decoder has to be fed.
    lead_in: i64,
    /// Ticks by which the first sample begins later than stated.
    late: i64,
    file_length: u64,
    /// The file's number of the first description, and how many others there are.
    first_description: u32,
    more: u16,
    position: Position,
}

/// What is to be read next: one sample, or several PCM ones in a row.
struct Group {
    first: Sample,
    bytes: u64,
    ticks: i64,
}

impl TrackReader {
    pub fn new(track: &MovieTrack, runs: Runs, file_length: u64) -> Self {
        let table = track.table.clone();
        let is_sound = track.handler == *b"soun";
        let mut edit = track.edit.clone();
        let fragments_end = if runs.count > 0 { runs.end } else { 0 };
        edit.settle(table.total_ticks(), fragments_end, is_sound, track.timescale);
        // Each stretch is looked up in the table: so many in so large a one are made to take for ever.
        if edit.stretches.len().saturating_mul(table.entries()) > MOST_LOOK_UPS {
            edit = Edit::default();
        }
        let mut reader = Self {
            id: TrackId(track.id),
            timescale: track.timescale,
            edit,
            runs,
            pcm_frame_bytes: track.entry.pcm_frame_bytes,
            lead_in: placing::lead_in(is_sound, &track.entry.codec.name, track.timescale),
            late: 0,
            file_length,
            first_description: track.first_description,
            more: track.more.len() as u16,
            position: Position { table: table.cursor_at(0), ..Position::default() },
            table,
        };
        if is_sound && placing::has_equal_frames(&track.entry.codec.name) {
            reader.late = reader.first_is_late();
        }
        reader.position = reader.start_of(0);
        reader
    }

    /// The length of what the sample table describes, edits apart.
    pub fn table_span(&self) -> Span {
        self.timescale.span(Ticks(self.table.total_ticks()))
    }

    /// The number of a sample's description as packets name it: 0 for the first sample's. One that the file does not
    /// have is taken for that.
    fn description_of(&self, sample: Sample) -> u16 {
        let (first, number) = (self.first_description, sample.description);
        match number {
            number if number == first || number == 0 || number > u32::from(self.more) + 1 => 0,
            number if number < first => number as u16,
            number => number as u16 - 1,
        }
    }

    /// The sample at the position, which moves past it; through the table first, then through the fragments.
    fn next_sample(&self, position: &mut Position) -> Option<Sample> {
        let in_table = position.table.index < self.table.count;
        let sample = self.next_as_stated(position)?;
        if self.late == 0 || sample.index > 0 || !(in_table || self.table.count == 0) {
            return Some(sample);
        }
        Some(Sample {
            pts: sample.pts.saturating_add(self.late),
            dts: sample.dts.saturating_add(self.late),
            duration: sample.duration.saturating_sub(self.late),
            ..sample
        })
    }

    /// The same with the times that the file states.
    fn next_as_stated(&self, position: &mut Position) -> Option<Sample> {
        if let Some(sample) = self.table.next(&mut position.table) {
            return Some(sample);
        }
        loop {
            let run = self.runs.runs.get(position.run)?;
            if let Some(sample) = run.next(&mut position.in_run) {
                return Some(sample);
            }
            position.run += 1;
            position.in_run = RunCursor::default();
        }
    }

    fn next_group(&self, position: &mut Position) -> Option<Group> {
        let most = match self.pcm_frame_bytes {
            Some(_) if position.table.index < self.table.count => self.table.left_in_chunk(&position.table),
            Some(_) => PCM_GROUP,
            None => 1,
        };
        let first = self.next_sample(position)?;
        let mut group = Group { first, bytes: first.size, ticks: first.duration };
        for _ in 1..most.min(PCM_GROUP) {
            let before = position.clone();
            match self.next_sample(position) {
                Some(sample)
                    if sample.offset == first.offset.saturating_add(group.bytes)
                        && sample.description == first.description
                        && group.bytes + sample.size <= MOST_PACKET_BYTES =>
                {
                    group.bytes += sample.size;
                    group.ticks += sample.duration;
                }
                _ => {
                    *position = before;
                    break;
                }
            }
        }
        Some(group)
    }

    pub fn next_packet(&mut self, source: &mut CachedSource) -> Result<Option<Packet>> {
        loop {
            let mut position = std::mem::take(&mut self.position);
            let group = self.next_shown(&mut position);
            let number = position.stretch;
            self.position = position;
            let (Some(group), Some(stretch)) = (group, self.edit.stretches.get(number)) else {
                return Ok(None);
            };
            let sample = group.first;
            if !(1..=MOST_PACKET_BYTES).contains(&group.bytes) {
                continue;
            }
            let Some(data) = source.read_vec(sample.offset, group.bytes)? else { continue };
            let pts = stretch.present(sample.pts, self.timescale);
            let end = stretch.present(sample.pts.saturating_add(group.ticks), self.timescale);
            // The picture that stands still lasts as long as its stretch.
            let end = if stretch.is_still() { end.max(stretch.shown.until) } else { end };
            let packet = Packet::new(self.id, pts, end - pts, sample.is_key, data);
            let description = self.description_of(sample);
            return Ok(Some(Packet {
                dts: stretch.present(sample.dts, self.timescale),
                shown: stretch.shown_of(sample.pts),
                // A stretch and a description are decoded on their own.
                run: (number as u32) << 16 | u32::from(description),
                description,
                ..packet
            }));
        }
    }

    /// Samples near an end of the track: `(earliest start, latest end)` in media ticks.
    fn extent(&self, mut position: Position) -> Option<(i64, i64)> {
        let mut extent: Option<(i64, i64)> = None;
        for _ in 0..64 {
            let Some(sample) = self.next_sample(&mut position) else { break };
            let end = sample.pts.saturating_add(sample.duration);
            extent = Some(extent.map_or((sample.pts, end), |(from, to)| (from.min(sample.pts), to.max(end))));
        }
        extent
    }

    fn tail(&self) -> Position {
        match self.runs.runs.len().checked_sub(1) {
            Some(last) => {
                let run = if self.runs.runs[last].count < 32 { last.saturating_sub(8) } else { last };
                Position { table: self.table.cursor_at(self.table.count), run, ..Position::default() }
            }
            None => Position {
                table: self.table.cursor_at(self.table.count.saturating_sub(48)),
                ..Position::default()
            },
        }
    }

    /// The latest presentation start and end; runs of any length are walked to their end.
    fn last_shown(&self) -> Option<(i64, i64)> {
        let mut position = self.tail();
        let mut latest: Option<(i64, i64)> = None;
        while let Some(sample) = self.next_sample(&mut position) {
            let end = sample.pts.saturating_add(sample.duration);
            latest =
                Some(latest.map_or((sample.pts, end), |(start, to)| (start.max(sample.pts), to.max(end))));
        }
        latest
    }

    pub fn describe(&self, track: &MovieTrack, source: &mut CachedSource) -> Result<Track> {
        let entry = &track.entry;
        let head = Position { table: self.table.cursor_at(0), ..Position::default() };
        let first = self.extent(head.clone()).map_or(0, |extent| extent.0);
        let (last_start, last_end) = self.last_shown().unwrap_or_default();
        let (start, end) = self.shown_extent(first, last_end);
        let duration = (end - start).max(Span::ZERO);
        let sample_count = self.packet_count(last_start);
        let kind = kind_of(track.handler);
        let count = self.table.count + self.runs.count;
        let (between, whole) = (last_start.saturating_sub(first), last_end.saturating_sub(first));
        let (frames, ticks) = if count > 1 { (count - 1, between) } else { (count, whole) };
        let seconds = self.timescale.span(Ticks(ticks)).seconds();
        let frame_rate = (seconds > 0.0 && frames > 0).then(|| frames as f64 / seconds);
        let mut described = describe(entry, track, kind, frame_rate);
        if kind == TrackKind::Video
            && (entry.lacks_header || entry.codec.webcodecs.is_none())
            && let Some(sample) = self.next_sample(&mut head.clone())
            && let Some(data) = source.read_vec(sample.offset, sample.size.min(1 << 20))?
        {
            learn_from_sample(&mut described, entry.color, &data);
        }
        let Description { codec, video, audio } = described;
        let more = track.more.iter().map(|entry| describe(entry, track, kind, frame_rate)).collect();
        Ok(Track {
            id: self.id,
            kind,
            codec,
            start,
            duration,
            sample_count,
            language: track.language.clone(),
            is_default: track.is_enabled,
            video,
            audio,
            more,
        })
    }
}

/// What one description says, and the whole track beside it.
fn describe(
    entry: &SampleEntry,
    track: &MovieTrack,
    kind: TrackKind,
    frame_rate: Option<f64>,
) -> Description {
    let (x, y) = entry.pixel_aspect.unwrap_or((1, 1));
    let wide = (f64::from(entry.width) * f64::from(x) / f64::from(y)).round() as u32;
    let video = (kind == TrackKind::Video).then(|| VideoFacts {
        width: entry.width,
        height: entry.height,
        display_width: wide.max(1),
        display_height: entry.height,
        orientation: track.orientation,
        frame_rate,
        color: Some(entry.color.color()),
    });
    let audio = (kind == TrackKind::Audio)
        .then_some(AudioFacts { sample_rate: entry.sample_rate, channels: entry.channels });
    Description { codec: entry.codec.clone(), video, audio }
}

/// Streams that carry their headers in band: what the first sample says.
fn learn_from_sample(described: &mut Description, stated: ColorTags, data: &[u8]) {
    let codec = &mut described.codec;
    let found = match codec.name.as_str() {
        "h264" if codec.webcodecs.is_none() && data.starts_with(&[0, 0, 0, 1]) => {
            let sps = avc::sps_of_annex_b(data);
            *codec = avc::from_annex_b(sps.as_ref());
            sps.map(|sps| sps.vui.color)
        }
        "h264" => {
            let record = codec.description.as_deref().unwrap_or_default();
            avc::sps_of_sample(record, data).map(|sps| sps.vui.color)
        }
        "vp9" => vp9::color_of_frame(data),
        "av1" => av1::color_of_units(data),
        _ => None,
    };
    if let (Some(video), Some(found)) = (&mut described.video, found) {
        video.color = Some(stated.or(found).color());
    }
}

fn kind_of(handler: Kind) -> TrackKind {
    match &handler {
        b"vide" => TrackKind::Video,
        b"soun" => TrackKind::Audio,
        _ => TrackKind::Other,
    }
}
