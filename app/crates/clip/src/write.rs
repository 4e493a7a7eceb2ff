//! The loop that writes about clips, one after the other. What is asked and what may be shown is [`crate::writing`]'s; the language model
//! comes through [`crate::port`].

use crate::analyze::Ports;
use crate::failure::Failure;
use crate::port::Writer;
use crate::protocol::{FromEngine, JobId, SpokenClip, Stage};
use crate::writing::{self, Passage};

/// Writes about each clip in turn. Emits `Written` and `Progress` for each; the caller reports the outcome. A model that fails costs a clip
/// its texts, which the rules write then, and the next clip asks it again.
///
/// # Errors
/// `Cancelled`.
pub async fn write(
    clips: &[SpokenClip],
    model: &impl Writer,
    job: JobId,
    ports: Ports<'_>,
) -> Result<(), Failure> {
    let started_s = ports.clock.now_s();
    for (done, spoken) in clips.iter().enumerate() {
        ports.check()?;
        let written = writing::write(&Passage::new(&spoken.sentences, &spoken.title), model).await?;
        ports.events.emit(FromEngine::Written { job, clip: spoken.clip, written });
        let (done, all) = ((done + 1) as f32, clips.len() as f32);
        let spent_s = (ports.clock.now_s() - started_s) as f32;
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

#[cfg(test)]
mod tests;
