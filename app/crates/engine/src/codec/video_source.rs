//! Pictures of one video track in presentation order: demuxer → WebCodecs decoder → the latest picture at an instant.
//! Follows what changes in mid-stream, and shows what edits leave. Keeps at most a handful of pictures open.

use crate::codec::frame::{FilePicture, Picture};
use crate::codec::owner::Codec;
use crate::codec::video_decoder::described;
use crate::web::file_source::FileSource;
use clip::failure::Failure;
use clip::port::VideoSource;
use media::facts::{Color, Shown, TrackId, VideoFacts};
use media::time::{Instant, Span};
use media::{Demuxer, Packet};
use std::collections::BTreeMap;
use std::rc::Rc;
use web_sys::{File, VideoDecoder, VideoDecoderConfig};

/// Packets inside the decoder. Safari gives nothing before it holds about sixteen.
const PACKETS_INSIDE: u32 = 16;
/// A jump further ahead than this looks for a later keyframe instead of decoding everything in between.
const JUMP: Span = Span::from_millis(2_000);
/// Containers round times, Matroska to milliseconds: a picture that comes by so little too late is due.
const ROUNDING: Span = Span::from_micros(600);
/// Damaged stretches that are stepped over before the picture is given up.
const MAX_RESTARTS: u32 = 32;
/// Time stamps inside the decoder count from this much before a run's first packet, so that none is negative.
const LEAD: Span = Span::from_millis(60_000);
/// Pictures that are waited for; a decoder that swallows some must not make the list grow.
const MOST_AWAITED: usize = 256;

/// What is known of a picture before it comes out of the decoder.
#[derive(Clone, Copy)]
struct Awaited {
    pts: Instant,
    duration: Span,
    shown: Shown,
}

/// The packet that was given to the decoder last.
#[derive(Clone, Copy)]
struct Fed {
    run: u32,
    description: u16,
    pts: Instant,
    shown: Shown,
    /// When the last key packet of the run is shown.
    key_pts: Instant,
}

pub struct FileVideo {
    demuxer: Demuxer,
    track: TrackId,
    /// By the packets' description.
    described: Vec<(VideoDecoderConfig, Rc<VideoFacts>)>,
    decoder: Option<Codec<VideoDecoder>>,
    /// By the time stamps that the pictures have inside the decoder. One run at a time is in there, so no two meet.
    awaited: BTreeMap<i64, Awaited>,
    /// The instant at which time stamps are [`LEAD`].
    base: Instant,
    fed: Option<Fed>,
    /// The first packet of the next run: goes in when the decoder is empty.
    held: Option<Packet>,
    /// The picture shown now, and the next one where it is known.
    current: Option<FilePicture>,
    next: Option<FilePicture>,
    /// There is none before the one shown now, from this instant on: it was asked for, and this is the first to come.
    first_for: Option<Instant>,
    /// Up to where pictures have been given to the decoder.
    fed_to: Instant,
    /// No packets are left, and the decoder was told so.
    drained: bool,
    restarts: u32,
}

impl FileVideo {
    /// Opens the file again, so that several readers of one file do not disturb each other.
    pub fn open(file: &File) -> Result<Option<Self>, Failure> {
        let source = FileSource::new(file).map_err(Failure::internal)?;
        let demuxer = media::open(Box::new(source)).map_err(Failure::Media)?;
        let Some(track) = demuxer.facts().default_video() else { return Ok(None) };
        let (id, described) = (track.id, described(track)?);
        Ok(Some(Self {
            demuxer,
            track: id,
            described,
            decoder: None,
            awaited: BTreeMap::new(),
            base: Instant::ZERO,
            fed: None,
            held: None,
            current: None,
            next: None,
            first_for: None,
            fed_to: Instant::MIN,
            drained: false,
            restarts: 0,
        }))
    }

    fn next_packet(&mut self) -> Result<Option<Packet>, Failure> {
        self.demuxer.next_packet(self.track).map_err(Failure::Media)
    }

    fn seek(&mut self, at: Instant) -> Result<(), Failure> {
        self.demuxer.seek(self.track, at).map(|_| ()).map_err(Failure::Media)
    }

