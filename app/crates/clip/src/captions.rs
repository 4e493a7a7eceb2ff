//! Caption pages of one clip: which words stand on the picture together, for how long, which one is being spoken, and whose
//! they are.

use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

use crate::edit::{CaptionStyle, OutputSize, SpeakerMarks};
use crate::insights::Insights;
use crate::line_breaks::{Limits, Said, ShownWord, groups, second_line, shortened, shown_words, turns};
use crate::look::CaptionLook;
use crate::script::{Direction, direction};
use crate::timeline::Timeline;
use crate::transcript::{Segment, Word};

/// A gap shorter than this between two pages, or two words, is closed: nothing flickers.
const BRIDGED: Span = Span::from_millis(400);

/// How much text one page may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    pub line_chars: usize,
}

impl Layout {
    /// As many letters across a picture that is higher than wide as the style's look has, more across a wider one.
    pub fn new(style: CaptionStyle, size: OutputSize) -> Self {
        let letters = CaptionLook::of(style).unwrap_or(CaptionLook::BOLD).line_chars;
        let across = u64::from(letters) * u64::from(size.width_px) / u64::from(size.short_side_px().max(1));
        Self { line_chars: across.clamp(14, 42) as usize }
    }

    /// A longer name is cut: behind it there is to be room for what is said.
    fn name_chars(self) -> usize {
        (self.line_chars * 3 / 4).min(24)
    }
}

/// What captions are made of: the words around a clip and, where captions tell, whose they are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CaptionSource {
    pub segments: Vec<Segment>,
    pub marks: SpeakerMarks,
    /// Turns and speakers; empty where captions do not tell them apart.
    pub speaking: Insights,
}

impl CaptionSource {
    /// What is said between two instants; `segments` are those that touch it, whole.
    pub fn new(segments: Vec<Segment>, insights: &Insights, marks: SpeakerMarks) -> Self {
        let reach = segments.first().map(|first| first.start).zip(segments.last().map(|last| last.end));
        let speaking = match (marks, reach) {
            (SpeakerMarks::Off, _) | (_, None) => Insights::default(),
            (_, Some((start, end))) => insights.speaking_between(start, end),
        };
        Self { segments, marks, speaking }
    }

    /// Nobody told apart.
    pub fn of_one(segments: Vec<Segment>) -> Self {
        Self { segments, ..Self::default() }
    }
}

/// Words shown together from `start` to `end`, in one or two lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub start: Instant,
    pub end: Instant,
    pub lines: Vec<Vec<ShownWord>>,
    /// Which color marks who says it, and what of it.
    pub voice: Option<Voice>,
}

/// How a page shows whose words it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// All words in this color.
    Words(u8),
    /// The name alone, on the page that has it.
    Name(u8),
}

/// One word of a caption as it is shown now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptionWord {
    pub text: String,
    /// Whether this is the word being spoken.
    pub spoken: bool,
    /// The color of whoever says it, where the caption shows it.
    pub color: Option<u8>,
    /// Whether a space stands before it where it is not the first of its line.
    pub spaced: bool,
}

/// The caption on one picture: at most two lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Caption {
    pub lines: Vec<Vec<CaptionWord>>,
    /// Which way most of its words are read.
    pub way: Direction,
    pub look: CaptionLook,
}

/// The pages of a clip in order; none overlaps another, leaves the clip or holds words of two speakers who are told apart.
/// Their times are those of the clip's clock ([`Timeline::clock`]). `said` carries the source's times and may reach beyond the clip: words
/// whose middle lies in none of its ranges are left out.
pub fn pages(said: &CaptionSource, timeline: &Timeline, layout: &Layout) -> Vec<Page> {
    let end = timeline.clock(timeline.duration());
    let mut pages: Vec<Page> = Vec::new();
    for mut turn in played_turns(said, timeline) {
        let voice = voice_of(&turn, said.marks);
        if said.marks == SpeakerMarks::Names {
            turn = turn.named(|speaker| shortened(&speaker.name.to_string(), layout.name_chars()));
        }
        push_pages(&turn.words, voice, layout, &mut pages);
    }
    if let Some(last) = pages.last_mut()
        && end - last.end < BRIDGED
    {
        last.end = end;
    }
    pages
}

/// What is said in each range, by the clip's clock; who goes on after a cut is not cut off.
fn played_turns<'a>(said: &'a CaptionSource, timeline: &Timeline) -> Vec<Said<'a>> {
    let mut played: Vec<Said> = Vec::new();
    for placed in timeline.placed() {
        let inside = |word: &&Word| placed.range.holds(word);
        let words = shown_words(said.segments.iter().flat_map(|segment| &segment.words).filter(inside));
        for mut turn in turns(words, &said.speaking) {
            for word in &mut turn.words {
                word.start = timeline.clock(placed.clip_time(word.start));
                word.end = timeline.clock(placed.clip_time(word.end)).max(word.start);
            }
            match played.last_mut().filter(|before| before.speaker == turn.speaker) {
                Some(before) => before.words.append(&mut turn.words),
                None => played.push(turn),
            }
        }
    }
    played
}

