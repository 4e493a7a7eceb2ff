//! Exchanging rows and columns of a plane of bytes, eight by eight, which is what a quarter turn costs.

/// Rows of `wide` (`width` bytes each) become columns of `tall`. Both hold the same number of bytes.
pub(super) fn transpose(wide: &[u8], width: usize, tall: &mut [u8]) {
    /// A tile of both planes stays in the first-level cache.
    const TILE: usize = 64;
    let height = wide.len() / width.max(1);
    for top in (0..height).step_by(TILE) {
        for left in (0..width).step_by(TILE) {
            let (bottom, right) = ((top + TILE).min(height), (left + TILE).min(width));
            for y in (top..bottom).step_by(8) {
                for x in (left..right).step_by(8) {
                    if y + 8 <= bottom && x + 8 <= right {
                        block(wide, width, tall, height, x, y);
                    } else {
                        for y in y..(y + 8).min(bottom) {
                            for x in x..(x + 8).min(right) {
                                tall[x * height + y] = wide[y * width + x];
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One block of 8 × 8 bytes, held in eight words: halves, quarters and single bytes change places in turn
/// (H. S. Warren, Hacker's Delight, §7–3, with bytes instead of bits).
fn block(wide: &[u8], width: usize, tall: &mut [u8], height: usize, x: usize, y: usize) {
    let mut rows: [u64; 8] = std::array::from_fn(|i| {
        let at = (y + i) * width + x;
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&wide[at..at + 8]);
        u64::from_le_bytes(bytes)
    });
    for (distance, bits, low) in
        [(4, 32, 0x0000_0000_ffff_ffff), (2, 16, 0x0000_ffff_0000_ffff), (1, 8, 0x00ff_00ff_00ff_00ff_u64)]
    {
        for i in (0..8).filter(|i| i & distance == 0) {
            let (upper, lower) = (rows[i], rows[i + distance]);
            rows[i] = (upper & low) | ((lower & low) << bits);
            rows[i + distance] = ((upper >> bits) & low) | (lower & !low);
        }
    }
    for (i, row) in rows.iter().enumerate() {
        let at = (x + i) * height + y;
        tall[at..at + 8].copy_from_slice(&row.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_rows() {
        for (width, height) in [(8, 8), (16, 24), (9, 17), (1, 5), (130, 67), (64, 1)] {
            let wide: Vec<u8> = (0..width * height).map(|i| (i * 7 % 251) as u8).collect();
            let mut tall = vec![0; wide.len()];
            transpose(&wide, width, &mut tall);
            for y in 0..height {
                for x in 0..width {
                    assert_eq!(tall[x * height + y], wide[y * width + x], "{width}x{height} at {x},{y}");
                }
            }
        }
    }
}
