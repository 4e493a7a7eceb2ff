//! The drawings used as icons, on a grid of 24 by 24. All are decoration: the text beside them carries the meaning.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Check,
    Close,
    Cog,
    Copy,
    Download,
    FarNext,
    FarPrevious,
    Film,
    Info,
    Keep,
    Keys,
    Lock,
    Next,
    Offline,
    Pause,
    Pencil,
    Play,
    Previous,
    Redo,
    Reject,
    Restore,
    Scissors,
    Search,
    Split,
    Trash,
    Undo,
    Warning,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M5 12.5 10 17.5 19 7",
            Self::Close => "M6 6 18 18 M18 6 6 18",
            Self::Cog => "M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 4.8v4.4 M9 14.8v4.4",
            Self::Copy => "M9 9h10.5v10.5H9z M15 9V4.5H4.5V15H9",
            Self::Download => "M12 4v11 M7.5 10.5 12 15l4.5-4.5 M5 19.5h14",
            Self::FarNext => "M6 6l6 6-6 6 M13 6l6 6-6 6",
            Self::FarPrevious => "M18 6l-6 6 6 6 M11 6l-6 6 6 6",
            Self::Film => "M4 5.5h16v13H4z M8 5.5v13 M16 5.5v13 M4 10h4 M4 14h4 M16 10h4 M16 14h4",
            Self::Info => "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16z M12 11.5v5 M12 8v.2",
            Self::Keep => "M7 4.5h10v15l-5-4-5 4z",
            Self::Keys => "M3.5 6.5h17v11h-17z M7 10h.1 M10.4 10h.1 M13.7 10h.1 M17 10h.1 M8 14h8",
            Self::Lock => "M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Next => "M9.5 6 15.5 12 9.5 18",
            Self::Offline => "M4 14a8 8 0 0 1 15-3.5 M5 17.5h12a3.5 3.5 0 0 0 .5-7 M9 13.5l2.5 2.5 4-4.5",
            Self::Pause => "M8.5 5.5v13 M15.5 5.5v13",
            Self::Pencil => "M5 19l1-4L16 5l3 3L9 18z M14 7l3 3",
            Self::Play => "M8 5.5v13l11-6.5z",
            Self::Previous => "M14.5 6 8.5 12 14.5 18",
            Self::Redo => "M16 5l4 4-4 4 M20 9H10a5 5 0 0 0 0 10h4",
            Self::Reject => "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16z M6.5 6.5l11 11",
            Self::Restore => "M5 4.5v5h5 M5.5 9.5A8 8 0 1 1 4.5 14",
            Self::Scissors => {
                "M7 4.5a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 0 0 0-5.4z M7 14.1a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 0 0 0-5.4z M9.2 8.8 20 17.5 M9.2 15.2 20 6.5"
            }
            Self::Search => "M10.5 4.5a6 6 0 1 1 0 12a6 6 0 0 1 0-12z M15 15l5 5",
            Self::Split => "M12 3.5v17 M8.5 7.5H4v9h4.5 M15.5 7.5H20v9h-4.5",
            Self::Trash => "M4.5 7h15 M9.5 7V4.5h5V7 M6.5 7l1 12.5h9l1-12.5 M10 11v5 M14 11v5",
            Self::Undo => "M8 5 4 9l4 4 M4 9h10a5 5 0 0 1 0 10h-4",
            Self::Warning => "M12 4 21 19.5H3z M12 10v4.5 M12 17v.2",
        }
    }
}

#[component]
pub fn Drawn(icon: Icon) -> impl IntoView {
    let filled = matches!(icon, Icon::Play);
    view! {
        <svg class="icon" class:icon-filled=filled viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path()></path>
        </svg>
    }
}

/// The mark: a wide picture, and the upright one cut from it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 40 28" aria-hidden="true" focusable="false">
            <path
                class="mark-wide"
                d="M14 3H6.5A3.5 3.5 0 0 0 3 6.5v15A3.5 3.5 0 0 0 6.5 25H14 M31 3h2.5A3.5 3.5 0 0 1 37 6.5v15a3.5 3.5 0 0 1-3.5 3.5H31"
            ></path>
            <rect class="mark-upright" x="16" y="0.5" width="13" height="27" rx="3.2"></rect>
        </svg>
    }
}
