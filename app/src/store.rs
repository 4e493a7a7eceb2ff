//! Projects in the browser's IndexedDB: one record for each file, found again by its project's name and size. Opens the database again when the
//! browser closed it, and writes over nothing that it has not read.
//! Knows a document as text only; its form and its versions are `project::document`'s.

use crate::browser;
use crate::state::saving::{Trouble, may_replace};
use futures::FutureExt;
use futures::future::{Either, LocalBoxFuture, Shared, select};
use idb::{
    Database, DatabaseEvent, Factory, KeyPath, ObjectStore, ObjectStoreParams, Transaction, TransactionMode,
    TransactionResult,
};
use js_sys::{Object, Reflect, Uint8Array};
use media::time::Span;
use project::identity::FileLabel;
use project::view::waveform::Waveform;
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use text::say;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbTransaction;

const DATABASE: &str = "incut";
const PROJECTS: &str = "projects";
/// A database that has not opened by then is told as not there; it is used as soon as it is.
const OPENING_LIMIT_MS: u32 = 3_000;
/// What a record consists of. All else in it is a newer page's, and is carried along.
const FIELDS: [&str; 12] = [
    "id",
    "name",
    "bytes",
    "modified_ms",
    "fingerprint",
    "kept_ms",
    "order",
    "revision",
    "document",
    "bucket_us",
    "peaks",
    "handle",
];

#[derive(Debug, Clone, thiserror::Error)]
#[error("the browser's storage did not answer: {text}")]
pub struct StoreError {
    pub trouble: Trouble,
    text: String,
}

impl StoreError {
    fn unreachable(text: impl Into<String>) -> Self {
        Self { trouble: Trouble::Unreachable, text: text.into() }
    }
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        let text = error.to_string();
        let name = text.split([':', ' ']).find(|word| word.ends_with("Error")).unwrap_or_default();
        Self { trouble: Trouble::of_exception(name), text: text.clone() }
    }
}

/// A kept project.
#[derive(Debug, Clone)]
pub struct Record {
    pub label: FileLabel,
    /// Milliseconds since 1970. For people only: clocks are set back.
    pub kept_ms: f64,
    /// Higher, the later it was opened.
    pub order: u64,
    pub document: String,
    pub waveform: Waveform,
    /// A `FileSystemFileHandle` where the browser gave one: with it the file need not be chosen again.
    pub handle: Option<JsValue>,
    /// Fields that this page does not know.
    pub unknown: Option<Object>,
}

/// What is stored under a key.
#[derive(Debug, Clone)]
pub struct Stored {
    pub key: JsValue,
    /// The whole record as it is stored.
    pub raw: JsValue,
    /// Counts the writings; 0 of a record that an earlier page wrote.
    pub revision: u64,
    /// `None`: it is no record that this page knows.
    pub record: Option<Record>,
}

type Opening = Shared<LocalBoxFuture<'static, Result<Rc<Database>, StoreError>>>;

#[derive(Default)]
struct Connection {
    open: RefCell<Option<Rc<Database>>>,
    opening: RefCell<Option<Opening>>,
}

/// The database; it is opened when it is first needed, and again when the browser closed it.
#[derive(Clone, Default)]
pub struct Store {
    connection: Rc<Connection>,
}

