//! HEVC headers: the decoder configuration record (ISO/IEC 14496-15 §8.3.3) and the codec string of its annex E.
//! Parses no parameter set.

use crate::bytes::Fields;
use crate::facts::Codec;

/// Codec of a track with an `hvcC` record. `sample_entry` is `hvc1` or `hev1`.
pub(crate) fn from_record(sample_entry: &str, record: &[u8]) -> Codec {
    let webcodecs = string(sample_entry, record);
    let description = webcodecs.is_some().then(|| record.to_vec());
    Codec { name: "hevc".into(), webcodecs, description }
}

fn string(sample_entry: &str, record: &[u8]) -> Option<String> {
    let mut fields = Fields::new(record);
    fields.u8()?;
    let profile = fields.u8()?;
    let compatibility = fields.u32()?.reverse_bits();
    let constraints: [u8; 6] = fields.array()?;
    let level = fields.u8()?;
    let space = ["", "A", "B", "C"][usize::from(profile >> 6)];
    let tier = if profile & 0x20 == 0 { 'L' } else { 'H' };
    let mut string = format!("{sample_entry}.{space}{}.{compatibility:x}.{tier}{level}", profile & 0x1F);
    let used = constraints.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    for byte in &constraints[..used] {
        string.push_str(&format!(".{byte:x}"));
    }
    Some(string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_follow_annex_e() {
        let main = [1, 0x01, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 0x5D];
        assert_eq!(string("hvc1", &main).as_deref(), Some("hvc1.1.6.L93.90"));
        let main10 = [1, 0x22, 0x20, 0, 0, 0, 0xB0, 0, 0, 0, 0, 0, 0x99];
        assert_eq!(string("hev1", &main10).as_deref(), Some("hev1.2.4.H153.b0"));
        assert_eq!(string("hvc1", &main[..12]), None);
    }
}
