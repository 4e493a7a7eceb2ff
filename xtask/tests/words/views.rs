//! What the strings of a `view!` are: text that is read, the value of an attribute, or neither. Knows the markup of Leptos, and no words.

/// What a token is to the view that it stands in.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Role {
    #[default]
    Code,
    /// A child of an element: shown.
    Text,
    /// Part of the value of this attribute.
    Value(String),
}

/// The role of each token.
pub fn roles(tokens: &[&str]) -> Vec<Role> {
    let mut roles = vec![Role::Code; tokens.len()];
    for at in 0..tokens.len() {
        // A view within another one comes later, and knows better.
        if tokens[at..].starts_with(&["view", "!"]) && tokens.get(at + 2).is_some_and(|next| is_open(next)) {
            let end = end_of_group(tokens, at + 2);
            roles[at + 2..end].fill(Role::Code);
            read_children(tokens, at + 3, end - 1, &mut roles);
        }
    }
    roles
}

fn is_open(token: &str) -> bool {
    matches!(token, "{" | "(" | "[")
}

/// Behind the bracket that closes the one at `at`.
pub fn end_of_group(tokens: &[&str], at: usize) -> usize {
    let mut depth = 0;
    for (place, token) in tokens.iter().enumerate().skip(at) {
        if is_open(token) {
            depth += 1;
        } else if matches!(*token, "}" | ")" | "]") {
            depth -= 1;
            if depth == 0 {
                return place + 1;
            }
        }
    }
    tokens.len()
}

fn read_children(tokens: &[&str], mut at: usize, end: usize, roles: &mut [Role]) {
    while at < end {
        at = match tokens[at] {
            "<" => end_of_tag(tokens, at, end, roles),
            "{" => end_of_group(tokens, at),
            _ => {
                roles[at] = Role::Text;
                at + 1
            }
        };
    }
}

/// Behind the tag that begins at `at`; gives what stands in it the role of its attribute's value.
fn end_of_tag(tokens: &[&str], at: usize, end: usize, roles: &mut [Role]) -> usize {
    let mut attribute = None;
    let mut at = at + 1;
    while at < end {
        let next = match tokens[at] {
            // The type that a closure gives.
            ">" if tokens[at - 1] == "-" => at + 1,
            ">" => return at + 1,
            "::" if tokens.get(at + 1) == Some(&"<") => end_of_angle(tokens, at + 1, end),
            "=" if tokens.get(at + 1) != Some(&"=") && !matches!(tokens[at - 1], "=" | "!") => {
                attribute = Some(name_before(tokens, at));
                at + 1
            }
            token if is_open(token) => end_of_group(tokens, at).min(end),
            _ => at + 1,
        };
        if let Some(name) = &attribute {
            roles[at..next].fill(Role::Value(name.clone()));
        }
        at = next;
    }
    end
}

fn end_of_angle(tokens: &[&str], at: usize, end: usize) -> usize {
    let mut depth = 0;
    for (place, token) in tokens.iter().enumerate().take(end).skip(at) {
        match *token {
            "<" => depth += 1,
            ">" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return place + 1;
        }
    }
    end
}

/// The name in front of an equals sign, its parts joined by hyphens and colons.
fn name_before(tokens: &[&str], equals: usize) -> String {
    let mut start = equals - 1;
    while start >= 2 && matches!(tokens[start - 1], "-" | ":") {
        start -= 2;
    }
    tokens[start..equals].concat()
}
