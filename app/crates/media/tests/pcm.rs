//! Uncompressed sound of every width, sign and byte order, in every container that holds it: a tone stays what it is.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod common;

/// Holds a file against a tone of 440 Hz at half level, one second long.
fn check(name: &str, bytes: Vec<u8>, codec: &str) {
    let mut demuxer = media::open(Box::new(bytes.clone())).expect("opens");
    let track = demuxer.default_audio().expect("sound").clone();
    assert_eq!(track.codec.name, codec, "{name}");
    assert_eq!(common::packets(&mut demuxer, track.id).len() as u64, track.sample_count, "{name}");
    let common::Heard { samples, damaged_packets } = common::listen(bytes).expect("decoded");
    assert_eq!((damaged_packets, samples.len() / 10), (0, 1600), "{name}");
    let (mut real, mut imaginary, mut power) = (0.0, 0.0, 0.0);
    for (at, &sample) in samples[1600..14_400].iter().enumerate() {
        let angle = std::f64::consts::TAU * 440.0 * at as f64 / 16_000.0;
        real += f64::from(sample) * angle.cos();
        imaginary += f64::from(sample) * angle.sin();
        power += f64::from(sample) * f64::from(sample);
    }
    let level = 2.0 * f64::hypot(real, imaginary) / 12_800.0;
    assert!((level - 0.5).abs() < 0.02, "{name}: level {level}");
    assert!(2.0 * power / 12_800.0 < 0.25 * 1.08, "{name}: more than the tone is there");
}

const TONE: &str = "aevalsrc=0.5*sin(440*2*PI*t)|0.5*sin(440*2*PI*t):s=16000:d=1";

#[test]
fn every_width_in_every_container() {
    let check = |extension: &str, codecs: &[&str]| {
        for codec in codecs {
            let name = format!("{codec}.{extension}");
            let path = common::fixture(&name, &["-f", "lavfi", "-i", TONE, "-map", "2:a", "-c:a", codec]);
            check(&name, std::fs::read(path).expect("read"), codec);
        }
    };
    check("wav", &["pcm_u8", "pcm_s24le", "pcm_f64le", "pcm_mulaw"]);
    check("w64", &["pcm_f32le"]);
    check("aiff", &["pcm_s8", "pcm_s16be", "pcm_s32be", "pcm_f64be", "pcm_alaw", "pcm_s16le"]);
    check("caf", &["pcm_s24be", "pcm_s32le", "pcm_f64le", "pcm_mulaw"]);
    check("mov", &["pcm_s24be", "pcm_s32le", "pcm_f64be", "pcm_u8"]);
    check("mkv", &["pcm_u8", "pcm_s24le", "pcm_f64le", "pcm_s16be"]);
}

/// The tone by hand: `bytes` a sample, of which the value takes `bits` at the upper or the lower end.
fn samples(bits: u32, bytes: usize, low: bool, big: bool) -> Vec<u8> {
    let mut data = Vec::new();
    for at in 0..16_000 {
        let value = 0.5 * (std::f64::consts::TAU * 440.0 * f64::from(at) / 16_000.0).sin();
        let whole = (value * f64::from(2u32.pow(bits - 1))) as i64;
        let field = if low { whole } else { whole << (8 * bytes as u32 - bits) }.to_le_bytes();
        let mut field = field[..bytes].to_vec();
        if big {
            field.reverse();
        }
        data.extend(field);
    }
    data
}

/// A WAV of one channel; `tag` may be that of the extensible form.
fn wav(big: bool, tag: u16, block: u16, bits: u16, data: &[u8]) -> Vec<u8> {
    let (short, long) = (
        |value: u16| if big { value.to_be_bytes() } else { value.to_le_bytes() },
        |value: u32| if big { value.to_be_bytes() } else { value.to_le_bytes() },
    );
    let mut format = [short(tag), short(1)].concat();
    format.extend([long(16_000), long(16_000 * u32::from(block))].concat());
    format.extend([short(block), short(bits)].concat());
    if tag == 0xFFFE {
        format.extend([short(22), short(bits)].concat());
        format.extend(long(4));
        format.extend(short(1));
        format.extend([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);
    }
    let mut file = if big { b"RIFX".to_vec() } else { b"RIFF".to_vec() };
    file.extend(long((4 + 8 + format.len() + 8 + data.len()) as u32));
    file.extend(b"WAVEfmt ");
    file.extend(long(format.len() as u32));
    file.extend(&format);
    file.extend(b"data");
    file.extend(long(data.len() as u32));
    file.extend(data);
    file
}

#[test]
fn wav_with_the_other_byte_order() {
    check("s16", wav(true, 1, 2, 16, &samples(16, 2, false, true)), "pcm_s16be");
    check("s24", wav(true, 1, 3, 24, &samples(24, 3, false, true)), "pcm_s24be");
    check("extensible", wav(true, 0xFFFE, 4, 32, &samples(32, 4, false, true)), "pcm_s32be");
}

#[test]
fn bits_that_do_not_fill_their_field() {
    check("20 in 24", wav(false, 1, 3, 20, &samples(20, 3, false, false)), "pcm_s24le");
    check("24 in 32, high", wav(false, 1, 4, 24, &samples(24, 4, false, false)), "pcm_s32le");
    check("24 in 32, low", wav(false, 1, 4, 24, &samples(24, 4, true, false)), "pcm_s24in32le");
    check("20 in 32, low", wav(false, 0xFFFE, 4, 20, &samples(20, 4, true, false)), "pcm_s20in32le");
    check("64", wav(false, 1, 8, 64, &samples(32, 8, false, false)), "pcm_s64le");
}
