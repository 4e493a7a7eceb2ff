//! The container of CTranslate2, `model.bin` version 6: named variables of one type each, little-endian. Layout after
//! CTranslate2's `python/ctranslate2/specs/model_spec.py` (`_serialize`).

use std::collections::HashMap;
use std::ops::Range;

use half::f16;

use super::cursor::Cursor;

/// The only version read.
const VERSION: u32 = 6;
/// No sane model has more variables or axes.
const MAX_VARIABLES: u32 = 100_000;
const MAX_RANK: u8 = 8;

/// A parsed file: a table over its bytes.
#[derive(Debug)]
pub struct Ct2File {
    bytes: Vec<u8>,
    variables: HashMap<String, Variable>,
    pub spec: String,
}

#[derive(Debug)]
struct Variable {
    shape: Vec<usize>,
    dtype: Dtype,
    range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dtype {
    F32,
    I8,
    I16,
    I32,
    F16,
}

impl Dtype {
    fn from_code(code: u8) -> Result<Self, String> {
        Ok(match code {
            0 => Self::F32,
            1 => Self::I8,
            2 => Self::I16,
            3 => Self::I32,
            4 => Self::F16,
            _ => return Err(format!("unknown type {code}")),
        })
    }

    fn bytes(self) -> usize {
        match self {
            Self::F32 | Self::I32 => 4,
            Self::I16 | Self::F16 => 2,
            Self::I8 => 1,
        }
    }
}

impl Ct2File {
    /// Reads the table of variables.
    ///
    /// # Errors
    /// What is wrong with the bytes, in words.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, String> {
        let mut cursor = Cursor { bytes: &bytes, at: 0 };
        let version = cursor.u32()?;
        if version != VERSION {
            return Err(format!("CTranslate2 model.bin of version {version}, expected {VERSION}"));
        }
        let spec = cursor.name()?;
        let _revision = cursor.u32()?;
        let count = cursor.u32()?;
        if count > MAX_VARIABLES {
            return Err(format!("{count} variables"));
        }
        let mut variables = HashMap::new();
        for _ in 0..count {
            let name = cursor.name()?;
            let variable = cursor.variable().map_err(|reason| format!("{name}: {reason}"))?;
            if variables.insert(name.clone(), variable).is_some() {
                return Err(format!("{name} is there twice"));
            }
        }
        // Aliases follow (the projection is the token embedding); the Hugging Face layout ties them by itself.
        Ok(Self { variables, spec, bytes })
    }

    /// Shape of a variable; empty for a scalar.
    pub fn shape(&self, name: &str) -> Option<&[usize]> {
        self.variables.get(name).map(|v| v.shape.as_slice())
    }

    /// A variable of floats, row-major.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, String> {
        let variable = self.variables.get(name).ok_or_else(|| format!("{name} is missing"))?;
        let bytes = self.bytes.get(variable.range.clone()).unwrap_or_default();
        match variable.dtype {
            Dtype::F32 => Ok(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect()),
            Dtype::F16 => {
                Ok(bytes.as_chunks::<2>().0.iter().map(|b| f16::from_le_bytes(*b).to_f32()).collect())
            }
            other => Err(format!("{name} is {other:?}; only f32 and f16 models are converted")),
        }
    }

    /// A scalar that is a whole number.
    pub fn integer(&self, name: &str) -> Result<i64, String> {
        let variable = self.variables.get(name).ok_or_else(|| format!("{name} is missing"))?;
        match (variable.dtype, self.bytes.get(variable.range.clone()).unwrap_or_default()) {
            (Dtype::I8, [a]) => Ok(a.cast_signed().into()),
            (Dtype::I16, [a, b]) => Ok(i16::from_le_bytes([*a, *b]).into()),
            (Dtype::I32, [a, b, c, d]) => Ok(i32::from_le_bytes([*a, *b, *c, *d]).into()),
            _ => Err(format!("{name} is not a whole number")),
        }
    }
}

impl Cursor<'_> {
    /// A length with the closing NUL, then the text and the NUL.
    fn name(&mut self) -> Result<String, String> {
        let len = u16::from_le_bytes(self.array()?);
        let text = self.take(len.into())?;
        let text = text.strip_suffix(&[0]).ok_or("a name without its closing NUL")?;
        String::from_utf8(text.to_vec()).map_err(|_| "a name that is not UTF-8".to_owned())
    }

    fn variable(&mut self) -> Result<Variable, String> {
        let [rank] = self.array()?;
        if rank > MAX_RANK {
            return Err(format!("{rank} axes"));
        }
        let shape = (0..rank).map(|_| self.u32().map(|n| n as usize)).collect::<Result<Vec<_>, _>>()?;
        let [code] = self.array()?;
        let dtype = Dtype::from_code(code)?;
        let len = self.u32()? as usize;
        let expected = shape.iter().try_fold(dtype.bytes(), |n, axis| n.checked_mul(*axis));
        if expected != Some(len) {
            return Err(format!("{len} bytes for the shape {shape:?}"));
        }
        let from = self.at;
        self.take(len)?;
        Ok(Variable { shape, dtype, range: from..self.at })
    }
}
