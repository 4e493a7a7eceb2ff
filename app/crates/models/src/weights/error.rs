//! What can be wrong with weights on disk. Says what was found and where; refuses to say what the user should do.

/// Why weights could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// Not a safetensors file, or one whose header contradicts its bytes.
    #[error("weights shard {shard} is damaged: {reason}")]
    Shard { shard: usize, reason: String },
    /// The shard is quantized in a way this reader does not know.
    #[error("weights shard {shard} is quantized as {found:?}, which is not known")]
    Scheme { shard: usize, found: Option<String> },
    /// A tensor that the model needs is absent, or was taken before.
    #[error("tensor {0} is missing from the weights")]
    Missing(String),
    /// The same name twice, in one shard or in two.
    #[error("tensor {0} is there twice")]
    Twice(String),
    /// A tensor of another shape than the model's.
    #[error("tensor {name} has the shape {found:?}, expected {expected:?}")]
    Shape { name: String, found: Vec<usize>, expected: Vec<usize> },
    /// A tensor whose stored type or values are of no use.
    #[error("tensor {name} is unusable: {reason}")]
    Tensor { name: String, reason: String },
    /// A file whose bytes are not those that the manifest lists.
    #[error("the file {name} {reason}")]
    WrongFile { name: String, reason: String },
    /// A file that the manifest lists and that was not given.
    #[error("the file {0} is missing")]
    MissingFile(String),
    /// `models.json` cannot be read.
    #[error("the list of models is unusable: {0}")]
    Manifest(String),
}

impl WeightsError {
    pub(super) fn tensor(name: &str, reason: impl Into<String>) -> Self {
        Self::Tensor { name: name.to_owned(), reason: reason.into() }
    }

    pub(super) fn wrong_file(name: &str, reason: impl Into<String>) -> Self {
        Self::WrongFile { name: name.to_owned(), reason: reason.into() }
    }
}
