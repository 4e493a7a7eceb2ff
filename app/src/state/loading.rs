//! The engine as the page sees it: starting, fetching its speech model, ready, or broken.
//! Also the rate of a download, so that its time left can be told.

use clip::failure::Failure;
use clip::protocol::{DeviceKind, FromEngine, PrepareStep};

#[derive(Debug, Clone, PartialEq, Default)]
pub enum Loading {
    /// The worker has been started and has said nothing yet.
    #[default]
    Starting,
    Preparing(Preparing),
    Ready(Ready),
    /// The models were deleted: there is no engine until a file is opened.
    Deleted,
    /// The engine or its model could not be loaded. Choosing a file does not help; trying again may.
    Broken(Failure),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Preparing {
    pub step: PrepareStep,
    pub done_bytes: u64,
    pub total_bytes: u64,
    pub seconds_left: Option<f32>,
    rate: Rate,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Ready {
    pub model: String,
    pub model_title: String,
    pub device: DeviceKind,
    pub adapter: Option<String>,
    pub threads: u32,
}

/// Bytes per second since the step began.
#[derive(Debug, Clone, PartialEq)]
struct Rate {
    began_s: f64,
    began_bytes: u64,
}

impl Loading {
    pub fn is_ready(&self) -> bool {
        matches!(self, Self::Ready(_))
    }

    /// Follows what an engine says of getting ready and of where its model runs. Whether it became ready just now.
    pub fn fold(&mut self, event: FromEngine, now_s: f64) -> bool {
        match event {
            FromEngine::Preparing { step, done_bytes, total_bytes } => {
                self.advance(step, done_bytes, total_bytes, now_s);
            }
            FromEngine::Ready { model, model_title, device, adapter, threads, .. } => {
                *self = Self::Ready(Ready { model, model_title, device, adapter, threads });
                return true;
            }
            FromEngine::DeviceChanged { device, threads } => {
                if let Self::Ready(ready) = self {
                    (ready.device, ready.adapter, ready.threads) = (device, None, threads);
                }
            }
            _ => {}
        }
        false
    }

    /// `now_s` is any clock that does not go backwards.
    pub fn advance(&mut self, step: PrepareStep, done_bytes: u64, total_bytes: u64, now_s: f64) {
        let rate = match self {
            Self::Preparing(before) if before.step == step && before.done_bytes <= done_bytes => {
                before.rate.clone()
            }
            _ => Rate { began_s: now_s, began_bytes: done_bytes },
        };
        let seconds_left = rate.seconds_left(done_bytes, total_bytes, now_s);
        *self = Self::Preparing(Preparing { step, done_bytes, total_bytes, seconds_left, rate });
    }
}

impl Preparing {
    /// 0 to 1, or `None` while the total is not known.
    pub fn done(&self) -> Option<f32> {
        (self.total_bytes > 0)
            .then(|| (self.done_bytes as f64 / self.total_bytes as f64).clamp(0.0, 1.0) as f32)
    }
}

impl Rate {
    /// `None` in the first second and before a hundredth has come: an estimate would be noise.
    fn seconds_left(&self, done_bytes: u64, total_bytes: u64, now_s: f64) -> Option<f32> {
        let (seconds, bytes) = (now_s - self.began_s, done_bytes.saturating_sub(self.began_bytes));
        if seconds < 1.0 || bytes == 0 || bytes < total_bytes / 100 || total_bytes < done_bytes {
            return None;
        }
        Some((seconds * (total_bytes - done_bytes) as f64 / bytes as f64) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_follows_the_rate_and_starts_again_with_each_step() {
        let mut loading = Loading::Starting;
        let mut check = |step, done: u64, now_s: f64, seconds_left: Option<f32>| {
            loading.advance(step, done, 1000, now_s);
            let Loading::Preparing(preparing) = &loading else { panic!("preparing") };
            assert_eq!(preparing.seconds_left, seconds_left, "{done} at {now_s}");
        };
        check(PrepareStep::Fetching, 100, 10.0, None);
        check(PrepareStep::Fetching, 200, 10.5, None);
        check(PrepareStep::Fetching, 400, 13.0, Some(6.0));
        check(PrepareStep::Checking, 500, 14.0, None);
        check(PrepareStep::Checking, 900, 16.0, Some(0.5));
    }

    #[test]
    fn a_total_of_zero_is_unknown_and_more_than_all_is_all() {
        let mut loading = Loading::Starting;
        loading.advance(PrepareStep::Loading, 0, 0, 0.0);
        let Loading::Preparing(preparing) = &loading else { panic!("preparing") };
        assert_eq!(preparing.done(), None);
        loading.advance(PrepareStep::Loading, 20, 10, 5.0);
        let Loading::Preparing(preparing) = &loading else { panic!("preparing") };
        assert_eq!((preparing.done(), preparing.seconds_left), (Some(1.0), None));
    }
}
