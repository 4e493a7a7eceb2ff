//! What the server will not listen to. A request is a method and a short path; whatever else could carry bytes of a
//! person's media to the server (query, body, long path, other methods) is turned down before a file is looked for.

use axum::body::{Body, HttpBody};
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Longer than any path of ours, too short to say much.
const LONGEST_PATH_BYTES: usize = 512;
/// As long as what other sites append to a link to this one.
const LONGEST_QUERY_BYTES: usize = 1024;
/// Other sites append to links whatever they count by. Here it is thrown away unread, so that the link works all the same.
const MAY_HAVE_QUERY: &str = "/";

/// Why a request is turned down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Method,
    Body,
    Query,
    LongPath,
}

/// The first reason to turn `request` down, if there is one.
pub fn reason(request: &Request<Body>) -> Option<Refusal> {
    if !is_method_known(request.method()) {
        return Some(Refusal::Method);
    }
    if has_body(request) {
        return Some(Refusal::Body);
    }
    if request.uri().path().len() > LONGEST_PATH_BYTES {
        return Some(Refusal::LongPath);
    }
    let uri = request.uri();
    let is_borne = |query: &str| uri.path() == MAY_HAVE_QUERY && query.len() <= LONGEST_QUERY_BYTES;
    uri.query().filter(|query| !is_borne(query)).map(|_| Refusal::Query)
}

pub fn is_method_known(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

fn has_body(request: &Request<Body>) -> bool {
    let declared =
        request.headers().get(header::CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0");
    declared || request.headers().contains_key(header::TRANSFER_ENCODING) || !request.body().is_end_stream()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.\n"),
            Self::Body => (StatusCode::PAYLOAD_TOO_LARGE, "This server takes nothing in.\n"),
            Self::Query => (StatusCode::BAD_REQUEST, "Addresses here have no query.\n"),
            Self::LongPath => (StatusCode::URI_TOO_LONG, "No address here is that long.\n"),
        };
        let mut response = (status, text).into_response();
        let headers = response.headers_mut();
        if self == Self::Method {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        if self == Self::Body {
            // The body is not read, so the connection cannot carry another request.
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
