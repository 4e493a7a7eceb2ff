//! The closed set of files that can be asked for, listed once at the start: a path is answered only if it names one of
//! them, so there is nothing to traverse, no hidden file, no link that leads elsewhere, no folder. Ranges,
//! validators and precompressed variants are tower-http's; refuses to know why a request was let through.

use crate::listed::{Identity, Listed, is_twin};
use crate::policy::InlineHashes;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tower_http::services::ServeDir;
use tower_http::services::fs::DefaultServeDirFallback;

/// Under this path the models folder is handed out.
const MODELS_PREFIX: &str = "/models";
const SERVICE_WORKER: &str = "/sw.js";
const CHANGED: &str = "This file was changed after the server had started. Start the server again.\n";
/// Folders nest no deeper in what we build.
const DEEPEST: usize = 8;

/// The file service over the listed files.
type Files = ServeDir<DefaultServeDirFallback, Listed>;

/// Why a site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    #[error("cannot read {}: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{} has no index.html: build the page first", .0.display())]
    NoPage(PathBuf),
}

/// The files of a page and of its models.
#[derive(Debug)]
pub struct Site {
    assets: HashMap<String, Asset>,
    page: Files,
    models: Files,
    inline: InlineHashes,
}

#[derive(Debug)]
struct Asset {
    folder: Folder,
    /// The path inside its folder, as the file service is asked for it.
    inner: Uri,
    cache: HeaderValue,
    media_type: Option<HeaderValue>,
}

#[derive(Debug, Clone, Copy)]
enum Folder {
    Page,
    Models,
}

impl Site {
    /// Lists the files of `dist` (the built page) and, under `/models/`, of `models`.
    ///
    /// # Errors
    /// [`SiteError`] where a folder cannot be read or `dist` holds no page.
    pub fn scan(dist: &Path, models: Option<&Path>) -> Result<Self, SiteError> {
        let index = dist.join("index.html");
        if !index.is_file() {
            return Err(SiteError::NoPage(dist.to_owned()));
        }
        let html =
            std::fs::read_to_string(&index).map_err(|source| SiteError::Read { path: index, source })?;
        let mut found = Found::default();
        found.list(dist, Folder::Page)?;
        if let Some(models) = models {
            found.list(models, Folder::Models)?;
        }
        let Found { mut assets, files: listed } = found;
        let listed = Listed::from(listed);
        if let Some(page) = assets.get("/index.html").map(Asset::again) {
            assets.insert("/".to_owned(), page);
        }
        let files = |root: &Path| {
            Files::with_backend(root, listed.clone())
                .append_index_html_on_directories(false)
                .precompressed_br()
                .precompressed_gzip()
        };
        let inline = InlineHashes::of_page(&html);
        Ok(Self { assets, page: files(dist), models: files(models.unwrap_or(dist)), inline })
    }

    /// What stands inline in the page and must be allowed to run.
    pub fn inline_hashes(&self) -> &InlineHashes {
        &self.inline
    }

    /// Whether `path` names an asset.
    pub fn knows(&self, path: &str) -> bool {
        self.assets.contains_key(path)
    }

    /// The file that `request` names, or 404.
    pub async fn hand_out(&self, request: Request<Body>) -> Response {
        let Some(asset) = self.assets.get(request.uri().path()) else { return not_found() };
        let (mut parts, body) = request.into_parts();
        parts.uri = asset.inner.clone();
        // A range asked for under a condition that is not checked here is answered with the whole file, as a server may.
        if parts.headers.contains_key(header::IF_RANGE) {
            parts.headers.remove(header::RANGE);
        }
        // Brotli at its highest level, made once at build time, is smaller than what a client may name first.
        if takes_brotli(&parts.headers) {
            parts.headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("br, gzip;q=0.5"));
        }
        let mut folder = match asset.folder {
            Folder::Page => self.page.clone(),
            Folder::Models => self.models.clone(),
        };
        let mut response = match folder.try_call(Request::from_parts(parts, body)).await {
            Ok(response) => response.map(Body::new),
            // Listed at the start, another file or none now: its policy and its hashes may be others too.
            Err(_) => return (StatusCode::SERVICE_UNAVAILABLE, CHANGED).into_response(),
        };
        if response.status() == StatusCode::NOT_FOUND {
            return not_found();
        }
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, asset.cache.clone());
        if let (Some(media_type), true) = (&asset.media_type, headers.contains_key(header::CONTENT_TYPE)) {
            headers.insert(header::CONTENT_TYPE, media_type.clone());
        }
        response
    }
}

