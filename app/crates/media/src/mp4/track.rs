//! One track of an MP4: its samples out of table and fragments, seeking, packets, and the facts about it.
//! Reads media data only for the packet that is asked for.

use super::boxes::Kind;
use super::edit::Edit;
use super::fragment::{RunCursor, Runs};
use super::movie::MovieTrack;
use super::sample_entry::SampleEntry;
use super::table::{Cursor, Sample, SampleTable};
use crate::codec::{av1, avc, vp9};
use crate::color::ColorTags;
use crate::error::Result;
use crate::facts::{AudioFacts, Description, Packet, Track, TrackId, TrackKind, VideoFacts};
use crate::source::CachedSource;
use crate::time::{Instant, Span, Ticks, Timescale};

/// PCM is delivered in groups of at most this many samples.
const PCM_GROUP: u64 = 4096;
/// No coded picture is larger; a table that claims so is damaged.
const MOST_PACKET_BYTES: u64 = 256 << 20;

/// Where a track's reader stands.
#[derive(Debug, Clone, Default)]
struct Position {
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
    pub fn new(track: &MovieTrack, runs: Runs) -> Self {
        let table = track.table.clone();
        Self {
            id: TrackId(track.id),
            timescale: track.timescale,
            edit: track.edit,
            runs,
            pcm_frame_bytes: track.entry.pcm_frame_bytes,
            first_description: track.first_description,
            more: track.more.len() as u16,
            position: Position { table: table.cursor_at(0), ..Position::default() },
            table,
        }
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

    fn present(&self, ticks: i64) -> Instant {
        self.edit.present(ticks, self.timescale)
    }

    /// The sample at the position, which moves past it; through the table first, then through the fragments.
    fn next_sample(&self, position: &mut Position) -> Option<Sample> {
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
            let group = self.next_group(&mut position);
            self.position = position;
            let Some(group) = group else { return Ok(None) };
            let sample = group.first;
            if self.edit.is_over(sample.pts) {
                // Pictures are stored out of order: later ones in decode order may still be shown.
                if self.edit.is_over(sample.dts) {
                    return Ok(None);
                }
                continue;
            }
            if group.bytes == 0 || group.bytes > MOST_PACKET_BYTES {
                continue;
            }
            let Some(data) = source.read_vec(sample.offset, group.bytes)? else { continue };
            let span = self.timescale.span(Ticks(group.ticks));
            let packet = Packet::new(self.id, self.present(sample.pts), span, sample.is_key, data);
            let description = self.description_of(sample);
            let run = u32::from(description);
            return Ok(Some(Packet { dts: self.present(sample.dts), run, description, ..packet }));
        }
    }

    pub fn seek(&mut self, at: Instant) -> Instant {
        let target = self.edit.media_ticks(at, self.timescale);
        let in_fragments = self.runs.runs.first().is_some_and(|run| {
            self.table.count == 0
                || run.dts <= target
                || run.next(&mut RunCursor::default()).is_some_and(|s| s.pts <= target)
        });
        if in_fragments && let Some(shown) = self.seek_runs(target) {
            return self.present(shown);
        }
        self.seek_table(target)
    }

    fn seek_table(&mut self, target: i64) -> Instant {
        let mut index = self.table.sample_at(target);
        loop {
            let mut sync = self.table.sync_before(index);
            let mut cursor = self.table.cursor_at(sync);
            if self.pcm_frame_bytes.is_some() {
                // Groups begin where they would in a read from the start.
                sync -= self.table.left_behind_in_chunk(&cursor) % PCM_GROUP;
                cursor = self.table.cursor_at(sync);
            }
            let shown = self.table.next(&mut cursor.clone()).map_or(0, |sample| sample.pts);
            if shown <= target || sync == 0 || sync > index {
                self.position = Position { table: cursor, ..Position::default() };
                return self.present(shown);
            }
            index = sync - 1;
        }
    }

    /// Looks backwards from the run that holds the target for a sync sample shown at or before it.
    fn seek_runs(&mut self, target: i64) -> Option<i64> {
        let runs = &self.runs.runs;
        let last = runs.partition_point(|run| run.dts <= target);
        let mut first_key = None;
        for number in (0..last.max(1).min(runs.len())).rev() {
            let mut cursor = RunCursor::default();
            let mut best = None;
            loop {
                let before = cursor;
                let Some(sample) = runs[number].next(&mut cursor) else { break };
                if sample.is_key {
                    if sample.pts <= target {
                        best = Some((before, sample.pts));
                    } else if best.is_none() {
                        first_key = Some((number, before, sample.pts));
                    }
                }
                if sample.dts > target {
                    break;
                }
            }
            if let Some((cursor, pts)) = best {
                self.position =
                    Position { table: self.table.cursor_at(self.table.count), run: number, in_run: cursor };
                return Some(pts);
            }
        }
        if self.table.count > 0 {
            return None;
        }
        let (run, in_run, pts) = first_key.unwrap_or((0, RunCursor::default(), runs.first()?.dts));
        self.position = Position { table: self.table.cursor_at(self.table.count), run, in_run };
        Some(pts)
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
                Position { table: self.table.cursor_at(self.table.count), run, in_run: RunCursor::default() }
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

    /// Samples of the table that begin before the edit ends.
    fn shown_samples(&self) -> u64 {
        let last_tick = self.edit.clamp_end(i64::MAX) - 1;
        if self.table.count == 0 { 0 } else { self.table.sample_at(last_tick) + 1 }
    }

    pub fn describe(&self, track: &MovieTrack, source: &mut CachedSource) -> Result<Track> {
        let entry = &track.entry;
        let head = Position { table: self.table.cursor_at(0), ..Position::default() };
        let first = self.extent(head.clone()).map_or(0, |extent| extent.0);
        let (last_start, last_end) = self.last_shown().unwrap_or_default();
        let end = self.edit.clamp_end(last_end);
        let start = self.present(first).max(Instant::ZERO);
        let duration = (self.present(end) - start).max(Span::ZERO);
        let samples = self.shown_samples() + self.runs.count;
        let sample_count = match self.pcm_frame_bytes {
            Some(_) => {
                self.table.groups(self.shown_samples(), PCM_GROUP) + self.runs.count.div_ceil(PCM_GROUP)
            }
            None => samples,
        };
        let kind = kind_of(track.handler, &entry.codec.name);
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

fn kind_of(handler: Kind, codec: &str) -> TrackKind {
    match &handler {
        // A still picture in a video track is a cover, not the recording.
        b"vide" if codec == "png" => TrackKind::Other,
        b"vide" => TrackKind::Video,
        b"soun" => TrackKind::Audio,
        _ => TrackKind::Other,
    }
}
