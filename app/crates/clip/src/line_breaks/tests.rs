use super::*;
use crate::transcript::tests::segment;

const CAPTION: Limits =
    Limits { line_chars: 20, longest: Span::from_millis(5000), pause: Span::from_millis(700) };

fn check(text: &str, seconds: f64, want: &[&str]) {
    let words = shown_words(&segment(text, 0.0, seconds).words);
    let got: Vec<String> = groups(&words, CAPTION)
        .into_iter()
        .map(|group| {
            let members = &words[group];
            let split = second_line(members, CAPTION.line_chars);
            let (first, second) = (line_text(&members[..split]), line_text(&members[split..]));
            if second.is_empty() { first } else { format!("{first} / {second}") }
        })
        .collect();
    assert_eq!(got, want, "{text}");
}

#[test]
fn breaks_fall_at_phrases() {
    check("One.", 0.4, &["One."]);
    check("Ask what you can do for your country.", 3.0, &["Ask what you can do / for your country."]);
    check(
        "In the heart of an ancient forest, where the trees whispered secrets of the past, there lived a rabbit.",
        8.0,
        &[
            "In the heart of / an ancient forest,",
            "where the trees / whispered secrets",
            "of the past, there / lived a rabbit.",
        ],
    );
    check("No! Yes.", 0.8, &["No! Yes."]);
    check("No! Yes.", 3.0, &["No!", "Yes."]);
    check(
        "Donaudampfschifffahrtsgesellschaft ist lang",
        2.0,
        &["Donaudampfschifffahrtsgesellschaft", "ist lang"],
    );
}

#[test]
fn every_word_is_in_one_group_and_every_line_fits() {
    let text = "the quick brown fox jumps over the lazy dog and then it does so again because nobody told it to \
                stop, which is what happens to foxes. They like it! Do they? Perhaps; I never asked one myself";
    let words = shown_words(&segment(text, 0.0, 15.0).words);
    let groups = groups(&words, CAPTION);
    assert_eq!(groups.first().map(|group| group.start), Some(0));
    assert_eq!(groups.last().map(|group| group.end), Some(words.len()));
    assert!(groups.windows(2).all(|pair| pair[0].end == pair[1].start));
    for group in groups {
        let members = &words[group];
        let split = second_line(members, 20);
        assert!(width(&members[..split]) <= 20 && width(&members[split..]) <= 20, "{members:?}");
    }
}

#[test]
fn a_name_stands_with_the_first_word() {
    use crate::insights::Turn;
    let check = |name: &str, text: &str, want: &[&str]| {
        let turns_of = |speaker: usize| Turn {
            start: Instant::from_seconds(9.0 * speaker as f64),
            end: Instant::from_seconds(9.0 * (speaker + 1) as f64),
            speaker,
        };
        let mut insights = Insights {
            turns: (0..2).map(turns_of).collect(),
            speakers: (0..2).map(Speaker::numbered).collect(),
            ..Insights::default()
        };
        insights.rename(0, name, ToString::to_string);
        let said = turns(shown_words(&segment(text, 0.0, 4.0).words), &insights);
        let said =
            said.into_iter().map(|said| said.named(|speaker| shortened(&speaker.name.to_string(), 14)));
        let said: Vec<Said> = said.collect();
        assert_eq!(said.len(), 1);
        let words = &said[0].words;
        let got: Vec<String> =
            groups(words, CAPTION).into_iter().map(|group| line_text(&words[group])).collect();
        assert_eq!(got, want, "{name}: {text}");
    };
    check("Anna", "Yes.", &["Anna: Yes."]);
    check(
        "Anna",
        "Donaudampfschifffahrtsgesellschaft ist lang",
        &["Anna: Donaudampfschifffahrtsgesellschaft", "ist lang"],
    );
    check("Bartholomew the Great", "Ask what you can do.", &["Bartholomew t…: Ask what you can do."]);
}

#[test]
fn long_names_are_cut_with_a_sign() {
    let check = |name: &str, want: &str| assert_eq!(shortened(name, 8), want);
    check("Anna", "Anna");
    check("Theodore", "Theodore");
    check("Theodora B.", "Theodor…");
    check("Dr. Who is it", "Dr. Who…");
    check("Anna B. Berg", "Anna B.…");
    check("山田太郎", "山田太郎");
    check("山田太郎丸", "山田太…");
}