    fn forget(&mut self) {
        self.current = None;
        self.next = None;
        self.first_for = None;
        self.held = None;
        self.fed = None;
        self.decoder = None;
        self.drained = false;
        self.fed_to = Instant::MIN;
    }

    fn start_at(&mut self, at: Instant) -> Result<(), Failure> {
        self.forget();
        self.seek(at)
    }

    /// Comes nearer to an instant far ahead: from a later keyframe where there is one, else by decoding on.
    async fn skip_to(&mut self, at: Instant) -> Result<(), Failure> {
        let Some(fed) = self.fed else { return self.start_at(at) };
        self.held = None;
        self.seek(at)?;
        let mut next = self.next_packet()?;
        let is_ahead = |packet: &Packet| packet.run != fed.run || packet.pts > fed.key_pts;
        if let Some(packet) = next.take_if(|packet| is_ahead(packet)) {
            self.forget();
            return match self.begin(&packet) {
                Ok(()) => Ok(()),
                Err(error) => self.restart(error),
            };
        }
        // The same group of pictures, or an earlier one: on to where the decoder stands.
        while let Some(packet) = next {
            if packet.run != fed.run {
                self.held = Some(packet);
                return self.flush().await;
            }
            if packet.pts == fed.pts {
                return Ok(());
            }
            next = self.next_packet()?;
        }
        self.drain().await
    }

    /// Gives in the first packet of a run, to a decoder that is empty.
    fn begin(&mut self, packet: &Packet) -> Result<(), Failure> {
        let goes_on =
            self.decoder.is_some() && self.fed.is_some_and(|fed| fed.description == packet.description);
        if !goes_on {
            let described = self.described.get(usize::from(packet.description));
            let (config, _) = described.ok_or_else(|| Failure::internal("a packet of no description"))?;
            self.decoder = None;
            self.decoder = Some(Codec::open(config.clone())?);
        }
        self.awaited.clear();
        self.base = packet.pts;
        self.feed(packet)
    }

    /// After a decoding error: a new decoder, and packets up to the next keyframe are passed over.
    fn restart(&mut self, error: Failure) -> Result<(), Failure> {
        self.restarts += 1;
        if self.restarts > MAX_RESTARTS {
            return Err(Failure::DamagedPicture(Box::new(error)));
        }
        self.decoder = None;
        loop {
            let packet = match self.held.take() {
                Some(packet) => Some(packet),
                None => self.next_packet()?,
            };
            match packet {
                Some(packet) if packet.is_key => return self.begin(&packet),
                Some(_) => {}
                None => {
                    self.drained = true;
                    return Ok(());
                }
            }
        }
    }

    fn feed(&mut self, packet: &Packet) -> Result<(), Failure> {
        self.fed_to = self.fed_to.max(packet.pts.max(packet.shown.from));
        let before = self.fed.filter(|fed| fed.run == packet.run && !packet.is_key);
        self.fed = Some(Fed {
            run: packet.run,
            description: packet.description,
            pts: packet.pts,
            shown: packet.shown,
            key_pts: before.map_or(packet.pts, |fed| fed.key_pts),
        });
        let Some(decoder) = &self.decoder else { return Ok(()) };
        let mut stamp = (packet.pts - self.base + LEAD).micros();
        while self.awaited.contains_key(&stamp) {
            stamp += 1;
        }
        let Packet { pts, duration, shown, .. } = *packet;
        self.awaited.insert(stamp, Awaited { pts, duration, shown });
        if self.awaited.len() > MOST_AWAITED {
            self.awaited.pop_first();
        }
        // An error thrown here is one of the chunk; one of the codec comes by its callback.
        decoder.feed((packet, Span::from_micros(stamp)))
    }

    /// What a decoded picture is of the file; `None` for one that an edit hides.
    fn place(&mut self, picture: Picture) -> Option<FilePicture> {
        let (stamp, fed) = (picture.timestamp_us(), self.fed?);
        let awaited = self.awaited.remove(&stamp).unwrap_or(Awaited {
            pts: self.base + (Span::from_micros(stamp) - LEAD),
            duration: Span::ZERO,
            shown: fed.shown,
        });
        let Awaited { pts, duration, shown } = awaited;
        let is_over = duration.is_positive() && pts + duration <= shown.from;
        if is_over || pts >= shown.until {
            return None;
        }
        let (_, facts) = self.described.get(usize::from(fed.description))?;
        Some(FilePicture { picture, from: pts.max(shown.from), facts: Rc::clone(facts) })
    }

