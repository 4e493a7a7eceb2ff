//! The Matroska reader: finds the headers, surveys the clusters, delivers packets track by track.
//! Clusters are walked as one flat row of elements, so unknown sizes and nesting cost nothing.

use super::cursor::{Cursor, Frames, Walk, find_cluster, instant};
use super::ebml::{self, Element};
use super::header::{self, Cue, Info, TrackEntry};
use super::ids;
use super::survey::{self, Survey};
use crate::codec::{avc, vp9};
use crate::cover;
use crate::error::{Error, Result};
use crate::facts::{AudioFacts, Container, Facts, Packet, Track, TrackId, TrackKind, VideoFacts};
use crate::reader::Reader;
use crate::source::{ByteSource as _, CachedSource};
use crate::time::{Instant, Span};

/// No header element of a sound file is larger.
const MOST_HEADER_BYTES: u64 = 64 << 20;

pub(crate) struct MatroskaReader {
    source: CachedSource,
    facts: Facts,
    tracks: Vec<TrackState>,
    /// Places to start reading from: nanosecond-free ticks and offsets, ascending.
    points: Vec<(u64, u64)>,
    info: Info,
}

struct TrackState {
    entry: TrackEntry,
    id: TrackId,
    cursor: Cursor,
    frames: Frames,
}

#[derive(Default)]
struct Headers {
    container: Option<Container>,
    segment_body: u64,
    is_cut: bool,
    info: Option<Info>,
    tracks: Vec<TrackEntry>,
    cues: Vec<Cue>,
    first_cluster: Option<u64>,
}

impl MatroskaReader {
    pub fn open(mut source: CachedSource) -> Result<Self> {
        let headers = read_headers(&mut source)?;
        refuse_unreadable(&headers)?;
        let info = headers.info.unwrap_or(Info { scale_ns: 1_000_000, duration: None });
        let first = headers.first_cluster.ok_or(Error::RecordingMissing)?;
        let survey =
            survey::survey(&mut source, &headers.tracks, info, &headers.cues, headers.segment_body, first)?;
        let mut reader = Self {
            facts: Facts {
                container: headers.container.unwrap_or(Container::Matroska),
                duration: Span::ZERO,
                tracks: Vec::new(),
            },
            points: survey.points.clone(),
            tracks: Vec::new(),
            info,
            source,
        };
        for entry in headers.tracks {
            let id = TrackId(u32::try_from(entry.number).unwrap_or(u32::MAX));
            if reader.facts.track(id).is_some() {
                continue;
            }
            let frames = Frames::new(&entry, id);
            reader.tracks.push(TrackState { cursor: Cursor::at(first), frames, id, entry });
            let described = reader.describe(reader.tracks.len() - 1, &survey)?;
            reader.facts.tracks.push(described);
        }
        cover::set_aside(&mut reader.facts.tracks);
        reader.facts.duration = reader.duration(&survey, headers.is_cut);
        Ok(reader)
    }

    /// The header's duration, unless the recording ends earlier or the header says nothing.
    fn duration(&self, survey: &Survey, is_cut: bool) -> Span {
        let played =
            self.facts.tracks.iter().filter(|track| track.kind != TrackKind::Other && track.sample_count > 0);
        let found = played.map(Track::end).max().unwrap_or(Instant::ZERO).since_zero();
        let claimed =
            self.info.duration.map(|ticks| Span::from_seconds(ticks * self.info.scale_ns as f64 / 1e9));
        match claimed.filter(|claimed| claimed.is_positive()) {
            Some(claimed) if !survey.is_complete => claimed,
            Some(claimed) if !is_cut && claimed - found < Span::from_millis(1000) => claimed.max(found),
            _ => found,
        }
    }

