//! The loop that looks at a part of a film: every picture for cuts, five a second for faces and for what moves. Refuses to know decoders
//! and models: they come through [`crate::port`].

use crate::analyze::Ports;
use crate::failure::Failure;
use crate::motion::MotionMeter;
use crate::order;
use crate::port::{FaceFinder, Thumbnails};
use crate::protocol::{FromEngine, JobId, Stage};
use crate::shots::CutDetector;
use crate::sight::{FacesAt, Shot, Sight};
use crate::thumbnail::{Thumbnail, Tones};
use crate::timeline::SourceRange;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use media::time::{Instant, Span};

/// Cuts are looked for in so many pictures a second at most.
const PICTURE: Span = Span::from_micros(33_333);
/// Faces are looked for once in each of these.
const LOOK: Span = Span::from_millis(200);
/// Where no piece of the picture is so many levels lighter or darker than before, its faces are where they were.
const SAME: u8 = 3;

/// Looks at a range of a film. Emits `Progress`; the caller reports the outcome.
///
/// # Errors
/// What a port failed with; `Cancelled`.
pub async fn watch(
    range: SourceRange,
    pictures: &mut impl Thumbnails,
    finder: &impl FaceFinder,
    job: JobId,
    ports: Ports<'_>,
) -> Result<Sight, Failure> {
    let began_s = ports.clock.now_s();
    let length_s = (range.end - range.start).seconds().max(1e-6);
    let mut cuts = CutDetector::default();
    let mut motion = MotionMeter::default();
    let mut faces: Vec<FacesAt> = Vec::new();
    let mut running = FuturesUnordered::new();
    // The picture in which faces were looked for last, and the moments at which it still looked the same.
    let mut looked: Option<(Instant, Tones)> = None;
    let mut same: Vec<(Instant, Instant)> = Vec::new();
    let mut next_look = range.start;
    let mut shown = None;
    let mut told = 0.0;
    let mut at = range.start;
    while at < range.end {
        ports.check()?;
        let Some(picture) = pictures.gray(at).await? else { break };
        let asked = at;
        at += PICTURE;
        if shown != Some(picture.from) {
            shown = Some(picture.from);
            cuts.push(&picture);
        }
        if asked >= next_look {
            next_look += LOOK;
            let tones = picture.tones();
            motion.push(asked, &tones);
            match &looked {
                // Against the one that was looked at, or a slow drift would never be seen.
                Some((before_at, before)) if is_same(before, &tones) => same.push((asked, *before_at)),
                _ => {
                    looked = Some((asked, tones));
                    let Some(picture) = pictures.thumbnail(asked).await? else { break };
                    while running.len() >= finder.worker_count().max(1) {
                        let Some(found) = running.next().await else { break };
                        faces.push(found?);
                    }
                    running.push(look(finder, asked, picture));
                }
            }
        }
        // Begins what was just put in, and takes what is done.
        while let Some(Some(found)) = running.next().now_or_never() {
            faces.push(found?);
        }
        let done = (at - range.start).seconds() / length_s;
        if done - told >= 0.01 {
            told = done;
            let spent_s = ports.clock.now_s() - began_s;
            let seconds_left = (done > 0.05).then(|| (spent_s / done * (1.0 - done)).max(0.0) as f32);
            let (stage, done) = (Stage::Watch, done.min(1.0) as f32);
            ports.events.emit(FromEngine::Progress {
                job,
                stage,
                clip: None,
                done,
                seconds_left,
                speed: None,
            });
        }
    }
    while let Some(found) = running.next().await {
        faces.push(found?);
    }
    Ok(gathered(range, cuts.finish(), faces, &same, &motion))
}

async fn look(finder: &impl FaceFinder, at: Instant, picture: Thumbnail) -> Result<FacesAt, Failure> {
    Ok(FacesAt { at, faces: finder.faces(picture).await? })
}

fn is_same(before: &Tones, now: &Tones) -> bool {
    before.iter().zip(now).all(|(before, now)| before.abs_diff(*now) < SAME)
}

/// What was found, put together. `same`: moments at which the picture was as at an earlier one.
fn gathered(
    range: SourceRange,
    cuts: Vec<Instant>,
    mut faces: Vec<FacesAt>,
    same: &[(Instant, Instant)],
    motion: &MotionMeter,
) -> Sight {
    order::sort_by_key(&mut faces, |seen| seen.at);
    let of =
        |at: Instant| faces.binary_search_by_key(&at, |seen| seen.at).ok().and_then(|found| faces.get(found));
    let again = |(at, before): &(Instant, Instant)| Some(FacesAt { at: *at, ..of(*before)?.clone() });
    let again: Vec<FacesAt> = same.iter().filter_map(again).collect();
    faces.extend(again);
    order::sort_by_key(&mut faces, |seen| seen.at);
    let starts: Vec<Instant> = std::iter::once(range.start).chain(cuts).collect();
    let ends = starts.iter().skip(1).copied().chain([range.end]);
    let shots = starts.iter().zip(ends).filter(|(start, end)| *start < end);
    let shots = shots.map(|(start, end)| Shot { start: *start, end, motion_x: motion.center_x(*start, end) });
    Sight { shots: shots.collect(), faces }
}

#[cfg(test)]
mod tests;
