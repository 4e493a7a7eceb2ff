//! Reading Matroska and WebM (RFC 9559, RFC 8794): headers, cues, clusters, blocks with lacing.
//! Own code rather than a library: tracks must be read independently, without the others' payload, and a damaged or
//! unfinished recording must give what it has.

mod block;
mod cursor;
mod ebml;
mod header;
mod ids;
mod reader;
mod survey;

pub(crate) use reader::MatroskaReader;
