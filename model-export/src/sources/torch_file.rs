//! Checkpoints as `torch.save` wrote them before version 1.6 (`torch/serialization.py`, `_legacy_save`): five pickles one after the
//! other, then the numbers of each storage. Reads the tensors of floats and the names they stand under; runs nothing that a
//! pickle asks for, and refuses to know what the tensors mean. No crate reads this form without a whole framework around it.

use std::collections::HashMap;

use crate::ExportError;
use crate::sources::TensorSource;
use crate::sources::cursor::Cursor;

/// The first pickle of every such file.
const MAGIC: &[u8] = &[0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, b'.'];
/// No sane checkpoint nests deeper, or has longer lists.
const MAX_STACK: usize = 100_000;

/// Tensors by the path of names that leads to them: `model_state.lstm.weight_ih_l0`.
#[derive(Debug)]
pub struct TorchFile {
    origin: String,
    prefix: String,
    tensors: HashMap<String, Tensor>,
    storages: HashMap<String, Vec<f32>>,
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
    /// Parses a whole file. Tensors are asked for by the names they have under `prefix`.
    pub fn parse(bytes: &[u8], prefix: &str, origin: &str) -> Result<TorchFile, ExportError> {
        let bad = |reason: String| ExportError::input(origin, reason);
        if !bytes.starts_with(MAGIC) {
            return Err(bad("it is no checkpoint of torch before 1.6".to_owned()));
        }
        let mut cursor = Cursor { bytes, at: MAGIC.len() };
        cursor.unpickle().and_then(|_| cursor.unpickle()).map_err(bad)?;
        let checkpoint = cursor.unpickle().map_err(bad)?;
        let keys = cursor.unpickle().map_err(bad)?;
        let mut tensors = HashMap::new();
        collect(&checkpoint, String::new(), &mut tensors);
        let mut storages = HashMap::new();
        let Value::Items(keys) = keys else { return Err(bad("there is no list of storages".to_owned())) };
        for key in keys {
            let Value::Text(key) = key else { return Err(bad("a storage has no name".to_owned())) };
            storages.insert(key, cursor.floats().map_err(bad)?);
        }
        Ok(TorchFile { origin: origin.to_owned(), prefix: format!("{prefix}."), tensors, storages })
    }
}

impl TensorSource for TorchFile {
    fn tensor(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ExportError> {
        let bad = |reason: String| ExportError::input(&self.origin, format!("{name}: {reason}"));
        let tensor = self.tensors.get(&format!("{}{name}", self.prefix));
        let tensor = tensor.ok_or_else(|| bad("there is no such tensor".to_owned()))?;
        if tensor.shape != shape {
            return Err(bad(format!("its shape is {:?}, expected {shape:?}", tensor.shape)));
        }
        let count = shape.iter().product::<usize>();
        let storage = self.storages.get(&tensor.storage);
        let values = storage.and_then(|values| values.get(tensor.offset..tensor.offset.checked_add(count)?));
        Ok(values.ok_or_else(|| bad("it reaches beyond its storage".to_owned()))?.to_vec())
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

    /// One storage: its length and its 32-bit floats.
    fn floats(&mut self) -> Result<Vec<f32>, String> {
        let count = self.number(8)?;
        let bytes = self.take(count.checked_mul(4).ok_or("a storage is too long")?)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
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
                    // BINPERSID: ('storage', type, key, place, length, view)
                    let key = match pop(&mut stack)? {
                        Value::Items(items) => items.into_iter().nth(2),
                        _ => None,
                    };
                    stack.push(key.ok_or("a storage has no key")?);
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
        "torch._utils._rebuild_tensor_v2" => {
            rebuilt(arguments).ok_or_else(|| "a tensor is not whole".to_owned())
        }
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
    use super::*;

    /// What Python writes for `{"model": OrderedDict(w=tensor of shape [2, 2], the last four of a storage of five)}`.
    fn small(function: &str) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(b"\x80\x02M\xe9\x03."); // protocol version
        bytes.extend(b"\x80\x02}q\x00."); // system's sizes
        bytes.extend(b"\x80\x02}q\x00X\x05\x00\x00\x00modelq\x01ccollections\nOrderedDict\nq\x02)Rq\x03X\x01\x00\x00\x00wq\x04");
        bytes.extend(
            format!("c{function}\nq\x05((X\x07\x00\x00\x00storageq\x06ctorch\nFloatStorage\nq\x07").bytes(),
        );
        bytes.extend(b"X\x02\x00\x00\x0042q\x08X\x03\x00\x00\x00cpuq\tK\x05NtQK\x01K\x02K\x02\x86K\x02K\x01\x86\x89h\x02)Rtq\nRq\x0bss.");
        bytes.extend(b"\x80\x02]q\x00X\x02\x00\x00\x0042q\x01a.");
        bytes.extend(5u64.to_le_bytes());
        bytes.extend([9.0f32, 1.0, 2.0, 3.0, 4.0].into_iter().flat_map(f32::to_le_bytes));
        bytes
    }

    #[test]
    fn tensors_are_found_by_name() {
        let mut file =
            TorchFile::parse(&small("torch._utils\n_rebuild_tensor_v2"), "model", "small").unwrap();
        assert_eq!(file.tensor("w", &[2, 2]).unwrap(), [1.0, 2.0, 3.0, 4.0]);
        assert!(file.tensor("w", &[4]).is_err());
        assert!(file.tensor("v", &[2, 2]).is_err());
    }

    #[test]
    fn hostile_files_are_refused() {
        let whole = small("torch._utils\n_rebuild_tensor_v2");
        for length in 0..whole.len() {
            assert!(TorchFile::parse(&whole[..length], "model", "cut").is_err(), "{length}");
        }
        let error = TorchFile::parse(&small("os\nsystem"), "model", "evil").unwrap_err();
        assert!(error.to_string().contains("os.system"), "{error}");
    }
}
