//! JSON as messages and documents have it, read by way of a tree. `serde_json` reads each type straight from the text: what that takes is
//! in a module once for each type, and everybody waits for the page's bytes. Here a structure is handed its fields one after the other,
//! each looked up by its name, as serde hands it the items of a list: that takes half of what it does to sort them by itself.

mod error;

pub use error::Error;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess};
use serde::de::{VariantAccess, Visitor};
use serde_json::{Map, Value, map};
use std::slice;

/// What `text` says, where it says a `T`.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let tree = serde_json::from_str(text).map_err(Error::of_text)?;
    of_tree(&tree)
}

/// The same of what was read already.
pub fn of_tree<T: DeserializeOwned>(tree: &Value) -> Result<T, Error> {
    T::deserialize(Tree(tree))
}

/// The names of the fields of `T`, a structure.
pub fn fields<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    // Asked for a `T` it notes what belongs to one, and has none to give.
    let _ = T::deserialize(Asked(&mut fields));
    fields
}

/// For who reads a part of the tree by itself.
pub fn tree(tree: &Value) -> impl Deserializer<'_, Error = Error> {
    Tree(tree)
}

#[derive(Clone, Copy)]
struct Tree<'de>(&'de Value);

#[cold]
fn unlike() -> Error {
    Error::default()
}

impl<'de> Tree<'de> {
    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Number(number) = self.0 else { return Err(unlike()) };
        if let Some(number) = number.as_u64() {
            visitor.visit_u64(number)
        } else if let Some(number) = number.as_i64() {
            visitor.visit_i64(number)
        } else {
            visitor.visit_f64(number.as_f64().ok_or_else(unlike)?)
        }
    }

    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0.as_str().ok_or_else(unlike)?)
    }

    fn list<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Items(self.0.as_array().ok_or_else(unlike)?.iter()))
    }

    fn structure<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let fields = self.0.as_object().ok_or_else(unlike)?;
        visitor.visit_seq(Ordered { fields, names: names.iter() })
    }

    fn fields<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Fields { rest: self.0.as_object().ok_or_else(unlike)?.iter(), value: None })
    }
}

macro_rules! by {
    ($read:ident: $($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$read(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Tree<'de> {
    type Error = Error;

    by!(number: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64);
    by!(number: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_f32 deserialize_f64);
    by!(text: deserialize_char deserialize_str deserialize_string deserialize_identifier);
    by!(list: deserialize_seq deserialize_bytes deserialize_byte_buf);
    by!(fields: deserialize_map);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(_) => self.number(visitor),
            Value::String(_) => self.text(visitor),
            Value::Array(_) => self.list(visitor),
            Value::Object(_) => self.fields(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.0.as_bool().ok_or_else(unlike)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.0.as_null().ok_or_else(unlike)?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        if self.0.as_array().is_some_and(|items| items.len() == length) {
            self.list(visitor)
        } else {
            Err(unlike())
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.structure(names, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.variant().ok_or_else(unlike)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

struct Items<'de>(slice::Iter<'de, Value>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        match self.0.next() {
            Some(item) => seed.deserialize(Tree(item)).map(Some),
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The fields of a structure in its own order.
struct Ordered<'de> {
    fields: &'de Map<String, Value>,
    names: slice::Iter<'static, &'static str>,
}

impl<'de> SeqAccess<'de> for Ordered<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(name) = self.names.next() else { return Ok(None) };
        let value = self.fields.get(*name);
        let read = seed.deserialize(Tree(value.unwrap_or(&Value::Null)));
        match value {
            Some(_) => read.map(Some).map_err(|error| error.within(name)),
            // Nothing, for what may be nothing; else the default, and without one a list that is too short.
            None => Ok(read.ok()),
        }
    }
}

/// Of a map whatever there is.
struct Fields<'de> {
    rest: map::Iter<'de>,
    /// Of the field whose name was read last.
    value: Option<&'de Value>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Name(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(Tree(self.value.take().ok_or_else(unlike)?))
    }
}

/// The name of a field or of a variant, or a number in the place of a field's name.
#[derive(Clone, Copy)]
struct Name<'de>(&'de str);

impl<'de> Name<'de> {
    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(self.0.parse().map_err(|_| unlike())?)
    }
}

impl<'de> Deserializer<'de> for Name<'de> {
    type Error = Error;

    by!(number: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool u128 i8 i16 i32 i64 i128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// One kind of several: its name, and what belongs to it where anything does.
struct Variant<'de> {
    name: &'de str,
    value: Option<Tree<'de>>,
}

impl<'de> Tree<'de> {
    fn variant(self) -> Option<Variant<'de>> {
        match self.0 {
            Value::String(name) => Some(Variant { name, value: None }),
            Value::Object(fields) if fields.len() == 1 => {
                fields.iter().next().map(|(name, value)| Variant { name, value: Some(Tree(value)) })
            }
            _ => None,
        }
    }
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        Ok((seed.deserialize(Name(self.name))?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        if self.value.is_none_or(|value| value.0.is_null()) { Ok(()) } else { Err(unlike()) }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        let read = seed.deserialize(self.value.ok_or_else(unlike)?);
        read.map_err(|error| error.within(self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.value.ok_or_else(unlike)?.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let read = self.value.ok_or_else(unlike)?.structure(names, visitor);
        read.map_err(|error| error.within(self.name))
    }
}

struct Asked<'f>(&'f mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(unlike())
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(unlike())
    }

    serde::forward_to_deserialize_any! {
        bool u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests;
