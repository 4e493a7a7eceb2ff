//! Whether what the page knows of the open project is kept: what is due, what is being written, why it failed, when it is tried again.
//! Plain data; knows neither the store nor a clock.

/// Why a project is not being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no database, or it was closed, cleared or does not answer.
    Unreachable,
    /// No room for it.
    Full,
    /// Another tab has changed what is kept since this one read it.
    Changed,
    /// It was forgotten in another tab.
    Forgotten,
    /// What is kept already cannot be read here, and is not written over.
    Unreadable,
}

impl Trouble {
    /// By the name of the browser's exception.
    pub fn of_exception(name: &str) -> Self {
        match name {
            "QuotaExceededError" => Self::Full,
            _ => Self::Unreachable,
        }
    }

    /// Whether it may pass by itself. The others are for the person to decide.
    const fn may_pass(self) -> bool {
        matches!(self, Self::Unreachable | Self::Full)
    }
}

/// Why this tab shows a project and changes nothing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnly {
    /// Another tab has it open.
    Elsewhere,
    /// It was made by a newer Incut.
    Newer,
}

/// Seconds until a failed save is tried again, by the number of failures so far; the last goes on for ever.
const PATIENCE_S: [u32; 4] = [1, 4, 15, 60];

/// How far one project is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saving {
    /// Changes so far, and how many of them are kept.
    changes: u64,
    kept: u64,
    is_writing: bool,
    /// Whether somebody is going to save what has changed.
    waits: bool,
    /// Whether it was looked for what is stored. Before that nothing may be written.
    is_known: bool,
    failures: usize,
    /// Of what is stored, as this page knows it; `None`: nothing is.
    pub revision: Option<u64>,
    pub trouble: Option<Trouble>,
    pub read_only: Option<ReadOnly>,
}

impl Saving {
    /// What is stored was looked for: its revision, `None` where nothing is.
    pub fn know(&mut self, revision: Option<u64>) {
        self.is_known = true;
        self.revision = revision;
    }

    /// Something has changed. `true`: nothing waits to save it yet, so somebody has to.
    pub fn change(&mut self) -> bool {
        self.changes += 1;
        !std::mem::replace(&mut self.waits, true)
    }

    pub fn is_due(&self) -> bool {
        self.changes != self.kept && self.read_only.is_none()
    }

    /// Takes what is due to be written. `None`: nothing is, or it is being written, or it must not be.
    /// The number is what [`Self::end`] wants back.
    pub fn begin(&mut self) -> Option<u64> {
        self.waits = false;
        if self.is_writing { None } else { self.begin_at_once() }
    }

    /// As [`Self::begin`], also while an earlier writing goes on: the page is about to go.
    pub fn begin_at_once(&mut self) -> Option<u64> {
        let may = self.is_known && self.is_due() && self.trouble.is_none_or(Trouble::may_pass);
        self.is_writing |= may;
        may.then_some(self.changes)
    }

    /// How the writing of the first `changes` changes ended, with the revision that is stored now. What failed stays due. Seconds until
    /// it has to be tried again.
    pub fn end(&mut self, changes: u64, outcome: Result<u64, Trouble>) -> Option<u32> {
        self.is_writing = false;
        match outcome {
            Ok(revision) => {
                self.kept = self.kept.max(changes);
                self.revision = Some(revision);
                (self.trouble, self.failures) = (None, 0);
                (self.is_due() && !std::mem::replace(&mut self.waits, true)).then_some(0)
            }
            Err(trouble) => {
                self.trouble = Some(trouble);
                let seconds = PATIENCE_S[self.failures.min(PATIENCE_S.len() - 1)];
                self.failures += 1;
                (trouble.may_pass() && !std::mem::replace(&mut self.waits, true)).then_some(seconds)
            }
        }
    }

    /// The person wants it kept after all. `over`: the revision that is stored and may be written over.
    pub fn insist(&mut self, over: Option<u64>) {
        self.trouble = None;
        self.revision = over;
        // Also what was only read has to be written again where it is gone.
        self.changes += 1;
    }
}

