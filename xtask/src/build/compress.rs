//! Precompressed twins of everything that shrinks: `.br` and `.gz` beside the file, at the highest levels, on all
//! cores. A twin that is not smaller is not kept. Twins are remembered by the content they were made from.

use super::{content_hash, files_under, read, write};
use crate::failure::{Failure, Outcome};
use crate::shell::work_dir;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Already compressed, or not worth it.
const AS_THEY_ARE: [&str; 7] = ["mp4", "png", "jpg", "webp", "woff2", "br", "gz"];
const SMALLEST_BYTES: usize = 256;

#[derive(Debug, Clone, Copy)]
enum Coding {
    Brotli,
    Gzip,
}

impl Coding {
    const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    fn extension(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }

    fn encode(self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut out = Vec::new();
        match self {
            Self::Brotli => {
                let quality = brotli::enc::BrotliEncoderParams {
                    quality: 11,
                    lgwin: 24,
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &bytes[..], &mut out, &quality)?;
            }
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(&mut out, flate2::Compression::best());
                encoder.write_all(bytes)?;
                encoder.finish()?;
            }
        }
        Ok(out)
    }
}

/// Writes the twins of every file under `dist`.
pub fn precompress(dist: &Path) -> Outcome {
    let mut jobs: Vec<(PathBuf, Coding)> = Vec::new();
    for (name, path) in files_under(dist)? {
        let extension = name.rsplit('.').next().unwrap_or_default();
        if !AS_THEY_ARE.contains(&extension) {
            jobs.extend(Coding::ALL.map(|coding| (path.clone(), coding)));
        }
    }
    eprintln!("Compressing {} files two ways.", jobs.len() / Coding::ALL.len());
    // Taken from the end: the slowest ones, brotli of the biggest files, first.
    jobs.sort_by_key(|(path, coding)| {
        let bytes = path.metadata().map_or(0, |about| about.len());
        (matches!(coding, Coding::Brotli), bytes)
    });
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let jobs = Mutex::new(jobs);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| work_off(&jobs))).collect();
        for worker in workers {
            worker.join().map_err(|_| Failure::Ours("a compressing thread broke".to_owned()))??;
        }
        Ok(())
    })
}

fn work_off(jobs: &Mutex<Vec<(PathBuf, Coding)>>) -> Outcome {
    loop {
        let job = jobs.lock().map_err(Failure::ours("the list of files is lost"))?.pop();
        let Some((path, coding)) = job else { return Ok(()) };
        twin(&path, coding)?;
    }
}

fn twin(path: &Path, coding: Coding) -> Outcome {
    let bytes = read(path)?;
    if bytes.len() < SMALLEST_BYTES {
        return Ok(());
    }
    let kept = work_dir().join("twins");
    std::fs::create_dir_all(&kept).map_err(Failure::ours("cannot make a folder"))?;
    let kept = kept.join(format!("{}.{}", content_hash(&[&bytes]), coding.extension()));
    let packed = if kept.is_file() {
        read(&kept)?
    } else {
        let packed = coding.encode(&bytes).map_err(Failure::ours("cannot compress"))?;
        write(&kept, &packed)?;
        packed
    };
    if packed.len() >= bytes.len() {
        return Ok(());
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(coding.extension());
    write(Path::new(&name), packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn every_coding_gives_the_bytes_back() {
        let text = "The quick brown fox jumps over the lazy dog. ".repeat(200);
        for coding in Coding::ALL {
            let packed = coding.encode(text.as_bytes()).unwrap();
            assert!(packed.len() < text.len() / 10, "{coding:?}");
            let mut back = Vec::new();
            match coding {
                Coding::Brotli => brotli::BrotliDecompress(&mut &packed[..], &mut back).unwrap(),
                Coding::Gzip => {
                    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut back).unwrap();
                }
            }
            assert_eq!(back, text.as_bytes(), "{coding:?}");
        }
    }
}
