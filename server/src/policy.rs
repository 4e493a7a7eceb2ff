//! The headers that keep media in the tab. They stand on every response, because one file without them, framed or run
//! as a worker, may speak to anyone. Knows browsers' policies; refuses to know which file is being answered.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Directives that do not depend on the page. `'wasm-unsafe-eval'` allows compiling WebAssembly and nothing else.
/// Pictures and video of the opened file are `blob:` addresses of this very tab; the page's icon stands in the page, as `data:`.
/// `webrtc` is known to no browser yet that this was tried in; it costs nothing.
const CSP_FIXED: &str = "default-src 'none'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; \
     worker-src 'self'; manifest-src 'self'; font-src 'self'; form-action 'none'; frame-src 'none'; \
     base-uri 'none'; frame-ancestors 'none'; object-src 'none'; webrtc 'block'";

/// Everything a page could ask for that Incut has no use for. What is left out stays at the browser's default:
/// full screen, picture in picture, wake lock, autoplay and cross-origin isolation.
const PERMISSIONS_OFF: &[&str] = &[
    "accelerometer",
    "bluetooth",
    "browsing-topics",
    "camera",
    "captured-surface-control",
    "clipboard-read",
    "compute-pressure",
    "deferred-fetch",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "language-model",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "serial",
    "storage-access",
    "summarizer",
    "sync-xhr",
    "translator",
    "unload",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

/// The response headers of one built page.
#[derive(Debug, Clone)]
pub struct Policy {
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// Hashes of what stands inline in the page, in base64, as a policy names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InlineHashes {
    pub scripts: Vec<String>,
    pub styles: Vec<String>,
}

impl Policy {
    /// The policy under which exactly the inline scripts and styles of `inline` run.
    pub fn for_page(inline: &InlineHashes) -> Self {
        let sources =
            |hashes: &[String]| hashes.iter().map(|hash| format!(" 'sha256-{hash}'")).collect::<String>();
        let csp = format!(
            "{CSP_FIXED}; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'{}",
            sources(&inline.scripts),
            sources(&inline.styles)
        );
        let permissions =
            PERMISSIONS_OFF.iter().map(|name| format!("{name}=()")).collect::<Vec<_>>().join(", ");
        let fixed = [
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            // Scripts run only where their hash stands beside their name.
            ("integrity-policy", "blocked-destinations=(script)"),
            // Closes what a content security policy leaves open: navigation, WebRTC, early connections.
            ("connection-allowlist", "(response-origin)"),
        ];
        let mut headers: Vec<_> = fixed
            .into_iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        for (name, value) in [
            (header::CONTENT_SECURITY_POLICY, csp),
            (HeaderName::from_static("permissions-policy"), permissions),
        ] {
            // Base64 and the constants above are visible ASCII; a value that were not would leave the strictest policy.
            let value = HeaderValue::try_from(value)
                .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
            headers.push((name, value));
        }
        Self { headers }
    }

    /// The headers as text, name and value, for whoever else answers with files of the page: its service worker.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// Sets the headers, replacing what stands there.
    pub fn apply(&self, to: &mut HeaderMap) {
        for (name, value) in &self.headers {
            to.insert(name.clone(), value.clone());
        }
    }
}

impl InlineHashes {
    /// Reads the inline scripts and styles of a built page. It is our own build's output: well-formed, elements in
    /// lower case.
    pub fn of_page(html: &str) -> Self {
        Self { scripts: hashes_of(html, "script"), styles: hashes_of(html, "style") }
    }
}

fn hashes_of(html: &str, element: &str) -> Vec<String> {
    use base64::Engine as _;
    use sha2::{Digest, Sha256};
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find(&open) {
        rest = &rest[start + open.len()..];
        let Some(tag_end) = rest.find('>') else { break };
        let (attributes, body) = (&rest[..tag_end], &rest[tag_end + 1..]);
        let Some(end) = body.find(&close) else { break };
        let text = &body[..end];
        if !attributes.contains("src=") && !text.is_empty() {
            found.push(base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes())));
        }
        rest = &body[end + close.len()..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_and_styles_are_hashed_and_linked_ones_are_not() {
        let page =
            "<style>a{}</style><script src=\"/x.js\"></script><script type=\"module\">alert(1)</script>";
        let hashes = InlineHashes::of_page(page);
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert_eq!(hashes.scripts, ["bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI="]);
        assert_eq!(hashes.styles.len(), 1);
    }

    #[test]
    fn an_unfinished_page_gives_no_hash() {
        assert_eq!(InlineHashes::of_page("<script>never closed"), InlineHashes::default());
    }
}