impl Store {
    /// Writes `record` where what is stored is of revision `known` (`None`: nothing is stored). The new revision.
    pub async fn put(&self, record: &Record, known: Option<u64>) -> Result<u64, StoreError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        let projects = projects(&transaction)?;
        let stored = projects.get(key(&record.label))?.await?;
        let revision = stored.as_ref().map(revision_of);
        if let Some(stored) = &stored {
            free_peaks(stored);
        }
        may_replace(revision, known)
            .map_err(|trouble| StoreError { trouble, text: "another tab has changed it".into() })?;
        let next = known.unwrap_or_default() + 1;
        let value = record.to_js(next);
        projects.put(&value, None)?.await?;
        free_peaks(&value);
        done(transaction).await.map(|()| next)
    }

    /// As [`Self::put`], begun before this returns and without looking at what is stored: for the owner of a project whose page is
    /// about to go. `None` where the database is not open.
    pub fn put_at_once(
        &self,
        record: &Record,
        known: Option<u64>,
    ) -> Option<impl Future<Output = Result<u64, StoreError>> + 'static> {
        let database = self.connection.open.borrow().clone()?;
        let next = known.unwrap_or_default() + 1;
        let begin = || {
            let transaction = database.transaction(&[PROJECTS], TransactionMode::ReadWrite)?;
            let value = record.to_js(next);
            projects(&transaction)?.put(&value, None)?;
            free_peaks(&value);
            Ok::<_, StoreError>(transaction.commit()?)
        };
        let begun = begin();
        Some(async move { done(begun?).await.map(|()| next) })
    }

    pub async fn get(&self, label: &FileLabel) -> Result<Option<Stored>, StoreError> {
        let transaction = self.transaction(TransactionMode::ReadOnly).await?;
        let found = projects(&transaction)?.get(key(label))?.await?;
        Ok(found.map(Stored::of))
    }

    pub async fn all(&self) -> Result<Vec<Stored>, StoreError> {
        let transaction = self.transaction(TransactionMode::ReadOnly).await?;
        let values = projects(&transaction)?.get_all(None, None)?.await?;
        Ok(values.into_iter().map(Stored::of).collect())
    }

    /// Removes what is stored under a key and gives it back.
    pub async fn take(&self, key: &JsValue) -> Result<Option<JsValue>, StoreError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        let projects = projects(&transaction)?;
        let raw = projects.get(key.clone())?.await?;
        projects.delete(key.clone())?.await?;
        done(transaction).await.map(|()| raw)
    }

    /// Puts back what [`Self::take`] gave, unless something else is stored there by now.
    pub async fn put_back(&self, raw: &JsValue) -> Result<(), StoreError> {
        let transaction = self.transaction(TransactionMode::ReadWrite).await?;
        projects(&transaction)?.add(raw, None)?.await?;
        done(transaction).await
    }

    /// Deletes the database. Other tabs let go of it; one that does not is not waited for.
    pub async fn erase(&self) {
        if let Some(database) = self.connection.open.take() {
            database.close();
        }
        if let Ok(deleted) = Factory::new().and_then(|factory| factory.delete(DATABASE)) {
            select(pin!(deleted.into_future()), pin!(browser::sleep_ms(OPENING_LIMIT_MS))).await;
        }
    }

    /// A database that the browser closed behind the page's back refuses once.
    async fn transaction(&self, mode: TransactionMode) -> Result<Transaction, StoreError> {
        let database = self.database().await?;
        if let Ok(transaction) = database.transaction(&[PROJECTS], mode) {
            return Ok(transaction);
        }
        self.connection.open.take();
        Ok(self.database().await?.transaction(&[PROJECTS], mode)?)
    }

    async fn database(&self) -> Result<Rc<Database>, StoreError> {
        if let Some(database) = self.connection.open.borrow().clone() {
            return Ok(database);
        }
        let opening = self.opening();
        match select(opening, pin!(browser::sleep_ms(OPENING_LIMIT_MS))).await {
            Either::Left((opened, _)) => opened,
            Either::Right(_) => Err(StoreError::unreachable("it did not open in time")),
        }
    }

    fn opening(&self) -> Opening {
        let begun = self.connection.opening.borrow().clone();
        if let Some(opening) = begun {
            return opening;
        }
        let connection = Rc::clone(&self.connection);
        let opening = async move {
            let opened = connect(&connection).await;
            connection.opening.take();
            if let Ok(database) = &opened {
                *connection.open.borrow_mut() = Some(Rc::clone(database));
            }
            opened
        };
        let opening = opening.boxed_local().shared();
        *self.connection.opening.borrow_mut() = Some(opening.clone());
        // It goes on when nobody waits for it any more.
        spawn_local(opening.clone().map(drop));
        opening
    }
}

/// Opens the database in whatever version it is: a newer page may have raised it.
async fn connect(connection: &Rc<Connection>) -> Result<Rc<Database>, StoreError> {
    let mut request = Factory::new()?.open(DATABASE, None)?;
    request.on_upgrade_needed(|event| {
        let database = event.database();
        if let Ok(database) = database
            && !database.store_names().iter().any(|name| name == PROJECTS)
        {
            let mut params = ObjectStoreParams::new();
            params.key_path(Some(KeyPath::new_single("id")));
            // Without its store the database is refused below.
            let _ = database.create_object_store(PROJECTS, params);
        }
    });
    let mut database = request.await?;
    if !database.store_names().iter().any(|name| name == PROJECTS) {
        return Err(StoreError::unreachable("it has no projects in it"));
    }
    let closed = Rc::downgrade(connection);
    database.on_close(move |_| {
        if let Some(connection) = closed.upgrade() {
            connection.open.take();
        }
    });
    // Somebody wants to delete or to renew it: whoever holds on keeps them waiting.
    let left = Rc::downgrade(connection);
    database.on_version_change(move |event| {
        if let Some(database) = event.target().and_then(|target| Database::try_from(target).ok()) {
            database.close();
        }
        if let Some(connection) = left.upgrade() {
            connection.open.take();
        }
    });
    Ok(Rc::new(database))
}

fn projects(transaction: &Transaction) -> Result<ObjectStore, StoreError> {
    Ok(transaction.object_store(PROJECTS)?)
}

/// Resolves when what was written is kept.
async fn done(transaction: Transaction) -> Result<(), StoreError> {
    let inner: IdbTransaction = transaction.into();
    match Transaction::from(inner.clone()).await {
        Ok(TransactionResult::Committed) => Ok(()),
        _ => Err(match inner.error() {
            Some(error) => {
                StoreError { trouble: Trouble::of_exception(&error.name()), text: error.message() }
            }
            None => StoreError::unreachable("it stopped in the middle"),
        }),
    }
}

