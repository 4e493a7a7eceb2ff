//! GGUF, version 2 and 3 (`ggml/docs/gguf.md`): metadata and tensors by name, each tensor in the blocks it is stored in. Refuses to
//! know what a model is made of.

use std::collections::HashMap;

use super::cursor::{CUT_OFF, Cursor};
use super::ggml::{Packing, Stored};
use super::span::Span;
use crate::ExportError;

const MAGIC: &[u8; 4] = b"GGUF";
const ALIGNMENT: u64 = 32;
const MOST_ALIGNMENT: f64 = 65_536.0;
/// No sane file has more of anything.
const MOST: u64 = 1 << 22;
const MOST_AXES: u32 = 4;
const MOST_NESTED: u32 = 4;
/// How much of a file is read for its header at first. Where that was too little, twice as much.
const HEADER_BYTES: u64 = 16 << 20;
/// The largest vocabularies make headers of some 15 MB.
const MOST_HEADER_BYTES: u64 = 64 << 20;

/// A value of the metadata.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Number(f64),
    Text(String),
    List(Vec<Value>),
}

/// A parsed file: tables over its bytes.
#[derive(Debug)]
pub struct Gguf {
    span: Span,
    origin: String,
    metadata: HashMap<String, Value>,
    tensors: HashMap<String, Tensor>,
    data_start: u64,
}

#[derive(Debug)]
struct Tensor {
    /// Outermost axis first.
    shape: Vec<usize>,
    kind: u32,
    offset: u64,
}

impl Gguf {
    pub fn parse(span: Span, origin: &str) -> Result<Gguf, ExportError> {
        let bad = |reason: String| ExportError::input(origin, reason);
        let ((metadata, tensors), header_end) = header(&span).map_err(bad)?;
        let alignment = match metadata.get("general.alignment") {
            None => ALIGNMENT,
            Some(Value::Number(alignment)) if (1.0..=MOST_ALIGNMENT).contains(alignment) => *alignment as u64,
            Some(_) => return Err(bad("its alignment is none".to_owned())),
        };
        let data_start = header_end.next_multiple_of(alignment);
        Ok(Gguf { origin: origin.to_owned(), metadata, tensors, data_start, span })
    }

    /// Where the file came from, for messages.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether the metadata says anything under `key`.
    pub fn says(&self, key: &str) -> bool {
        self.metadata.contains_key(key)
    }

    /// The names of all tensors, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }

    pub fn text(&self, key: &str) -> Result<&str, ExportError> {
        match self.metadata.get(key) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(self.lacks(key)),
        }
    }

    pub fn number(&self, key: &str) -> Result<f64, ExportError> {
        match self.metadata.get(key) {
            Some(Value::Number(number)) => Ok(*number),
            _ => Err(self.lacks(key)),
        }
    }

    /// A whole number that something can be sized by.
    pub fn size(&self, key: &str) -> Result<usize, ExportError> {
        let number = self.number(key)?;
        let is_whole = number.fract() == 0.0 && (0.0..=MOST as f64).contains(&number);
        if is_whole { Ok(number as usize) } else { Err(self.bad(format!("{key} is {number}"))) }
    }

    pub fn texts(&self, key: &str) -> Result<Vec<&str>, ExportError> {
        fn text(value: &Value) -> Option<&str> {
            match value {
                Value::Text(text) => Some(text),
                _ => None,
            }
        }
        let Some(Value::List(list)) = self.metadata.get(key) else { return Err(self.lacks(key)) };
        list.iter().map(text).collect::<Option<_>>().ok_or_else(|| self.lacks(key))
    }

    pub fn numbers(&self, key: &str) -> Result<Vec<f64>, ExportError> {
        let Some(Value::List(list)) = self.metadata.get(key) else { return Err(self.lacks(key)) };
        let number = |value: &Value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        };
        list.iter().map(number).collect::<Option<_>>().ok_or_else(|| self.lacks(key))
    }

    /// The outermost axis of the tensor `name`.
    pub fn rows(&self, name: &str) -> Option<usize> {
        self.tensors.get(name)?.shape.first().copied()
    }

    /// The tensor `name`, which must have the shape `shape`, outermost axis first.
    pub fn tensor(&self, name: &str, shape: &[usize]) -> Result<Stored, ExportError> {
        self.stored(name, shape).map_err(|reason| self.bad(format!("{name}: {reason}")))
    }

    fn stored(&self, name: &str, shape: &[usize]) -> Result<Stored, String> {
        let tensor = self.tensors.get(name).ok_or("there is no such tensor")?;
        if tensor.shape != shape {
            return Err(format!("its shape is {:?}, expected {shape:?}", tensor.shape));
        }
        let packing = Packing::of(tensor.kind)?;
        let (values, size) = packing.block();
        let row = shape.last().copied().unwrap_or(0);
        if row == 0 || !row.is_multiple_of(values) {
            return Err(format!("rows of {row} are no whole blocks"));
        }
        let blocks = shape.iter().try_fold(1u64, |count, axis| count.checked_mul(*axis as u64));
        let count = blocks.and_then(|count| (count / values as u64).checked_mul(size as u64));
        let (Some(count), Some(at)) = (count, self.data_start.checked_add(tensor.offset)) else {
            return Err("it is too large".to_owned());
        };
        let bytes = self.span.read(at, count)?;
        match shape {
            [rows, columns] => packing.matrix(&bytes, [*rows, *columns]),
            _ => packing.values(&bytes).map(Stored::Full),
        }
    }

    fn lacks(&self, key: &str) -> ExportError {
        self.bad(format!("its metadata has no {key} of that kind"))
    }

    fn bad(&self, reason: String) -> ExportError {
        ExportError::input(&self.origin, reason)
    }
}

