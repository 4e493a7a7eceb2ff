use super::*;
use crate::reason::{Opening, Reason};
use crate::sentence::sentences;
use crate::transcript::Transcript;
use crate::transcript::tests::segment;

const STORY: &str = "What if the sea had a memory? In the winter of 1953 a storm broke the dikes of Zeeland in one \
    night. Nobody in the villages had been warned, and the water came faster than a horse can run. My grandmother \
    climbed onto the roof with two children and a goat. They waited there for thirty hours. That night the sea took \
    their village, but it gave the country the greatest dam ever built.";
const BREAD: &str = "Good bread needs nothing but flour, water, salt and time. Most bakers never give the dough the \
    time that it asks for. A slow dough grows its own yeast, and the yeast makes the flavour. Leave the dough in a \
    cold room for a day and you will taste the difference. That is the whole secret of a great crust.";
const CITY: &str = "Every city is an argument between streets and houses. Wide streets always win the first round, \
    because cars are loud and houses are silent. But houses have patience, and after fifty years the people in them \
    want trees. Then the city narrows its streets again, and children return to them.";
const HELLO: &str = "Hello and welcome back to the show. My name is Tom. Please subscribe and hit the bell. Any \
    questions, leave them below.";
const LIST: &str = "Seven of hearts. Two of spades. Nine of clubs. Three of hearts. Ten of spades. Four of clubs. \
    Six of hearts. Five of spades. Eight of clubs. Two of hearts. Seven of spades. Nine of hearts.";
const AGAIN: &str = "Then the same thing came again. Then the same thing came again. Then the same thing came again. \
    Then the same thing came again. Then the same thing came again. Then the same thing came again.";

/// Passages at 2.7 words a second with the given silence after each; a short pause after each sentence.
fn talk(passages: &[(&str, f64)]) -> Transcript {
    let mut transcript = Transcript { language: "en".into(), ..Transcript::default() };
    let mut at = 0.5;
    for (text, silence) in passages {
        for sentence in text.split_inclusive(['.', '?', '!']) {
            let long = sentence.split_whitespace().count() as f64 / 2.7;
            transcript.merge(vec![segment(sentence, at, at + long)]);
            at += long + 0.35;
        }
        at += silence;
    }
    transcript
}

fn whole_talk() -> Transcript {
    talk(&[(HELLO, 1.0), (STORY, 1.8), (LIST, 1.5), (BREAD, 1.6), (AGAIN, 1.5), (CITY, 2.0)])
}

/// What holds for every suggestion.
fn check_form(transcript: &Transcript, options: &AnalyzeOptions) -> Suggestion {
    let recording = Recording::new(transcript.clone());
    let suggestion = suggest(&recording, options);
    assert_eq!(suggestion, suggest(&recording, options), "not the same twice");
    let sentences = recording.sentences();
    for (i, clip) in suggestion.clips.iter().enumerate() {
        assert_eq!(clip.id, ClipId(i as u32 + 1));
        assert!((0.0..=100.0).contains(&clip.score), "{}", clip.score);
        assert!((2..=4).contains(&clip.reasons.len()), "{:?}", clip.reasons);
        assert!(clip.title.chars().count() <= 60 && !clip.title.ends_with(','), "{}", clip.title);
        let plain = |text: &str| {
            crate::headline::without_fillers(text).join(" ").to_lowercase().replace([',', '.', '…'], "")
        };
        assert!(plain(&transcript.text()).contains(&plain(&clip.title)), "{} is no quote", clip.title);
        // Begins and ends on a sentence, with at most a breath around it, and never inside a neighboring word.
        let near = |a: Instant, b: Instant| (a - b).is_positive() && a - b <= PADDING || a == b;
        assert!(sentences.iter().any(|sentence| near(sentence.start(), clip.start())), "{clip:?}");
        assert!(sentences.iter().any(|sentence| near(clip.end(), sentence.end())), "{clip:?}");
        let cut = |at: Instant| transcript.words().any(|word| word.start < at && at < word.end);
        assert!(!cut(clip.start()) && !cut(clip.end()), "{clip:?} cuts a word");
        for other in &suggestion.clips[i + 1..] {
            assert!(
                other.end() <= clip.start() || clip.end() <= other.start(),
                "{clip:?} overlaps {other:?}"
            );
        }
    }
    suggestion
}

fn options(clips: u32, shortest_s: i64, longest_s: i64) -> AnalyzeOptions {
    let (shortest, longest) = (Span::from_millis(shortest_s * 1000), Span::from_millis(longest_s * 1000));
    AnalyzeOptions { clips, shortest, longest, ..AnalyzeOptions::default() }
}

