//! Which device the models run on: WebGPU where there is a real adapter, otherwise the CPU with a worker per core.

use crate::models::worker::messages::Trust;
use crate::web::js;
use clip::protocol::{DeviceKind, DevicePreference};
use wasm_bindgen::JsCast;
use web_sys::Gpu;

/// ModelWorkers beyond this gain little and cost each a copy of the weights.
const MAX_WORKERS: u32 = 4;

pub struct Choice {
    pub kind: DeviceKind,
    /// What the browser calls the adapter.
    pub adapter: Option<String>,
    pub workers: u32,
    pub trust: Trust,
}

struct Adapter {
    name: String,
    is_fallback: bool,
}

/// The adapter that the browser prefers. A software one is seventy times slower than SIMD on the same processor.
async fn adapter() -> Option<Adapter> {
    let gpu: Gpu = js::get(&js::scope().navigator(), "gpu").dyn_into().ok()?;
    let adapter = js::settle(gpu.request_adapter().unchecked_into()).await.ok()?;
    if adapter.is_null() || adapter.is_undefined() {
        return None;
    }
    let info = js::get(&adapter, "info");
    let part = |name: &str| js::get(&info, name).as_string().filter(|text| !text.is_empty());
    let words: Vec<String> = ["vendor", "architecture", "description"].into_iter().filter_map(part).collect();
    let name = if words.is_empty() { "GPU".to_owned() } else { words.join(" ") };
    // The flag moved from the adapter to its info; browsers of both kinds are in use.
    let flagged = |target| js::get(target, "isFallbackAdapter").is_truthy();
    let is_software =
        ["swiftshader", "llvmpipe", "basic render"].iter().any(|soft| name.to_lowercase().contains(soft));
    let is_fallback = flagged(&adapter) || flagged(&info) || is_software;
    Some(Adapter { name, is_fallback })
}

/// Decides without loading anything.
pub async fn choose(preference: DevicePreference) -> Choice {
    let gpu = |found: Adapter| Choice {
        kind: DeviceKind::Webgpu,
        adapter: Some(found.name),
        workers: 1,
        // The comparison takes minutes on a software adapter, which is chosen for tests only.
        trust: if found.is_fallback { Trust::Given } else { Trust::MustBeEarned },
    };
    let found = match preference {
        DevicePreference::Cpu => None,
        DevicePreference::Auto => adapter().await.filter(|found| !found.is_fallback),
        DevicePreference::Webgpu => adapter().await,
    };
    found.map_or_else(cpu, gpu)
}

/// The choice that always works.
pub fn cpu() -> Choice {
    let cores = js::scope().navigator().hardware_concurrency();
    let workers = (cores as u32).clamp(1, MAX_WORKERS);
    Choice { kind: DeviceKind::Cpu, adapter: None, workers, trust: Trust::Given }
}
