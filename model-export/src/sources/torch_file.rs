//! Checkpoints as `torch.save` writes them since version 1.6 (`torch/serialization.py`, `_save`): an archive with a pickle, which says what
//! there is, and a file for the numbers of each storage. Reads the tensors of 32-bit floats and the names they stand under; runs nothing
//! that a pickle asks for, and refuses to know what the tensors mean. No crate reads this form without a whole framework around it.

use std::collections::HashMap;
use std::io::{self, Read};

use crate::ExportError;
use crate::sources::TensorSource;
use crate::sources::cursor::Cursor;

/// No sane checkpoint nests deeper, or has longer lists.
const MAX_STACK: usize = 100_000;
/// No file of an archive is larger.
const MAX_BYTES: u64 = 1 << 30;

/// Tensors by the path of names that leads to them: `head.conv1.weight`.
#[derive(Debug)]
pub struct TorchFile {
    origin: String,
    /// What the names of all files begin with.
    folder: String,
    archive: zip::ZipArchive<io::Cursor<Vec<u8>>>,
    tensors: HashMap<String, Tensor>,
}

/// A view of a storage, row by row.
#[derive(Clone, Debug, PartialEq)]
struct Tensor {
    storage: String,
    offset: usize,
    shape: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    None,
    Int(i64),
    Text(String),
    /// What a name of Python's stands for; only some are understood when called.
    Global(String),
    /// A tuple or a list.
    Items(Vec<Value>),
    Dict(Vec<(Value, Value)>),
    Tensor(Tensor),
    Mark,
}

impl TorchFile {
    /// Opens a whole file.
    pub fn parse(bytes: Vec<u8>, origin: &str) -> Result<TorchFile, ExportError> {
        let bad = |reason: String| ExportError::input(origin, reason);
        let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes))
            .map_err(|e| bad(format!("no checkpoint of torch: {e}")))?;
        let folder = archive.file_names().find_map(|name| name.strip_suffix("data.pkl")).map(str::to_owned);
        let folder = folder.ok_or_else(|| bad("no checkpoint of torch: it holds no data.pkl".to_owned()))?;
        let pickle = member(&mut archive, &format!("{folder}data.pkl")).map_err(bad)?;
        let checkpoint = Cursor { bytes: &pickle, at: 0 }.unpickle().map_err(bad)?;
        let mut tensors = HashMap::new();
        collect(&checkpoint, String::new(), &mut tensors);
        Ok(TorchFile { origin: origin.to_owned(), folder, archive, tensors })
    }
}

/// The bytes of one file.
fn member(archive: &mut zip::ZipArchive<io::Cursor<Vec<u8>>>, name: &str) -> Result<Vec<u8>, String> {
    let file = archive.by_name(name).map_err(|e| format!("{name}: {e}"))?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(|e| format!("{name}: {e}"))?;
    Ok(bytes)
}

