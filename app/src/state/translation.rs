//! The words of a file in English as well: heard by the same model, which translates, and kept beside those that were spoken.
//! Clips are cut from the spoken words; captions and subtitles can show either. They grow as a draft does, see `transcription`.
//! Plain data; how speech is translated is the engine's.

use super::jobs::Kind;
use super::{AppState, OpenFile};
use clip::transcript::SpeechOptions;
use project::caption_language::ENGLISH;
use project::project::{Project, Translation};

impl OpenFile {
    /// Whether there are words of another language than English, and none in English yet.
    pub fn may_be_translated(&self) -> bool {
        let is_english = ["", ENGLISH].contains(&self.transcript().language.as_str());
        self.is_heard() && !is_english && self.translation.is_none() && self.draft.is_none()
    }

    /// Whether an English translation is being heard now.
    pub fn is_being_translated(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.is_translation)
    }

    /// How what is being heard now is written down, where `speech` is how the file is.
    pub fn speech_of_listening(&self, speech: SpeechOptions) -> SpeechOptions {
        if !self.is_being_translated() {
            return speech;
        }
        // What was found out once, or said by the person, needs not be found out again.
        SpeechOptions { language: Some(self.transcript().language.clone()), translate: true, ..speech }
    }
}

impl AppState {
    /// The words are to be heard in English as well, beside those that are there.
    pub fn translate(&mut self) {
        let Some(file) = self.file.as_mut().filter(|file| file.may_be_translated()) else { return };
        let sound = file.sound.clone().lasting();
        file.draft = Some(Box::new(OpenFile {
            is_translation: true,
            ..Project { sound, ..Project::default() }.into()
        }));
        self.jobs.leave(Kind::is_understanding);
    }

    /// A translation is whole: it lies beside the words, and nothing else changes. `false`: it is none, or there is nothing in it.
    pub(super) fn takes_translation(&mut self) -> bool {
        let Some(file) = &mut self.file else { return false };
        let draft =
            file.draft.take_if(|draft| draft.is_translation && !draft.transcript().segments.is_empty());
        let Some(draft) = draft else { return false };
        let Project { recording, heard_with, .. } = draft.project;
        file.translation = Some(Translation { transcript: recording.into_transcript(), heard_with });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{analyzed, heard, opened, words_are_whole};
    use crate::state::{Consequence, Phase};
    use clip::captions::CaptionSource;
    use clip::edit::ClipId;
    use clip::protocol::{FromEngine, JobId};
    use clip::transcript::WindowSpan;
    use clip::transcript::{Segment, Transcript};
    use project::caption_language::CaptionLanguage;
    use project::document;
    use project::fixtures::segment_of;
    use project::steps::Step;

    fn segments(job: JobId, language: &str, words: &[&str]) -> FromEngine {
        let window = WindowSpan { start_sample: 0, end_sample: 480_000 };
        let segments = vec![segment_of(0.0, words)];
        FromEngine::Segments { job, window, language: language.into(), segments }
    }

    fn spanish() -> AppState {
        let (mut state, job) = opened();
        state.fold(segments(job, "es", &["Buenos", " días."]), 1.0);
        words_are_whole(&mut state, job);
        state
    }

    fn translated() -> AppState {
        let mut state = spanish();
        state.translate();
        let job = state.begin_analysis();
        state.fold(segments(job, "en", &["Good", " day."]), 3.0);
        state.fold(analyzed(job), 4.0);
        state
    }

    fn file(state: &AppState) -> &OpenFile {
        state.file.as_ref().expect("open")
    }

    fn captions(file: &OpenFile) -> CaptionSource {
        file.caption_source(file.clips.get(ClipId(1)).expect("there"))
    }

    fn text(transcript: &Transcript) -> String {
        transcript.segments.iter().map(Segment::text).collect()
    }

    #[test]
    fn english_is_kept_beside_and_changes_nothing_by_itself() {
        let before = spanish();
        assert!(file(&before).may_be_translated());
        let mut state = before.clone();
        state.translate();
        let job = state.begin_analysis();
        assert!(file(&state).is_being_translated());
        let speech = file(&state).speech_of_listening(SpeechOptions::default());
        assert_eq!((speech.language.as_deref(), speech.translate), (Some("es"), true));
        state.fold(segments(job, "en", &["Good", " day."]), 3.0);
        assert_eq!(text(file(&state).transcript()), "Buenos días.");
        let consequences = state.fold(analyzed(job), 4.0);
        assert_eq!(consequences, [Consequence::Keep, Consequence::UnderstandOn]);
        assert_eq!(state.phase(), Phase::Ready);
        assert_eq!(text(file(&state).words_in(CaptionLanguage::Original)), "Buenos días.");
        assert_eq!(text(file(&state).words_in(CaptionLanguage::English)), "Good day.");
        assert_eq!(state.shown_clips(), before.shown_clips());
        assert_eq!(captions(file(&state)), captions(file(&before)));
        assert!(!file(&state).may_be_translated(), "it is there");
        assert!(!file(&state).clips.can_undo(), "no step");
    }

    #[test]
    fn captions_show_either_and_the_choice_is_a_step() {
        let mut state = translated();
        let spoken = captions(file(&state));
        let marked = file(&state).marked();
        state.edit_clips(|clips, _| clips.caption_in(CaptionLanguage::English));
        assert_ne!(captions(file(&state)), spoken);
        assert_ne!(file(&state).marked(), marked, "stills follow");
        assert_eq!(file(&state).clips.steps().0, Some(Step::CaptionedIn));
        state.edit_clips(|clips, _| clips.undo());
        assert_eq!(captions(file(&state)), spoken);
    }

    #[test]
    fn both_are_kept_with_the_choice() {
        let mut state = translated();
        state.edit_clips(|clips, _| clips.caption_in(CaptionLanguage::English));
        let mut after = OpenFile::default();
        after.restore(document::write(file(&state)).as_deref());
        assert_eq!(after.translation, file(&state).translation);
        assert_eq!(
            (after.caption_language(), text(after.transcript())),
            (CaptionLanguage::English, "Buenos días.".into())
        );
    }

    #[test]
    fn broken_off_everything_is_as_before_and_it_can_be_asked_for_again() {
        let mut state = spanish();
        let before = state.file.clone();
        state.translate();
        let job = state.begin_analysis();
        state.fold(segments(job, "en", &["Good"]), 3.0);
        state.fold(FromEngine::Cancelled { job }, 4.0);
        assert_eq!(state.file, before);
        assert!(file(&state).may_be_translated());
    }

    #[test]
    fn it_belongs_to_its_words() {
        let mut state = translated();
        state.edit_clips(|clips, _| clips.caption_in(CaptionLanguage::English));
        let there = file(&state).translation.clone();
        state.hear_again(None);
        let job = state.begin_analysis();
        state.fold(segments(job, "it", &["Buon", " giorno."]), 5.0);
        words_are_whole(&mut state, job);
        assert_eq!(
            (file(&state).translation.as_ref(), file(&state).caption_language()),
            (None, CaptionLanguage::Original)
        );
        state.edit_clips(|clips, _| clips.undo());
        assert_eq!(
            (&file(&state).translation, file(&state).caption_language()),
            (&there, CaptionLanguage::English)
        );
    }

    #[test]
    fn what_is_english_or_unknown_is_not_translated() {
        let (mut state, job) = opened();
        state.fold(heard(job, 0), 1.0);
        words_are_whole(&mut state, job);
        assert!(!file(&state).may_be_translated());
        let before = state.clone();
        state.translate();
        assert_eq!(state, before);
    }
}