/// The words of a clip.
fn text_of(transcript: &Transcript, clip: &ClipEdit) -> String {
    let inside = transcript.words().filter(|word| word.start >= clip.start() && word.end <= clip.end());
    inside.map(|word| word.text.as_str()).collect::<String>().trim().to_owned()
}

#[test]
fn whole_passages_come_first_and_filling_last() {
    let transcript = whole_talk();
    let clips = check_form(&transcript, &AnalyzeOptions::default()).clips;
    let first: Vec<String> = clips.iter().take(3).map(|clip| text_of(&transcript, clip)).collect();
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for passage in [STORY, BREAD, CITY] {
        assert!(first.contains(&squeeze(passage)), "{first:#?}");
    }
    let story = clips.iter().find(|clip| text_of(&transcript, clip) == squeeze(STORY)).unwrap();
    assert!(story.reasons.contains(&Reason::OpensWith(Opening::Question)), "{:?}", story.reasons);
    assert!(clips.iter().skip(3).all(|clip| clip.score < 0.7 * clips[2].score));
}

#[test]
fn lengths_and_number_are_kept() {
    let transcript = whole_talk();
    let check = |clips, shortest_s, longest_s| {
        let suggestion = check_form(&transcript, &options(clips, shortest_s, longest_s));
        assert!(suggestion.clips.len() <= clips.max(1) as usize);
        for clip in &suggestion.clips {
            let shortest = if shortest_s == 15 { QUOTE } else { Span::from_millis(shortest_s * 1000) };
            assert!(clip.length() >= shortest, "{clip:?}");
            assert!(clip.length() <= Span::from_millis(longest_s * 1000), "{clip:?}");
        }
        suggestion
    };
    assert!(check(9, 15, 60).clips.len() >= 4);
    assert_eq!(check(2, 15, 60).clips.len(), 2);
    assert!(check(9, 5, 12).clips.len() >= 4);
    assert!(!check(0, 15, 60).clips.is_empty());
    // Long clips would leave too few: shorter ones are taken.
    assert!(check(9, 8, 120).clips.len() >= 4);
}

#[test]
fn what_is_short_is_given_whole_with_a_note() {
    let brief =
        talk(&[("Ask not what your country can do for you. Ask what you can do for your country.", 0.0)]);
    let suggestion = check_form(&brief, &AnalyzeOptions::default());
    assert_eq!(suggestion.clips.len(), 1);
    assert!(matches!(suggestion.note, Some(Note::AllOfIt { .. })));
    // Only sentences far longer than asked.
    let suggestion = check_form(&whole_talk(), &options(3, 1, 1));
    assert!(!suggestion.clips.is_empty() && suggestion.note.is_some());
}

#[test]
fn silence_and_stray_words_give_no_clips() {
    for text in ["", "You", "Thank you."] {
        let suggestion = check_form(&talk(&[(text, 0.0)]), &AnalyzeOptions::default());
        assert!(suggestion.clips.is_empty() && suggestion.note.is_some(), "{text}");
    }
}

#[test]
fn speech_without_marks_and_capitals_still_gives_clips() {
    let mut transcript = whole_talk();
    for segment in &mut transcript.segments {
        for word in &mut segment.words {
            word.text = word.text.to_lowercase().replace([',', '.', '?'], "");
        }
        // The pauses after sentences are what is left of them.
        let shift = Span::from_millis(450);
        segment
            .words
            .iter_mut()
            .for_each(|word| word.end = word.end.min(segment.end - shift).max(word.start));
    }
    let clips = check_form(&transcript, &AnalyzeOptions::default()).clips;
    assert!(clips.len() >= 4, "{}", clips.len());
}

#[test]
fn a_first_word_that_leans_costs() {
    let score = |first: &str| {
        let text =
            format!("{first} built a bridge of glass over the river. The bridge carried the whole town.");
        let transcript = talk(&[(CITY, 0.0), (&text, 3.0), (BREAD, 0.0)]);
        let sentences = sentences(&transcript);
        let features = sentence_features(&sentences);
        let bounds = topic::boundaries(&features);
        let scene = Scene { features, bounds, media_end: None };
        scene.evidence(4..6).score(&Weights::default())
    };
    assert!(score("Engineers") > score("They") + 10.0);
    assert!(score("Engineers") > score("And engineers"));
}

#[test]
fn odd_times_do_no_harm() {
    let mut transcript = whole_talk();
    for (i, segment) in transcript.segments.iter_mut().enumerate() {
        for word in &mut segment.words {
            match i % 3 {
                0 => word.end = word.start - Span::from_millis(500),
                1 => word.start = Instant::MAX,
                _ => word.confidence = f32::NAN,
            }
        }
    }
    let suggestion = suggest(&Recording::new(transcript.clone()), &AnalyzeOptions::default());
    assert!(suggestion.clips.iter().all(|clip| clip.score.is_finite()));
}

