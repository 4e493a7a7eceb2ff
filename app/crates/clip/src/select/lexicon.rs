//! Words that tell something about a passage: what carries content, what hooks, what leans on earlier speech, what is
//! said in every video and means nothing. English; other languages fall back to word lengths and marks.

/// A word without marks, in small letters, with a plain apostrophe.
pub(crate) fn plain(word: &str) -> String {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.to_lowercase().replace('’', "'")
}

/// What a plain word is about, endings cut off crudely; `None` for words without content.
pub(crate) fn stem(plain: &str) -> Option<String> {
    let base = plain.strip_suffix("'s").unwrap_or(plain);
    if !is_content(base) {
        return None;
    }
    let mut stem = base;
    if stem.is_ascii() {
        for ending in ["ingly", "edly", "ies", "ing", "ed", "ly", "es", "s"] {
            if let Some(cut) = stem.strip_suffix(ending)
                && cut.len() >= 4
            {
                stem = cut;
                break;
            }
        }
    }
    Some(stem.to_owned())
}

pub(crate) fn is_content(plain: &str) -> bool {
    let base = plain.split('\'').next().unwrap_or(plain);
    plain.chars().count() >= 3 && FUNCTION_WORDS.binary_search(&base).is_err() && !is_number(plain)
}

/// Digits or a spelled number.
pub(crate) fn is_number(plain: &str) -> bool {
    plain.starts_with(|c: char| c.is_ascii_digit()) || NUMBER_WORDS.contains(&plain)
}

/// How much a first word leans on something said before, 0 to 1. `next` is the word after it.
pub(crate) fn leaning(first: &str, next: &str) -> f32 {
    match first {
        "he" | "she" | "they" | "him" | "her" | "them" | "his" | "their" | "its" | "it's" | "he's"
        | "she's" | "they're" | "that's" | "those" | "these" | "such" | "which" | "who" | "whose"
        | "because" | "therefore" | "thus" | "hence" | "otherwise" | "then" | "than" | "also" | "too"
        | "likewise" | "instead" => 1.0,
        "and" | "but" | "or" | "nor" | "so" | "however" | "moreover" | "furthermore" | "plus"
        | "although" | "though" | "yet" => 0.8,
        // "It is to honor …" stands alone more often than "it broke".
        "it" => {
            if matches!(next, "is" | "was" | "takes" | "seems" | "turns") {
                0.5
            } else {
                0.9
            }
        }
        // "This is a talk about …" introduces; "this one" points.
        "this" | "that" => {
            if matches!(next, "is" | "was" | "year" | "week" | "morning") {
                0.4
            } else {
                0.8
            }
        }
        "yeah" | "yes" | "yep" | "no" | "well" | "okay" | "ok" | "right" | "um" | "uh" | "like"
        | "alright" | "oh" | "hmm" => 0.3,
        _ => 0.0,
    }
}

/// Whether a sentence that begins so continues the one before.
pub(super) fn links_back(first: &str) -> bool {
    leaning(first, "") >= 0.4
        || matches!(first, "we" | "i" | "there" | "here" | "as" | "one" | "for" | "each" | "you")
}

/// Words with which a sentence turns to something new.
pub(super) fn turns_topic(first: &str, next: &str) -> bool {
    matches!(
        (first, next),
        ("now", _)
            | ("next", _)
            | ("first", _)
            | ("second", _)
            | ("third", _)
            | ("finally", _)
            | ("lastly", _)
            | ("okay", "so")
            | ("alright", "so")
            | ("let's", _)
            | ("moving", "on")
            | ("speaking", "of")
            | ("another", _)
            | ("once", _)
            | ("imagine", _)
            | ("question", _)
    )
}

/// Words of contrast and surprise.
pub(crate) fn surprises(plain: &str) -> bool {
    SURPRISE.contains(&plain)
}

/// Words of a strong claim.
pub(crate) fn claims(plain: &str) -> bool {
    CLAIMS.contains(&plain)
}

/// Phrases that open a story, an example or a demand on the listener. `words`: plain, one space between them.
pub(crate) fn opens_story(words: &str) -> bool {
    STORY.iter().any(|phrase| holds(words, phrase))
}

