//! Packages as registries hand them out: wheels, which are zip archives, and npm's tarballs. Reads one file of them; refuses to know where
//! they came from.

use std::io::{Cursor, Read};

use flate2::read::GzDecoder;

/// Nothing unpacked from a package may be larger.
const MAX_UNPACKED_BYTES: u64 = 2 << 30;

pub enum Archive {
    Wheel(zip::ZipArchive<Cursor<Vec<u8>>>),
    /// Compressed as a whole.
    Tarball(Vec<u8>),
}

impl Archive {
    /// # Errors
    /// In words, where `bytes` are no zip archive.
    pub fn wheel(bytes: Vec<u8>) -> Result<Archive, String> {
        zip::ZipArchive::new(Cursor::new(bytes)).map(Archive::Wheel).map_err(|e| e.to_string())
    }

    /// Unpacks one file.
    ///
    /// # Errors
    /// In words, where it is not there or the archive is damaged.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, String> {
        match self {
            Archive::Wheel(zip) => whole(zip.by_name(name).map_err(|e| e.to_string())?),
            Archive::Tarball(bytes) => {
                let plain = GzDecoder::new(bytes.as_slice()).take(MAX_UNPACKED_BYTES);
                let mut archive = tar::Archive::new(plain);
                for entry in archive.entries().map_err(|e| e.to_string())? {
                    let entry = entry.map_err(|e| e.to_string())?;
                    if *entry.path_bytes() == *name.as_bytes() {
                        return whole(entry);
                    }
                }
                Err("there is no such file in the tarball".to_owned())
            }
        }
    }
}

fn whole(file: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    file.take(MAX_UNPACKED_BYTES).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write as _;

    fn tarball(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (name, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn files_are_read_by_their_path() {
        let files: [(&str, &[u8]); 2] = [("package/a", b"first"), ("package/sub/a", b"second")];
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let wheel = Archive::wheel(zip.finish().unwrap().into_inner()).unwrap();
        for mut archive in [wheel, Archive::Tarball(tarball(&files))] {
            for (name, bytes) in files {
                assert_eq!(archive.read(name).unwrap(), bytes);
            }
            assert!(archive.read("a").is_err());
        }
    }

    #[test]
    fn damaged_archives_are_refused() {
        assert!(Archive::wheel(b"no zip".to_vec()).is_err());
        let whole = tarball(&[("package/a", &[7; 5000])]);
        for bytes in [b"no tarball".to_vec(), whole[..whole.len() / 2].to_vec(), Vec::new()] {
            assert!(Archive::Tarball(bytes).read("package/a").is_err());
        }
    }
}
