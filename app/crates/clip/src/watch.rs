//! The loop that looks at a part of a film: every picture for cuts, five a second for faces and for what moves. Refuses to know decoders
//! and models: they come through [`crate::port`].

use crate::analyze::Ports;
use crate::failure::Failure;
use crate::motion::MotionMeter;
use crate::port::{FaceFinder, Thumbnails};
use crate::protocol::{FromEngine, JobId, Stage};
use crate::shots::CutDetector;
use crate::sight::{FacesAt, Shot, Sight};
use crate::thumbnail::Tones;
use crate::timeline::SourceRange;
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
    // Of the picture in which faces were looked for last.
    let mut looked: Option<Tones> = None;
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
            // Against the one that was looked at, or a slow drift would never be seen.
            let same = faces.last().filter(|_| looked.is_some_and(|before| is_same(&before, &tones)));
            let found = match same {
                Some(before) => before.faces.clone(),
                None => {
                    looked = Some(tones);
                    let Some(picture) = pictures.thumbnail(asked).await? else { break };
                    finder.faces(picture).await?
                }
            };
            faces.push(FacesAt { at: asked, faces: found });
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
    Ok(Sight { shots: shots(range, cuts.finish(), &motion), faces })
}

fn is_same(before: &Tones, now: &Tones) -> bool {
    before.iter().zip(now).all(|(before, now)| before.abs_diff(*now) < SAME)
}

/// The shots of a range, from where the later ones begin.
fn shots(range: SourceRange, cuts: Vec<Instant>, motion: &MotionMeter) -> Vec<Shot> {
    let starts: Vec<Instant> = std::iter::once(range.start).chain(cuts).collect();
    let ends = starts.iter().skip(1).copied().chain([range.end]);
    let shots = starts.iter().zip(ends).filter(|(start, end)| *start < end);
    shots.map(|(start, end)| Shot { start: *start, end, motion_x: motion.center_x(*start, end) }).collect()
}

#[cfg(test)]
mod tests;