impl TensorSource for TorchFile {
    fn tensor(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ExportError> {
        let bad = |reason: String| ExportError::input(&self.origin, format!("{name}: {reason}"));
        let tensor = self.tensors.get(name).ok_or_else(|| bad("there is no such tensor".to_owned()))?;
        if tensor.shape != shape {
            return Err(bad(format!("its shape is {:?}, expected {shape:?}", tensor.shape)));
        }
        let storage =
            member(&mut self.archive, &format!("{}data/{}", self.folder, tensor.storage)).map_err(bad)?;
        let count = shape.iter().product::<usize>();
        let numbers = storage.as_chunks::<4>().0;
        let values = numbers.get(tensor.offset..tensor.offset.saturating_add(count));
        let values = values.ok_or_else(|| bad("it reaches beyond its storage".to_owned()))?;
        Ok(values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }
}

/// Every tensor below `value`, under the names that lead to it.
fn collect(value: &Value, path: String, found: &mut HashMap<String, Tensor>) {
    match value {
        Value::Tensor(tensor) => {
            found.insert(path, tensor.clone());
        }
        Value::Dict(entries) => {
            for (key, value) in entries {
                if let Value::Text(key) = key {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    collect(value, path, found);
                }
            }
        }
        _ => {}
    }
}

impl Cursor<'_> {
    /// A little-endian number of `count` bytes, without a sign.
    fn number(&mut self, count: usize) -> Result<usize, String> {
        let bytes = self.take(count)?;
        let value = bytes.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
        usize::try_from(value).map_err(|_| "a number is too large".to_owned())
    }

    fn line(&mut self) -> Result<String, String> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| *byte == b'\n').ok_or("it ends too early")?;
        let line = String::from_utf8_lossy(self.take(length)?).into_owned();
        self.at += 1;
        Ok(line)
    }

    /// Runs one pickle (protocol 2; Python's `pickletools` names the opcodes) on a stack of plain values.
    fn unpickle(&mut self) -> Result<Value, String> {
        let mut stack: Vec<Value> = Vec::new();
        let mut memo: HashMap<usize, Value> = HashMap::new();
        loop {
            if stack.len() > MAX_STACK {
                return Err("it nests too deep".to_owned());
            }
            match self.take(1)?[0] {
                0x80 => _ = self.take(1)?,                                              // PROTO
                b'.' => return stack.pop().ok_or_else(|| "an empty pickle".to_owned()), // STOP
                b'(' => stack.push(Value::Mark),
                b'}' => stack.push(Value::Dict(Vec::new())),
                b']' | b')' => stack.push(Value::Items(Vec::new())),
                b'N' => stack.push(Value::None),
                0x88 => stack.push(Value::Int(1)), // NEWTRUE
                0x89 => stack.push(Value::Int(0)), // NEWFALSE
                b'K' => stack.push(Value::Int(self.number(1)? as i64)),
                b'M' => stack.push(Value::Int(self.number(2)? as i64)),
                b'J' => stack.push(Value::Int(i64::from(self.number(4)? as u32 as i32))),
                0x8a => {
                    // LONG1: object ids of optimizers, which nobody here asks for.
                    let count = self.number(1)?;
                    self.take(count)?;
                    stack.push(Value::None);
                }
                b'G' => {
                    self.take(8)?;
                    stack.push(Value::None);
                }
                b'X' => {
                    let count = self.number(4)?;
                    stack.push(Value::Text(String::from_utf8_lossy(self.take(count)?).into_owned()));
                }
                b'c' => {
                    let (module, name) = (self.line()?, self.line()?);
                    stack.push(Value::Global(format!("{module}.{name}")));
                }
                b'q' => _ = memo.insert(self.number(1)?, top(&stack)?.clone()),
                b'r' => _ = memo.insert(self.number(4)?, top(&stack)?.clone()),
                code @ (b'h' | b'j') => {
                    let key = self.number(if code == b'h' { 1 } else { 4 })?;
                    stack.push(memo.get(&key).cloned().ok_or("it recalls what it never kept")?);
                }
                b't' => {
                    let items = since_mark(&mut stack)?;
                    stack.push(Value::Items(items));
                }
                code @ 0x85..=0x87 => {
                    // TUPLE1, TUPLE2, TUPLE3
                    let count = usize::from(code - 0x84);
                    let first = stack.len().checked_sub(count).ok_or("a tuple of nothing")?;
                    let items = stack.split_off(first);
                    stack.push(Value::Items(items));
                }
                b'Q' => {
                    // BINPERSID: ('storage', type, key, place, length)
                    let Value::Items(items) = pop(&mut stack)? else {
                        return Err("a storage has no key".to_owned());
                    };
                    let is_of_floats = items.get(1) == Some(&Value::Global("torch.FloatStorage".to_owned()));
                    let key = items.into_iter().nth(2).filter(|_| is_of_floats);
                    stack.push(key.unwrap_or(Value::None));
                }
                b'R' => {
                    let (arguments, function) = (pop(&mut stack)?, pop(&mut stack)?);
                    stack.push(called(&function, arguments)?);
                }
                b'b' => _ = pop(&mut stack)?, // BUILD: attributes of an object, such as a dictionary's version
                b'a' | b'e' => {
                    let added = if self.bytes[self.at - 1] == b'a' {
                        vec![pop(&mut stack)?]
                    } else {
                        since_mark(&mut stack)?
                    };
                    match stack.last_mut() {
                        Some(Value::Items(items)) => items.extend(added),
                        _ => return Err("it appends to no list".to_owned()),
                    }
                }
                code @ (b's' | b'u') => {
                    let flat = if code == b's' {
                        let (value, key) = (pop(&mut stack)?, pop(&mut stack)?);
                        vec![key, value]
                    } else {
                        since_mark(&mut stack)?
                    };
                    let pairs =
                        flat.as_chunks::<2>().0.iter().map(|[key, value]| (key.clone(), value.clone()));
                    match stack.last_mut() {
                        Some(Value::Dict(entries)) => entries.extend(pairs),
                        _ => return Err("it puts an entry into no dictionary".to_owned()),
                    }
                }
                code => return Err(format!("a pickle's opcode {code:#04x} is not known")),
            }
        }
    }
}

