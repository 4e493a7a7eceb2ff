//! Projects in the browser's IndexedDB: one record for each file, found again by name and size.
//! Knows a document as text only; its form and its versions are `document`'s.

use crate::state::FileLabel;
use crate::state::waveform::Waveform;
use js_sys::{Object, Reflect, Uint8Array};
use media::time::Span;
use rexie::{ObjectStore, Rexie, TransactionMode};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

const DATABASE: &str = "incut";
const PROJECTS: &str = "projects";
/// Older projects than these are deleted when a new one is kept.
const MOST_PROJECTS: usize = 20;

#[derive(Debug, thiserror::Error)]
#[error("the browser's storage did not answer: {0}")]
pub struct StoreError(String);

impl From<rexie::Error> for StoreError {
    fn from(error: rexie::Error) -> Self {
        Self(error.to_string())
    }
}

/// A kept project.
#[derive(Debug, Clone)]
pub struct Record {
    pub label: FileLabel,
    /// Milliseconds since 1970.
    pub kept_ms: f64,
    pub document: String,
    pub waveform: Waveform,
    /// A `FileSystemFileHandle` where the browser gave one: with it the file need not be chosen again.
    pub handle: Option<JsValue>,
}

/// The open database.
#[derive(Clone)]
pub struct Store {
    database: Rc<Rexie>,
}

impl Store {
    pub async fn open() -> Result<Self, StoreError> {
        let database = Rexie::builder(DATABASE)
            .version(1)
            .add_object_store(ObjectStore::new(PROJECTS).key_path("id"))
            .build();
        Ok(Self { database: Rc::new(database.await?) })
    }

    pub async fn put(&self, record: &Record) -> Result<(), StoreError> {
        let transaction = self.database.transaction(&[PROJECTS], TransactionMode::ReadWrite)?;
        let value = record.to_js();
        transaction.store(PROJECTS)?.put(&value, None).await?;
        free_peaks(&value);
        transaction.done().await?;
        Ok(())
    }

    pub async fn get(&self, label: &FileLabel) -> Result<Option<Record>, StoreError> {
        let transaction = self.database.transaction(&[PROJECTS], TransactionMode::ReadOnly)?;
        let found = transaction.store(PROJECTS)?.get(key(label)).await?;
        Ok(found.and_then(|value| Record::from_js(&value)))
    }

    /// All of them, the latest first. Records that cannot be read are left out.
    pub async fn all(&self) -> Result<Vec<Record>, StoreError> {
        let transaction = self.database.transaction(&[PROJECTS], TransactionMode::ReadOnly)?;
        let values = transaction.store(PROJECTS)?.get_all(None, None).await?;
        let mut records: Vec<Record> = values.iter().filter_map(Record::from_js).collect();
        records.sort_by(|a, b| b.kept_ms.total_cmp(&a.kept_ms));
        Ok(records)
    }

    pub async fn delete(&self, label: &FileLabel) -> Result<(), StoreError> {
        let transaction = self.database.transaction(&[PROJECTS], TransactionMode::ReadWrite)?;
        transaction.store(PROJECTS)?.delete(key(label)).await?;
        transaction.done().await?;
        Ok(())
    }

    pub async fn delete_all(&self) -> Result<(), StoreError> {
        let transaction = self.database.transaction(&[PROJECTS], TransactionMode::ReadWrite)?;
        transaction.store(PROJECTS)?.clear().await?;
        transaction.done().await?;
        Ok(())
    }

    /// Deletes what lies beyond the newest [`MOST_PROJECTS`].
    pub async fn forget_the_oldest(&self) -> Result<(), StoreError> {
        for record in self.all().await?.iter().skip(MOST_PROJECTS) {
            self.delete(&record.label).await?;
        }
        Ok(())
    }
}

fn key(label: &FileLabel) -> JsValue {
    format!("{}\u{0}{}", label.bytes, label.name).into()
}

/// Gives the memory of a stored value's peaks back at once: a page that computes little would wait long for a collection.
fn free_peaks(value: &JsValue) {
    let peaks =
        Reflect::get(value, &"peaks".into()).ok().and_then(|peaks| peaks.dyn_into::<Uint8Array>().ok());
    if let Some(peaks) = peaks {
        let _ = peaks.buffer().transfer_with_length(0);
    }
}

impl Record {
    fn to_js(&self) -> JsValue {
        let object = Object::new();
        let put = |name: &str, value: JsValue| {
            // Setting a property of a fresh plain object does not fail.
            let _ = Reflect::set(&object, &name.into(), &value);
        };
        put("id", key(&self.label));
        put("name", self.label.name.as_str().into());
        put("bytes", (self.label.bytes as f64).into());
        put("modified_ms", (self.label.modified_ms as f64).into());
        put("kept_ms", self.kept_ms.into());
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
        Some(Self {
            label: FileLabel {
                name: text("name")?,
                bytes: number("bytes")? as u64,
                modified_ms: number("modified_ms").unwrap_or_default() as i64,
            },
            kept_ms: number("kept_ms").unwrap_or_default(),
            document: text("document")?,
            waveform: peaks.map(|peaks| Waveform::stored(bucket, peaks.to_vec())).unwrap_or_default(),
            handle: field("handle").filter(|handle| handle.is_object()),
        })
    }
}
