//! Words that are written short: whether the stop behind one ends a sentence too. English, German, Spanish, French and their
//! neighbors; what is short in one of them is hardly a whole word in another.

/// What a shortened word says about what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Short {
    /// A name, a number or the thing meant must follow: "Dr.", "e.g.".
    Leads,
    /// Short before a number, a word of its own before anything else: "No. 5".
    BeforeNumber,
    /// May end a sentence as well: "etc.", "U.S.", an initial.
    Any,
}

/// The kind of the shortened word that ends here; `before`: the word in front of it, for those written in two parts ("z. B.").
pub(super) fn short(text: &str, before: Option<&str>, next: Option<&str>) -> Option<Short> {
    let bare = bare(text);
    if bare.is_empty() {
        return None;
    }
    if let Some(before) = before.filter(|before| before.ends_with('.')) {
        let both = format!("{}.{bare}", self::bare(before));
        if LEADING_PAIRS.contains(&both.as_str()) {
            return Some(Short::Leads);
        }
        if PAIRS.contains(&both.as_str()) {
            return Some(Short::Any);
        }
    }
    if let Some(next) = next {
        let both = format!("{bare}.{}", self::bare(next));
        if LEADING_PAIRS.contains(&both.as_str()) || PAIRS.contains(&both.as_str()) {
            return Some(Short::Leads);
        }
    }
    if LEADING.contains(&bare.as_str()) {
        return Some(Short::Leads);
    }
    if BEFORE_NUMBERS.contains(&bare.as_str()) {
        return Some(Short::BeforeNumber);
    }
    if is_ordinal(&bare, before, next) {
        return Some(Short::Leads);
    }
    let is_dotted =
        bare.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    // "I." is more often the end of a sentence than an initial.
    (ENDING.contains(&bare.as_str()) || is_dotted && bare != "i").then_some(Short::Any)
}

/// In small letters, without marks around it and without the last stop.
fn bare(text: &str) -> String {
    text.trim_start_matches(['(', '"', '“', '[', '«', '„', '‘', '\''])
        .trim_end_matches(['.', ')', '"', '”', ']', '»', '“', ',', ';', ':'])
        .to_lowercase()
}

/// "am 3. Mai", "der 2. Weltkrieg": a short number between an article and a noun, or before the name of a month.
fn is_ordinal(bare: &str, before: Option<&str>, next: Option<&str>) -> bool {
    let is_number = bare.len() <= 2 && bare.chars().all(|c| c.is_ascii_digit());
    let Some(next) = next.filter(|_| is_number) else { return false };
    let next = self::bare(next);
    let follows = before.is_some_and(|before| ARTICLES.contains(&self::bare(before).as_str()));
    MONTHS.contains(&next.as_str()) || follows && !starts_sentences(&next)
}

/// Words that begin sentences far more often than names do.
pub(super) fn starts_sentences(next: &str) -> bool {
    let plain = next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    let first = plain.split('\'').next().unwrap_or(&plain);
    STARTERS.contains(&first)
}

#[rustfmt::skip]
const LEADING: &[&str] = &[
    // English.
    "mr", "mrs", "ms", "dr", "drs", "prof", "st", "mt", "ft", "gen", "col", "lt", "sgt", "cpl", "capt", "cmdr", "adm",
    "maj", "sen", "rep", "gov", "pres", "rev", "hon", "vs", "v", "approx", "e.g", "i.e", "eg", "ie", "cf", "viz",
    "ca", "messrs", "esp", "resp",
    // German.
    "hr", "fr", "frl", "bzw", "z.b", "d.h", "vgl", "bspw", "sog", "evtl", "ggf", "inkl", "exkl", "zzgl", "einschl",
    "dipl", "mag", "geb", "gest", "m.e", "u.u", "z.t", "d.i", "jhd", "bd", "str",
    // Spanish and Portuguese.
    "sra", "srta", "dra", "dña", "lic", "ing", "ud", "uds", "vd", "p.ej", "p.ex", "av", "avda", "pza", "prof.ª",
    "exmo", "d.ª",
    // French, Italian, Dutch.
    "mme", "mmes", "mlle", "mm", "me", "ste", "c.-à-d", "env", "sig", "sig.ra", "dott", "avv", "ad.es", "bijv", "bv",
    "dhr", "mevr", "mw", "d.w.z", "m.b.t",
    // Polish, Russian.
    "np", "tzn", "tj", "т.е", "т.н", "напр", "см", "ул", "им",
];

