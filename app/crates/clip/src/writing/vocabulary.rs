//! Which words may be said freely about any passage, which turn a claim around, and which forms a word has. English.
//! In other languages no word is free, so that only the passage's own words pass.

/// Words of grammar alone. Whoever adds one of these adds no claim: persons, conditions, comparisons and quantities are
/// left out on purpose.
pub(super) fn is_free(plain: &str) -> bool {
    FREE.contains(&plain) || is_connecting(plain)
}

/// What can be said of anybody who speaks about anything.
pub(super) fn is_connecting(plain: &str) -> bool {
    CONNECTING.contains(&plain)
}

/// Puts two side by side, so that their order is free.
pub(super) fn coordinates(plain: &str) -> bool {
    matches!(plain, "and" | "or" | "but")
}

/// Says where, when or with whom: other such words may have been left out before it.
pub(super) fn places(plain: &str) -> bool {
    matches!(plain, "in" | "on" | "at" | "for" | "with" | "about" | "as")
}

/// Opens a clause with a doer of its own, or hands over to what somebody else says.
pub(super) fn subordinates(plain: &str) -> bool {
    SUBORDINATES.contains(&plain)
}

/// Behind a comma these take back what was said: "…, unless it rains".
pub(super) fn conditions(plain: &str) -> bool {
    matches!(
        plain,
        "if" | "unless" | "except" | "until" | "provided" | "assuming" | "said" | "says" | "according"
    )
}

/// What follows is a thing, not something done.
pub(super) fn determines(plain: &str) -> bool {
    DETERMINERS.contains(&plain)
}

/// May stand between an article and its thing.
pub(super) fn qualifies(plain: &str) -> bool {
    QUALITIES.contains(&plain)
}

/// Whether a word could be whom "he" or "she" means; whose somebody is counts too.
pub(super) fn is_person(plain: &str) -> bool {
    PERSONS.contains(&plain) || matches!(plain, "my" | "our" | "your" | "his" | "her" | "their")
}

/// Before a hyphen these make another word of what stands behind it.
pub(super) fn joins(prefix: &str) -> bool {
    PREFIXES.contains(&prefix)
}

/// Doing this is holding what follows to be true.
pub(super) fn opines(plain: &str) -> bool {
    matches!(plain, "think" | "believe" | "mean" | "say" | "claim" | "agree" | "expect" | "feel")
}

/// Persons and emphasis, over which a denial reaches.
pub(super) fn weighs_nothing(plain: &str) -> bool {
    PERSONS_AND_EMPHASIS.contains(&plain)
}

/// Whether `many` is more than one of `one`.
pub(super) fn is_plural(many: &str, one: &str) -> bool {
    let is_ending = |ending: &str, cut: &str| {
        one.strip_suffix(cut).is_some_and(|stem| many.strip_suffix(ending).is_some_and(|other| other == stem))
    };
    is_ending("s", "")
        || is_ending("es", "")
        || is_ending("ies", "y")
        || IRREGULAR_NOUNS.iter().any(|(single, plural)| *single == one && plural.contains(&many))
}

/// Words that deny.
pub(super) fn denies(plain: &str) -> bool {
    DENIALS.contains(&plain)
}

/// Words with a meaning of their own that turn what follows into its opposite: "failed to land".
pub(super) fn reverses(plain: &str) -> bool {
    REVERSALS.contains(&plain)
}

/// Words that make a claim less than a claim.
pub(super) fn hedges(plain: &str) -> bool {
    HEDGES.contains(&plain)
}

/// A question that begins so is answered by yes or no: it claims nothing.
pub(super) fn opens_yes_or_no(plain: &str) -> bool {
    OPENS_YES_OR_NO.contains(&plain)
}

/// What a plain word may be a form of, itself first. Two words are the same where these meet.
pub(super) fn forms(plain: &str) -> Vec<String> {
    let mut forms = vec![plain.to_owned()];
    if let Some(base) = IRREGULAR.iter().find_map(|(base, all)| all.contains(&plain).then_some(*base)) {
        forms.push(base.to_owned());
        return forms;
    }
    let regular = plain.is_ascii() && !NO_FORMS.contains(&plain);
    let mut add = |base: String| {
        if base.len() >= 3 && base.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
            forms.push(base);
        }
    };
    if !regular {
        return forms;
    }
    for ending in ["ies", "ied"] {
        if let Some(cut) = plain.strip_suffix(ending) {
            add(format!("{cut}y"));
        }
    }
    if let Some(cut) = plain.strip_suffix("es").filter(|cut| cut.ends_with(['s', 'x', 'z', 'o', 'h'])) {
        add(cut.to_owned());
    }
    if let Some(cut) = plain.strip_suffix('s').filter(|cut| !cut.ends_with(['s', 'u', 'i'])) {
        add(cut.to_owned());
    }
    for ending in ["ing", "ed"] {
        if let Some(cut) = plain.strip_suffix(ending) {
            add(cut.to_owned());
            add(format!("{cut}e"));
            add(undoubled(cut));
        }
    }
    forms
}

