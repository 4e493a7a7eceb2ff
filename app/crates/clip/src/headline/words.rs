//! The words that titles are cut and checked by: what opens and ends without saying anything, what leans on what follows, and
//! by which words one knows a clause. English in detail; of other languages what no title ends with.

use crate::select::lexicon::plain;

/// Sounds that people make while they look for a word, and that are words in no language that is heard here.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "umm", "uhm", "uh", "uhh", "erm", "hmm", "mmm", "mhm", "uh-huh", "mm-hmm", "äh", "ähm", "öh", "öhm", "euh", "heu", "ehm",
];

/// The same between two commas; elsewhere they are German words, or millimeters.
pub(super) const FILLERS_APART: &[&str] = &["er", "hm", "mm"];

/// "Um" without a comma fills before these; elsewhere it is German or Portuguese.
#[rustfmt::skip]
pub(super) const AFTER_UM: &[&str] = &[
    "i", "i'm", "i've", "you", "we", "he", "she", "they", "it", "it's", "the", "this", "that", "that's", "there", "and", "but",
    "yeah", "yes", "well", "what", "because",
];

/// The same in two words, where commas stand around them.
pub(super) const ASIDES: &[[&str; 2]] = &[["you", "know"], ["i", "mean"], ["sort", "of"], ["kind", "of"]];

/// Filling at the begin, longest first.
#[rustfmt::skip]
pub(super) const OPENINGS: &[&str] = &[
    "and so on", "you know what", "the thing is", "and then", "and so", "so yeah", "and yeah", "but yeah", "okay so",
    "so i mean", "you know", "i mean", "well you", "all right", "of course", "by the way", "it turns out that",
    "it turns out", "as i said", "like i said", "and", "but", "so", "yeah", "yes", "yep", "no no", "well", "okay",
    "ok", "alright", "uh", "erm", "hmm", "or", "because", "now", "oh", "ah", "like", "right", "anyway",
    "basically", "actually", "also", "then", "", "und", "aber", "also", "ja", "nun", "naja", "denn", "äh", "ähm", "y",
    "pero", "entonces", "bueno", "pues", "et", "mais", "donc", "alors", "ben", "euh", "e", "ma", "allora", "mas",
    "então",
];

/// Filling at the end; a title that ends with it is none.
#[rustfmt::skip]
pub(super) const ENDINGS: &[&str] = &[
    "for example", "for instance", "and so on", "and so forth", "and yeah", "and stuff", "and things", "and all that",
    "or something", "or whatever", "you know", "i mean", "so yeah", "but yeah", "i guess", "such as", "as well as",
    "in order", "because of", "kind of", "sort of", "a lot of", "out of", "that is", "which is", "there is",
    "there are", "i.e", "e.g", "right", "okay", "yeah", "zum beispiel", "und so weiter", "por ejemplo", "par exemple",
    "por exemplo", "per esempio", "z. b", "z.b", "d. h", "d.h", "p. ej", "p. ex",
];

/// Words that lean on what follows: no title ends with one.
#[rustfmt::skip]
pub(super) const DANGLING: &[&str] = &[
    "a", "an", "the", "my", "your", "our", "their", "its", "his", "this", "these", "those", "every", "of", "at", "by",
    "for", "from", "with", "without", "into", "onto", "upon", "to", "as", "than", "via", "per", "during", "between",
    "among", "against", "toward", "towards", "through", "throughout", "despite", "unlike", "until", "unless",
    "within", "about", "in", "on", "and", "or", "but", "nor", "so", "yet", "because", "if", "when", "whether",
    "while", "although", "though", "since", "where", "who", "whom", "whose", "which", "that", "what", "how", "why",
    "is", "are", "was", "were", "am", "be", "been", "being", "has", "have", "had", "having", "can", "could", "will",
    "would", "shall", "should", "may", "might", "must", "i", "we", "he", "she", "they", "it's", "he's", "she's",
    "i'm", "we're", "they're", "you're", "i've", "we've", "there's", "that's", "very", "really", "quite", "just",
    "only", "even", "also", "like", "um", "uh", "not", "vs", "etc", "ie", "eg", "some", "any", "each", "many", "more",
    "most", "other", "another", "such",
    // German.
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "und", "oder",
    "aber", "mit", "von", "zu", "zum", "zur", "im", "am", "für", "bei", "nach", "aus", "über", "unter", "vor",
    "durch", "ohne", "gegen", "wenn", "weil", "dass", "ob", "als", "wie", "sein", "ihr", "mein", "dein", "unser",
    "ist", "sind", "war", "hat", "haben", "sehr", "nicht",
    // Spanish, Portuguese, French, Italian.
    "el", "la", "los", "las", "un", "una", "unos", "unas", "y", "o", "pero", "de", "del", "al", "en", "con", "por",
    "para", "sin", "sobre", "que", "si", "como", "su", "sus", "mi", "tu", "es", "son", "muy", "le", "les", "une",
    "des", "du", "et", "ou", "mais", "à", "au", "aux", "dans", "avec", "pour", "par", "sur", "sans", "qui", "quand",
    "ce", "cette", "ces", "son", "sa", "ses", "est", "sont", "très", "il", "lo", "gli", "di", "da", "con", "per",
    "su", "che", "os", "um", "uma", "e", "em", "no", "na", "dos", "das", "com",
];