impl Asset {
    fn new(folder: Folder, inner: &str) -> Option<Self> {
        let name = inner.rsplit('/').next().unwrap_or(inner);
        let cache = if is_named_by_content(name) {
            HeaderValue::from_static("public, max-age=31536000, immutable")
        } else if inner == SERVICE_WORKER {
            // Browsers look for a newer one unasked, at any time; the page makes their copy new when it starts. No cache but
            // theirs may keep it: a worker of yesterday beside a page of today would not install.
            HeaderValue::from_static("private, max-age=86400")
        } else {
            HeaderValue::from_static("no-cache")
        };
        let media_type = media_type(name).map(HeaderValue::from_static);
        Some(Self { folder, inner: inner.parse().ok()?, cache, media_type })
    }

    fn again(&self) -> Self {
        Self {
            folder: self.folder,
            inner: self.inner.clone(),
            cache: self.cache.clone(),
            media_type: self.media_type.clone(),
        }
    }
}

fn not_found() -> Response {
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    (StatusCode::NOT_FOUND, headers, "There is nothing here.\n").into_response()
}

/// What lies in the folders.
#[derive(Default)]
struct Found {
    assets: HashMap<String, Asset>,
    files: HashMap<PathBuf, Identity>,
}

impl Found {
    /// Adds every plain file under `root`. Links and names that begin with a dot are passed over. A precompressed twin is no address
    /// of its own, whether or not the file that it was made of is there.
    fn list(&mut self, root: &Path, folder: Folder) -> Result<(), SiteError> {
        let mut open = vec![(root.to_owned(), String::new(), 0)];
        while let Some((at, prefix, depth)) = open.pop() {
            let failed = |source| SiteError::Read { path: at.clone(), source };
            for entry in std::fs::read_dir(&at).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                // Of a link this tells about the link itself.
                let about = entry.metadata().map_err(failed)?;
                let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
                if !is_plain_name(&name) {
                    continue;
                }
                let inner = format!("{prefix}/{name}");
                if about.is_dir() && depth < DEEPEST {
                    open.push((entry.path(), inner, depth + 1));
                } else if let Some(identity) = Identity::of(&about) {
                    self.files.insert(entry.path(), identity);
                    let public = match folder {
                        Folder::Page => inner.clone(),
                        Folder::Models => format!("{MODELS_PREFIX}{inner}"),
                    };
                    if let Some(asset) = Asset::new(folder, &inner).filter(|_| !is_twin(&name)) {
                        self.assets.insert(public, asset);
                    }
                }
            }
        }
        Ok(())
    }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| coding.trim().eq_ignore_ascii_case("br"))
}

/// Names that need no escaping in an address and do not begin with a dot.
fn is_plain_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'+' | b'@');
    !name.starts_with('.') && name.bytes().all(plain)
}

/// `engine-0123456789abcdef_bg.wasm`: after a hyphen at least 12 hexadecimal digits, then `_`, `.` or another hyphen.
fn is_named_by_content(name: &str) -> bool {
    name.split(['-', '_', '.']).skip(1).any(|part| {
        part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

/// Media types that must be right for the file to work at all; the rest is left to the file service's table.
fn media_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit('.').next()? {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "safetensors" => "application/octet-stream",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "mp4" => "video/mp4",
        "txt" | "ftl" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_for_ever() {
        for (name, forever) in [
            ("engine-0123456789abcdef_bg.wasm", true),
            ("incut-app-9f86d081884c7d65.js", true),
            ("index.html", false),
            ("icon-512.png", false),
            ("model-00001-of-00002.safetensors", false),
            ("0123456789abcdef.js", false),
        ] {
            assert_eq!(is_named_by_content(name), forever, "{name}");
        }
    }
}