/// "plann" to "plan".
fn undoubled(cut: &str) -> String {
    let mut letters = cut.chars().rev();
    let is_double = letters.next().is_some_and(|last| letters.next() == Some(last));
    cut[..cut.len() - usize::from(is_double)].to_owned()
}

#[rustfmt::skip]
const FREE: &[&str] = &[
    "a", "an", "the", "and", "or", "but", "as", "of", "in", "on", "at", "for", "with", "from", "by", "to", "into",
    "that", "this", "these", "those", "it", "its", "itself", "they", "them", "their", "there", "here", "is",
    "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "doing", "has", "have", "had",
    "having", "so", "then", "than", "one's", "such", "also", "through", "while", "whose",
];

#[rustfmt::skip]
const CONNECTING: &[&str] = &[
    "how", "why", "what", "when", "where", "who", "whom", "which", "about", "speaker", "speaker's", "says",
    "explains", "explaining", "tells", "telling", "talks", "talking", "describes", "describing", "speaks",
    "story", "way", "thing", "things", "question", "reason", "meaning", "topic",
];

#[rustfmt::skip]
const DENIALS: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot", "hardly",
    "barely", "scarcely", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont", "cant",
    "couldnt", "shouldnt", "wouldnt", "havent", "hasnt",
];

#[rustfmt::skip]
const REVERSALS: &[&str] = &[
    "fail", "fails", "failed", "refuse", "refuses", "refused", "deny", "denies", "denied", "avoid", "avoids",
    "avoided", "unable", "impossible", "myth", "false", "lack", "lacks", "lacked", "stop", "stops", "stopped",
    "instead", "few", "little", "rarely", "seldom", "doubt", "doubts", "doubted", "pretend", "pretends", "pretended",
    "former", "formerly", "ex", "fake", "pseudo", "hoax", "unlikely",
];

#[rustfmt::skip]
const HEDGES: &[&str] = &[
    "may", "might", "could", "would", "should", "if", "unless", "perhaps", "maybe", "probably", "possibly",
    "almost", "nearly", "imagine", "suppose", "allegedly", "seems", "seemed", "half", "less", "fewer",
    "claim", "claims", "claimed", "dreamed", "dreamt", "wish", "wishes", "wished", "hoped", "wanted", "tried",
];

#[rustfmt::skip]
const SUBORDINATES: &[&str] = &[
    "that", "who", "whom", "whose", "which", "because", "when", "whenever", "if", "while", "since", "although", "though",
    "before", "after", "until", "unless", "than", "whether", "where", "why", "how", "what", "said", "says",
];

#[rustfmt::skip]
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "my", "our", "your", "his", "her", "their", "its", "these", "those", "every", "each", "another",
    "many", "several",
];

#[rustfmt::skip]
const QUALITIES: &[&str] = &[
    "old", "older", "oldest", "young", "younger", "youngest", "little", "big", "bigger", "small", "new", "good", "best",
    "only", "own", "whole", "other", "great", "long", "poor", "dear",
];

#[rustfmt::skip]
const PREFIXES: &[&str] = &[
    "anti", "co", "counter", "de", "ex", "half", "mis", "non", "post", "pre", "pro", "pseudo", "quasi", "re", "self",
    "semi", "sub", "un", "vice",
];

#[rustfmt::skip]
const PERSONS_AND_EMPHASIS: &[&str] = &[
    "i", "me", "my", "we", "us", "our", "you", "your", "he", "him", "his", "she", "her", "ever", "even", "once", "really",
    "always", "any", "anyone", "anybody", "just", "very", "own",
];

#[rustfmt::skip]
const PERSONS: &[&str] = &[
    "man", "woman", "boy", "girl", "child", "baby", "person", "guy", "lady", "king", "queen", "prince", "princess",
    "president", "minister", "boss", "doctor", "nurse", "teacher", "student", "professor", "friend", "neighbour", "neighbor",
    "brother", "sister", "mother", "father", "mom", "mum", "dad", "son", "daughter", "husband", "wife", "uncle", "aunt",
    "someone", "somebody", "dog", "cat", "stranger", "soldier", "officer", "policeman", "thief", "owner", "driver",
];

