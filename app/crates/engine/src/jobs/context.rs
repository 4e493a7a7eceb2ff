//! What a job is handed: what is open and loaded as it begins, where it reports, and whether it shall stop. Jobs know nothing of the
//! session that began them.

use super::CancelFlag;
use crate::models::faces::Faces;
use crate::models::pool::{JobWorkers, Pool};
use crate::open_file::OpenFile;
use crate::web::clock::WorkerClock;
use crate::web::page_sender::PageSender;
use clip::analyze::Ports;
use clip::failure::Failure;
use clip::port::Clock;
use clip::protocol::JobId;
use std::rc::Weak;

pub struct JobContext {
    pub job: JobId,
    pub flag: CancelFlag,
    /// `None`: the page asks before it has opened a file.
    pub open: Option<OpenFile>,
    /// A job does not keep workers that are not wanted any more: others wait for their memory.
    pub pool: Weak<Pool>,
}

impl JobContext {
    /// # Errors
    /// If no file is open.
    pub fn opened(&self) -> Result<&OpenFile, Failure> {
        self.open.as_ref().ok_or_else(|| Failure::internal("no file is open"))
    }

    /// The workers as this job asks them.
    ///
    /// # Errors
    /// If no model is loaded.
    pub fn workers(&self) -> Result<JobWorkers, Failure> {
        let pool = self.pool.upgrade().ok_or_else(|| Failure::internal("no model is loaded"))?;
        Ok(pool.for_job(self.job))
    }

    /// What finds faces.
    ///
    /// # Errors
    /// If the server does not offer it, or it cannot be read.
    pub async fn faces(&self) -> Result<Faces, Failure> {
        let entry = self.pool.upgrade().and_then(|pool| pool.face_model().cloned());
        Faces::load(&entry.ok_or(Failure::NoFaceModel)?).await
    }

    /// What the domain's loops report to.
    pub fn ports(&self) -> Ports<'_> {
        Ports { events: &PageSender, clock: &WorkerClock, cancel: &self.flag }
    }

    pub fn now_s(&self) -> f64 {
        WorkerClock.now_s()
    }
}