    /// The next picture in presentation order, `None` at the end.
    async fn pull(&mut self) -> Result<Option<FilePicture>, Failure> {
        loop {
            let mut wait = None;
            if let Some(decoder) = &self.decoder {
                let queue = Rc::clone(decoder.queue());
                if let Some(picture) = queue.pop() {
                    match self.place(picture) {
                        Some(picture) => return Ok(Some(picture)),
                        None => continue,
                    }
                }
                if let Some(error) = queue.take_error() {
                    self.restart(error)?;
                    continue;
                }
                let seen = queue.events();
                if decoder.waiting() >= PACKETS_INSIDE {
                    wait = Some((queue, seen));
                }
            }
            if self.drained {
                return Ok(None);
            }
            if let Some((queue, seen)) = wait {
                queue.after(seen).await;
                continue;
            }
            let fed = if let Some(packet) = self.held.take() {
                self.begin(&packet)
            } else {
                match self.next_packet()? {
                    Some(packet) if self.fed.is_some_and(|fed| fed.run != packet.run) => {
                        self.held = Some(packet);
                        self.flush().await?;
                        continue;
                    }
                    Some(packet) if self.decoder.is_none() => self.begin(&packet),
                    Some(packet) => self.feed(&packet),
                    None => {
                        self.drain().await?;
                        continue;
                    }
                }
            };
            if let Err(error) = fed {
                self.restart(error)?;
            }
        }
    }

    /// Lets everything out of the decoder that is in it.
    async fn flush(&mut self) -> Result<(), Failure> {
        let Some(decoder) = &self.decoder else { return Ok(()) };
        let queue = Rc::clone(decoder.queue());
        if decoder.drain().await.is_err() && queue.len() == 0 {
            // The last stretch could not be decoded: what came before it stands.
            queue.take_error();
            self.decoder = None;
        }
        Ok(())
    }

    async fn drain(&mut self) -> Result<(), Failure> {
        self.drained = true;
        self.flush().await
    }
}

impl VideoSource for FileVideo {
    type Frame = FilePicture;

    async fn frame_at(&mut self, at: Instant) -> Result<Option<&FilePicture>, Failure> {
        let due = at + ROUNDING;
        match &self.current {
            None if self.fed.is_none() => self.start_at(at)?,
            Some(current) if due < current.from && self.first_for.is_none_or(|asked| at < asked) => {
                self.start_at(at)?;
            }
            // At its end there is nothing to skip: the last picture stays, for however long.
            Some(_) if at > self.fed_to + JUMP && !self.drained => self.skip_to(at).await?,
            _ => {}
        }
        loop {
            if self.next.is_none() {
                self.next = self.pull().await?;
            }
            match &self.next {
                Some(next) if next.from <= due || self.current.is_none() => {
                    let is_late = next.from > due;
                    self.current = self.next.take();
                    self.first_for = is_late.then_some(at);
                    if is_late {
                        break;
                    }
                }
                Some(_) | None => break,
            }
        }
        if self.current.is_none() {
            // Another place of the file may be whole.
            self.forget();
            return Err(Failure::NoPictureHere);
        }
        Ok(self.current.as_ref())
    }
}

/// The pictures of a file, or the want of them.
pub enum Pictures {
    File(Box<FileVideo>),
    /// A file of sound alone.
    None,
}

impl Pictures {
    pub fn open(file: &File) -> Result<Self, Failure> {
        Ok(FileVideo::open(file)?.map_or(Self::None, |video| Self::File(Box::new(video))))
    }

    /// The colors in which a clip is painted that begins with the picture at this instant.
    pub async fn color_at(&mut self, at: Instant) -> Result<Color, Failure> {
        Ok(self.frame_at(at).await?.map_or(Color::BT709, FilePicture::painted_in))
    }
}

impl VideoSource for Pictures {
    type Frame = FilePicture;

    async fn frame_at(&mut self, at: Instant) -> Result<Option<&FilePicture>, Failure> {
        match self {
            Self::File(video) => video.frame_at(at).await,
            Self::None => Ok(None),
        }
    }
}
