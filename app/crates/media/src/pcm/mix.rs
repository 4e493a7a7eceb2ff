//! Channels: interleaved to planar and back, and any number of them to one.
//! A mix is the mean, so it cannot clip and one-sided speech stays audible.

/// The mean of all channels of interleaved samples, appended to `out`.
pub fn downmix_interleaved(samples: &[f32], channels: usize, out: &mut Vec<f32>) {
    match channels {
        0 => {}
        1 => out.extend_from_slice(samples),
        2 => out.extend(samples.as_chunks::<2>().0.iter().map(|[left, right]| (left + right) * 0.5)),
        _ => {
            let scale = 1.0 / channels as f32;
            out.extend(samples.chunks_exact(channels).map(|frame| frame.iter().sum::<f32>() * scale));
        }
    }
}

/// The mean of all planes, as long as the shortest one, appended to `out`.
pub fn downmix_planar(planes: &[&[f32]], out: &mut Vec<f32>) {
    let Some(length) = planes.iter().map(|plane| plane.len()).min() else { return };
    let scale = 1.0 / planes.len() as f32;
    let from = out.len();
    out.resize(from + length, 0.0);
    for plane in planes {
        for (mixed, sample) in out[from..].iter_mut().zip(*plane) {
            *mixed += sample * scale;
        }
    }
}

/// One plane per channel.
pub fn deinterleave(samples: &[f32], channels: usize) -> Vec<Vec<f32>> {
    (0..channels)
        .map(|channel| samples.iter().skip(channel).step_by(channels.max(1)).copied().collect())
        .collect()
}

/// Planes as one row of frames, as long as the shortest plane.
pub fn interleave(planes: &[&[f32]]) -> Vec<f32> {
    let length = planes.iter().map(|plane| plane.len()).min().unwrap_or(0);
    (0..length).flat_map(|at| planes.iter().map(move |plane| plane[at])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixes_are_means() {
        let check = |samples: &[f32], channels: usize, want: &[f32]| {
            let mut out = Vec::new();
            downmix_interleaved(samples, channels, &mut out);
            assert_eq!(out, want);
            let planes = deinterleave(samples, channels);
            let planes: Vec<&[f32]> = planes.iter().map(Vec::as_slice).collect();
            let mut out = Vec::new();
            downmix_planar(&planes, &mut out);
            assert_eq!(out, want);
            assert_eq!(interleave(&planes), samples);
        };
        check(&[0.5, -0.5], 1, &[0.5, -0.5]);
        check(&[1.0, 0.0, -1.0, -1.0], 2, &[0.5, -1.0]);
        check(&[1.0, 0.0, 0.5, 0.5, 0.0, 0.0, 0.0, 0.0], 4, &[0.5, 0.0]);
        check(&[], 0, &[]);
    }
}
