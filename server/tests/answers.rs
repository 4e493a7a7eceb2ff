//! What the server answers, request by request, over a small page and a models folder made for the purpose.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use server::{RequestLog, Site};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use tower::ServiceExt as _;

const ENGINE: &str = "/engine-0123456789abcdef_bg.wasm";
const WEIGHTS: &str = "/models/tiny.en/model-00001-of-00001.safetensors";
const INLINE: &str = "import init from '/page.js';";

/// The folders live as long as the router is asked.
struct Served {
    router: Router,
    root: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn write(root: &Path, name: &str, bytes: &[u8]) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn served() -> Served {
    let root = TempDir::new().unwrap();
    let (dist, models) = (root.path().join("dist"), root.path().join("models"));
    let page = format!("<!doctype html><title>t</title><script type=module>{INLINE}</script>");
    write(&dist, "index.html", page.as_bytes());
    write(&dist, "sw.js", b"const build = 1;");
    write(&dist, "manifest.webmanifest", b"{}");
    write(&dist, "fonts/inter.woff2", b"font");
    write(&dist, &ENGINE[1..], b"\0asm plain");
    write(&dist, &format!("{}.br", &ENGINE[1..]), b"in brotli");
    write(&dist, &format!("{}.gz", &ENGINE[1..]), b"in gzip");
    write(&dist, "orphan.txt.br", b"a twin without its file");
    write(&dist, ".env", b"hidden");
    write(&dist, ".git/config", b"hidden");
    write(&models, "models.json", b"{\"version\":1}");
    write(&models, &WEIGHTS["/models/".len()..], b"0123456789");
    write(root.path(), "secret.txt", b"outside");
    std::os::unix::fs::symlink(root.path().join("secret.txt"), dist.join("link.txt")).unwrap();
    std::os::unix::fs::symlink(root.path(), dist.join("up")).unwrap();
    let site = Site::scan(&dist, Some(&models)).unwrap();
    Served { router: server::router(site, RequestLog::Off), root }
}

async fn ask(served: &Served, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let response = served.router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: body.collect().await.unwrap().to_bytes().to_vec(),
    }
}

async fn get(served: &Served, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(served, "GET", path, headers, "").await
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let served = served();
    let long = format!("/{}", "a".repeat(600));
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str, u16);
    let cases: [Case; 16] = [
        ("GET", "/", &[], "", 200),
        ("HEAD", "/", &[], "", 200),
        ("GET", "/sw.js", &[], "", 200),
        ("GET", ENGINE, &[("accept-encoding", "br")], "", 200),
        ("GET", WEIGHTS, &[("range", "bytes=2-4")], "", 206),
        ("GET", WEIGHTS, &[("range", "bytes=90-99")], "", 416),
        ("GET", WEIGHTS, &[("if-match", "\"other\"")], "", 412),
        ("GET", "/nothing", &[], "", 404),
        ("GET", "/fonts", &[], "", 404),
        ("GET", "/fonts/", &[], "", 404),
        ("GET", "/sw.js?q=1", &[], "", 400),
        ("GET", &long, &[], "", 414),
        ("POST", "/", &[], "", 405),
        ("OPTIONS", "/sw.js", &[], "", 405),
        ("GET", "/", &[], "a frame of somebody's video", 413),
        ("GET", "/", &[("transfer-encoding", "chunked")], "", 413),
    ];
    for (method, path, headers, body, status) in cases {
        let answer = ask(&served, method, path, headers, body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        for (name, value) in [
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("connection-allowlist", "(response-origin)"),
            ("integrity-policy", "blocked-destinations=(script)"),
        ] {
            assert_eq!(answer.header(name), value, "{method} {path}: {name}");
        }
        let csp = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "'wasm-unsafe-eval'",
            "webrtc 'block'",
        ] {
            assert!(csp.contains(part), "{method} {path}: {part} is not in {csp}");
        }
        assert!(!csp.contains("unsafe-inline") && !csp.contains("'unsafe-eval'") && !csp.contains("http"));
        for feature in ["camera", "bluetooth", "clipboard-read", "deferred-fetch", "unload", "language-model"]
        {
            let off = format!("{feature}=()");
            assert!(answer.header("permissions-policy").contains(&off), "{method} {path}: {off}");
        }
    }
}

