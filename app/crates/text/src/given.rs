//! What messages are filled in with.

/// What fills a place of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// Written as the language writes numbers; plural forms go by it.
    Number(f64),
    Text(String),
}

impl From<&str> for Given {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Given {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Given {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! given_of_numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Given {
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        }
    )*};
}

given_of_numbers!(u8, u16, u32, u64, usize, i32, f32, f64);