    fn describe(&mut self, at: usize, survey: &Survey) -> Result<Track> {
        let seen = survey.tracks.get(at).copied().unwrap_or_default();
        let entry = &self.tracks[at].entry;
        let kind = entry.kind.unwrap_or(TrackKind::Other);
        let delay = Span::from_micros((entry.delay_ns / 1000) as i64);
        let frame = entry.frame_ns.map(|ns| ns as f64 / 1e9).or_else(|| seen.frame_seconds());
        let first = seen.first.unwrap_or(Instant::ZERO) - delay;
        let end = seen.last.unwrap_or(Instant::ZERO) - delay + Span::from_seconds(frame.unwrap_or(0.0));
        let start = first.max(Instant::ZERO);
        let is_picture = kind == TrackKind::Video;
        let mut video = is_picture.then(|| {
            let (x, y) = entry.display.unwrap_or((entry.width, entry.height));
            // The display size is a shape as much as a size: keep the height, widen or narrow.
            let wide = f64::from(x) / f64::from(y.max(1)) * f64::from(entry.height);
            VideoFacts {
                width: entry.width,
                height: entry.height,
                display_width: (wide.round() as u32).clamp(1, 65_535),
                display_height: entry.height,
                orientation: entry.orientation,
                frame_rate: frame.filter(|&seconds| seconds > 0.0).map(|seconds| 1.0 / seconds),
                color: Some(entry.color.color()),
            }
        });
        let audio = (kind == TrackKind::Audio)
            .then_some(AudioFacts { sample_rate: entry.sample_rate, channels: entry.channels });
        let mut codec = entry.codec.clone();
        let needs_frame = codec.name == "vp9" || codec.name == "h264" && codec.webcodecs.is_none();
        if is_picture && seen.count > 0 && needs_frame {
            let cursor = self.tracks[at].cursor;
            let packet = self.tracks[at].next(&mut self.source, self.info)?;
            let data = packet.map(|packet| packet.data).unwrap_or_default();
            let state = &mut self.tracks[at];
            state.cursor = cursor;
            state.frames.reset();
            let (width, height) = (state.entry.width, state.entry.height);
            let (found, color) = match codec.name.as_str() {
                "vp9" => {
                    let rate = frame.map(|seconds| 1.0 / seconds);
                    (vp9::from_frame(&data, width, height, rate), vp9::color_of_frame(&data))
                }
                _ => {
                    let sps = avc::sps_of_annex_b(&data);
                    (avc::from_annex_b(sps.as_ref()), sps.map(|sps| sps.vui.color))
                }
            };
            codec = found;
            if let (Some(video), Some(color)) = (&mut video, color) {
                video.color = Some(state.entry.color.or(color).color());
            }
        }
        let entry = &self.tracks[at].entry;
        Ok(Track {
            id: self.tracks[at].id,
            kind,
            codec,
            start,
            duration: (end - start).max(Span::ZERO),
            sample_count: seen.count,
            language: entry.language.clone(),
            is_default: entry.is_default,
            video,
            audio,
            more: Vec::new(),
        })
    }

    fn state(&mut self, track: TrackId) -> Result<(&mut TrackState, &mut CachedSource)> {
        let state = self.tracks.iter_mut().find(|state| state.id == track);
        let state = state.ok_or(Error::NoSuchTrack { track })?;
        Ok((state, &mut self.source))
    }
}

impl Reader for MatroskaReader {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    /// From the last starting point before the target backwards, until one holds a key block shown in time.
    fn seek(&mut self, track: TrackId, at: Instant) -> Result<Instant> {
        let info = self.info;
        let points = std::mem::take(&mut self.points);
        let found = self.state(track).and_then(|(state, source)| state.seek(source, info, &points, at));
        self.points = points;
        found
    }

    fn next_packet(&mut self, track: TrackId) -> Result<Option<Packet>> {
        let info = self.info;
        let (state, source) = self.state(track)?;
        state.next(source, info)
    }
}

impl TrackState {
    fn next(&mut self, source: &mut CachedSource, info: Info) -> Result<Option<Packet>> {
        self.frames.next(source, &mut self.cursor, &self.entry, info)
    }

    fn seek(
        &mut self,
        source: &mut CachedSource,
        info: Info,
        points: &[(u64, u64)],
        at: Instant,
    ) -> Result<Instant> {
        let target = at + Span::from_micros((self.entry.delay_ns / 1000) as i64);
        let ticks_at = |ticks: i64| instant(ticks, info);
        let mut point =
            points.partition_point(|&(ticks, _)| ticks_at(ticks as i64) <= target).max(1).min(points.len());
        let mut fallback = None;
        while point > 0 {
            let (_, from) = points[point - 1];
            let until = points.get(point).map_or(u64::MAX, |&(_, offset)| offset);
            let mut walk = Walk::new(Cursor::at(from));
            let mut best = None;
            while let Some(block) = walk.next_block(source)? {
                if block.element_start >= until {
                    break;
                }
                let shown = ticks_at(block.ticks);
                if block.head.track == self.entry.number && block.is_key {
                    if shown <= target {
                        best = Some((block.cursor, shown));
                    } else {
                        fallback = Some((block.cursor, shown));
                        break;
                    }
                }
                if ticks_at(block.ticks) > target + Span::from_millis(2000) {
                    break;
                }
            }
            if best.is_some() {
                fallback = best;
                break;
            }
            point -= 1;
        }
        self.frames.reset();
        match fallback {
            Some((cursor, shown)) => {
                self.cursor = cursor;
                Ok(shown - Span::from_micros((self.entry.delay_ns / 1000) as i64))
            }
            None => {
                // No key block anywhere: from the start, with whatever is there.
                self.cursor = Cursor::at(points.first().map_or(0, |&(_, offset)| offset));
                Ok(Instant::ZERO)
            }
        }
    }
}

