//! How what is spoken is to be written down, which belongs to the open file, and having it heard once more.

use super::Session;
use crate::catalogue::{self, ListedModel};
use crate::languages::language_name;
use crate::persistence;
use crate::state::AppState;
use crate::state::notes::Note;
use crate::state::switching::Wanted;
use clip::protocol::ToEngine;
use clip::tracks::Tracks;
use clip::transcript::SpeechOptions;
use leptos::prelude::*;
use project::caption_language::{CaptionLanguage, ENGLISH};
use project::project::HeardWith;
use project::ranking::Occasion;
use project::snapshot::Drag;
use text::say;

impl Session {
    /// What was chosen of how to write speech down, as far as the model can do it.
    pub(super) fn speech(self) -> SpeechOptions {
        let known = self.languages();
        let asked = self.fragment.with_value(|fragment| fragment.language.clone());
        let wished = self.state.with(|state| state.file.as_ref().map(|file| file.speech.clone()));
        let SpeechOptions { language, translate, names } = wished.unwrap_or_default();
        SpeechOptions {
            language: asked.or_else(|| language.filter(|code| known.contains(code))),
            translate: translate && known.len() > 1,
            names: names.trim().to_owned(),
        }
    }

    /// What the chosen model understands; nothing where the catalogue could not be read.
    pub fn languages(self) -> Vec<String> {
        self.languages_of(&self.model())
    }

    fn languages_of(self, model: &str) -> Vec<String> {
        self.catalogue.with(|offered| {
            let chosen = offered.speech.iter().find(|listed| listed.id == model);
            chosen.map(|listed| listed.languages.clone()).unwrap_or_default()
        })
    }

    /// Whether the model that heard the words found out what language they are in.
    pub fn found_out_the_language(self) -> bool {
        let heard_with = self.state.with(|state| state.file.as_ref()?.heard_with.clone());
        heard_with.is_some_and(|HeardWith { model, speech }| {
            speech.language.is_none() && !speech.translate && self.languages_of(&model).len() > 1
        })
    }

    /// The person wishes the open file to be written down otherwise. Nothing is heard again before they ask for it.
    pub fn change_speech(self, change: impl FnOnce(&mut SpeechOptions)) {
        if !self.may_change_or_say_why() {
            return;
        }
        let before = HeardWith { model: self.model(), speech: untrack(|| self.speech()) };
        self.state.update(|state| {
            if let Some(file) = &mut state.file {
                // Of words of an earlier page nobody noted it: they were heard with what held until now.
                file.heard_with.get_or_insert(before);
                change(&mut file.speech);
            }
        });
        persistence::save_soon(self);
    }

    /// Whether hearing the open file once more would give other words than those that are there.
    pub fn would_hear_otherwise(self) -> bool {
        self.settings.track();
        let (model, speech) = (self.model(), self.speech());
        self.state.with(|state| {
            // Another model is on its way: what it would give is asked when it is there.
            !state.changes_its_model()
                && state.file.as_ref().is_some_and(|file| file.would_hear_otherwise(&model, &speech))
        })
    }

    /// Whether unsure words are probably of a language that the model that heard them does not know.
    pub fn doubts_the_language(self) -> bool {
        let heard = self.state.with(|state| {
            let file = state.file.as_ref()?;
            Some((
                file.is_its_language,
                file.listening().heard_with.as_ref().map(|heard| heard.model.clone()),
            ))
        });
        let (is_sure, model) = heard.unwrap_or_default();
        !is_sure && self.languages_of(&model.unwrap_or_else(|| self.model())).len() == 1
    }

    /// What is to be said of the clips as a whole.
    pub fn clips_note(self) -> Option<Note> {
        let doubts = self.doubts_the_language();
        self.state.with(|state| state.file.as_ref()?.clips_note(doubts))
    }

    /// The only language that the chosen model knows, if it knows one alone.
    pub fn only_language(self) -> Option<String> {
        self.settings.track();
        let mut languages = self.languages();
        languages.pop().filter(|_| languages.is_empty())
    }

    /// What the chosen model is called.
    pub fn model_title(self) -> String {
        let id = self.model();
        self.catalogue.with(|offered| {
            let chosen = offered.speech.iter().find(|listed| listed.id == id);
            chosen.map_or_else(|| say!("transcript-new-model"), |listed| catalogue::model_name(&listed.title))
        })
    }

