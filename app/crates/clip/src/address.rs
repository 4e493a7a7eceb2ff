//! What may be asked of the network at all: a plain path of Incut's own server. Page and engine have one door to the net each, and both
//! hold what goes out against this.

/// Whether `path` names a file of the own origin and says nothing beside that: no other host, no query, no fragment.
pub fn is_own_file(path: &str) -> bool {
    // A browser reads a backslash as a slash, and drops line ends and tabs before it looks.
    let is_plain = |c: char| !c.is_control() && !matches!(c, '?' | '#' | '\\');
    path.starts_with('/') && !path.starts_with("//") && path.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_of_the_own_server_are() {
        for path in ["/models/models.json", "/fonts/caption.woff2", "/", "/a b/ü.mp4"] {
            assert!(is_own_file(path), "{path}");
        }
        for path in [
            "",
            "models.json",
            "//elsewhere/x",
            "/\\elsewhere/x",
            "/\t/elsewhere",
            "https://elsewhere",
            "/a?words",
            "/a#b",
        ] {
            assert!(!is_own_file(path), "{path}");
        }
    }
}
