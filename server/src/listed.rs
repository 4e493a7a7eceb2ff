//! Files as they were when they were listed: one that was changed, replaced, or swapped for a link since then is not opened. Knows
//! the file system; refuses to know addresses.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::future::Future;
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncRead, AsyncSeek, ReadBuf};
use tower_http::services::fs::{Backend, File, Metadata};

/// Suffixes of precompressed twins, which are chosen by negotiation and cannot be asked for by name.
const TWINS: [&str; 2] = ["br", "gz"];

/// Whether a file of this name is made of another one, whose name it lengthens.
pub fn is_twin(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| TWINS.contains(&extension))
}

/// By what a file is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    device: u64,
    inode: u64,
    bytes: u64,
    /// Of the last change of its content, since 1970.
    changed: Duration,
}

impl Identity {
    /// `None` for what is not a plain file.
    pub fn of(about: &std::fs::Metadata) -> Option<Self> {
        let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let known = Self { device: about.dev(), inode: about.ino(), bytes: about.len(), changed };
        about.is_file().then_some(known)
    }
}

impl Metadata for Identity {
    fn is_dir(&self) -> bool {
        false
    }

    fn modified(&self) -> io::Result<SystemTime> {
        Ok(UNIX_EPOCH + self.changed)
    }

    fn len(&self) -> u64 {
        self.bytes
    }
}

/// The files that may be opened, by their paths.
#[derive(Debug, Clone, Default)]
pub struct Listed(Arc<HashMap<PathBuf, Identity>>);

impl From<HashMap<PathBuf, Identity>> for Listed {
    fn from(files: HashMap<PathBuf, Identity>) -> Self {
        Self(Arc::new(files))
    }
}

impl Listed {
    fn identity(&self, path: &Path) -> io::Result<Identity> {
        self.0.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// An open file that is the one that was listed.
#[derive(Debug)]
pub struct ListedFile {
    file: tokio::fs::File,
    identity: Identity,
}

/// # Errors
/// Where the file is not the one that was listed: `InvalidData`, or, for a twin, `NotFound`: the file that it was made of will do.
fn open(path: &Path, identity: Identity) -> io::Result<ListedFile> {
    let is_twin = path.file_name().and_then(OsStr::to_str).is_some_and(is_twin);
    let kind = if is_twin { io::ErrorKind::NotFound } else { io::ErrorKind::InvalidData };
    let changed = || io::Error::from(kind);
    let no_links = rustix::fs::OFlags::NOFOLLOW.union(rustix::fs::OFlags::NONBLOCK);
    // These flags fit the type that the standard library wants.
    let flags = i32::try_from(no_links.bits()).map_err(io::Error::other)?;
    let opened = std::fs::OpenOptions::new().read(true).custom_flags(flags).open(path);
    let file = opened.map_err(|_| changed())?;
    if Identity::of(&file.metadata()?) != Some(identity) {
        return Err(changed());
    }
    Ok(ListedFile { file: tokio::fs::File::from_std(file), identity })
}

impl Backend for Listed {
    type File = ListedFile;
    type Metadata = Identity;
    type OpenFuture = Pin<Box<dyn Future<Output = io::Result<ListedFile>> + Send>>;
    type MetadataFuture = std::future::Ready<io::Result<Identity>>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        let identity = self.identity(&path);
        Box::pin(async move {
            let identity = identity?;
            tokio::task::spawn_blocking(move || open(&path, identity)).await.map_err(io::Error::other)?
        })
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        std::future::ready(self.identity(&path))
    }
}

impl File for ListedFile {
    type Metadata = Identity;
    type MetadataFuture<'a> = std::future::Ready<io::Result<Identity>>;

    fn metadata(&self) -> Self::MetadataFuture<'_> {
        std::future::ready(Ok(self.identity))
    }
}

impl AsyncRead for ListedFile {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> std::task::Poll<io::Result<()>> {
        Pin::new(&mut self.file).poll_read(cx, into)
    }
}

impl AsyncSeek for ListedFile {
    fn start_seek(mut self: Pin<&mut Self>, position: io::SeekFrom) -> io::Result<()> {
        Pin::new(&mut self.file).start_seek(position)
    }

    fn poll_complete(
        mut self: Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<io::Result<u64>> {
        Pin::new(&mut self.file).poll_complete(cx)
    }
}