/// Whether what is stored (`None`: nothing) may be written over by who has read `known`.
pub fn may_replace(stored: Option<u64>, known: Option<u64>) -> Result<(), Trouble> {
    match (stored, known) {
        (None, Some(_)) => Err(Trouble::Forgotten),
        (stored, known) if stored == known => Ok(()),
        _ => Err(Trouble::Changed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_stays_due_and_is_tried_again_ever_later() {
        let mut saving = Saving::default();
        saving.change();
        assert_eq!(saving.begin(), None, "written before it was looked what is there");
        saving.know(None);
        assert_eq!((saving.change(), saving.change()), (true, false));
        for seconds in [1, 4, 15, 60, 60] {
            let changes = saving.begin().expect("due");
            assert_eq!(saving.end(changes, Err(Trouble::Unreachable)), Some(seconds));
            assert_eq!((saving.is_due(), saving.trouble), (true, Some(Trouble::Unreachable)));
        }
        let changes = saving.begin().expect("due");
        assert_eq!(saving.end(changes, Ok(3)), None);
        assert_eq!((saving.is_due(), saving.trouble, saving.revision), (false, None, Some(3)));
        assert_eq!(saving.begin(), None);
    }

    #[test]
    fn what_changes_while_it_is_written_is_written_next() {
        let mut saving = Saving::default();
        saving.know(None);
        saving.change();
        let first = saving.begin().expect("due");
        assert_eq!(saving.begin(), None, "two at once");
        assert!(saving.change());
        assert_eq!(saving.end(first, Ok(1)), None, "one waits already");
        assert!(saving.is_due());
        let second = saving.begin().expect("due");
        assert_eq!(saving.end(second, Ok(2)), None);
        assert!(!saving.is_due());
    }

    #[test]
    fn a_page_that_goes_does_not_wait_for_an_earlier_writing() {
        let mut saving = Saving::default();
        saving.know(Some(1));
        saving.change();
        let first = saving.begin().expect("due");
        saving.change();
        let last = saving.begin_at_once().expect("due");
        saving.end(last, Ok(2));
        saving.end(first, Ok(2));
        assert_eq!((saving.is_due(), saving.revision), (false, Some(2)));
    }

    #[test]
    fn a_conflict_waits_for_the_person() {
        for trouble in [Trouble::Changed, Trouble::Forgotten, Trouble::Unreadable] {
            let mut saving = Saving::default();
            saving.know(Some(4));
            saving.change();
            let changes = saving.begin().expect("due");
            assert_eq!(saving.end(changes, Err(trouble)), None);
            saving.change();
            assert_eq!(saving.begin(), None, "{trouble:?}");
            saving.insist(Some(7));
            assert!(saving.begin().is_some());
            assert_eq!(saving.revision, Some(7));
        }
    }

    #[test]
    fn who_only_reads_writes_nothing() {
        for read_only in [ReadOnly::Elsewhere, ReadOnly::Newer] {
            let mut saving = Saving { read_only: Some(read_only), ..Saving::default() };
            saving.know(Some(1));
            saving.change();
            assert_eq!((saving.is_due(), saving.begin()), (false, None));
        }
    }

    #[test]
    fn only_what_was_read_is_written_over() {
        let check = |stored, known, expected| assert_eq!(may_replace(stored, known), expected);
        check(None, None, Ok(()));
        check(Some(0), Some(0), Ok(()));
        check(Some(3), Some(3), Ok(()));
        check(Some(4), Some(3), Err(Trouble::Changed));
        check(Some(0), None, Err(Trouble::Changed));
        check(None, Some(3), Err(Trouble::Forgotten));
    }

    #[test]
    fn a_full_disk_is_told_from_a_closed_database() {
        assert_eq!(Trouble::of_exception("QuotaExceededError"), Trouble::Full);
        assert_eq!(Trouble::of_exception("InvalidStateError"), Trouble::Unreachable);
    }
}