#[test]
fn a_brief_thought_is_taken_where_there_are_too_few() {
    let brief = "Why does a cat always land on its feet? It turns its spine before it has fallen an arm's length, \
        and its eyes find the ground long before its paws do.";
    let transcript = talk(&[(STORY, 2.0), (brief, 2.0)]);
    let clips = check_form(&transcript, &options(9, 16, 60)).clips;
    let is_brief = |clip: &&ClipEdit| clip.length() < Span::from_millis(16_000);
    assert!(clips.len() > clips.iter().filter(is_brief).count(), "{clips:#?}");
    assert!(clips.iter().filter(is_brief).any(|clip| text_of(&transcript, clip) == brief), "{clips:#?}");
}

#[test]
fn a_quote_that_stands_alone_is_suggested_and_one_that_leans_is_not() {
    const QUOTED: &str =
        "Ask not what your country can do for you. Ask what you can do for your country, and never stop.";
    let is_quote = |clip: &&ClipEdit| clip.length() < USUALLY_SHORTEST;
    let transcript = talk(&[(STORY, 1.8), (QUOTED, 1.8), (LIST, 1.5), (BREAD, 1.6), (CITY, 2.0)]);
    let clips = check_form(&transcript, &AnalyzeOptions::default()).clips;
    let quotes: Vec<String> = clips.iter().filter(is_quote).map(|clip| text_of(&transcript, clip)).collect();
    assert_eq!(quotes, [QUOTED]);
    // Whoever asks for longer clips gets longer ones.
    let clips = check_form(&transcript, &options(9, 20, 60)).clips;
    assert!(!clips.iter().any(|clip| clip.length() < Span::from_millis(10_000)), "{clips:#?}");
    // What leans on something said before is none.
    let leaning = format!("And they told me this. {QUOTED}");
    let transcript = talk(&[(STORY, 1.8), (&leaning, 1.8), (BREAD, 1.6), (CITY, 2.0)]);
    let clips = check_form(&transcript, &AnalyzeOptions::default()).clips;
    assert!(!clips.iter().any(|clip| text_of(&transcript, clip) == QUOTED), "{clips:#?}");
}

#[test]
fn quotes_do_not_flood_the_list() {
    let quotes = [
        "Never trust a map that has no names on it. Somebody left them out for a reason that you will learn later.",
        "Every orchestra tunes to the oboe, because nobody can tune an oboe. That is the whole secret of leadership.",
        "The first computer bug was a moth. Grace Hopper taped it into the logbook and the word stayed with us forever.",
        "Honey never spoils in a closed jar. Archaeologists opened pots of it that were three thousand years old.",
        "A glacier is a river that forgot the time. It still carves valleys, only nobody lives long enough to watch.",
        "Good editors cut the sentence they love most. The text never misses it, and the reader thanks them for it.",
    ];
    let passages: Vec<(&str, f64)> =
        quotes.iter().map(|quote| (*quote, 1.8)).chain([(STORY, 1.8), (BREAD, 1.8), (CITY, 1.8)]).collect();
    let clips = check_form(&talk(&passages), &options(6, 15, 60)).clips;
    let count = clips.iter().filter(|clip| clip.length() < USUALLY_SHORTEST).count();
    assert!(clips.len() >= 5 && (1..=2).contains(&count), "{count} of {}", clips.len());
}

#[test]
fn nothing_is_suggested_of_a_language_that_the_model_does_not_know() {
    let mut transcript = whole_talk();
    for word in transcript.segments.iter_mut().flat_map(|segment| &mut segment.words) {
        word.confidence = 0.35;
    }
    let options = AnalyzeOptions { knows_one_language: true, ..AnalyzeOptions::default() };
    let suggestion = suggest(&Recording::new(transcript.clone()), &options);
    assert_eq!(suggestion.clips, []);
    assert_eq!(suggestion.note, Some(Note::Foreign));
    // A model of many languages knows what it heard.
    assert!(!suggest(&Recording::new(transcript.clone()), &AnalyzeOptions::default()).clips.is_empty());
    assert!(!suggest(&Recording::new(whole_talk()), &options).clips.is_empty());
}

/// Thirty-five minutes in which two people talk about a dozen things, in turns, with "um" and "you know".
fn long_conversation() -> Transcript {
    let mut transcript = Transcript { language: "en".into(), ..Transcript::default() };
    let mut at = 0.5;
    for turn in include_str!("../../../../../e2e/fixtures/two-people.txt").lines() {
        let said = turn.split_once(": ").expect("somebody speaks").1;
        for sentence in said.split_inclusive(['.', '?', '!']) {
            let long = sentence.split_whitespace().count() as f64 / 1.33;
            transcript.merge(vec![segment(sentence, at, at + long)]);
            at += long + 0.4;
        }
        at += 0.9;
    }
    transcript
}

