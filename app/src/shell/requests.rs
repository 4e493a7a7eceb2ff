//! What was asked of a network, and what of it is Incut's own: files that the page is made of, and models. Anything else is unexpected.
//! Plain data; whoever sees requests tells of them here.

use crate::format;
use text::say;

/// One request, and how much came for it as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub url: String,
    pub bytes: u64,
}

/// A file of Incut's own, fetched plainly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    Model,
    Font,
    Icon,
    Page,
}

impl Own {
    const ALL: [Self; 4] = [Self::Model, Self::Font, Self::Icon, Self::Page];

    /// So many of them.
    fn counted(self, count: usize) -> String {
        match self {
            Self::Model => say!("page-requests-models", count = count),
            Self::Font => say!("page-requests-fonts", count = count),
            Self::Icon => say!("page-requests-icons", count = count),
            Self::Page => say!("page-requests-pages", count = count),
        }
    }
}

/// Files of the page that lie at its root; the build puts a hash into the names of most.
const AT_ROOT: [&str; 8] =
    ["", "sw.js", "boot.js", "manifest.webmanifest", "engine-", "incut-app-", "page-", "sample-"];

impl Request {
    /// `None`: it is no plain request for a file of `origin` that Incut is made of.
    fn own(&self, origin: &str) -> Option<Own> {
        let path = self.url.strip_prefix(origin)?.strip_prefix('/')?;
        let path = path.split_once('#').map_or(path, |(path, _)| path);
        if self.method != "GET" || path.contains('?') {
            return None;
        }
        match path.split_once('/') {
            Some(("models", _)) => Some(Own::Model),
            Some(("fonts", _)) => Some(Own::Font),
            Some(("icons", _)) => Some(Own::Icon),
            Some(_) => None,
            None => {
                let is_known = |known: &str| match known.ends_with('-') {
                    true => path.starts_with(known),
                    false => path == known,
                };
                AT_ROOT.into_iter().any(is_known).then_some(Own::Page)
            }
        }
    }
}

/// What was asked for since a file was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Requests {
    all: Vec<Request>,
}

impl Requests {
    pub fn add(&mut self, request: Request) {
        self.all.push(request);
    }

    /// So much came for the last request of that address.
    pub fn received(&mut self, url: &str, bytes: u64) {
        if let Some(request) = self.all.iter_mut().rev().find(|request| request.url == url) {
            request.bytes = bytes;
        }
    }

    pub fn urls(&self) -> Vec<String> {
        self.all.iter().map(|request| request.url.clone()).collect()
    }

    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Addresses of what is none of Incut's own files.
    pub fn unexpected(&self, origin: &str) -> Vec<&str> {
        let strange = self.all.iter().filter(|request| request.own(origin).is_none());
        strange.map(|request| request.url.as_str()).collect()
    }

    /// “4 model files, 98 MB, nothing sent”; empty where nothing was asked for.
    pub fn words(&self, origin: &str) -> String {
        let mut parts: Vec<String> = Vec::new();
        for kind in Own::ALL {
            match self.all.iter().filter(|request| request.own(origin) == Some(kind)).count() {
                0 => {}
                count => parts.push(kind.counted(count)),
            }
        }
        let bytes: u64 = self.all.iter().map(|request| request.bytes).sum();
        if bytes > 0 {
            parts.push(format::size(bytes));
        }
        match self.unexpected(origin).len() {
            0 if parts.is_empty() => {}
            0 => parts.push(say!("page-requests-nothing-sent")),
            count => parts.insert(0, say!("page-requests-unexpected", count = count)),
        }
        parts.join(&say!("common-comma"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://incut.example";

    fn requests(of: &[(&str, &str, u64)]) -> Requests {
        let mut requests = Requests::default();
        for (method, url, bytes) in of {
            let url = if url.starts_with('/') { format!("{ORIGIN}{url}") } else { (*url).to_owned() };
            requests.add(Request { method: (*method).into(), url: url.clone(), bytes: 0 });
            requests.received(&url, *bytes);
        }
        requests
    }

    #[test]
    fn own_files_are_named_and_are_no_alarm() {
        let own = requests(&[
            ("GET", "/models/models.json", 9_000),
            ("GET", "/models/base/model-00001-of-00002.safetensors", 80_000_000),
            ("GET", "/models/base/model-00002-of-00002.safetensors", 18_000_000),
            ("GET", "/models/base/tokenizer.json", 1_000),
            ("GET", "/icons/favicon.svg", 0),
            ("GET", "/engine-0123456789abcdef.js#7f", 0),
            ("GET", "/", 0),
        ]);
        assert_eq!(own.words(ORIGIN), "4 model files, 1 icon, 2 files of the page, 98.0 MB, nothing sent");
        assert_eq!((own.count(), own.unexpected(ORIGIN).len()), (7, 0));
        assert_eq!(Requests::default().words(ORIGIN), "");
    }

    #[test]
    fn anything_else_is_unexpected() {
        for (method, url) in [
            ("GET", "https://elsewhere.example/models/tiny.en/model.safetensors"),
            ("GET", "https://incut.example.evil/models/a"),
            ("POST", "/models/tiny.en/model.safetensors"),
            ("GET", "/models/models.json?secret"),
            ("GET", "/?secret"),
            ("GET", "/words/of/a/talk"),
            ("GET", "/words"),
            ("GET", "wss://incut.example/"),
        ] {
            let all = requests(&[("GET", "/models/models.json", 5_000), (method, url, 0)]);
            assert_eq!(all.unexpected(ORIGIN).len(), 1, "{method} {url}");
            assert_eq!(all.words(ORIGIN), "1 unexpected, 1 model file, 5 kB", "{method} {url}");
        }
    }
}
