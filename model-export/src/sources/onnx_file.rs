//! Weights out of an ONNX file: the initializers of its graph (`onnx.proto`, `ModelProto.graph.initializer`), by name. Reads 32-bit floats
//! that lie in the file itself; refuses to know what the graph does with them.

use std::collections::HashMap;

use crate::ExportError;
use crate::sources::TensorSource;
use crate::sources::cursor::Cursor;

/// Numbers of fields in `onnx.proto`.
const MODEL_GRAPH: u64 = 7;
const GRAPH_INITIALIZER: u64 = 5;
const TENSOR_DIMS: u64 = 1;
const TENSOR_DATA_TYPE: u64 = 2;
const TENSOR_NAME: u64 = 8;
const TENSOR_RAW_DATA: u64 = 9;
const FLOAT: u64 = 1;

/// Tensors under the names that the graph gives them.
#[derive(Debug)]
pub struct OnnxFile {
    origin: String,
    tensors: HashMap<String, Tensor>,
}

#[derive(Debug, Default)]
struct Tensor {
    shape: Vec<u64>,
    data_type: u64,
    /// Little-endian, row-major.
    raw: Vec<u8>,
}

/// What a field of a message holds.
enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Of a fixed length, which nothing here needs.
    Fixed,
}

impl OnnxFile {
    /// Opens a whole file.
    pub fn parse(bytes: &[u8], origin: &str) -> Result<OnnxFile, ExportError> {
        let tensors =
            tensors(bytes).map_err(|reason| ExportError::input(origin, format!("no ONNX file: {reason}")))?;
        Ok(OnnxFile { origin: origin.to_owned(), tensors })
    }
}

impl TensorSource for OnnxFile {
    fn tensor(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ExportError> {
        let bad = |reason: String| ExportError::input(&self.origin, format!("{name}: {reason}"));
        let tensor = self.tensors.get(name).ok_or_else(|| bad("there is no such tensor".to_owned()))?;
        if tensor.data_type != FLOAT {
            return Err(bad(format!("its data type is {}, expected {FLOAT}", tensor.data_type)));
        }
        if !tensor.shape.iter().copied().eq(shape.iter().map(|axis| *axis as u64)) {
            return Err(bad(format!("its shape is {:?}, expected {shape:?}", tensor.shape)));
        }
        let (values, rest) = tensor.raw.as_chunks::<4>();
        if values.len() != shape.iter().product::<usize>() || !rest.is_empty() {
            return Err(bad(format!("it holds {} bytes, too few or too many", tensor.raw.len())));
        }
        Ok(values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }
}

fn tensors(model: &[u8]) -> Result<HashMap<String, Tensor>, String> {
    let mut found = HashMap::new();
    each_field(model, |number, field| match (number, field) {
        (MODEL_GRAPH, Field::Bytes(graph)) => each_field(graph, |number, field| {
            if let (GRAPH_INITIALIZER, Field::Bytes(bytes)) = (number, field) {
                let (name, tensor) = tensor(bytes)?;
                found.insert(name, tensor);
            }
            Ok(())
        }),
        _ => Ok(()),
    })?;
    if found.is_empty() { Err("it holds no weights".to_owned()) } else { Ok(found) }
}

fn tensor(bytes: &[u8]) -> Result<(String, Tensor), String> {
    let (mut name, mut tensor) = (String::new(), Tensor::default());
    each_field(bytes, |number, field| {
        match (number, field) {
            (TENSOR_DIMS, Field::Number(axis)) => tensor.shape.push(axis),
            // Packed, as newer writers have it.
            (TENSOR_DIMS, Field::Bytes(bytes)) => {
                let mut cursor = Cursor { bytes, at: 0 };
                while cursor.at < bytes.len() {
                    tensor.shape.push(varint(&mut cursor)?);
                }
            }
            (TENSOR_DATA_TYPE, Field::Number(data_type)) => tensor.data_type = data_type,
            (TENSOR_NAME, Field::Bytes(bytes)) => name = String::from_utf8_lossy(bytes).into_owned(),
            (TENSOR_RAW_DATA, Field::Bytes(bytes)) => tensor.raw = bytes.to_vec(),
            _ => {}
        }
        Ok(())
    })?;
    Ok((name, tensor))
}

/// Goes through a message of Protocol Buffers (<https://protobuf.dev/programming-guides/encoding>).
fn each_field<'a>(
    message: &'a [u8],
    mut take: impl FnMut(u64, Field<'a>) -> Result<(), String>,
) -> Result<(), String> {
    let mut cursor = Cursor { bytes: message, at: 0 };
    while cursor.at < message.len() {
        let tag = varint(&mut cursor)?;
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut cursor)?),
            1 => cursor.take(8).map(|_| Field::Fixed)?,
            2 => {
                let length = usize::try_from(varint(&mut cursor)?).map_err(|e| e.to_string())?;
                Field::Bytes(cursor.take(length)?)
            }
            5 => cursor.take(4).map(|_| Field::Fixed)?,
            other => return Err(format!("a field of the unknown kind {other}")),
        };
        take(tag >> 3, field)?;
    }
    Ok(())
}

/// Seven bits a byte, the lowest first.
fn varint(cursor: &mut Cursor<'_>) -> Result<u64, String> {
    let mut value = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let [byte] = cursor.array()?;
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err("a number is too long".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        let length = bytes.len() as u8;
        assert!(length < 0x80);
        [&[number << 3 | 2, length], bytes].concat()
    }

    /// `weight` of `[2, 1]`, beside what is passed over: a version, a node, a number of a fixed length.
    fn file(data_type: u8) -> Vec<u8> {
        let numbers = [1.5f32, -2.0].map(f32::to_le_bytes).concat();
        let tensor = [
            vec![TENSOR_DIMS as u8 * 8, 2, TENSOR_DIMS as u8 * 8, 1, TENSOR_DATA_TYPE as u8 * 8, data_type],
            field(TENSOR_NAME as u8, b"weight"),
            field(TENSOR_RAW_DATA as u8, &numbers),
        ];
        let graph = [field(1, b"a node"), field(GRAPH_INITIALIZER as u8, &tensor.concat())].concat();
        [vec![1 << 3, 0x87, 1], vec![15 << 3 | 5, 0, 0, 0, 0], field(MODEL_GRAPH as u8, &graph)].concat()
    }

    #[test]
    fn tensors_are_found_by_name_and_held_against_their_shape() {
        let mut source = OnnxFile::parse(&file(1), "a test").unwrap();
        assert_eq!(source.tensor("weight", &[2, 1]).unwrap(), [1.5, -2.0]);
        for (name, shape) in [("weight", vec![1, 2]), ("weight", vec![2]), ("bias", vec![2, 1])] {
            assert!(source.tensor(name, &shape).is_err(), "{name} {shape:?}");
        }
        assert!(OnnxFile::parse(&file(7), "a test").unwrap().tensor("weight", &[2, 1]).is_err());
    }

    #[test]
    fn cut_and_changed_files_are_refused() {
        let whole = file(1);
        for length in 0..whole.len() {
            assert!(OnnxFile::parse(&whole[..length], "a test").is_err(), "cut to {length}");
        }
        for at in 0..whole.len() {
            for value in [0, 0x7F, 0x80, 0xFF] {
                let mut bytes = whole.clone();
                bytes[at] = value;
                if let Ok(mut source) = OnnxFile::parse(&bytes, "a test") {
                    let _ = source.tensor("weight", &[2, 1]);
                }
            }
        }
    }
}
