//! Caption pages of one clip: which words stand on the picture together, for how long, and which one is being spoken.
//! Refuses to know fonts and pixels.

use media::time::{Instant, Span};

use crate::edit::{CaptionStyle, ClipEdit, OutputSize};
use crate::frame::{Caption, CaptionWord};
use crate::lines::{Limits, ShownWord, groups, second_line, shown_words};
use crate::transcript::{Segment, Word};

/// A gap shorter than this between two pages, or two words, is closed: nothing flickers.
const BRIDGED: Span = Span::from_millis(400);

/// How much text one page may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    pub line_chars: usize,
}

impl Layout {
    /// Large letters: about 20 of them across a 9:16 picture, more across a wider one.
    pub fn for_size(size: OutputSize) -> Self {
        let across = 20 * 16 * u64::from(size.width_px) / (9 * u64::from(size.height_px.max(1)));
        Self { line_chars: usize::try_from(across).unwrap_or(20).clamp(14, 42) }
    }
}

/// Words shown together from `start` to `end`, in one or two lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub start: Instant,
    pub end: Instant,
    pub lines: Vec<Vec<ShownWord>>,
}

/// The pages of a clip in order; none overlaps another or leaves the clip. `segments` carry absolute times and may
/// reach beyond the clip: words whose middle lies outside are left out.
pub fn pages(segments: &[Segment], edit: &ClipEdit, layout: &Layout) -> Vec<Page> {
    let inside = |word: &&Word| {
        let middle = word.start + (word.end - word.start).half();
        middle >= edit.start && middle < edit.end
    };
    let mut words = shown_words(segments.iter().flat_map(|segment| &segment.words).filter(inside));
    for word in &mut words {
        word.start = word.start.max(edit.start);
        word.end = word.end.clamp(word.start, edit.end.max(word.start));
    }
    let limits = Limits {
        line_chars: layout.line_chars,
        longest: Span::from_millis(5_000),
        pause: Span::from_millis(700),
    };
    let mut pages: Vec<Page> = Vec::new();
    for group in groups(&words, limits) {
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
        pages.push(Page { start: first.start, end: last.end, lines });
    }
    if let Some(last) = pages.last_mut()
        && edit.end - last.end < BRIDGED
    {
        last.end = edit.end;
    }
    pages
}

/// The caption that stands on the picture at `at`, if any.
pub fn caption_at(pages: &[Page], style: CaptionStyle, at: Instant) -> Option<Caption> {
    if style == CaptionStyle::Off {
        return None;
    }
    let index = pages.partition_point(|page| page.start <= at).checked_sub(1)?;
    let page = pages.get(index).filter(|page| at < page.end)?;
    let spoken = page.spoken_at(at);
    let mut number = 0..;
    let lines = page.lines.iter().map(|line| {
        let word =
            |word: &ShownWord| CaptionWord { text: word.text.clone(), spoken: number.next() == spoken };
        line.iter().map(word).collect()
    });
    Some(Caption { lines: lines.collect(), style })
}

impl Page {
    fn words(&self) -> impl DoubleEndedIterator<Item = &ShownWord> {
        self.lines.iter().flatten()
    }

    /// Which word is being spoken, counted over both lines; it stays so through a short pause.
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
    use crate::edit::ClipId;
    use crate::transcript::tests::segment;

    fn edit(start: f64, end: f64) -> ClipEdit {
        ClipEdit {
            id: ClipId(1),
            start: Instant::from_seconds(start),
            end: Instant::from_seconds(end),
            title: String::new(),
            reasons: Vec::new(),
            score: 0.0,
            captions: CaptionStyle::Bold,
            crop_center_x: 0.5,
            evidence: crate::select::Evidence::default(),
        }
    }

    const LAYOUT: Layout = Layout { line_chars: 20 };

    /// The caption as text with the spoken word in brackets.
    fn shown(pages: &[Page], at: f64) -> String {
        let Some(caption) = caption_at(pages, CaptionStyle::Bold, Instant::from_seconds(at)) else {
            return String::new();
        };
        let word =
            |word: &CaptionWord| if word.spoken { format!("[{}]", word.text) } else { word.text.clone() };
        let line = |line: &Vec<CaptionWord>| line.iter().map(word).collect::<Vec<_>>().join(" ");
        caption.lines.iter().map(line).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn the_spoken_word_is_marked_and_gaps_are_bridged() {
        let words = [
            segment("one two three.", 10.0, 11.5),
            segment("Four five.", 11.7, 12.7),
            segment("Six.", 15.0, 15.5),
        ];
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

    #[test]
    fn nothing_outside_the_clip_is_shown() {
        let words = [segment("before these words inside after that", 0.0, 6.0)];
        let pages = pages(&words, &edit(1.1, 4.2), &LAYOUT);
        let texts: Vec<&str> = pages.iter().flat_map(Page::words).map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["these", "words", "inside"]);
        assert!(
            pages.iter().all(|page| page.start >= edit(1.1, 4.2).start && page.end <= edit(1.1, 4.2).end)
        );
        assert!(pages.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn wider_pictures_hold_longer_lines() {
        let chars = |width_px, height_px| Layout::for_size(OutputSize { width_px, height_px }).line_chars;
        assert_eq!((chars(720, 1280), chars(1080, 1080), chars(1920, 1080)), (20, 35, 42));
    }
}
