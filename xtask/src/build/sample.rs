//! The talk behind "Try it with a sample": spoken by espeak-ng, drawn by ffmpeg, labeled synthetic in the picture. Made
//! once; the text and the recipe below are its whole source.

use super::{clear, content_hash, write};
use crate::failure::{Failure, Outcome};
use crate::shell::{command, output_of, run_silently, work_dir};
use std::path::{Path, PathBuf};

/// What a person may have to fetch for it.
const LIMIT_BYTES: u64 = 3_000_000;
/// Silence after each part, in seconds.
const PAUSE_S: f64 = 1.2;
/// Raised when the recipe changes, so that the sample is made again.
const RECIPE: &str = "5";

/// One part of the talk: what stands in the picture and what is said meanwhile.
struct Part {
    /// Two lines, narrow enough for a vertical crop of the middle.
    title: [&'static str; 2],
    speech: &'static str,
}

const PARTS: [Part; 5] = [
    Part {
        title: ["Why do we", "forget?"],
        speech: "Why do we forget almost everything we read? In eighteen eighty five, a man in Berlin learned lists of \
                 nonsense words, and tested himself every day. After one hour, more than half of the words were gone. \
                 After a month, nearly all of them. He drew that loss as a curve, and it has been measured again and \
                 again ever since.",
    },
    Part {
        title: ["Reading again", "does not help"],
        speech: "Here is the surprising part. Reading a page a second time feels like learning, but it is mostly \
                 recognition. The words look familiar, so the brain says, I know this. A day later, the feeling is \
                 still there, and the knowledge is not. Feeling sure is not the same as being able to remember.",
    },
    Part {
        title: ["Close", "the book"],
        speech: "So what works? Close the book, and say aloud what you have just read. It is hard, it is slow, and you \
                 will make mistakes. That effort is the point. Every time you pull a memory out, you make the path to \
                 it wider. Students who test themselves once remember more than students who read four times.",
    },
    Part {
        title: ["Wait before", "you repeat"],
        speech: "The second secret is to wait. Repeat a thing after a minute, and you gain very little. Repeat it after \
                 a day, when it is almost gone, and it stays for a week. Then wait a week, and it stays for a month. \
                 Five short moments, well spaced, are worth more than five hours in a row.",
    },
    Part {
        title: ["Sleep", "on it"],
        speech: "And the last one costs nothing at all. Sleep. While you sleep, the brain plays the day again, and \
                 decides what to keep. People who learn in the evening and then sleep remember more in the morning than \
                 they knew at night. So learn a little, test yourself, wait, and go to bed.",
    },
];

/// The sample, made if it is not there yet.
pub fn make() -> Outcome<PathBuf> {
    let texts: Vec<&[u8]> = PARTS
        .iter()
        .flat_map(|part| part.title.into_iter().chain([part.speech]))
        .map(str::as_bytes)
        .collect();
    let finished = work_dir().join(format!("sample-{}-{RECIPE}.mp4", content_hash(&texts)));
    if finished.is_file() {
        return Ok(finished);
    }
    eprintln!("Making the sample talk, once.");
    let aside = work_dir().join("sample.tmp");
    clear(&aside)?;
    let mut ends_s = Vec::new();
    let mut list = String::new();
    let mut at_s = 0.0;
    for (index, part) in PARTS.iter().enumerate() {
        let spoken = format!("part{index}.wav");
        speak(part.speech, &aside.join(&spoken))?;
        at_s += duration_s(&aside.join(&spoken))?;
        ends_s.push(at_s);
        list += &format!("file '{spoken}'\n");
    }
    write(&aside.join("parts.txt"), list)?;
    let drawn = aside.join("sample.mp4");
    draw(&aside, &ends_s, &drawn)?;
    let bytes = drawn.metadata().map_err(Failure::ours("the sample was not written"))?.len();
    if bytes > LIMIT_BYTES {
        return Err(Failure::Ours(format!("the sample has {bytes} bytes, more than {LIMIT_BYTES}")));
    }
    std::fs::rename(&drawn, &finished).map_err(Failure::ours("cannot keep the sample"))?;
    Ok(finished)
}

/// Speaks `text` into a mono file at 24 kHz, with the pause at its end.
fn speak(text: &str, to: &Path) -> Outcome {
    let raw = to.with_extension("raw.wav");
    run_silently(
        command("espeak-ng")
            .args(["-v", "en-us", "-s", "158", "-p", "42", "-g", "2", "-w"])
            .arg(&raw)
            .arg(text),
    )?;
    let shape = format!("aresample=24000,apad=pad_dur={PAUSE_S}");
    run_silently(quiet_ffmpeg().arg("-i").arg(&raw).args(["-af", &shape]).arg(to))
}

fn duration_s(file: &Path) -> Outcome<f64> {
    let entries = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"];
    output_of(command("ffprobe").args(entries).arg(file))
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Failure::Ours(format!("ffprobe cannot tell how long {} is", file.display())))
}

