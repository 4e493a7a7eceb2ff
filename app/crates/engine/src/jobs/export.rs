//! Clips of the opened file become files in the browser's storage, one after the other.

use super::context::JobContext;
use crate::codec::clip_file::{ClipFile, ClipShape};
use crate::codec::video_source::Pictures;
use crate::open_file::OpenFile;
use crate::picture::fonts;
use crate::picture::painter::FilePainter;
use crate::web::opfs;
use crate::web::page_sender::PageSender;
use clip::export::{ExportProgress, ExportTask, export_clip};
use clip::failure::{Failure, FailureClass};
use clip::output::OutputSpec;
use clip::protocol::{EXPORTS, ExportClip, FromEngine, finished_name};
use web_sys::{File, FileSystemDirectoryHandle};

/// Makes each clip and tells the page of it.
///
/// # Errors
/// As the first clip that could not be made; those before it are whole.
pub async fn export(context: &JobContext, project: &str, clips: &[ExportClip]) -> Result<(), Failure> {
    let open = context.opened()?;
    let folder = opfs::folder(&format!("{EXPORTS}/{project}")).await?;
    let mut progress = ExportProgress::new(clips, context.now_s());
    for clip in clips {
        let (started_s, before) = (context.now_s(), progress);
        let mut made = export_one(context, open, clip, &folder, &mut progress).await;
        // Codecs that the browser took back it gives again.
        if matches!(&made, Err(failure) if failure.class() == FailureClass::TakenBack) {
            progress = before;
            made = export_one(context, open, clip, &folder, &mut progress).await;
        }
        let file = made?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size is a whole number"
        )]
        let event = FromEngine::Exported {
            job: context.job,
            clip: clip.clip.id,
            name: clip.name.clone(),
            bytes: file.size() as u64,
            seconds: context.now_s() - started_s,
        };
        PageSender.emit_with(&event, "file", &file);
    }
    Ok(())
}

async fn export_one(
    context: &JobContext,
    open: &OpenFile,
    clip: &ExportClip,
    folder: &FileSystemDirectoryHandle,
    progress: &mut ExportProgress,
) -> Result<File, Failure> {
    let video_facts = open.facts.default_video().and_then(|track| track.video.clone());
    let output = OutputSpec::for_source(video_facts.as_ref(), clip.clip.shape);
    fonts::load_for(&clip.words).await;
    let mut video = Pictures::open(&open.file)?;
    let sound = |at| open.sounds.in_use(at);
    // What cannot be opened at all is said before anything is written.
    let start = clip.clip.start();
    sound(start)?;
    let length = clip.clip.length();
    let color = video.color_at(start).await?;
    let shape = ClipShape { output, length, color, has_sound: true };
    let sink = ClipFile::create(folder, &finished_name(clip.clip.id), shape).await?;
    let mut painter = FilePainter::new(color, video_facts.as_ref());
    let task = ExportTask { job: context.job, clip, source: video_facts.as_ref(), output };
    export_clip(&task, &mut video, Some(&sound), &mut painter, sink, context.ports(), progress).await
}