fn refuse_unreadable(headers: &Headers) -> Result<()> {
    if headers.tracks.is_empty() {
        return Err(Error::NoTracks);
    }
    let played = |track: &&TrackEntry| matches!(track.kind, Some(TrackKind::Video | TrackKind::Audio));
    if headers.tracks.iter().filter(played).any(|track| track.is_encrypted) {
        return Err(Error::Protected);
    }
    if headers.tracks.iter().filter(played).any(|track| track.is_compressed) {
        return Err(Error::CompressedFrames);
    }
    Ok(())
}

/// The EBML header, then the segment's children up to the first cluster, then what the seek head points to.
fn read_headers(source: &mut CachedSource) -> Result<Headers> {
    let mut headers = Headers::default();
    let damaged = || Error::HeaderDamaged;
    let Some(ebml) =
        ebml::read_element(source, 0)?.filter(|element| element.id == ids::EBML && !element.is_cut)
    else {
        return Err(damaged());
    };
    let body = read_body(source, &ebml)?.ok_or_else(damaged)?;
    let doc_type = ebml::find(&body, &(0..body.len()), ids::DOC_TYPE).map(|range| ebml::text(&body[range]));
    headers.container = match doc_type.as_deref() {
        Some("webm") => Some(Container::WebM),
        Some("matroska") | None => Some(Container::Matroska),
        Some(other) => {
            let kind = other.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
            return Err(Error::OtherDocument { kind });
        }
    };
    let mut at = ebml.end;
    let segment = loop {
        match ebml::read_element(source, at)? {
            Some(element) if element.id == ids::SEGMENT => break element,
            Some(element) if element.end > at && !element.is_unknown_size => at = element.end,
            _ => return Err(damaged()),
        }
    };
    headers.segment_body = segment.body;
    headers.is_cut = segment.is_cut;
    let mut pointers = Vec::new();
    at = segment.body;
    while let Some(element) = ebml::read_element(source, at)?.filter(|element| element.start < segment.end) {
        if element.id == ids::CLUSTER {
            headers.first_cluster = Some(element.start);
            break;
        }
        if element.id == ids::SEEK_HEAD
            && let Some(body) = read_body(source, &element)?
        {
            pointers.extend(header::parse_seek_head(&body));
        }
        headers.take(source, &element)?;
        if element.is_unknown_size || element.end <= at {
            break;
        }
        at = element.end;
    }
    for (id, offset) in pointers.into_iter().take(64) {
        let at = segment.body.saturating_add(offset);
        if at < source.len()
            && let Some(element) = ebml::read_element(source, at)?.filter(|element| element.id == id)
        {
            headers.take(source, &element)?;
        }
    }
    if headers.first_cluster.is_none() {
        headers.first_cluster = find_cluster(source, segment.body)?;
    }
    Ok(headers)
}

fn read_body(source: &mut CachedSource, element: &Element) -> Result<Option<Vec<u8>>> {
    let size = element.end - element.body;
    if size > MOST_HEADER_BYTES { Ok(None) } else { Ok(source.read_vec(element.body, size)?) }
}

impl Headers {
    /// Reads one of the segment's children, the first of its kind.
    fn take(&mut self, source: &mut CachedSource, element: &Element) -> Result<()> {
        let is_new = match element.id {
            ids::INFO => self.info.is_none(),
            ids::TRACKS => self.tracks.is_empty(),
            ids::CUES => self.cues.is_empty(),
            _ => false,
        };
        if is_new && let Some(body) = read_body(source, element)? {
            match element.id {
                ids::INFO => self.info = Some(header::parse_info(&body)),
                ids::TRACKS => self.tracks = header::parse_tracks(&body),
                _ => self.cues = header::parse_cues(&body),
            }
        }
        Ok(())
    }
}
