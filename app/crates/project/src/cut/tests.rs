use super::*;
use crate::fixtures::segment_of;
use clip::transcript::Segment;

/// Words by their text, begin and end in seconds.
fn said(words: &[(&str, f64, f64)]) -> Transcript {
    let segment = segment_of(words[0].1, &[]);
    let word = |(text, start_s, end_s): &(&str, f64, f64)| Word {
        text: (*text).into(),
        start: Instant::from_seconds(*start_s),
        end: Instant::from_seconds(*end_s),
        confidence: 0.9,
    };
    let segment = Segment { words: words.iter().map(word).collect(), ..segment };
    Transcript { segments: vec![segment], ..Transcript::default() }
}

/// A short pause before "um", none behind it, a long one behind "you know".
fn talk() -> Transcript {
    said(&[
        ("So", 0.0, 0.5),
        (" um", 0.7, 1.0),
        (" you", 1.0, 1.3),
        (" know", 1.4, 2.0),
        (" we", 3.0, 3.4),
        (" bake", 3.5, 4.0),
        (" bread.", 4.2, 5.0),
    ])
}

fn whole() -> Timeline {
    Timeline::single(Instant::ZERO, Instant::from_seconds(5.2))
}

fn seconds(timeline: &Timeline) -> Vec<(f64, f64)> {
    timeline.ranges().iter().map(|range| (range.start.seconds(), range.end.seconds())).collect()
}

fn ids(words: RangeInclusive<u32>) -> RangeInclusive<WordId> {
    WordId(*words.start())..=WordId(*words.end())
}

fn without(timeline: &Timeline, picked: RangeInclusive<u32>) -> Timeline {
    cut(timeline, &talk(), &ids(picked)).expect("enough is left").expect("something is cut").timeline
}

fn played(timeline: &Timeline) -> String {
    let words = words_of(timeline, &talk());
    words.iter().filter(|word| word.is_played).map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_cut_lies_in_the_pauses_and_keeps_little_of_a_long_one() {
    let check = |picked: RangeInclusive<u32>, expected: &[(f64, f64)], heard: &str| {
        let rest = without(&whole(), picked);
        assert_eq!(seconds(&rest), expected);
        assert_eq!(played(&rest), heard);
    };
    check(1..=1, &[(0.0, 0.6), (1.0, 5.2)], "So you know we bake bread.");
    check(1..=3, &[(0.0, 0.6), (2.85, 5.2)], "So we bake bread.");
    check(4..=4, &[(0.0, 2.15), (3.45, 5.2)], "So um you know bake bread.");
}

#[test]
fn cutting_the_first_or_last_words_moves_the_edge() {
    assert_eq!(seconds(&without(&whole(), 0..=3)), [(2.85, 5.2)]);
    assert_eq!(seconds(&without(&whole(), 4..=6)), [(0.0, 2.15)]);
    // The last words that are played, with one behind them that is cut already: no rest of silence stays.
    let inner = without(&without(&whole(), 1..=1), 0..=0);
    assert_eq!(seconds(&inner), [(1.0, 5.2)]);
}

#[test]
fn cuts_beside_each_other_are_one_and_leave_nothing_between() {
    let apart = without(&without(&whole(), 1..=1), 2..=3);
    assert_eq!(apart, without(&whole(), 1..=3));
    assert_eq!(without(&without(&whole(), 3..=3), 4..=4), without(&whole(), 3..=4));
}

#[test]
fn something_has_to_stay() {
    let all = cut(&whole(), &talk(), &ids(0..=6));
    assert_eq!(all, Err(TooShort));
    // "So" alone is half a second.
    assert_eq!(cut(&whole(), &talk(), &ids(1..=6)), Err(TooShort));
    // All words that are still played.
    assert_eq!(cut(&without(&whole(), 1..=3), &talk(), &ids(0..=6)), Err(TooShort));
    assert_eq!(cut(&whole(), &talk(), &ids(70..=80)), Ok(None));
}

#[test]
fn what_was_cut_comes_back_whole_or_in_part() {
    let rest = without(&whole(), 1..=4);
    let back =
        |picked: RangeInclusive<u32>| bring_back(&rest, &talk(), &ids(picked)).map(|back| back.timeline);
    assert_eq!(back(1..=4), Some(whole()));
    assert_eq!(back(0..=6), Some(whole()));
    assert_eq!(back(1..=1), Some(without(&whole(), 2..=4)));
    assert_eq!(back(4..=4), Some(without(&whole(), 1..=3)));
    assert_eq!(back(2..=3), Some(without(&without(&whole(), 1..=1), 4..=4)));
    assert_eq!(back(5..=6), None);
    assert_eq!(bring_back(&whole(), &talk(), &ids(1..=3)), None);
}

#[test]
fn words_said_at_once_are_cut_and_kept_each_by_itself() {
    let both = said(&[("Yes", 0.0, 2.0), (" no", 1.2, 2.4), (" well", 2.4, 4.0)]);
    let timeline = Timeline::single(Instant::ZERO, Instant::from_seconds(4.0));
    let rest = cut(&timeline, &both, &ids(1..=1)).expect("enough is left").expect("a cut").timeline;
    assert_eq!(seconds(&rest), [(0.0, 1.8), (2.4, 4.0)]);
    let words = words_of(&rest, &both);
    assert_eq!(words.iter().map(|word| word.is_played).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn what_is_told_quotes_the_words_that_change() {
    let change = |picked| cut(&without(&whole(), 1..=1), &talk(), &ids(picked)).ok().flatten();
    assert_eq!(change(1..=3).map(|change| change.words).as_deref(), Some("you know"));
    let back = bring_back(&without(&whole(), 1..=2), &talk(), &ids(0..=3));
    assert_eq!(back.map(|change| change.words).as_deref(), Some("um you"));
    let long = Transcript { segments: vec![segment_of(0.0, &[" la"; 20])], ..Transcript::default() };
    let timeline = Timeline::single(Instant::ZERO, Instant::from_seconds(20.0));
    let told = cut(&timeline, &long, &ids(2..=15)).ok().flatten().map(|change| change.words);
    assert_eq!(told, Some(format!("{} …", ["la"; 10].join(" "))));
}

#[test]
fn words_read_like_text_in_any_script() {
    let text = |transcript: &Transcript| -> String {
        let all = Timeline::single(Instant::ZERO, Instant::from_seconds(60.0));
        let shown = |word: ClipWord| format!("{}{}", if word.is_spaced { " " } else { "" }, word.text);
        words_of(&all, transcript).into_iter().map(shown).collect()
    };
    assert_eq!(text(&talk()), "So um you know we bake bread.");
    assert_eq!(text(&said(&[("今日", 0.0, 1.0), ("は", 1.0, 2.0), ("晴れ", 2.0, 3.0)])), "今日は晴れ");
    let lines = vec![segment_of(0.0, &["One", " two."]), segment_of(5.0, &["Three", " "])];
    assert_eq!(text(&Transcript { segments: lines, ..Transcript::default() }), "One two. Three");
}

#[test]
fn words_that_say_nothing_of_their_own_belong_to_the_one_before() {
    let mut transcript = talk();
    transcript.segments[0].words[2].text = " you know".into();
    transcript.segments[0].words[3].text = String::new();
    let words = words_of(&whole(), &transcript);
    let shown: Vec<(&str, u32, u32)> =
        words.iter().map(|word| (word.text.as_str(), word.id.0, word.last.0)).collect();
    assert_eq!(shown[1..4], [("um", 1, 1), ("you know", 2, 3), ("we", 4, 4)]);
}