    /// The smallest model on offer that knows many languages.
    pub fn model_of_languages(self) -> Option<ListedModel> {
        self.catalogue.with(|offered| {
            let knowing = offered.speech.iter().filter(|model| model.languages.len() > 1);
            knowing.min_by_key(|model| model.bytes).cloned()
        })
    }

    /// What was heard so far are guesses: a model that knows more languages starts over.
    pub fn start_over_in_other_languages(self) {
        let Some(model) = untrack(|| self.model_of_languages()) else { return };
        self.cancel();
        self.switch_to(Wanted::Model(model.id));
        self.state.update(|state| {
            if let Some(switching) = &mut state.switching {
                switching.starts_over = true;
            }
        });
    }

    /// The person says that it is the model's language, however unsure the words are.
    pub fn language_is_right(self) {
        if !self.may_change_or_say_why() {
            return;
        }
        self.state.update(|state| {
            if let Some(file) = &mut state.file {
                file.is_its_language = true;
            }
        });
        persistence::save_soon(self);
        if self.state.with_untracked(|state| state.file.as_ref().is_some_and(|file| file.is_heard())) {
            self.rank(Occasion::Asked(Drag::Single));
        }
    }

    /// Other sound tracks: their words, and clips of those.
    pub fn choose_sound(self, tracks: Tracks) {
        self.hear_beside(Some(tracks));
    }

    /// Listens to the open file from its begin, with what is chosen now. What is there stays until the new words are whole.
    pub fn hear_again(self) {
        self.hear_beside(None);
    }

    /// Has the words in English as well, beside those that are there.
    pub fn translate(self) {
        if self.state.with_untracked(AppState::is_working) || !self.may_change_or_say_why() {
            return;
        }
        self.stop_background();
        self.state.update(AppState::translate);
        if self
            .state
            .with_untracked(|state| state.file.as_ref().is_some_and(|file| file.is_being_translated()))
        {
            self.analyze();
        }
    }

    /// Whether the open file could be had in English as well, by the model that is chosen.
    pub fn may_translate(self) -> bool {
        self.settings.track();
        self.languages().len() > 1
            && self.state.with(|state| {
                state.file.as_ref().is_some_and(|file| file.is_attached && file.may_be_translated())
            })
    }

    /// The language of the captions of all clips.
    pub fn caption_in(self, language: CaptionLanguage) {
        self.edit_clips(|clips, _| clips.caption_in(language));
        let names = untrack(|| self.caption_languages());
        let chosen = names.into_iter().find(|(of, _)| *of == language);
        if let Some((_, name)) = chosen.filter(|_| self.may_change()) {
            self.tell(&say!("transcript-captions-are-in", language = name));
        }
    }

    /// The languages that captions can be in, each with its name; none where there is only one.
    pub fn caption_languages(self) -> Vec<(CaptionLanguage, String)> {
        let original = self.state.with(|state| {
            let file = state.file.as_ref().filter(|file| file.translation.is_some())?;
            Some(file.transcript().language.clone())
        });
        original.map_or_else(Vec::new, |code| {
            [(CaptionLanguage::Original, code.as_str()), (CaptionLanguage::English, ENGLISH)]
                .map(|(language, code)| (language, language_name(code)))
                .into()
        })
    }

    fn hear_beside(self, tracks: Option<Tracks>) {
        if self.state.with_untracked(AppState::is_working) || !self.may_change_or_say_why() {
            return;
        }
        self.stop_background();
        self.state.update(|state| state.hear_again(tracks));
        self.analyze();
    }

    /// Other words come from elsewhere: those that are being heard beside the present ones are not wanted.
    pub fn drop_draft(self) {
        if let Some(job) = self.state.try_update(AppState::drop_draft).flatten() {
            self.send(&ToEngine::Cancel { job });
        }
    }

    /// The words stay as they are, and nothing more is asked or told of them.
    pub fn settle_words(self) {
        self.state.update(|state| {
            if let Some(file) = &mut state.file {
                (file.asks_to_hear_again, file.tells_of_hearing) = (false, false);
            }
        });
    }

    /// The first picks stay, and the better ones are not shown.
    pub fn keep_first_picks(self) {
        self.state.update(AppState::keep_first_picks);
        self.tell(&say!("transcript-clips-stay"));
        persistence::save_soon(self);
    }
}