/// Those of which no verb looks alike.
#[rustfmt::skip]
const IRREGULAR_NOUNS: &[(&str, &[&str])] = &[
    ("child", &["children"]), ("man", &["men"]), ("woman", &["women"]), ("person", &["people", "persons"]),
    ("foot", &["feet"]), ("tooth", &["teeth"]), ("mouse", &["mice"]), ("life", &["lives"]), ("wife", &["wives"]),
    ("leaf", &["leaves"]), ("knife", &["knives"]),
];

#[rustfmt::skip]
const OPENS_YES_OR_NO: &[&str] = &[
    "is", "are", "was", "were", "am", "do", "does", "did", "has", "have", "had", "will", "would", "can", "could",
    "should", "shall", "may", "might", "must", "isn't", "aren't", "don't", "doesn't", "didn't", "won't", "can't",
];

/// What only looks like a form of something else.
#[rustfmt::skip]
const NO_FORMS: &[&str] = &[
    "news", "evening", "morning", "nothing", "something", "anything", "everything", "during", "wedding", "always",
    "perhaps", "species", "series", "indeed", "hundred", "sacred", "naked", "outing", "does", "less", "unless",
];

#[rustfmt::skip]
const IRREGULAR: &[(&str, &[&str])] = &[
    ("go", &["goes", "going", "went", "gone"]), ("say", &["said"]), ("see", &["saw", "seen"]), ("make", &["made"]),
    ("take", &["took", "taken"]), ("come", &["came"]), ("give", &["gave", "given"]), ("find", &["found"]),
    ("think", &["thought"]), ("tell", &["told"]), ("know", &["knew", "known"]), ("get", &["got", "gotten"]),
    ("leave", &["left"]), ("feel", &["felt"]), ("bring", &["brought"]), ("begin", &["began", "begun"]),
    ("keep", &["kept"]), ("hold", &["held"]), ("write", &["wrote", "written"]), ("hear", &["heard"]),
    ("mean", &["meant"]), ("meet", &["met"]), ("run", &["ran"]), ("pay", &["paid"]), ("sit", &["sat"]),
    ("speak", &["spoke", "spoken"]), ("lead", &["led"]), ("grow", &["grew", "grown"]), ("lose", &["lost"]),
    ("fall", &["fell", "fallen"]), ("send", &["sent"]), ("build", &["built"]), ("understand", &["understood"]),
    ("draw", &["drew", "drawn"]), ("break", &["broke", "broken"]), ("spend", &["spent"]), ("rise", &["rose", "risen"]),
    ("drive", &["drove", "driven"]), ("buy", &["bought"]), ("wear", &["wore", "worn"]), ("choose", &["chose", "chosen"]),
    ("teach", &["taught"]), ("win", &["won"]), ("fly", &["flew", "flown"]), ("sell", &["sold"]), ("eat", &["ate", "eaten"]),
    ("catch", &["caught"]), ("fight", &["fought"]), ("sleep", &["slept"]), ("become", &["became"]), ("swim", &["swam"]),
    ("bite", &["bit", "bitten"]), ("child", &["children"]), ("man", &["men"]), ("woman", &["women"]), ("person", &["people", "persons"]),
    ("foot", &["feet"]), ("tooth", &["teeth"]), ("mouse", &["mice"]), ("life", &["lives"]), ("wife", &["wives"]),
    ("leaf", &["leaves"]), ("knife", &["knives"]), ("die", &["dying", "died", "dies"]), ("lie", &["lying", "lied", "lies"]),
    ("i", &["me", "my", "mine", "myself"]), ("we", &["us", "our", "ours", "ourselves"]),
    ("you", &["your", "yours", "yourself"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_meet() {
        let check = |a: &str, b: &str, want: bool| {
            let (a_forms, b_forms) = (forms(a), forms(b));
            assert_eq!(a_forms.iter().any(|form| b_forms.contains(form)), want, "{a} {b}");
        };
        check("dream", "dreams", true);
        check("loved", "loving", true);
        check("planned", "plan", true);
        check("plan", "plane", false);
        check("story", "stories", true);
        check("boxes", "box", true);
        check("went", "go", true);
        check("wing", "wings", true);
        check("news", "new", false);
        check("hard", "hardly", false);
        check("happy", "unhappy", false);
        check("fast", "faster", false);
        check("straße", "straßen", false);
    }
}