type Tables = (HashMap<String, Value>, HashMap<String, Tensor>);

/// The tables and the byte behind them.
fn header(span: &Span) -> Result<(Tables, u64), String> {
    let mut length = HEADER_BYTES;
    loop {
        let bytes = span.read(0, length.min(span.length()))?;
        let mut cursor = Cursor { bytes: &bytes, at: 0 };
        match cursor.tables() {
            Ok(tables) => return Ok((tables, cursor.at as u64)),
            // What ends too early may only have been read too little of.
            Err(reason) if !reason.starts_with(CUT_OFF) || length >= span.length() => return Err(reason),
            Err(_) if length >= MOST_HEADER_BYTES => return Err("its header has no end".to_owned()),
            Err(_) => length *= 2,
        }
    }
}

impl Cursor<'_> {
    /// A count that something is allocated by.
    fn count(&mut self) -> Result<usize, String> {
        let count = self.u64()?;
        if count <= MOST { Ok(count as usize) } else { Err(format!("{count} of something are too many")) }
    }

    fn text(&mut self) -> Result<String, String> {
        let length = self.count()?;
        String::from_utf8(self.take(length)?.to_vec()).map_err(|_| "a text is no UTF-8".to_owned())
    }

    fn tables(&mut self) -> Result<Tables, String> {
        if self.take(4)? != MAGIC {
            return Err("it is no GGUF file".to_owned());
        }
        let version = self.u32()?;
        if !(2..=3).contains(&version) {
            return Err(format!("version {version} of GGUF is not read"));
        }
        let (tensor_count, value_count) = (self.count()?, self.count()?);
        let mut metadata = HashMap::new();
        for _ in 0..value_count {
            let (key, kind) = (self.text()?, self.u32()?);
            metadata.insert(key, self.value(kind, 0)?);
        }
        let mut tensors = HashMap::new();
        for _ in 0..tensor_count {
            let (name, axes) = (self.text()?, self.u32()?);
            if axes > MOST_AXES {
                return Err(format!("{name} has {axes} axes"));
            }
            let mut shape: Vec<usize> = (0..axes).map(|_| self.count()).collect::<Result<_, _>>()?;
            shape.reverse();
            let (kind, offset) = (self.u32()?, self.u64()?);
            if tensors.contains_key(&name) {
                return Err(format!("the tensor {name} is there twice"));
            }
            tensors.insert(name, Tensor { shape, kind, offset });
        }
        Ok((metadata, tensors))
    }

    fn value(&mut self, kind: u32, depth: u32) -> Result<Value, String> {
        Ok(match kind {
            0 | 7 => Value::Number(f64::from(self.array::<1>()?[0])),
            1 => Value::Number(f64::from(i8::from_le_bytes(self.array()?))),
            2 => Value::Number(f64::from(u16::from_le_bytes(self.array()?))),
            3 => Value::Number(f64::from(i16::from_le_bytes(self.array()?))),
            4 => Value::Number(f64::from(self.u32()?)),
            5 => Value::Number(f64::from(i32::from_le_bytes(self.array()?))),
            6 => Value::Number(f64::from(f32::from_le_bytes(self.array()?))),
            8 => Value::Text(self.text()?),
            9 if depth < MOST_NESTED => {
                let (kind, count) = (self.u32()?, self.count()?);
                Value::List((0..count).map(|_| self.value(kind, depth + 1)).collect::<Result<_, _>>()?)
            }
            10 => Value::Number(self.u64()? as f64),
            11 => Value::Number(i64::from_le_bytes(self.array()?) as f64),
            12 => Value::Number(f64::from_le_bytes(self.array()?)),
            kind => return Err(format!("metadata of the kind {kind} is not known")),
        })
    }
}

