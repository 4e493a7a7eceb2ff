//! What was said in a clip, with every content word found by its forms.

use crate::order;
use std::collections::HashMap;

use super::token::{Kind, Mood, Token, tokens};
use crate::edit::ClipEdit;
use crate::sentence::{Sentence, cut};
use crate::transcript::join_words;

/// The sentences of a clip and the title that the rules gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    sentences: Vec<Read>,
    title: String,
    /// Places of each form, counting content words through the whole passage.
    places: HashMap<String, Vec<usize>>,
    /// Of each place, its sentence and which of its tokens it is.
    spots: Vec<(usize, usize)>,
    denies: bool,
}

/// A sentence as it stands and as it is compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read {
    pub text: String,
    pub tokens: Vec<Token>,
}

impl Read {
    pub fn new(text: &str) -> Self {
        Self { text: text.trim().to_owned(), tokens: tokens(text) }
    }
}

impl Passage {
    /// `title`: made by rules from the same words; may be empty.
    pub fn new<Text: AsRef<str>>(sentences: &[Text], title: &str) -> Self {
        let sentences = sentences.iter().map(|text| Read::new(text.as_ref()));
        let sentences: Vec<Read> = sentences.filter(|sentence| !sentence.tokens.is_empty()).collect();
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        let mut spots = Vec::new();
        for (number, sentence) in sentences.iter().enumerate() {
            for (at, token) in sentence.tokens.iter().enumerate().filter(|(_, token)| token.is_content()) {
                for form in &token.forms {
                    places.entry(form.clone()).or_default().push(spots.len());
                }
                spots.push((number, at));
            }
        }
        let mut all = sentences.iter().flat_map(|sentence| &sentence.tokens);
        let denies = all.any(|token| token.kind == Kind::Denial);
        Self { sentences, title: title.trim().to_owned(), places, spots, denies }
    }

    /// A passage of plain text, cut into sentences at their marks.
    pub fn from_text(text: &str, title: &str) -> Self {
        Self::new(&cut(text), title)
    }

    /// What is heard of `sentences` in a clip.
    pub fn of_clip(sentences: &[Sentence], clip: &ClipEdit) -> Self {
        Self::new(&Self::heard(sentences, clip), &clip.title)
    }

    /// The parts of `sentences` that are heard in a clip: words whose middle lies in it.
    pub fn heard(sentences: &[Sentence], clip: &ClipEdit) -> Vec<String> {
        let within =
            |sentence: &Sentence| join_words(sentence.words.iter().filter(|word| clip.timeline.plays(word)));
        let heard = sentences.iter().map(within).map(|text| text.trim().to_owned());
        heard.filter(|text| !text.is_empty()).collect()
    }

    /// All of it in one line.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        texts.join(" ")
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    pub(super) fn sentences(&self) -> &[Read] {
        &self.sentences
    }

    /// Whether anything in it is denied.
    pub(super) fn denies(&self) -> bool {
        self.denies
    }

    /// The word at a place.
    fn token(&self, place: usize) -> &Token {
        let (sentence, at) = self.spots[place];
        &self.sentences[sentence].tokens[at]
    }

    /// From one place to a later one in the same sentence, both with what stands between them.
    pub(super) fn stretch(&self, from: usize, to: usize) -> Option<&[Token]> {
        let ((sentence, first), (same, last)) = (self.spots[from], self.spots[to]);
        (sentence == same && first < last).then(|| &self.sentences[sentence].tokens[first..=last])
    }

    /// What the sentence of `from` says behind it, if `to` lies in the very next one.
    pub(super) fn followed_by(&self, from: usize, to: usize) -> Option<&[Token]> {
        let ((sentence, at), (next, _)) = (self.spots[from], self.spots[to]);
        (sentence + 1 == next).then(|| &self.sentences[sentence].tokens[at + 1..])
    }

    /// What its sentence says before a place.
    pub(super) fn before(&self, place: usize) -> &[Token] {
        let (sentence, at) = self.spots[place];
        &self.sentences[sentence].tokens[..at]
    }

    /// Where it says the same word, in whatever mood.
    pub(super) fn places_of(&self, token: &Token) -> Vec<usize> {
        let of_form = |form: &String| self.places.get(form).into_iter().flatten().copied();
        let mut places: Vec<usize> = token.forms.iter().flat_map(of_form).collect();
        order::sort_by(&mut places, Ord::cmp);
        places.dedup();
        places.retain(|&place| !token.is_other_number(self.token(place)));
        places
    }

    /// Where it says the same word and means it as `token` does.
    pub(super) fn quotes_of(&self, token: &Token) -> Vec<usize> {
        let mut places = self.places_of(token);
        places.retain(|&place| match token.mood {
            // A question claims nothing, so it may take up a claim.
            Mood::Asked => matches!(self.token(place).mood, Mood::Asked | Mood::Plain),
            mood => self.token(place).mood == mood,
        });
        places
    }
}
