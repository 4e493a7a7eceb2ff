//! A Rust source as words: enough to find the paths in it.

/// Names, `::`, and single characters of everything else; no comments, no contents of strings.
pub fn words(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| if is_string(token) { "\"" } else { token }.to_owned()).collect()
}

/// The same with strings as they stand there.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, is_token) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), false)
        } else if rest.starts_with("/*") {
            (length_of_comment(rest), false)
        } else if let Some(length) = length_of_string(rest) {
            (length, true)
        } else if is_name(&rest[..first.len_utf8()]) {
            let end = rest.find(|other: char| !other.is_alphanumeric() && other != '_');
            (end.unwrap_or(rest.len()), true)
        } else if rest.starts_with("::") {
            (2, true)
        } else {
            (first.len_utf8(), !first.is_whitespace())
        };
        if is_token {
            tokens.push(&rest[..length]);
        }
        rest = &rest[length..];
    }
    tokens
}

/// Whether a token is a string or a character, with its quotation marks.
fn is_string(token: &str) -> bool {
    token.len() > 1 && token.ends_with(['"', '\'', '#'])
}

pub fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Comments nest.
fn length_of_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let (step, change) = match &text.as_bytes()[at..] {
            [b'/', b'*', ..] => (2, 1),
            [b'*', b'/', ..] => (2, -1),
            _ => (1, 0),
        };
        (at, depth) = (at + step, depth + change);
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// Of a string or a character that `text` begins with; a lifetime is neither.
fn length_of_string(text: &str) -> Option<usize> {
    let bare = text.strip_prefix('b').unwrap_or(text);
    let before = text.len() - bare.len();
    if let Some(raw) = bare.strip_prefix('r') {
        let inner = raw.trim_start_matches('#');
        let end = format!("\"{}", "#".repeat(raw.len() - inner.len()));
        let inner = inner.strip_prefix('"')?;
        let length = inner.find(&end).map_or(inner.len(), |at| at + end.len());
        return Some(text.len() - inner.len() + length);
    }
    let quote = bare.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let mut letters = bare.char_indices().skip(1);
    let mut count = 0;
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            return Some(before + at + 1);
        }
        if letter == '\\' {
            letters.next();
        } else if quote == '\'' && count == 1 {
            return None;
        }
        count += 1;
    }
    None
}

/// `words` without what stands under `#[cfg(test)]`.
pub fn without_tests<W: AsRef<str> + Clone>(words: Vec<W>) -> Vec<W> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if words[at..].iter().zip(MARK).filter(|(word, mark)| word.as_ref() == *mark).count() == MARK.len() {
            at = end_of_item(&words, at + MARK.len());
        } else {
            kept.push(words[at].clone());
            at += 1;
        }
    }
    kept
}

/// Behind the item that begins at `at`: its semicolon, or the end of its body.
fn end_of_item<W: AsRef<str>>(words: &[W], mut at: usize) -> usize {
    let is_import =
        words[at..].iter().take(5).map(W::as_ref).take_while(|word| *word != "{").any(|word| word == "use");
    let mut depth = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        match word.as_ref() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth -= 1;
                if depth == 0 && word.as_ref() == "}" && !is_import {
                    break;
                }
            }
            ";" if depth == 0 => break,
            _ => {}
        }
    }
    at
}