/// Phrases of greetings, sign-offs, announcements and housekeeping. `words`: plain, one space between them.
pub(crate) fn is_housekeeping(words: &str) -> bool {
    HOUSEKEEPING.iter().any(|phrase| holds(words, phrase))
}

/// Whether the phrase stands in `words` as whole words.
fn holds(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(at, _)| {
        let (before, after) = (&words[..at], &words[at + phrase.len()..]);
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

/// A question by its mark or, in text without marks, by its first word.
pub(crate) fn asks(first: &str, text: &str) -> bool {
    text.trim_end_matches(['"', '”', '\'']).ends_with(['?', '？'])
        || matches!(first, "why" | "how" | "what" | "what's" | "did") && !text.contains(['.', '!'])
}

/// Sorted, for binary search.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "about", "above", "actually", "after", "again", "all", "almost", "also", "although", "always", "am", "an",
    "and", "another", "any", "anything", "are", "aren", "around", "as", "at", "away", "back", "be", "because",
    "been", "before", "being", "between", "both", "but", "by", "came", "can", "cannot", "come", "could",
    "couldn", "did", "didn", "do", "does", "doesn", "doing", "don", "done", "down", "each", "either", "else",
    "even", "ever", "every", "everything", "few", "for", "from", "get", "gets", "getting", "give", "go",
    "goes", "going", "gonna", "good", "got", "had", "has", "hasn", "have", "haven", "having", "he", "her",
    "here", "hers", "him", "his", "how", "however", "if", "in", "into", "is", "isn", "it", "its", "itself",
    "just", "kind", "know", "last", "least", "less", "let", "like", "little", "look", "lot", "made", "make",
    "makes", "many", "may", "maybe", "me", "mean", "might", "mine", "more", "most", "much", "must", "my",
    "myself", "need", "neither", "never", "new", "next", "no", "nor", "not", "nothing", "now", "of", "off",
    "often", "oh", "okay", "on", "once", "one", "only", "onto", "or", "other", "our", "ours", "out", "over",
    "own", "part", "perhaps", "put", "quite", "rather", "really", "right", "said", "same", "saw", "say",
    "saying", "says", "see", "seem", "shall", "she", "should", "shouldn", "since", "so", "some", "someone",
    "something", "sometimes", "sort", "still", "such", "sure", "take", "than", "thank", "thanks", "that",
    "the", "their", "theirs", "them", "then", "there", "these", "they", "thing", "things", "think", "this",
    "those", "though", "through", "till", "to", "today", "together", "too", "toward", "under", "until", "up",
    "upon", "us", "use", "used", "very", "want", "was", "wasn", "way", "we", "well", "went", "were", "weren",
    "what", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with",
    "within", "without", "won", "would", "wouldn", "yeah", "yes", "yet", "you", "your", "yours", "yourself",
];

#[rustfmt::skip]
const NUMBER_WORDS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty",
    "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion",
    "percent", "half",
];

#[rustfmt::skip]
const SURPRISE: &[&str] = &[
    "but", "although", "unlike", "despite", "however", "instead", "actually", "surprisingly", "suddenly",
    "secret", "secrets", "mistake", "wrong", "myth", "truth", "strange", "rare", "shocking",
    "incredible", "amazing", "unbelievable", "crazy", "weird", "discovered", "realized", "realised", "nobody",
    "impossible", "problem", "failed", "afraid", "danger", "dangerous", "hidden", "lost", 
    "different", "yet", "until", "unexpected", "funny", "ironic", "mystery",
];

#[rustfmt::skip]
const CLAIMS: &[&str] = &[
    "never", "always", "every", "everyone", "everybody", "most", "best", "worst", "must", "only", "greatest",
    "biggest", "first", "nothing", "key", "important", "essential", "believe", "need", "true", "completely",
    "absolutely", "matters", "love", "hate", "dream", "freedom", "power", "change", "future", "die", "death",
    "life", "world", "war",
];

#[rustfmt::skip]
const STORY: &[&str] = &[
    "imagine", "picture this", "let me tell you", "i remember", "when i was", "years ago", "one day",
    "once upon", "there lived", "there was a", "there once", "the day i",
    "i'll never forget", "have you ever", "do you know", "did you know", "what if", "here's the thing",
    "here is the thing", "the reason", "the secret", "the problem is", "it turns out", "for example",
    "what i learned", "i learned", "the truth is", "the first time", "the biggest", "what happened",
    "guess what", "ask yourself", "think about",
];