#[test]
fn split_off_pieces_return_to_their_word() {
    let mut parts = segment("non -real time 日 本", 0.0, 2.0).words;
    parts[1].text = "-real".into();
    parts[4].text = "本".into();
    let texts: Vec<String> = shown_words(&parts).into_iter().map(|word| word.text).collect();
    assert_eq!(texts, ["non-real", "time", "日", "本"]);
}

/// Pieces as a speech model hears them, a tenth of a second each; `/` parts lines, `|` groups.
fn check_pieces(pieces: &[&str], want: &str) {
    let word = |(at, text): (usize, &&str)| Word {
        text: (*text).into(),
        start: Instant::from_seconds(at as f64 / 10.0),
        end: Instant::from_seconds((at + 1) as f64 / 10.0),
        confidence: 0.9,
    };
    let heard: Vec<Word> = pieces.iter().enumerate().map(word).collect();
    let words = shown_words(&heard);
    let line = |group: Range<usize>| {
        let members = &words[group];
        let (first, second) = members.split_at(second_line(members, CAPTION.line_chars));
        if second.is_empty() {
            line_text(first)
        } else {
            format!("{}/{}", line_text(first), line_text(second))
        }
    };
    assert_eq!(groups(&words, CAPTION).into_iter().map(line).collect::<Vec<_>>().join("|"), want);
}

#[test]
fn scripts_without_spaces_are_joined_and_broken_by_their_rules() {
    check_pieces(&["今日", "は", "天気", "が", "いい", "です", "。"], "今日は天気が/いいです。");
    check_pieces(
        &["彼", "は", "「", "行", "っ", "た", "」", "と", "言", "いました", "。"],
        "彼は「行った」と/言いました。",
    );
    check_pieces(
        &["コンピュ", "ー", "タ", "ー", "を", "使", "って", "、", "仕事", "を", "する"],
        "コンピューターを/使って、仕事をする",
    );
    check_pieces(
        &["今天", "天气", "很好", "，", "我们", "一起", "去", "公园", "散步", "吧", "。"],
        "今天天气很好，我们/一起去公园散步吧。",
    );
    check_pieces(&["これ", "は", " iPhone", "です"], "これは iPhoneです");
    check_pieces(&["สวัสดี", "ครับ", "วันนี้", "เรา", "จะ", "พูด"], "สวัสดีครับวันนี้เราจะพูด");
    check_pieces(&[" 안녕하세요", " 여러분", " 반갑습니다"], "안녕하세요/여러분 반갑습니다");
    check_pieces(&[" Quoi", " ?", " «", " Non", " »"], "Quoi\u{a0}? «\u{a0}Non\u{a0}»");
    check_pieces(
        &[" We", " met", " Dr.", " Smith", " in", " St.", " Louis", " today."],
        "We met Dr. Smith/in St. Louis today.",
    );
}

#[test]
fn a_long_run_with_one_time_is_shown_in_parts() {
    let heard = [Word {
        text: "今日は天気がとてもいいですから公園に行きましょう".into(),
        start: Instant::ZERO,
        end: Instant::from_seconds(4.8),
        confidence: 0.9,
    }];
    let words = shown_words(&heard);
    assert!(words.len() > 10 && words.windows(2).all(|pair| pair[0].end <= pair[1].start), "{words:?}");
    assert_eq!(words[words.len() - 1].end, heard[0].end);
    assert_eq!(line_text(&words), heard[0].text);
    for group in groups(&words, CAPTION) {
        let members = &words[group];
        let split = second_line(members, CAPTION.line_chars);
        assert!(width(&members[..split]) <= 20 && width(&members[split..]) <= 20, "{members:?}");
    }
}

#[test]
fn a_word_that_says_several_is_broken_between_them() {
    let mut said = segment("We like it", 0.0, 3.0);
    said.words[1].text = " really like".into();
    said.words[2].text = String::new();
    let words = shown_words(&said.words);
    let texts: Vec<(&str, bool)> = words.iter().map(|word| (word.text.as_str(), word.spaced)).collect();
    assert_eq!(texts, [("We", true), ("really", true), ("like", true)]);
    let second = |at: Instant| at.seconds();
    assert_eq!((second(words[1].start), second(words[2].end)), (1.0, 2.0));
    assert!(second(words[1].end) > 1.5, "longer words take longer");
}
