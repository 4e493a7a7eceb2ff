use super::*;

fn check(sentence: &str, want: &[&str]) {
    let got: Vec<String> = phrases(sentence).into_iter().map(|phrase| phrase.text).collect();
    assert_eq!(got, want, "{sentence}");
}

#[test]
fn phrases_are_whole_and_tidy() {
    check("Ask what you can do.", &["Ask what you can do"]);
    check("And so, why do we dream?", &["Why do we dream?"]);
    check(
        "Unlike any other rabbit, Luna was born with wings, a rare gift that she had yet to understand the purpose of.",
        &["Luna was born with wings"],
    );
    check("Yes. No.", &[]);
    check("You know, I mean, the brain never sleeps, right?", &["The brain never sleeps"]);
    check(
        "Thanks, um, for this. I, uh, I hope that, you know, the brain sleeps.",
        &["I hope that the brain sleeps"],
    );
    check("Um I think that it never rains here.", &["I think that it never rains here"]);
    check("And, um, the lamp never went out, mm, at all.", &["The lamp never went out at all"]);
    check("We moved to the U.S.", &["We moved to the U.S."]);
    check("He said: “Never give up.", &["Never give up"]);
}

#[test]
fn no_phrase_is_torn_or_part_of_a_list() {
    check(
        "We bought flour, water, salt and a lot of time for the bread that we wanted to bake on that day.",
        &[],
    );
    check(
        "Good bread needs nothing but flour, water, salt and time.",
        &["Good bread needs nothing but flour, water, salt and time"],
    );
    check(
        "So you have many things that you want to do in your life, for example, and yeah, it is what I do with most of it.",
        &[],
    );
    check(
        "The president of the country that I was born in never came to any of the villages i.e. the ones that nobody knows.",
        &[],
    );
    // A question with its answer is two sentences.
    check("Why do cats purr? They are content.", &["Why do cats purr?", "They are content"]);
    // Without its condition it says something else.
    check(
        "You will never reach the summit alive, unless somebody carries all of the water up there for you.",
        &[],
    );
    check(
        "If you never give up on this, somebody will carry all of the water up there for you, they say.",
        &[],
    );
}

#[test]
fn a_clause_may_end_where_another_begins() {
    check(
        "Wide streets always win the first round, because cars are loud and houses are silent as the night.",
        &["Wide streets always win the first round"],
    );
    check(
        "My grandmother climbed onto the roof with two children who had never seen so much water in their lives.",
        &["My grandmother climbed onto the roof with two children"],
    );
    check(
        "Cars are loud and they smell terrible on a summer day in the city, but houses have patience, and trees.",
        &[],
    );
    check(
        "Cars are loud and they smell terrible on a summer day in the city, but the houses have patience.",
        &["The houses have patience"],
    );
}

#[test]
fn other_languages_have_titles() {
    check("Und dann war alles anders.", &["Dann war alles anders"]);
    check("Am 3. Mai kam der Frühling zurück.", &["Am 3. Mai kam der Frühling zurück"]);
    // What fills in English is a word elsewhere.
    check("Um acht Uhr beginnt der Tag.", &["Um acht Uhr beginnt der Tag"]);
    check("Er hat uns alle gerettet.", &["Er hat uns alle gerettet"]);
    check("Um dia ele voltou para casa.", &["Um dia ele voltou para casa"]);
    check("Pero nadie lo sabía todavía.", &["Nadie lo sabía todavía"]);
    check("¿Por qué soñamos por la noche?", &["¿Por qué soñamos por la noche?"]);
    check("今日はとてもいい天気です。", &["今日はとてもいい天気です"]);
    check(
        "昨日は雨が降っていて出かけられませんでしたが、今日はとてもいい天気です。",
        &["今日はとてもいい天気です"],
    );
    check("Мы никогда не сдаёмся.", &["Мы никогда не сдаёмся"]);
    check("أنا أحب هذه المدينة.", &["أنا أحب هذه المدينة"]);
}

#[test]
fn what_is_torn_is_known() {
    let check = |text: &str, want: bool| assert_eq!(is_torn(text), want, "{text}");
    for torn in [
        "The greatest dam of the",
        "Many things, i.e",
        "He said: “Never give up",
        "Many things, i.e.",
        "Use it for example",
        "It was fun and yeah",
        "Flour, water",
        "Why do we dream? Because we can",
        "The reason why I",
        "Wir fahren mit dem",
        "Una casa de",
        "",
    ] {
        check(torn, true);
    }
    for whole in [
        "Why do we dream?",
        "What are you thinking of?",
        "Bread, butter and the secret of time",
        "Never give up",
        "Dr. Smith knew it",
    ] {
        check(whole, false);
    }
}

#[test]
fn what_must_be_cut_says_so() {
    let check = |text: &str, want: &str| assert_eq!(shortened(text, 20), want);
    check("Short enough", "Short enough");
    check("The houses of the very old city", "The houses…");
    check("昨日は雨が降っていて出かけられませんでした", "昨日は雨が降ってい…");
    check(&"a".repeat(40), &format!("{}…", "a".repeat(19)));
}

#[test]
fn a_sentence_is_told_without_what_fills_it() {
    let check = |text: &str, expected: &str| assert_eq!(unfilled(text), expected);
    check("Um, uh, so the recent news was bad.", "the recent news was bad.");
    check("And, you know, we, uh, we waited.", "we waited.");
    check("Okay, so, but nobody came.", "nobody came.");
    check("So far nobody came.", "So far nobody came.");
    check("Now or never, he said.", "Now or never, he said.");
    check("Und der Mann ging.", "Und der Mann ging.");
    check("Um zwei kam er.", "Um zwei kam er.");
    check("Yeah.", "Yeah.");
    check("", "");
}

#[test]
fn a_circumstance_is_a_fragment() {
    let check = |text: &str, expected: bool| assert_eq!(is_fragment(text), expected, "{text}");
    check("Maybe in some cases", true);
    check("Perhaps", true);
    check("In the middle of the night", true);
    check("Maybe we were wrong", false);
    check("The secret of good bread", false);
    check("In the morning a captain called", false);
}
