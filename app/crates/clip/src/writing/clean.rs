//! Takes off what a language model puts around an answer: labels, quotes, markdown, pictures, a second paragraph.
//! Refuses to judge what is left.

use super::piece::Piece;
use super::rejection::Rejection;

/// The answer alone.
pub(super) fn clean(piece: Piece, answer: &str) -> Result<String, Rejection> {
    let lines = answer.lines().map(|line| unwrapped(&without_pictures(line))).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.collect();
    let first = lines.first().ok_or(Rejection::Empty)?;
    if is_chatter(first) {
        return Err(Rejection::Chatter);
    }
    // Tags may come one a line, and those of a post below it.
    let whole = match piece {
        Piece::Hashtags => lines.join(" "),
        Piece::Post => {
            let tags = lines[1..].iter().filter(|line| line.starts_with('#')).cloned();
            std::iter::once(first.clone()).chain(tags).collect::<Vec<_>>().join(" ")
        }
        _ => first.clone(),
    };
    Ok(whole.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn without_pictures(line: &str) -> String {
    let is_picture = |c: char| matches!(c as u32, 0x1F000..|0x2190..=0x2BFF| 0xFE0F | 0x200D);
    line.chars().filter(|&c| !is_picture(c)).collect()
}

/// Peels until nothing comes off: labels may stand in quotes and quotes behind labels.
fn unwrapped(line: &str) -> String {
    let mut text = line.trim().replace("**", "").replace("__", "").replace('`', "");
    loop {
        let peeled = unlabelled(unquoted(unmarked(text.trim()))).trim().to_owned();
        if peeled == text {
            return text;
        }
        text = peeled;
    }
}

/// Without the sign of a list or a heading; a hashtag has no space behind its sign.
fn unmarked(text: &str) -> &str {
    let heading = text.trim_start_matches('#');
    if heading.len() < text.len() && (heading.starts_with(' ') || heading.is_empty()) {
        return heading.trim_start();
    }
    for sign in ["- ", "* ", "• ", "> ", "1. ", "1) ", "*"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return rest.trim_end_matches('*');
        }
    }
    text
}

fn unquoted(text: &str) -> &str {
    const PAIRS: [(char, char); 5] = [('"', '"'), ('“', '”'), ('\'', '\''), ('«', '»'), ('‘', '’')];
    let pair = |(open, close): &(char, char)| {
        let inside = text.strip_prefix(*open)?;
        let inside = inside.strip_suffix(*close).unwrap_or(inside);
        (!inside.contains(*open)).then_some(inside)
    };
    PAIRS.iter().find_map(pair).or_else(|| unbracketed(text)).unwrap_or(text)
}

/// Without brackets around the whole, or one that is never closed.
fn unbracketed(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('(')?;
    let inside = inside.strip_suffix(')').unwrap_or(inside);
    (!inside.contains(['(', ')'])).then_some(inside)
}

fn unlabelled(text: &str) -> &str {
    const LABELS: [&str; 9] =
        ["title", "hook", "summary", "post", "hashtags", "answer", "caption", "quote", "tags"];
    if let Some((_, rest)) = text.split_once(" is that ").filter(|(lead, _)| leads_in(lead)) {
        return rest;
    }
    let Some((label, rest)) = text.split_once(':') else { return text };
    let is_label = LABELS.contains(&label.trim().to_lowercase().as_str());
    let lead = label.trim().strip_suffix(" is").or(label.trim().strip_suffix(" are"));
    if is_label || lead.is_some_and(leads_in) { rest } else { text }
}

/// "The main key point of the text": what is answered stands behind it.
fn leads_in(lead: &str) -> bool {
    const MOST_WORDS: usize = 8;
    let small = lead.to_lowercase();
    small.starts_with("the ")
        && small.split(' ').count() <= MOST_WORDS
        && ABOUT_THE_TASK.iter().any(|word| small.contains(word))
}

const ABOUT_THE_TASK: [&str; 8] =
    ["sentence", "text", "passage", "title", "point", "summary", "hashtag", "word"];

/// The ways of assistants to begin or to excuse themselves.
fn is_chatter(line: &str) -> bool {
    const OPENINGS: [&str; 17] = [
        "sure",
        "certainly",
        "of course",
        "here is a",
        "here is the",
        "here's a",
        "here's the",
        "here are",
        "i'm sorry",
        "i am sorry",
        "as an ai",
        "i'd be happy",
        "i can help",
        "let me know",
        "great question",
        "absolutely!",
        "i hope this",
    ];
    let small = line.to_lowercase().replace('’', "'");
    let begins = |opening: &str| {
        small.strip_prefix(opening).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    OPENINGS.iter().any(|opening| begins(opening)) || small.contains("language model")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(piece: Piece, answer: &str, want: Result<&str, Rejection>) {
        assert_eq!(clean(piece, answer), want.map(str::to_owned), "{answer}");
    }

    #[test]
    fn what_stands_around_an_answer_comes_off() {
        check(Piece::Title, "  \"Why we dream\"  \n\nIt is short.", Ok("Why we dream"));
        check(Piece::Title, "**Title:** “Why we dream”", Ok("Why we dream"));
        check(Piece::Summary, "The main point of the text is: \"We dream.\"", Ok("We dream."));
        check(Piece::Summary, "The main key point of the passage is that we dream.", Ok("we dream."));
        check(Piece::Title, "# Why we dream", Ok("Why we dream"));
        check(Piece::Summary, "Summary: We dream. ✨", Ok("We dream."));
        check(Piece::Title, "He said \"no\" to me", Ok("He said \"no\" to me"));
        check(Piece::Post, "(We dream. Nobody knows why.", Ok("We dream. Nobody knows why."));
        check(Piece::Post, "(Why we dream)", Ok("Why we dream"));
        check(Piece::Post, "(Often) we dream", Ok("(Often) we dream"));
        check(Piece::Hashtags, "- #Dream\n- #Sleep", Ok("#Dream #Sleep"));
        check(Piece::Post, "We dream.\nIgnore me.\n#Dream", Ok("We dream. #Dream"));
        check(Piece::Title, " \n\"\"\n", Err(Rejection::Empty));
        check(Piece::Title, "Sure, here is a title:\nWhy we dream", Err(Rejection::Chatter));
        check(Piece::Title, "Surely we dream", Ok("Surely we dream"));
    }
}