#[rustfmt::skip]
const BEFORE_NUMBERS: &[&str] = &[
    "no", "nos", "nr", "nrn", "vol", "pp", "p", "pg", "fig", "figs", "eq", "sec", "ch", "chap", "art", "para", "ex",
    "núm", "n.º", "nº", "n°", "pág", "págs", "abb", "kap", "abs", "tel", "aufl", "tab", "pag", "cap", "s", "op", "vs",
    "bl", "г", "стр", "рис",
];

#[rustfmt::skip]
const ENDING: &[&str] = &[
    "etc", "inc", "ltd", "co", "corp", "llc", "bros", "jr", "sr", "al", "esq", "ph.d", "phd", "m.d", "b.sc", "m.sc",
    "a.m", "p.m", "u.s", "u.k", "u.n", "u.s.a", "d.c", "e.u", "b.c", "a.d", "usw", "u.a", "o.ä", "u.ä", "i.d.r",
    "n.chr", "v.chr", "a.d", "ee.uu", "aa.vv", "ss", "ecc", "enz", "o.a", "itd", "itp", "т.д", "т.п", "др", "jan",
    "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "okt", "dez", "min", "sek", "std", "mio", "mrd",
    "bln", "gmbh", "ag", "s.a", "s.l", "s.p.a",
];

/// Written in two parts: what they are short for goes on.
#[rustfmt::skip]
const LEADING_PAIRS: &[&str] = &[
    "z.b", "d.h", "p.ej", "p.ex", "e.g", "i.e", "m.e", "z.t", "u.u", "d.i", "ad.es", "c.q", "d.w", "w.z", "т.е",
    "par.ex",
];

/// Written in two parts: a sentence may end with them.
#[rustfmt::skip]
const PAIRS: &[&str] = &[
    "ee.uu", "u.a", "o.ä", "u.ä", "i.d", "d.r", "n.chr", "v.chr", "a.c", "d.c", "a.m", "p.m", "u.s", "u.k", "ph.d",
    "s.a", "т.д", "т.п",
];

/// What stands before an ordinal in German.
#[rustfmt::skip]
const ARTICLES: &[&str] = &[
    "am", "im", "der", "die", "das", "dem", "den", "des", "vom", "zum", "zur", "beim", "bis", "ab", "seit", "ein",
    "eine", "einen", "einem", "einer", "jeder", "jede", "jedes", "jeden", "mein", "meine", "meinen", "sein", "seine",
    "seinen", "ihr", "ihre", "ihren", "unser", "unsere", "unseren", "dieser", "diese", "dieses", "diesem", "ins",
    "ans", "und",
];

#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "januar", "jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember", "jahrhundert", "jahrhunderts", "weltkrieg", "weltkriegs", "weltkrieges",
];

#[rustfmt::skip]
const STARTERS: &[&str] = &[
    // English.
    "the", "a", "an", "he", "she", "it", "we", "they", "i", "you", "this", "that", "these", "those", "there", "here",
    "but", "and", "so", "then", "now", "what", "why", "how", "when", "where", "who", "if", "in", "on", "at", "for",
    "my", "our", "your", "his", "her", "their", "its", "is", "are", "was", "were", "do", "does", "did", "can",
    "could", "would", "should", "not", "yes", "as", "after", "before", "because", "while", "although", "however",
    "also", "just", "some", "many", "most", "everyone", "nobody", "let", "after", "once", "today", "maybe", "perhaps",
    "well", "okay",
    // German.
    "er", "sie", "es", "wir", "ihr", "ich", "du", "und", "aber", "dann", "da", "dort", "das", "der", "dies", "diese",
    "dieser", "dieses", "ein", "eine", "wenn", "weil", "als", "doch", "nun", "ja", "nein", "man", "im", "auf", "mit",
    "nach", "was", "wer", "wie", "wo", "warum", "also", "heute", "danach", "später",
    // Spanish and Portuguese.
    "el", "los", "las", "un", "una", "él", "ella", "ellos", "nosotros", "yo", "y", "pero", "entonces", "luego",
    "ahora", "esto", "esta", "este", "eso", "hay", "cuando", "como", "qué", "por", "para", "en", "con", "su",
    "después", "o", "os", "ele", "ela", "eles", "mas", "então", "agora", "isso", "não",
    // French and Italian.
    "le", "les", "une", "il", "elle", "ils", "elles", "nous", "vous", "je", "tu", "on", "et", "mais", "puis", "alors",
    "donc", "c", "ce", "cette", "ces", "si", "quand", "dans", "pour", "avec", "lui", "lei", "loro", "ma", "poi",
    "allora",
];