/// Join clauses.
#[rustfmt::skip]
pub(super) const CONJUNCTIONS: &[&str] = &[
    "and", "but", "so", "yet", "or", "well", "now", "und", "aber", "y", "pero", "et", "mais", "e", "ma", "mas",
];

/// What begins with one only leads up to what follows. Not "if": without its condition a clause says something else.
#[rustfmt::skip]
pub(super) const LEADS: &[&str] = &[
    "when", "while", "although", "though", "because", "since", "as", "unlike", "like", "in", "on", "at", "for",
    "with", "by", "after", "before", "under", "from", "during", "despite", "once", "without", "whenever", "wherever",
    "instead", "today", "according", "to", "of", "over", "until", "besides",
];

/// They only say how sure one is.
pub(super) const HEDGES: &[&str] =
    &["maybe", "perhaps", "probably", "possibly", "vielleicht", "quizás", "peut-être", "forse", "talvez"];

/// Words that name who or what does something.
#[rustfmt::skip]
pub(super) const SUBJECTS: &[&str] = &[
    "i", "you", "we", "they", "he", "she", "it", "the", "a", "an", "my", "our", "your", "his", "her", "their", "this",
    "that", "these", "those", "there", "nobody", "everybody", "everyone", "somebody", "someone", "nothing",
    "everything", "people", "most", "many", "some", "every", "all", "what", "why", "how", "it's", "i'm", "we're",
    "you're", "they're", "there's", "that's", "i've", "we've", "let's", "don't", "each", "one", "no", "here's", "who",
];

/// A main clause may end before one of these without a mark.
#[rustfmt::skip]
pub(super) const SUBORDINATES: &[&str] = &[
    "because", "which", "although", "though", "whereas", "who", "where", "whose",
];

/// Whether there is a verb that English knows by its look; of another language it does not know.
pub(super) fn has_verb(words: &[&str]) -> bool {
    words.iter().any(|word| {
        let plain = plain(word);
        let contracted =
            ["'s", "'re", "'m", "'ve", "'ll", "'d", "n't"].iter().any(|end| plain.ends_with(end));
        let past = plain.len() > 4 && plain.ends_with("ed") && plain.is_ascii();
        contracted && !plain.starts_with("let") || past || VERBS.contains(&plain.as_str())
    })
}

#[rustfmt::skip]
const VERBS: &[&str] = &[
    "am", "is", "are", "was", "were", "be", "been", "do", "does", "did", "have", "has", "had", "can", "could", "will",
    "would", "shall", "should", "may", "might", "must", "cannot", "need", "needs", "want", "wants", "get", "gets",
    "got", "make", "makes", "made", "take", "takes", "took", "give", "gives", "gave", "go", "goes", "went", "come",
    "comes", "came", "know", "knows", "knew", "think", "thinks", "thought", "see", "sees", "saw", "say", "says",
    "said", "tell", "tells", "told", "find", "finds", "found", "feel", "feels", "felt", "become", "becomes", "became",
    "keep", "keeps", "kept", "let", "lets", "begin", "begins", "began", "seem", "seems", "leave", "leaves", "left",
    "mean", "means", "meant", "put", "puts", "bring", "brings", "brought", "run", "runs", "ran", "stand", "stands",
    "stood", "lose", "loses", "lost", "pay", "pays", "paid", "meet", "meets", "met", "learn", "learns", "lead",
    "leads", "led", "grow", "grows", "grew", "win", "wins", "won", "teach", "teaches", "taught", "buy", "buys",
    "bought", "build", "builds", "built", "sell", "sells", "sold", "send", "sends", "sent", "fall", "falls", "fell",
    "hold", "holds", "held", "write", "writes", "wrote", "read", "reads", "speak", "speaks", "spoke", "eat", "eats",
    "ate", "drink", "sleep", "slept", "live", "lives", "die", "dies", "love", "loves", "hate", "hates", "work",
    "works", "use", "uses", "try", "tries", "ask", "asks", "help", "helps", "turn", "turns", "start", "starts",
    "show", "shows", "play", "plays", "move", "moves", "like", "likes", "believe", "believes", "happen", "happens",
    "change", "changes", "stop", "stops", "look", "looks", "hear", "hears", "heard", "understand", "understands",
    "understood", "remember", "remembers", "forget", "forgets", "forgot", "choose", "chooses", "chose", "break",
    "breaks", "broke", "spend", "spends", "spent", "cut", "cuts", "rise", "rises", "rose", "drive", "drives", "drove",
    "wear", "wears", "wore", "sit", "sits", "sat", "lie", "lies", "lay", "deserve", "deserves", "matter", "matters",
    "exist", "exists", "remain", "remains", "call", "calls", "gotta", "gonna", "wanna", "fear", "hope", "dream",
    "dreams", "bark", "barks", "throw", "threw", "draw", "drew", "fly", "flew", "sing", "sang", "swim", "swam",
    "catch", "caught", "fight", "fought", "hide", "hid", "hit", "hurt", "cost", "costs",
];