#[tokio::test]
async fn the_inline_script_is_allowed_by_its_hash_and_no_other() {
    use base64::Engine as _;
    use sha2::{Digest as _, Sha256};
    let answer = get(&served(), "/", &[]).await;
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(INLINE.as_bytes()));
    let csp = answer.header("content-security-policy");
    assert!(csp.contains(&format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'")), "{csp}");
    assert_eq!(csp.matches("sha256-").count(), 1);
}

#[tokio::test]
async fn files_have_their_type_and_their_time_in_caches() {
    let forever = "public, max-age=31536000, immutable";
    let served = served();
    for (path, media_type, cache) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "private, max-age=86400"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/fonts/inter.woff2", "font/woff2", "no-cache"),
        (ENGINE, "application/wasm", forever),
        ("/models/models.json", "application/json", "no-cache"),
        (WEIGHTS, "application/octet-stream", "no-cache"),
    ] {
        let answer = get(&served, path, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), media_type, "{path}");
        assert_eq!(answer.header("cache-control"), cache, "{path}");
        let etag = answer.header("etag");
        assert!(etag.starts_with('"') && etag.len() > 2, "{path}: {etag} is not a strong validator");
        let again = get(&served, path, &[("if-none-match", etag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert!(again.body.is_empty());
        assert_eq!(again.header("cache-control"), cache, "{path}, not modified");
    }
    assert_eq!(get(&served, "/nothing", &[]).await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn the_smallest_variant_that_the_client_takes_is_sent() {
    let served = served();
    for (accepted, encoding, body) in [
        ("br, gzip, zstd", "br", "in brotli"),
        ("gzip", "gzip", "in gzip"),
        ("zstd", "", "\0asm plain"),
        ("gzip;q=0.1, br;q=0", "gzip", "in gzip"),
        ("identity", "", "\0asm plain"),
    ] {
        let answer = get(&served, ENGINE, &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(answer.body, body.as_bytes(), "{accepted}");
        assert_eq!(answer.header("content-type"), "application/wasm", "{accepted}");
        assert!(answer.header("vary").contains("accept-encoding"), "{accepted}");
    }
    let twin = get(&served, &format!("{ENGINE}.br"), &[]).await;
    assert_eq!(twin.status, StatusCode::NOT_FOUND, "a twin is not an address of its own");
}

#[tokio::test]
async fn ranges_resume_a_download_of_the_same_bytes() {
    let served = served();
    let etag = get(&served, WEIGHTS, &[]).await.header("etag").to_owned();
    for (range, content_range, body) in [
        ("bytes=0-3", "bytes 0-3/10", "0123"),
        ("bytes=7-", "bytes 7-9/10", "789"),
        ("bytes=-2", "bytes 8-9/10", "89"),
    ] {
        let answer = get(&served, WEIGHTS, &[("range", range), ("if-match", &etag)]).await;
        assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT, "{range}");
        assert_eq!(answer.header("content-range"), content_range);
        assert_eq!(answer.body, body.as_bytes(), "{range}");
    }
    let conditional = get(&served, WEIGHTS, &[("range", "bytes=7-"), ("if-range", "\"stale\"")]).await;
    assert_eq!(conditional.status, StatusCode::OK);
    assert_eq!(conditional.body, b"0123456789");
}

#[tokio::test]
async fn head_says_what_get_would_and_sends_nothing() {
    let served = served();
    let answer = ask(&served, "HEAD", WEIGHTS, &[], "").await;
    assert_eq!((answer.status, answer.header("content-length")), (StatusCode::OK, "10"));
    assert!(answer.body.is_empty());
}

#[tokio::test]
async fn nothing_outside_the_listed_files_is_reachable() {
    let served = served();
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/models/../../secret.txt",
        "/models/%2e%2e/%2e%2e/secret.txt",
        "/models/..%5c..%5csecret.txt",
        "/fonts/../index.html",
        "/%69ndex.html",
        "//index.html",
        "/index.html/",
        "/index.html%00",
        "/.env",
        "/.git/config",
        "/orphan.txt.br",
        "/orphan.txt",
        "/link.txt",
        "/up/secret.txt",
        "/up/dist/index.html",
        "/fonts",
        "/models",
        "/models/",
        "/models/tiny.en",
        "/models/index.html",
    ] {
        let answer = get(&served, path, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.headers.get(header::LOCATION).is_none(), "{path}");
        assert_eq!(answer.body, b"There is nothing here.\n", "{path}");
    }
}

#[tokio::test]
async fn what_other_sites_append_to_a_link_is_thrown_away() {
    let served = served();
    let plain = get(&served, "/", &[]).await;
    for link in ["/?utm_source=newsletter&utm_medium=email", "/?fbclid=IwAR0123456789", "/?"] {
        let answer = get(&served, link, &[]).await;
        assert_eq!((answer.status, &answer.body), (StatusCode::OK, &plain.body), "{link}");
    }
    let telling = format!("/?{}", "a".repeat(1025));
    assert_eq!(get(&served, &telling, &[]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(get(&served, "/index.html?utm_source=x", &[]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_file_that_is_not_the_one_that_was_listed_is_not_opened() {
    let served = served();
    let dist = served.root.path().join("dist");
    let secret = served.root.path().join("secret.txt");
    let swap = |name: &str| {
        fs::remove_file(dist.join(name)).unwrap();
        std::os::unix::fs::symlink(&secret, dist.join(name)).unwrap();
    };
    swap("index.html");
    fs::write(dist.join("sw.js"), "const build = 2; // longer").unwrap();
    fs::remove_file(dist.join("manifest.webmanifest")).unwrap();
    for path in ["/", "/index.html", "/sw.js", "/manifest.webmanifest"] {
        let answer = get(&served, path, &[]).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(String::from_utf8_lossy(&answer.body).contains("Start the server again"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    // A folder on the way that became a link leads to other files, however they are called.
    fs::create_dir(served.root.path().join("other")).unwrap();
    fs::write(served.root.path().join("other/inter.woff2"), b"font").unwrap();
    fs::rename(dist.join("fonts"), served.root.path().join("fonts-before")).unwrap();
    std::os::unix::fs::symlink(served.root.path().join("other"), dist.join("fonts")).unwrap();
    assert_eq!(get(&served, "/fonts/inter.woff2", &[]).await.status, StatusCode::SERVICE_UNAVAILABLE);
    // A twin that is another one is passed over; what was not touched is as it was.
    for (twin, instead) in [("br", "in gzip"), ("gz", "\0asm plain")] {
        swap(&format!("{}.{twin}", &ENGINE[1..]));
        let engine = get(&served, ENGINE, &[("accept-encoding", "br")]).await;
        assert_eq!((engine.status, engine.body.as_slice()), (StatusCode::OK, instead.as_bytes()));
    }
}

#[tokio::test]
async fn a_folder_without_a_page_is_refused_at_the_start() {
    let empty = TempDir::new().unwrap();
    assert!(matches!(Site::scan(empty.path(), None), Err(server::SiteError::NoPage(_))));
}
