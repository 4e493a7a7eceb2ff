//! Which kept project a file belongs to: by its content where that is known, else by its name and its size.
//! Plain data; the content's fingerprint is taken elsewhere.

use super::FileLabel;

/// Bytes of each slice that a fingerprint is made of.
pub const SLICE_BYTES: u64 = 64 * 1024;

/// Where the slices lie that tell a file from others: its begin, its middle and its end, or all of a short one.
pub fn slices(bytes: u64) -> Vec<(u64, u64)> {
    if bytes <= 3 * SLICE_BYTES {
        return vec![(0, bytes)];
    }
    let middle = bytes / 2 - SLICE_BYTES / 2;
    [0, middle, bytes - SLICE_BYTES].map(|start| (start, start + SLICE_BYTES)).to_vec()
}

/// The label of a file whose project may be among `kept`: the same content under whatever name is the same file, the same name and
/// size with another content is another one, and a project of which no fingerprint was kept goes by name and size.
pub fn identify<'a>(label: FileLabel, kept: impl Iterator<Item = &'a FileLabel> + Clone) -> FileLabel {
    let same_size = |known: &&FileLabel| known.bytes == label.bytes;
    let of_same_content =
        |known: &&FileLabel| label.fingerprint.is_some() && known.fingerprint == label.fingerprint;
    let of_same_name = |known: &&FileLabel| known.project_name() == label.name;
    let mut kept = kept.filter(same_size);
    if let Some(known) = kept.clone().find(of_same_content) {
        let name = known.project_name().to_owned();
        return FileLabel { kept_as: Some(name).filter(|name| *name != label.name), ..label };
    }
    let is_another = kept.find(of_same_name).is_some_and(|known| known.fingerprint.is_some());
    let own_name = |print: &String| format!("{} {}", label.name, print.get(..16).unwrap_or(print));
    let kept_as = label.fingerprint.as_ref().filter(|_| is_another).map(own_name);
    FileLabel { kept_as, ..label }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(name: &str, fingerprint: Option<&str>) -> FileLabel {
        let fingerprint = fingerprint.map(|letter| letter.repeat(64));
        FileLabel { name: name.into(), bytes: 9, fingerprint, ..FileLabel::default() }
    }

    #[test]
    fn slices_are_begin_middle_and_end_and_never_more_than_there_is() {
        assert_eq!(slices(0), [(0, 0)]);
        assert_eq!(slices(3 * SLICE_BYTES), [(0, 3 * SLICE_BYTES)]);
        let long = 10 * SLICE_BYTES;
        let middle = (long / 2 - SLICE_BYTES / 2, long / 2 + SLICE_BYTES / 2);
        assert_eq!(slices(long), [(0, SLICE_BYTES), middle, (long - SLICE_BYTES, long)]);
        for (start, end) in slices(3 * SLICE_BYTES + 1) {
            assert!(start < end && end <= 3 * SLICE_BYTES + 1);
        }
    }

    #[test]
    fn a_renamed_file_is_the_same_and_another_content_is_another() {
        let kept = [label("talk.mp4", Some("a")), label("old.mp4", None)];
        let check = |name: &str, fingerprint: Option<&str>, project: &str| {
            let found = identify(label(name, fingerprint), kept.iter());
            assert_eq!((found.name.as_str(), found.project_name()), (name, project));
        };
        check("talk.mp4", Some("a"), "talk.mp4");
        check("final.mp4", Some("a"), "talk.mp4");
        check("talk.mp4", Some("b"), &format!("talk.mp4 {}", "b".repeat(16)));
        check("final.mp4", Some("b"), "final.mp4");
        // No fingerprint, of the file or of an older project: name and size.
        check("talk.mp4", None, "talk.mp4");
        check("final.mp4", None, "final.mp4");
        check("old.mp4", Some("c"), "old.mp4");
        // The other one is found again on another day, also after it was renamed.
        let other = identify(label("talk.mp4", Some("b")), kept.iter());
        let more = [kept[0].clone(), other.clone()];
        assert!(identify(label("talk.mp4", Some("b")), more.iter()).is_same(&other));
        assert!(identify(label("new.mp4", Some("b")), more.iter()).is_same(&other));
        assert!(!identify(label("talk.mp4", Some("a")), more.iter()).is_same(&other));
        // Another size is another file, whatever its slices are.
        let longer = FileLabel { bytes: 10, ..label("final.mp4", Some("a")) };
        assert_eq!(identify(longer, kept.iter()).project_name(), "final.mp4");
    }
}