fn voice_of(turn: &Said, marks: SpeakerMarks) -> Option<Voice> {
    let color = turn.speaker?.color;
    match marks {
        SpeakerMarks::Off => None,
        SpeakerMarks::Colors => Some(Voice::Words(color)),
        SpeakerMarks::Names => Some(Voice::Name(color)),
    }
}

fn push_pages(words: &[ShownWord], voice: Option<Voice>, layout: &Layout, pages: &mut Vec<Page>) {
    let limits = Limits {
        line_chars: layout.line_chars,
        longest: Span::from_millis(5_000),
        pause: Span::from_millis(700),
    };
    for group in groups(words, limits) {
        let members = &words[group];
        let (Some(first), Some(last)) = (members.first(), members.last()) else { continue };
        let (first_line, second) = members.split_at(second_line(members, layout.line_chars));
        let lines =
            [first_line, second].into_iter().filter(|line| !line.is_empty()).map(<[_]>::to_vec).collect();
        if let Some(before) = pages.last_mut()
            && first.start - before.end < BRIDGED
        {
            before.end = first.start;
        }
        pages.push(Page { start: first.start, end: last.end, lines, voice });
    }
}

/// The caption that stands on the picture at `at` of the clip's clock, if any.
pub fn caption_at(pages: &[Page], style: CaptionStyle, at: Instant) -> Option<Caption> {
    let look = CaptionLook::of(style)?;
    let index = pages.partition_point(|page| page.start <= at).checked_sub(1)?;
    let page = pages.get(index).filter(|page| at < page.end)?;
    let spoken = page.spoken_at(at);
    let mut number = 0..;
    let lines = page.lines.iter().map(|line| {
        let word = |word: &ShownWord| CaptionWord {
            text: word.text.clone(),
            spoken: number.next() == spoken,
            color: page.color_of(word),
            spaced: word.spaced,
        };
        line.iter().map(word).collect()
    });
    let spoken_words = page.words().filter(|word| !word.is_name).map(|word| word.text.as_str());
    Some(Caption { lines: lines.collect(), way: direction(spoken_words), look })
}

impl Page {
    fn words(&self) -> impl DoubleEndedIterator<Item = &ShownWord> {
        self.lines.iter().flatten()
    }

    fn color_of(&self, word: &ShownWord) -> Option<u8> {
        match self.voice? {
            Voice::Words(color) => Some(color),
            Voice::Name(color) => word.is_name.then_some(color),
        }
    }