fn pop(stack: &mut Vec<Value>) -> Result<Value, String> {
    stack.pop().ok_or_else(|| "a pickle takes more than it has".to_owned())
}

fn top(stack: &[Value]) -> Result<&Value, String> {
    stack.last().ok_or_else(|| "a pickle keeps nothing".to_owned())
}

fn since_mark(stack: &mut Vec<Value>) -> Result<Vec<Value>, String> {
    let mark = stack.iter().rposition(|value| *value == Value::Mark).ok_or("a mark is missing")?;
    let items = stack.split_off(mark + 1);
    stack.pop();
    Ok(items)
}

/// What a call of Python's gives, of the two that a checkpoint of plain tensors makes.
fn called(function: &Value, arguments: Value) -> Result<Value, String> {
    let Value::Global(function) = function else { return Err("it calls what is no function".to_owned()) };
    match function.as_str() {
        "collections.OrderedDict" => Ok(Value::Dict(Vec::new())),
        // Counts and the like are no floats, and nobody asks for them.
        "torch._utils._rebuild_tensor_v2" => Ok(rebuilt(arguments).unwrap_or(Value::None)),
        other => Err(format!("it wants to call {other}, which is not done")),
    }
}

/// `(storage, offset, shape, strides, …)` of a tensor that lies row by row.
fn rebuilt(arguments: Value) -> Option<Value> {
    let Value::Items(arguments) = arguments else { return None };
    let [Value::Text(storage), Value::Int(offset), Value::Items(shape), Value::Items(strides), ..] =
        arguments.as_slice()
    else {
        return None;
    };
    let numbers = |values: &[Value]| -> Option<Vec<usize>> {
        let number = |value: &Value| match value {
            Value::Int(number) => usize::try_from(*number).ok(),
            _ => None,
        };
        values.iter().map(number).collect()
    };
    let (shape, strides) = (numbers(shape)?, numbers(strides)?);
    let mut expected = 1usize;
    for (length, stride) in shape.iter().zip(&strides).rev() {
        if *stride != expected && *length > 1 {
            return None;
        }
        expected = expected.checked_mul(*length)?;
    }
    let offset = usize::try_from(*offset).ok()?;
    Some(Value::Tensor(Tensor { storage: storage.clone(), offset, shape }))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// What Python writes for `{"model": OrderedDict(w=tensor of shape [2, 2], the last four of a storage of five)}`.
    fn pickle(function: &str) -> Vec<u8> {
        let mut bytes = b"\x80\x02}q\x00X\x05\x00\x00\x00modelq\x01ccollections\nOrderedDict\nq\x02)Rq\x03X\x01\x00\x00\x00wq\x04".to_vec();
        bytes.extend(
            format!("c{function}\nq\x05((X\x07\x00\x00\x00storageq\x06ctorch\nFloatStorage\nq\x07").bytes(),
        );
        bytes.extend(b"X\x02\x00\x00\x0042q\x08X\x03\x00\x00\x00cpuq\tK\x05tQK\x01K\x02K\x02\x86K\x02K\x01\x86\x89h\x02)Rtq\nRq\x0bss.");
        bytes
    }

    fn archive(pickle: &[u8]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        let numbers: Vec<u8> = [9.0f32, 1.0, 2.0, 3.0, 4.0].into_iter().flat_map(f32::to_le_bytes).collect();
        for (name, bytes) in [("small/data.pkl", pickle), ("small/data/42", &numbers)] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const REBUILD: &str = "torch._utils\n_rebuild_tensor_v2";

    #[test]
    fn tensors_are_found_by_name() {
        let mut file = TorchFile::parse(archive(&pickle(REBUILD)), "small").unwrap();
        assert_eq!(file.tensor("model.w", &[2, 2]).unwrap(), [1.0, 2.0, 3.0, 4.0]);
        assert!(file.tensor("model.w", &[4]).is_err());
        assert!(file.tensor("model.v", &[2, 2]).is_err());
    }

    #[test]
    fn hostile_files_are_refused() {
        let whole = pickle(REBUILD);
        for length in 0..whole.len() {
            assert!(TorchFile::parse(archive(&whole[..length]), "cut").is_err(), "{length}");
        }
        assert!(TorchFile::parse(whole, "no archive").is_err());
        let error = TorchFile::parse(archive(&pickle("os\nsystem")), "evil").unwrap_err();
        assert!(error.to_string().contains("os.system"), "{error}");
    }
}
