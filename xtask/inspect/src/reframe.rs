//! `reframe`: what an upright clip shows of what the engine saw of a film. How is decided in `clip`; this prints it.

use crate::failure::{Failure, Outcome};
use clap::Args;
use clip::edit::OutputSize;
use clip::frame::view;
use clip::reframe::{FramedShot, View, framed};
use clip::scene::{Area, Keyframe, Region};
use clip::sight::Sight;
use media::source::SeekSource;
use media::time::Instant;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Options {
    /// The film.
    file: PathBuf,
    /// What the engine saw of it; removed once it is read.
    #[arg(long)]
    sight: PathBuf,
    /// Print shots, faces and scenes as JSON (see docs/CLI.md).
    #[arg(long)]
    json: bool,
}

#[derive(Deserialize)]
struct Looked {
    sight: Sight,
    seconds: f64,
}

pub fn reframe(options: &Options) -> Outcome {
    let name = options.file.display();
    let source = SeekSource::open(&options.file).map_err(Failure::ours(format!("cannot read {name}")))?;
    let facts = media::probe::probe(Box::new(source))
        .map_err(|error| Failure::Input(text::media::message_and_advice(&error)))?;
    let text = fs::read_to_string(&options.sight).map_err(Failure::ours("cannot read what was seen"))?;
    fs::remove_file(&options.sight).map_err(Failure::ours("cannot remove what was seen"))?;
    let Looked { sight, seconds } =
        serde_json::from_str(&text).map_err(Failure::ours("what was seen is not what it was"))?;
    let video = facts.default_video().and_then(|track| track.video.as_ref());
    let view = video.map(|video| view(video, OutputSize::HD));
    let shots = view.map_or_else(Vec::new, |view| framed(&sight, &sight.shots, view));
    if options.json {
        println!("{}", in_json(&sight, &shots, view, seconds));
    } else {
        shots.iter().for_each(|framed| println!("{}", in_words(framed)));
    }
    Ok(())
}

fn in_words(framed: &FramedShot) -> String {
    let FramedShot { shot, aim, regions } = framed;
    let keyframes: usize = regions.iter().map(|region| region.crop.keyframes().len()).sum();
    let (start_s, end_s, parts) = (shot.start.seconds(), shot.end.seconds(), regions.len());
    format!("{start_s:9.3} to {end_s:9.3} s  {aim:?}: parts {parts}, keyframes {keyframes}")
}

fn round(value: f64) -> f64 {
    (value * 100_000.0).round() / 100_000.0
}

fn seconds_of(at: Instant) -> f64 {
    round(at.seconds())
}

fn in_json(sight: &Sight, shots: &[FramedShot], view: Option<View>, seconds: f64) -> Value {
    let scenes = shots.iter().zip(view.into_iter().cycle()).map(|(framed, view)| {
        let region = |region: &Region| {
            let view = view.of_place(&region.place);
            let path: Vec<Value> =
                region.crop.keyframes().iter().map(|keyframe| crop(keyframe, view)).collect();
            json!({ "path": path, "place": area(&region.place) })
        };
        json!({
            "start_s": seconds_of(framed.shot.start),
            "end_s": seconds_of(framed.shot.end),
            "aim": framed.aim,
            "regions": framed.regions.iter().map(region).collect::<Vec<_>>(),
        })
    });
    let faces = sight.faces.iter().map(|seen| {
        let faces = seen.faces.iter().map(|face| {
            let mut found = area(&face.area);
            found["score"] = json!(round(face.score.into()));
            found
        });
        json!({ "t_s": seconds_of(seen.at), "faces": faces.collect::<Vec<_>>() })
    });
    json!({
        "shots": sight.shots.iter().map(|shot| {
            json!({ "start_s": seconds_of(shot.start), "end_s": seconds_of(shot.end) })
        }).collect::<Vec<_>>(),
        "faces": faces.collect::<Vec<_>>(),
        "scenes": scenes.collect::<Vec<_>>(),
        "seconds": round(seconds),
    })
}

fn area(area: &Area) -> Value {
    let [x, y, w, h] = [area.left, area.top, area.width, area.height].map(|value| round(value.into()));
    json!({ "x": x, "y": y, "w": w, "h": h })
}

/// The part of the picture that a keyframe shows, in fractions of its sides.
fn crop(keyframe: &Keyframe, view: View) -> Value {
    let along = |center: f32, view: f32| {
        let length = view * keyframe.crop.size;
        let start = (center - length / 2.0).clamp(0.0, (1.0 - length).max(0.0));
        (round(start.into()), round(length.into()))
    };
    let (x, w) = along(keyframe.crop.center_x, view.width);
    let (y, h) = along(keyframe.crop.center_y, view.height);
    json!({ "t_s": seconds_of(keyframe.at), "x": x, "y": y, "w": w, "h": h })
}
