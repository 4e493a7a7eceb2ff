//! The work, which a person waits for: opening the file, hearing it, making clips. One at a time.
//! Plain data; how words are heard beside those that are there is told by `transcription`.

use super::jobs::{End, Export, Kind};
use super::{AppState, Consequence, OpenFile};
use clip::failure::{Failure, FailureClass};
use clip::protocol::{ExportClip, FromEngine, JobId};
use project::project::{Analysis, Exported, SavedClip};

impl AppState {
    pub fn is_working(&self) -> bool {
        self.jobs.runs(Kind::is_work)
    }

    /// The file goes to the engine now.
    pub fn begin_open(&mut self) -> JobId {
        self.begin_work(Kind::Open)
    }

    pub fn begin_analysis(&mut self) -> JobId {
        let job = self.begin_work(Kind::Transcribe);
        self.failure = None;
        if let Some(file) = &mut self.file {
            file.change_listening(|file| (file.analysis, file.notes) = (Analysis::Running, vec![]));
        }
        job
    }

    pub fn begin_export(&mut self, clips: &[ExportClip]) -> JobId {
        self.failure = None;
        self.begin_work(Kind::Export(Export { made_of: clips.to_vec(), clips_done: 0 }))
    }

    pub(super) fn begin_work(&mut self, kind: Kind) -> JobId {
        self.jobs.leave(Kind::is_work);
        self.jobs.begin(kind)
    }

    pub(super) fn fold_open(&mut self, job: JobId, event: FromEngine) -> Vec<Consequence> {
        let FromEngine::Opened { facts, tracks, seconds, .. } = event else { return vec![] };
        self.jobs.end(job);
        let Some(file) = &mut self.file else { return vec![] };
        file.seconds.open = seconds;
        file.is_attached = true;
        file.sound.tracks = tracks;
        match file.facts.replace(facts) {
            None => vec![Consequence::FileOpened],
            Some(_) => vec![Consequence::FileReopened],
        }
    }

    pub(super) fn fold_transcribe(&mut self, job: JobId, event: FromEngine) -> Vec<Consequence> {
        let Some(file) = &mut self.file else { return vec![] };
        match event {
            FromEngine::Listening { listening, notes, .. } => {
                file.change_listening(|file| file.listen(listening, notes));
                vec![Consequence::Keep]
            }
            FromEngine::Waveform { bucket, first_bucket, peaks, .. } => {
                file.change_listening(|file| file.waveform.put(bucket, first_bucket, &peaks));
                vec![]
            }
            FromEngine::Segments { window, language, segments, .. } => {
                file.change_listening(|file| file.hear(window, language, segments));
                vec![Consequence::Keep]
            }
            FromEngine::Analyzed { notes, seconds, .. } => {
                self.jobs.end(job);
                if self.takes_translation() {
                    return vec![Consequence::Keep, Consequence::UnderstandOn];
                }
                if self.nothing_was_heard_again() {
                    return vec![Consequence::UnderstandOn];
                }
                if let Some(file) = &mut self.file {
                    file.seconds.transcribe += seconds;
                }
                vec![Consequence::WordsAreWhole(notes)]
            }
            _ => vec![],
        }
    }

    pub(super) fn fold_export(&mut self, job: JobId, event: FromEngine) -> Vec<Consequence> {
        let FromEngine::Exported { clip, name, bytes, .. } = event else { return vec![] };
        let mut made_of = None;
        if let Some(Kind::Export(export)) = self.jobs.get_mut(job) {
            export.clips_done += 1;
            let asked = export.made_of.iter().find(|asked| asked.clip.id == clip).cloned();
            made_of = asked.map(|ExportClip { clip, words, name }| Exported { clip, words, name });
        }
        let Some(file) = &mut self.file else { return vec![] };
        file.saved.insert(clip, SavedClip { name, bytes, made_of });
        vec![Consequence::TakeClip(clip)]
    }

    pub(super) fn work_ends(&mut self, kind: &Kind, end: End) -> Vec<Consequence> {
        let failure = match end {
            End::Finished { seconds } => {
                if let (Kind::Export(_), Some(file)) = (kind, &mut self.file) {
                    file.seconds.export += seconds;
                }
                return vec![Consequence::Keep];
            }
            End::Failed(failure) if self.goes_on_after(kind, &failure) => {
                return vec![Consequence::Keep, Consequence::GoOn];
            }
            End::Failed(failure) => Some(failure),
            End::Stopped => None,
        };
        self.stop_work();
        // A file that cannot be opened leaves nothing to look at: back to where another one is chosen.
        if self.file.as_ref().is_some_and(|file| file.facts.is_none()) {
            self.file = None;
        }
        if failure.is_some() {
            self.failure = failure;
        }
        vec![Consequence::Keep, Consequence::UnderstandOn]
    }

    /// Codecs that the browser took back it gives again; if it takes them once more before anything was heard, it is a failure.
    fn goes_on_after(&mut self, kind: &Kind, failure: &Failure) -> bool {
        let is_lost = failure.class() == FailureClass::TakenBack && *kind == Kind::Transcribe;
        let Some(file) = self.file.as_mut().filter(|_| is_lost) else { return false };
        file.change_listening(|file| !std::mem::replace(&mut file.lost_its_codecs, true))
    }

    /// What was being heard beside the words is dropped; words that are not whole can be gone on with.
    pub(super) fn stop_work(&mut self) {
        self.jobs.leave(Kind::is_work);
        if let Some(file) = &mut self.file {
            file.draft = None;
            if file.analysis == Analysis::Running {
                file.analysis = Analysis::Stopped;
            }
        }
    }

    /// Whether a file waits to be given to the engine.
    pub fn awaits_opening(&self) -> bool {
        !self.is_working() && self.file.as_ref().is_some_and(|file| !file.is_attached)
    }

    /// Whether the analysis of the open file can go on.
    pub fn is_unfinished(&self) -> bool {
        let can_go_on = |file: &OpenFile| file.is_attached && file.analysis != Analysis::Done;
        !self.is_working() && self.file.as_ref().is_some_and(can_go_on)
    }
}