fn key(label: &FileLabel) -> JsValue {
    format!("{}\u{0}{}", label.bytes, label.project_name()).into()
}

fn revision_of(raw: &JsValue) -> u64 {
    let revision = Reflect::get(raw, &"revision".into()).ok().and_then(|revision| revision.as_f64());
    revision.unwrap_or_default() as u64
}

/// Gives the memory of a stored value's peaks back at once: a page that computes little would wait long for a collection.
fn free_peaks(value: &JsValue) {
    let peaks =
        Reflect::get(value, &"peaks".into()).ok().and_then(|peaks| peaks.dyn_into::<Uint8Array>().ok());
    if let Some(peaks) = peaks {
        let _ = peaks.buffer().transfer_with_length(0);
    }
}

impl Stored {
    fn of(raw: JsValue) -> Self {
        let key = Reflect::get(&raw, &"id".into()).unwrap_or_default();
        Self { key, revision: revision_of(&raw), record: Record::from_js(&raw), raw }
    }

    /// The file's length, also of what cannot be read otherwise.
    pub fn bytes(&self) -> u64 {
        let key = self.key.as_string().unwrap_or_default();
        key.split_once('\u{0}').and_then(|(bytes, _)| bytes.parse().ok()).unwrap_or_default()
    }

    /// The document where there is one, else the whole record as JSON.
    pub fn text(&self) -> String {
        let document = Reflect::get(&self.raw, &"document".into()).ok().and_then(|text| text.as_string());
        document.unwrap_or_else(|| js_sys::JSON::stringify(&self.raw).map(String::from).unwrap_or_default())
    }

    /// The file's name, also of what cannot be read otherwise.
    pub fn name(&self) -> String {
        let key = self.key.as_string().unwrap_or_default();
        let name = key.split_once('\u{0}').map(|(_, name)| name.to_owned());
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| say!("kept-nameless"))
    }
}

impl Record {
    fn to_js(&self, revision: u64) -> JsValue {
        let object = Object::new();
        if let Some(unknown) = &self.unknown {
            Object::assign(&object, unknown);
        }
        let put = |name: &str, value: JsValue| {
            // Setting a property of a fresh plain object does not fail.
            let _ = Reflect::set(&object, &name.into(), &value);
        };
        put("id", key(&self.label));
        put("name", self.label.name.as_str().into());
        put("bytes", (self.label.bytes as f64).into());
        put("modified_ms", (self.label.modified_ms as f64).into());
        if let Some(fingerprint) = &self.label.fingerprint {
            put("fingerprint", fingerprint.as_str().into());
        }
        put("kept_ms", self.kept_ms.into());
        put("order", (self.order as f64).into());
        put("revision", (revision as f64).into());
        put("document", self.document.as_str().into());
        put("bucket_us", (self.waveform.bucket.micros() as f64).into());
        put("peaks", Uint8Array::from(self.waveform.peaks.as_slice()).into());
        if let Some(handle) = &self.handle {
            put("handle", handle.clone());
        }
        object.into()
    }

    fn from_js(value: &JsValue) -> Option<Self> {
        let field = |name: &str| Reflect::get(value, &name.into()).ok();
        let number = |name: &str| field(name)?.as_f64();
        let text = |name: &str| field(name)?.as_string();
        let peaks = field("peaks").and_then(|peaks| peaks.dyn_into::<Uint8Array>().ok());
        let bucket = Span::from_micros(number("bucket_us").unwrap_or_default() as i64);
        let name = text("name")?;
        let key = text("id").unwrap_or_default();
        let kept_as = key.split_once('\u{0}').map(|(_, kept_as)| kept_as.to_owned());
        Some(Self {
            label: FileLabel {
                bytes: number("bytes")? as u64,
                modified_ms: number("modified_ms").unwrap_or_default() as i64,
                fingerprint: text("fingerprint"),
                kept_as: kept_as.filter(|kept_as| *kept_as != name),
                name,
            },
            kept_ms: number("kept_ms").unwrap_or_default(),
            order: number("order").unwrap_or_default() as u64,
            document: text("document")?,
            waveform: peaks.map(|peaks| Waveform::stored(bucket, peaks.to_vec())).unwrap_or_default(),
            handle: field("handle").filter(|handle| handle.is_object()),
            unknown: unknown_fields(value),
        })
    }
}

fn unknown_fields(value: &JsValue) -> Option<Object> {
    let unknown = Object::new();
    for name in Object::keys(value.dyn_ref::<Object>()?).iter() {
        let is_known = name.as_string().is_some_and(|name| FIELDS.contains(&name.as_str()));
        if let (false, Ok(field)) = (is_known, Reflect::get(value, &name)) {
            let _ = Reflect::set(&unknown, &name, &field);
        }
    }
    (Object::keys(&unknown).length() > 0).then_some(unknown)
}