#[test]
fn clips_of_a_long_recording_come_from_all_over_it_and_do_not_adjoin() {
    let transcript = long_conversation();
    let end_s = transcript.words().last().map_or(0.0, |word| word.end.seconds());
    assert!((2000.0..2300.0).contains(&end_s), "{end_s}");
    for clips in [4, 6, 9, 20] {
        let options = AnalyzeOptions { clips, ..AnalyzeOptions::default() };
        let clips = check_form(&transcript, &options).clips;
        assert!(
            clips.len() == options.clips as usize || clips.len() >= 9,
            "{} of {}",
            clips.len(),
            options.clips
        );
        let fifths: std::collections::BTreeSet<usize> =
            clips.iter().map(|clip| (clip.start().seconds() / end_s * 5.0) as usize).collect();
        assert!(fifths.len() >= 4, "{fifths:?}");
        for clip in &clips {
            assert!(
                clips.iter().all(|other| (clip.start() - other.end()).seconds().abs() > 3.0),
                "{} adjoins",
                clip.title
            );
            assert!(clip.title.starts_with(char::is_uppercase), "{}", clip.title);
            let title = format!(" {} ", clip.title.to_lowercase().replace([',', '.'], ""));
            for filler in [" um ", " uh ", " you know ", " i mean ", " mm ", " hm ", " yeah "] {
                assert!(!title.contains(filler), "{}", clip.title);
            }
        }
    }
}

#[test]
fn a_clip_that_was_put_aside_has_a_next_best_one_as_long_as_there_are_passages() {
    let transcript = long_conversation();
    let options = AnalyzeOptions { clips: 5, ..AnalyzeOptions::default() };
    let candidates = Candidates::new(&Recording::new(transcript.clone()), None, &options);
    let ranking_options = RankingOptions::default();
    let mut there = candidates.suggest(&ranking_options, None).clips;
    assert_eq!(there.len(), 5);
    let mut scores = Vec::new();
    let three = candidates.more(&ranking_options, None, &there.iter().collect::<Vec<_>>(), 3);
    while let Some(next) = candidates.more(&ranking_options, None, &there.iter().collect::<Vec<_>>(), 1).pop()
    {
        assert!(
            there.iter().all(|clip| next.end() <= clip.start() || clip.end() <= next.start()),
            "{}",
            next.title
        );
        assert!(next.title.starts_with(char::is_uppercase) && !next.reasons.is_empty());
        scores.push(next.score);
        there.push(next);
        assert!(there.len() < 200, "it never ends");
    }
    assert!(scores.len() >= 10, "{scores:?}");
    assert!(scores[0] >= scores[scores.len() - 1], "{scores:?}");
    assert_eq!(three, there[5..8], "several at once are the same");
    // Nothing is made of nothing.
    for text in ["", "Hello there."] {
        let transcript = talk(&[(text, 2.0)]);
        assert_eq!(
            Candidates::new(&Recording::new(transcript.clone()), None, &options).more(
                &ranking_options,
                None,
                &[],
                3
            ),
            []
        );
    }
}

#[test]
fn clips_stand_in_the_order_of_their_scores() {
    for clips in [4, 6, 9] {
        let options = AnalyzeOptions { clips, ..AnalyzeOptions::default() };
        for transcript in [long_conversation(), whole_talk()] {
            let scores: Vec<f32> = suggest(&Recording::new(transcript.clone()), &options)
                .clips
                .iter()
                .map(|clip| clip.score)
                .collect();
            assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
        }
    }
}

#[test]
fn what_is_said_about_the_thing_itself_comes_first() {
    let recording = Recording::new(whole_talk());
    let is_about = |text: &str| text.contains("dough");
    let likeness =
        recording.sentences().iter().map(|one| (one.id, if is_about(&one.text()) { 0.5 } else { 0.05 }));
    let candidates = Candidates::new(&recording, None, &AnalyzeOptions::default());
    let topic = |likeness: Option<&BySentence>| {
        let first = candidates.suggest(&RankingOptions::default(), likeness).clips.remove(0);
        let said = recording
            .sentences()
            .iter()
            .filter(|one| first.start() <= one.start() && one.end() <= first.end());
        (said.filter(|one| is_about(&one.text())).count() > 1, first.evidence[Signal::Topic])
    };
    assert_eq!(topic(Some(&likeness.collect())), (true, 1.0));
    assert_eq!(topic(None).1, Signal::Topic.neutral());
    assert_eq!(topic(Some(&BySentence::default())).1, 0.0, "nothing is known to be about it");
}