    /// Which word is being spoken, counted over both lines; it stays so through a short pause. A name takes no time.
    fn spoken_at(&self, at: Instant) -> Option<usize> {
        let begun = self.words().take_while(|word| word.start <= at).count();
        let number = begun.checked_sub(1)?;
        let word = self.words().nth(number)?;
        let until = match self.words().nth(begun) {
            Some(next) if next.start - word.end < BRIDGED => next.start,
            Some(_) => word.end,
            None => word.end + BRIDGED,
        };
        (at < until).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::SourceRange;
    use crate::transcript::tests::segment;

    fn edit(start: f64, end: f64) -> Timeline {
        Timeline::single(Instant::from_seconds(start), Instant::from_seconds(end))
    }

    const LAYOUT: Layout = Layout { line_chars: 20 };

    /// The caption as text with the spoken word in brackets, and the color behind words that have one.
    fn shown(pages: &[Page], at: f64) -> String {
        let Some(caption) = caption_at(pages, CaptionStyle::Bold, Instant::from_seconds(at)) else {
            return String::new();
        };
        let word = |word: &CaptionWord| {
            let color = word.color.map(|color| format!("#{color}")).unwrap_or_default();
            if word.spoken { format!("[{}]{color}", word.text) } else { format!("{}{color}", word.text) }
        };
        let line = |line: &Vec<CaptionWord>| line.iter().map(word).collect::<Vec<_>>().join(" ");
        caption.lines.iter().map(line).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn the_spoken_word_is_marked_and_gaps_are_bridged() {
        let words = CaptionSource::of_one(vec![
            segment("one two three.", 10.0, 11.5),
            segment("Four five.", 11.7, 12.7),
            segment("Six.", 15.0, 15.5),
        ]);
        let pages = pages(&words, &edit(9.8, 15.6), &LAYOUT);
        let check = |at: f64, want: &str| assert_eq!(shown(&pages, at), want, "at {at}");
        check(9.9, "");
        check(10.0, "[one] two three.");
        check(10.6, "one [two] three.");
        check(11.6, "one two [three.]");
        check(11.7, "[Four] five.");
        check(12.69, "Four [five.]");
        check(13.0, "");
        check(15.2, "[Six.]");
        check(15.59, "[Six.]");
        check(15.6, "");
        assert_eq!(caption_at(&pages, CaptionStyle::Off, Instant::from_seconds(10.1)), None);
    }

    /// A filler cut out and an answer put first: captions go by what is played, and no page ends because of a cut.
    #[test]
    fn captions_follow_what_is_played() {
        let at = Instant::from_seconds;
        let words = CaptionSource::of_one(vec![
            segment("one um two three.", 10.0, 12.0),
            segment("Four.", 20.0, 20.5),
        ]);
        let range = |start: f64, end: f64| SourceRange { start: at(start), end: at(end) };
        let timeline =
            Timeline::new([range(20.0, 20.5), range(10.0, 10.5), range(11.0, 12.0)]).expect("a timeline");
        let pages = pages(&words, &timeline, &LAYOUT);
        let check = |seconds: f64, want: &str| {
            let clock = timeline.clock(Span::from_seconds(seconds));
            assert_eq!(shown(&pages, clock.seconds()), want, "{seconds} s in");
        };
        check(0.2, "[Four.] one two three.");
        check(0.7, "Four. [one] two three.");
        check(1.2, "Four. one [two] three.");
        check(1.9, "Four. one two [three.]");
        check(2.0, "");
    }

    #[test]
    fn nothing_outside_the_clip_is_shown() {
        let words = CaptionSource::of_one(vec![segment("before these words inside after that", 0.0, 6.0)]);
        let pages = pages(&words, &edit(1.1, 4.2), &LAYOUT);
        let texts: Vec<&str> = pages.iter().flat_map(Page::words).map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["these", "words", "inside"]);
        assert!(
            pages.iter().all(|page| page.start >= edit(1.1, 4.2).start() && page.end <= edit(1.1, 4.2).end())
        );
        assert!(pages.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    /// Anna (color 2) until 12 s, Ben (color 5) until 16 s, then Anna again.
    fn conversation() -> Insights {
        let turns = [(0.0, 12.0, 0), (12.0, 16.0, 1), (16.0, 30.0, 0)];
        crate::insights::tests::conversation(&turns, &[("Anna", 2), ("Ben", 5)])
    }

    /// Said from 10 s on, two words a second; the change comes in the middle of a sentence.
    fn said(marks: SpeakerMarks, insights: &Insights) -> Vec<Page> {
        let words =
            vec![segment("I ask and you say that it is so.", 10.0, 14.5), segment("Yes.", 17.0, 17.5)];
        pages(&CaptionSource::new(words, insights, marks), &edit(10.0, 18.0), &LAYOUT)
    }

    #[test]
    fn captions_tell_who_speaks() {
        let check = |marks, want: [&str; 3]| {
            let pages = said(marks, &conversation());
            assert_eq!([11.6, 12.1, 17.1].map(|at| shown(&pages, at)), want, "{marks:?}");
            assert!(pages.windows(2).all(|pair| pair[0].end <= pair[1].start), "{pages:?}");
        };
        check(
            SpeakerMarks::Off,
            ["I ask and [you] say / that it is so.", "I ask and you [say] / that it is so.", "[Yes.]"],
        );
        check(
            SpeakerMarks::Colors,
            ["I#2 ask#2 and#2 [you]#2", "[say]#5 that#5 it#5 is#5 so.#5", "[Yes.]#2"],
        );
        check(
            SpeakerMarks::Names,
            ["Anna:#2 I ask and [you]", "Ben:#5 [say] / that it is so.", "Anna:#2 [Yes.]"],
        );
    }

    #[test]
    fn one_speaker_is_not_named_and_a_new_name_is_shown_at_once() {
        let mut insights = conversation();
        insights.rename(1, "Doctor Benjamin Franklin", ToString::to_string);
        let pages = said(SpeakerMarks::Names, &insights);
        assert_eq!(shown(&pages, 12.1), "Doctor Benjami…:#5 / [say] that it is so.");
        insights.merge(1, 0);
        for marks in [SpeakerMarks::Colors, SpeakerMarks::Names] {
            assert_eq!(said(marks, &insights), said(SpeakerMarks::Off, &insights));
        }
        assert_eq!(said(SpeakerMarks::Names, &Insights::default()), said(SpeakerMarks::Off, &insights));
    }

    #[test]
    fn the_engine_is_told_who_speaks_only_where_captions_show_it() {
        let words = vec![segment("I ask and you say that it is so.", 10.0, 14.5)];
        let told = |marks| CaptionSource::new(words.clone(), &conversation(), marks).speaking;
        assert_eq!(told(SpeakerMarks::Off), Insights::default());
        assert_eq!(told(SpeakerMarks::Names).speakers, conversation().speakers);
    }

    #[test]
    fn wider_pictures_hold_longer_lines() {
        let chars = |width_px, height_px| {
            Layout::new(CaptionStyle::Bold, OutputSize { width_px, height_px }).line_chars
        };
        assert_eq!((chars(720, 1280), chars(1080, 1080), chars(1920, 1080)), (20, 20, 35));
    }
}