/// Slow colors, a dot that wanders, the part's title, and the label.
fn draw(aside: &Path, ends_s: &[f64], to: &Path) -> Outcome {
    let whole_s = ends_s.last().copied().unwrap_or_default();
    // What costs something for each pixel is drawn small, or once: colors this slow are the same when they are scaled up.
    let back = format!(
        "gradients=s=320x180:r=24:d={whole_s:.3}:c0=0x1b2a5c:c1=0x5a2a6e:c2=0x0f5e63:nb_colors=3:\
         x0=0:y0=0:x1=319:y1=179:speed=0.003,scale=1280:720:flags=bicubic"
    );
    let dot = "color=c=black@0:s=220x220:r=24:d=0.04,format=yuva420p,\
               geq=lum=230:cb=118:cr=148:a='255*clip(109-hypot(X-110\\,Y-110)\\,0\\,1)',\
               loop=loop=-1:size=1,setpts=N/24/TB";
    let mut labels = String::new();
    let mut from_s = 0.0;
    for (part, end_s) in PARTS.iter().zip(ends_s) {
        let shown = format!(":enable='between(t\\,{from_s:.3}\\,{end_s:.3})'");
        for (line, y) in part.title.iter().zip([84, 140]) {
            labels += &label(line, "white", 46, y, &shown);
        }
        from_s = *end_s;
    }
    for (line, y) in ["Synthetic sample\\:", "computer voice and pictures"].iter().zip([652, 680]) {
        labels += &label(line, "white@0.75", 22, y, "");
    }
    let graph = format!(
        "{back}[back];{dot}[dot];[back][dot]overlay=x='530+80*sin(t*0.45)':y='250+40*sin(t*0.9)':shortest=1{labels},\
         scale=out_color_matrix=bt709:out_range=tv,format=yuv420p[picture]"
    );
    let mut ffmpeg = quiet_ffmpeg();
    ffmpeg.args(["-f", "concat", "-i"]).arg(aside.join("parts.txt")).args(["-filter_complex", &graph]);
    ffmpeg.args(["-map", "[picture]", "-map", "0:a", "-c:v", "libx264", "-preset", "veryfast", "-crf", "30"]);
    ffmpeg.args([
        "-maxrate",
        "150k",
        "-bufsize",
        "600k",
        "-g",
        "96",
        "-colorspace",
        "bt709",
        "-color_primaries",
        "bt709",
    ]);
    ffmpeg.args([
        "-color_trc",
        "bt709",
        "-c:a",
        "aac",
        "-b:a",
        "48k",
        "-ar",
        "48000",
        "-movflags",
        "+faststart",
    ]);
    ffmpeg.args(["-metadata", "title=Incut sample (synthetic)", "-t", &format!("{whole_s:.3}")]);
    run_silently(ffmpeg.arg(to))
}

/// One centered line of text as a link in the chain of filters.
fn label(text: &str, color: &str, size_px: u32, y_px: u32, more: &str) -> String {
    format!(
        ",drawtext=text='{text}':font=Sans:fontcolor={color}:fontsize={size_px}:x=(w-text_w)/2:y={y_px}{more}"
    )
}

fn quiet_ffmpeg() -> std::process::Command {
    let mut ffmpeg = command("ffmpeg");
    ffmpeg.args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y"]);
    ffmpeg
}
