//! How an instant is written where people and video sites read it. Pure text, the same in every language.

use media::time::Instant;

/// `1:05`, or `1:02:07` from one hour on.
pub fn position(at: Instant) -> String {
    let whole = at.seconds().max(0.0).floor() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// Always two digits for minutes, as video sites read chapters: `01:05`, or `1:02:07`.
pub fn stamp(at: Instant) -> String {
    let said = position(at);
    if said.len() < 5 { format!("0{said}") } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_stamps() {
        let check = |seconds: f64, said: &str, stamped: &str| {
            let at = Instant::from_seconds(seconds);
            assert_eq!((position(at).as_str(), stamp(at).as_str()), (said, stamped));
        };
        check(65.9, "1:05", "01:05");
        check(3727.0, "1:02:07", "1:02:07");
        check(-4.0, "0:00", "00:00");
        check(0.0, "0:00", "00:00");
        check(754.0, "12:34", "12:34");
    }
}
