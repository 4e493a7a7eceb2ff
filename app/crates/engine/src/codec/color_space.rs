//! Colors between ITU-T H.273 code points and the names that WebCodecs has for them.

use crate::web::js;
use js_sys::Object;
use media::facts::Color;
use wasm_bindgen::JsValue;

const PRIMARIES: [(u16, &str); 5] =
    [(1, "bt709"), (5, "bt470bg"), (6, "smpte170m"), (9, "bt2020"), (12, "smpte432")];
const TRANSFERS: [(u16, &str); 8] = [
    (1, "bt709"),
    (6, "smpte170m"),
    (8, "linear"),
    (13, "iec61966-2-1"),
    (16, "pq"),
    (18, "hlg"),
    // The curves of BT.2020 are BT.709's.
    (14, "bt709"),
    (15, "bt709"),
];
const MATRICES: [(u16, &str); 5] =
    [(0, "rgb"), (1, "bt709"), (5, "bt470bg"), (6, "smpte170m"), (9, "bt2020-ncl")];

/// A `VideoColorSpaceInit`; what WebCodecs has no name for is left out.
pub fn init(color: Color) -> JsValue {
    let fields = [
        ("primaries", color.primaries, &PRIMARIES[..]),
        ("transfer", color.transfer, &TRANSFERS[..]),
        ("matrix", color.matrix, &MATRICES[..]),
    ];
    let space: Object = js::dictionary(&[("fullRange", color.full_range.into())]);
    for (field, code, names) in fields {
        if let Some((_, name)) = names.iter().find(|(known, _)| *known == code) {
            js::set(&space, field, &(*name).into());
        }
    }
    space.into()
}

/// What a `VideoColorSpace` says; 2 where it is silent.
pub fn color_of(space: &JsValue) -> Color {
    let code = |field: &str, names: &[(u16, &str)]| {
        let name = js::get(space, field).as_string();
        let known = names.iter().find(|(_, known)| name.as_deref() == Some(*known));
        known.map_or(2, |(code, _)| *code)
    };
    Color {
        primaries: code("primaries", &PRIMARIES),
        transfer: code("transfer", &TRANSFERS),
        matrix: code("matrix", &MATRICES),
        full_range: js::get(space, "fullRange").as_bool().unwrap_or(false),
    }
}
