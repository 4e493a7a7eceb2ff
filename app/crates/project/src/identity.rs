//! Which kept project a file belongs to: by its content where that is known, else by its name and its size.
//! Plain data; the content's fingerprint is taken elsewhere.

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

/// What is known of a file before it is opened: enough to recognize it on another day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileLabel {
    pub name: String,
    pub bytes: u64,
    /// Milliseconds since 1970, as the file system says.
    pub modified_ms: i64,
    /// Of its content; `None` where it could not be taken, or was not when the project was made.
    pub fingerprint: Option<String>,
    /// What its project is kept under, where that is not the name: the file was renamed, or another one has this name and size.
    pub kept_as: Option<String>,
}

impl FileLabel {
    /// The name that the project is kept under.
    pub fn project_name(&self) -> &str {
        self.kept_as.as_deref().unwrap_or(&self.name)
    }

    /// Whether two labels belong to one project. The time of change is left out: copies and downloads alter it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.project_name() == other.project_name() && self.bytes == other.bytes
    }

    /// A name for this file's project that is safe as a folder's and the same on another day: its length, and FNV-1a of its own.
    pub fn short(&self) -> String {
        let hash = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        let hash = self.project_name().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, hash);
        format!("{:x}-{hash:016x}", self.bytes)
    }
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

    #[test]
    fn a_projects_folder_is_the_same_on_another_day_and_another_for_another_file() {
        let label = |name: &str, bytes| FileLabel {
            name: name.into(),
            bytes,
            modified_ms: 7,
            ..FileLabel::default()
        };
        let short = |name: &str, bytes| label(name, bytes).short();
        // FNV-1a of "a", from the test vectors of its authors.
        assert_eq!(short("a", 16), "10-af63dc4c8601ec8c");
        assert_eq!(short("", 0), "0-cbf29ce484222325");
        assert_ne!(short("talk.mp4", 1), short("talk.mp4", 2));
        assert_ne!(short("talk.mp4", 1), short("talk2.mp4", 1));
        let renamed = FileLabel { kept_as: Some("talk.mp4".into()), ..label("final.mp4", 1) };
        assert_eq!(renamed.short(), short("talk.mp4", 1));
    }
}
