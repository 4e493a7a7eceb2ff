//! How often a dead worker is replaced, how long an answer is waited for, and when the graphics processor is given up.
//! Pure: is told the time and knows no worker.

use clip::protocol::DeviceKind;
use std::collections::VecDeque;

/// Replacements within [`WINDOW_S`]; more than that means that something else is wrong, and the workers that are left do the work.
const MOST_RESTARTS: usize = 3;
const WINDOW_S: f64 = 60.0;
/// Pause before the second replacement within the window; twice as long before each further one.
const PAUSE_S: f64 = 0.5;

/// The replacements of the last minute.
#[derive(Debug, Default)]
pub struct Restarts {
    at_s: VecDeque<f64>,
    losses: u32,
}

impl Restarts {
    /// Seconds to wait before a worker takes the place of one that died now; `None`: too many died already.
    pub fn after_death(&mut self, now_s: f64) -> Option<f64> {
        while self.at_s.front().is_some_and(|&at_s| now_s - at_s > WINDOW_S) {
            self.at_s.pop_front();
        }
        if self.at_s.len() >= MOST_RESTARTS {
            return None;
        }
        let pause_s = match self.at_s.len() {
            0 => 0.0,
            earlier => PAUSE_S * f64::from(1 << (earlier - 1)),
        };
        self.at_s.push_back(now_s);
        Some(pause_s)
    }

    /// Where workers run after the device was lost once more: a driver that resets once comes back, one that does it again is
    /// not to be trusted with the rest of an hour.
    pub fn device_after_loss(&mut self, device: DeviceKind) -> DeviceKind {
        self.losses += 1;
        if self.losses > 1 { DeviceKind::Cpu } else { device }
    }
}

/// What a worker is busy with, as far as it decides how long that may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Task {
    /// Sound of so many seconds.
    Sound(f64),
    /// Reading, writing, loading a model.
    Other,
}

/// Seconds after which a worker that gave no sign is taken for dead. Generous: a slow telephone takes a few times the length of a
/// sound, and a software graphics processor, which only tests use, a hundred times.
pub fn patience_s(task: Task, device: DeviceKind) -> f64 {
    let (least_s, factor) = match device {
        DeviceKind::Cpu => (120.0, 20.0),
        DeviceKind::Webgpu => (900.0, 200.0),
    };
    match task {
        Task::Sound(seconds) => f64::max(least_s, factor * seconds),
        Task::Other => 1_800.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_a_minute_are_replaced_each_later_than_the_last() {
        let mut restarts = Restarts::default();
        let pauses: Vec<_> = [0.0, 1.0, 2.0, 3.0].map(|at_s| restarts.after_death(at_s)).into();
        assert_eq!(pauses, [Some(0.0), Some(0.5), Some(1.0), None]);
        assert_eq!(restarts.after_death(60.5), Some(1.0), "the first is more than a minute ago");
        assert_eq!(restarts.after_death(200.0), Some(0.0));
    }

    #[test]
    fn a_graphics_processor_has_a_second_chance_and_no_third() {
        let mut restarts = Restarts::default();
        let next = |restarts: &mut Restarts| restarts.device_after_loss(DeviceKind::Webgpu);
        assert_eq!([next(&mut restarts), next(&mut restarts)], [DeviceKind::Webgpu, DeviceKind::Cpu]);
    }

    #[test]
    fn patience_grows_with_the_sound() {
        let check =
            |task, device, seconds| assert_eq!(patience_s(task, device), seconds, "{task:?} {device:?}");
        check(Task::Sound(1.0), DeviceKind::Cpu, 120.0);
        check(Task::Sound(30.0), DeviceKind::Cpu, 600.0);
        check(Task::Sound(30.0), DeviceKind::Webgpu, 6_000.0);
        check(Task::Other, DeviceKind::Cpu, 1_800.0);
    }
}