#[cfg(test)]
mod tests {
    use half::f16;

    use super::*;

    fn text(text: &str) -> Vec<u8> {
        [&(text.len() as u64).to_le_bytes(), text.as_bytes()].concat()
    }

    /// One text, one list, a row of Q4_1 and two numbers in f32.
    fn small() -> Vec<u8> {
        let mut bytes =
            [MAGIC.as_slice(), &3u32.to_le_bytes(), &2u64.to_le_bytes(), &2u64.to_le_bytes()].concat();
        bytes.extend([text("general.architecture"), 8u32.to_le_bytes().to_vec(), text("llama")].concat());
        bytes.extend([text("list"), 9u32.to_le_bytes().to_vec(), 4u32.to_le_bytes().to_vec()].concat());
        bytes.extend(2u64.to_le_bytes());
        bytes.extend([7u32.to_le_bytes(), 8u32.to_le_bytes()].concat());
        for (name, shape, kind, offset) in [("q", vec![32u64, 1], 3u32, 0u64), ("f", vec![2], 0, 32)] {
            bytes.extend(text(name));
            bytes.extend((shape.len() as u32).to_le_bytes());
            shape.iter().for_each(|length| bytes.extend(length.to_le_bytes()));
            bytes.extend(kind.to_le_bytes());
            bytes.extend(offset.to_le_bytes());
        }
        bytes.resize(bytes.len().next_multiple_of(ALIGNMENT as usize), 0);
        bytes.extend(f16::from_f32(0.5).to_le_bytes());
        bytes.extend(f16::from_f32(-2.0).to_le_bytes());
        bytes.extend((0..16u8).map(|at| at | (15 - at) << 4));
        bytes.resize(bytes.len() + 12, 0);
        bytes.extend([1.5f32.to_le_bytes(), (-1.0f32).to_le_bytes()].concat());
        bytes
    }

    #[test]
    fn metadata_and_tensors_are_read() {
        let file = Gguf::parse(Span::Memory(small()), "small").unwrap();
        assert_eq!(file.text("general.architecture").unwrap(), "llama");
        assert_eq!(file.numbers("list").unwrap(), [7.0, 8.0]);
        assert_eq!(file.tensor("f", &[2]).unwrap(), Stored::Full(vec![1.5, -1.0]));
        let Stored::Q4(q4) = file.tensor("q", &[1, 32]).unwrap() else { panic!("it is stored in four bits") };
        let expected: Vec<f32> =
            (0..32u8).map(|at| f32::from(if at < 16 { at } else { 31 - at }) * 0.5 - 2.0).collect();
        assert_eq!(q4.dequantize(), expected);
        assert!(file.tensor("q", &[32, 1]).is_err() && file.tensor("none", &[1]).is_err());
        assert!(file.number("list").is_err());
    }

    #[test]
    fn cut_files_are_refused() {
        let whole = small();
        for length in 0..whole.len() {
            let parsed = Gguf::parse(Span::Memory(whole[..length].to_vec()), "cut");
            let read = parsed.and_then(|file| file.tensor("f", &[2]));
            assert!(read.is_err(), "{length}");
        }
    }
}