#[rustfmt::skip]
const HOUSEKEEPING: &[&str] = &[
    "thank you for watching", "thanks for watching", "thank you for listening", "thanks for listening",
    "thank you very much", "thank you and", "thanks for joining", "thank you for joining", "thank you all",
    "welcome back", "welcome to", "hello", "hi everyone", "hi everybody", "hey guys", "good morning",
    "good afternoon", "good evening", "my name is", "subscribe", "like button", "hit the bell", "link in the",
    "links in the", "in the description", "promo code", "sponsored by", "our sponsor", "see you next",
    "see you in the next", "see you later", "stay tuned", "bye", "goodbye", "good luck", "good night",
    "for more information", "visit our", "www", "dot com", "terms and conditions", "all rights reserved",
    "please stand by", "please hold", "press one", "attention please", "your attention",
    "ladies and gentlemen", "can you hear me", "is this on", "mic check", "testing", "this is a test",
    "next slide", "share my screen", "any questions", "let's get started", "without further ado",
    "recorded by", "this recording", "librivox", "public domain", "in today's video", "in this video",
    "coming up", "after the break", "traffic report", "that's all", "that is all",
];

/// A plain word that says how somebody feels about something, for better or worse.
pub(super) fn is_feeling(plain: &str) -> bool {
    FEELING_WORDS.binary_search(&plain).is_ok()
}

/// In order of the alphabet.
const FEELING_WORDS: &[&str] = &[
    "absurd",
    "afraid",
    "alone",
    "amazed",
    "amazing",
    "angry",
    "anxious",
    "ashamed",
    "awful",
    "beautiful",
    "beloved",
    "brave",
    "brilliant",
    "broke",
    "cried",
    "crazy",
    "cry",
    "crying",
    "dead",
    "death",
    "delighted",
    "desperate",
    "devastated",
    "devastating",
    "died",
    "disaster",
    "disgusting",
    "dream",
    "embarrassed",
    "embarrassing",
    "excited",
    "exciting",
    "failed",
    "failure",
    "fantastic",
    "fear",
    "fell",
    "fight",
    "forever",
    "frightened",
    "fun",
    "funny",
    "glad",
    "grateful",
    "grief",
    "guilty",
    "happiest",
    "happy",
    "hate",
    "hated",
    "heart",
    "heartbreaking",
    "hilarious",
    "honor",
    "hope",
    "hopeless",
    "horrible",
    "horrified",
    "hurt",
    "incredible",
    "inspired",
    "insane",
    "joy",
    "killed",
    "laugh",
    "laughed",
    "laughing",
    "lonely",
    "lost",
    "love",
    "loved",
    "lovely",
    "lucky",
    "mad",
    "magic",
    "magical",
    "miserable",
    "miss",
    "missed",
    "nervous",
    "nightmare",
    "pain",
    "painful",
    "panic",
    "panicked",
    "perfect",
    "proud",
    "relief",
    "ridiculous",
    "sad",
    "scared",
    "scary",
    "shame",
    "shock",
    "shocked",
    "shocking",
    "smile",
    "smiled",
    "sorry",
    "stupid",
    "suffer",
    "suffered",
    "surprised",
    "tears",
    "terrible",
    "terrified",
    "terrifying",
    "thrilled",
    "tragedy",
    "tragic",
    "trust",
    "ugly",
    "unbelievable",
    "upset",
    "wept",
    "wonder",
    "wonderful",
    "worried",
    "worry",
    "worst",
    "wow",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_function_words_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
    }

    #[test]
    fn stems_meet() {
        let check =
            |word: &str, want: Option<&str>| assert_eq!(stem(&plain(word)).as_deref(), want, "{word}");
        check("Printing,", Some("print"));
        check("printed", Some("print"));
        check("\"Books.\"", Some("book"));
        check("book's", Some("book"));
        check("don’t", None);
        check("the", None);
        check("1455,", None);
        check("Straße", Some("straße"));
    }
}
