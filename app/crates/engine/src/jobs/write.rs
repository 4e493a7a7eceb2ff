//! Texts about clips, by the language model.

use super::context::JobContext;
use clip::failure::Failure;
use clip::protocol::{FromEngine, SpokenClip, Stage};
use clip::writing::{Passage, write as write_about};

/// # Errors
/// If no model is loaded, or the page asked to stop.
pub async fn write(context: &JobContext, clips: &[SpokenClip]) -> Result<(), Failure> {
    let workers = context.workers()?;
    let (job, ports) = (context.job, context.ports());
    let started_s = context.now_s();
    for (done, spoken) in clips.iter().enumerate() {
        ports.check()?;
        let written = write_about(&Passage::new(&spoken.sentences, &spoken.title), &workers).await?;
        ports.events.emit(FromEngine::Written { job, clip: spoken.clip, written });
        let (done, all) = ((done + 1) as f32, clips.len() as f32);
        let spent_s = (context.now_s() - started_s) as f32;
        ports.events.emit(FromEngine::Progress {
            job,
            stage: Stage::Write,
            clip: Some(spoken.clip),
            done: done / all,
            seconds_left: Some(spent_s / done * (all - done)),
            speed: None,
        });
    }
    Ok(())
}
