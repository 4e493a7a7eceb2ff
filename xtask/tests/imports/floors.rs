//! Holds the rooms of a crate apart: each uses its own files and those of the floors below it. Files at the crate's root are rooms too.

use super::{Imports, imports_of};
use std::fs;
use std::path::Path;

/// From the top down; rooms of one floor know nothing of each other.
const ENGINE: [&[&str]; 6] =
    [&["session"], &["jobs"], &["picture"], &["open_file"], &["codec", "models"], &["web"]];

#[test]
fn the_rooms_of_the_engine_use_only_what_lies_below() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let start = root.join("app/crates/engine/src/lib.rs");
    let imports = imports_of(&start, &|path| fs::read_to_string(path).ok());
    let found = against(&ENGINE, &imports);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    let rooms: usize = ENGINE.iter().map(|floor| floor.len()).sum();
    let named = imports.keys().filter(|module| module.len() == 1).count();
    assert_eq!(named, rooms, "a room that no floor names");
}

#[test]
fn what_goes_up_or_next_door_is_found() {
    let one = |from: &str, to: &str| {
        let path = |name: &str| name.split("::").map(str::to_owned).collect::<Vec<_>>();
        let imports: Imports = [(path(from), [path(to)].into())].into();
        against(&ENGINE, &imports)
    };
    assert_eq!(one("web::js", "jobs"), ["web::js uses jobs"]);
    assert_eq!(one("codec::frame", "models::pool"), ["codec::frame uses models::pool"]);
    assert!(one("codec::frame", "codec::queue").is_empty() && one("jobs::open", "web::js").is_empty());
}

/// Each import that goes up, or next door.
fn against(floors: &[&[&str]], imports: &Imports) -> Vec<String> {
    let floor_of = |room: &str| floors.iter().position(|floor| floor.contains(&room));
    let mut found = Vec::new();
    for (module, named) in imports {
        for other in named {
            let (Some(from), Some(to)) = (module.first(), other.first()) else { continue };
            if from != to && floor_of(from) >= floor_of(to) {
                found.push(format!("{} uses {}", module.join("::"), other.join("::")));
            }
        }
    }
    found
}
