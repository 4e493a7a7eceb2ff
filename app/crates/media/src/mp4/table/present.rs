//! How much of a sample table is there: samples that lie within the file, and groups of samples as they are delivered.
//! Runs over chunks, never over what a count merely claims.

use super::{MOST_PACKET_BYTES, SampleTable, Sizes};

impl SampleTable {
    /// How many groups of at most `most` samples within one chunk the first `samples` fall into.
    pub fn groups(&self, samples: u64, most: u64) -> u64 {
        let mut left = samples;
        let mut groups = 0u64;
        for (_, _, chunks, each) in self.chunk_runs() {
            if each == 0 {
                continue;
            }
            let whole = chunks.min(left / each);
            groups = groups.saturating_add(whole.saturating_mul(each.div_ceil(most)));
            left -= whole * each;
            if whole < chunks {
                return groups.saturating_add(left.div_ceil(most));
            }
        }
        groups
    }

    /// The index behind the last sample that lies wholly within the first `length` bytes of the file, and how many up to
    /// there can be read. Samples that together are twice the file overlap, which only damage explains; from there on
    /// nothing counts.
    pub(super) fn present_within(&self, length: u64) -> (u64, u64) {
        let (mut sample, mut present) = (0u64, 0u64);
        let mut readable = 0;
        let mut budget = length.saturating_mul(2);
        for (_, first, chunks, each) in self.chunk_runs().filter(|run| run.3 > 0) {
            for chunk in first..first + chunks {
                let here = each.min(self.count - sample);
                let before = readable;
                if here == 0 {
                    return (present, readable);
                }
                let room = length.saturating_sub(self.chunk_offset(chunk));
                let fitting = match &self.sizes {
                    Sizes::Same(size) => {
                        let fitting = (room / u64::from((*size).max(1))).min(here);
                        readable += fitting;
                        fitting
                    }
                    _ => {
                        let mut left = room;
                        let mut fitting = 0;
                        for size in (sample..sample + here).map(|index| self.size(index)) {
                            if size > left {
                                break;
                            }
                            if size > budget {
                                return (present, before);
                            }
                            (left, budget) = (left - size, budget - size);
                            fitting += 1;
                            readable += u64::from((1..=MOST_PACKET_BYTES).contains(&size));
                        }
                        fitting
                    }
                };
                if fitting > 0 {
                    present = sample + fitting;
                }
                sample += here;
            }
        }
        (present, readable)
    }
}
