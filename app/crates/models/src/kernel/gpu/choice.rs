//! The rules of Whisper's timestamps and the greedy choice, over the logits where they lie: the token, its log-probability and
//! what must be remembered for the next choice. One workgroup. Its twin in memory is `whisper::rules`.

use burn::tensor::{Device, Int, Tensor, TensorData};
use burn_wgpu::CubeTensor;
use burn_wgpu::Wgpu;
use cubecl::prelude::*;

use super::{on_gpu, room, size, sum_of, tensor, whole_numbers};

const UNITS: u32 = 256;
/// Of a token that may not be said. Not −∞, which shaders need not respect.
const BLOCKED: f32 = -1e9;
/// Numbers that are remembered: the last token; 1 where the last, and the one before it, was a timestamp; 1 where anything but the
/// first timestamp was said; ticks of the latest timestamp.
const REMEMBERED: usize = 5;

/// Where the kinds of tokens lie among the logits.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Text lies below it, other special tokens above.
    pub end_of_text: u32,
    /// Timestamps lie from it on.
    pub timestamp_begin: u32,
    /// Of all tokens.
    pub size: usize,
}

/// What is needed to choose.
pub struct GreedySampler {
    /// `[timestamp_begin]`: 1 for what is never said.
    suppressed: CubeTensor,
    limits: Limits,
    device: Device,
}

/// What a choice depends on beside the logits.
pub struct Memory {
    state: Tensor<1>,
    token: Tensor<1, Int>,
}

impl Memory {
    /// The last token, `[1]`.
    pub fn token(&self) -> Tensor<1, Int> {
        self.token.clone()
    }
}

/// The better of two candidates by value, then by place: what scanning them in order would keep.
#[cube]
fn best_of(values: &mut Shared<[f32]>, places: &mut Shared<[u32]>, #[comptime] units: u32) {
    sync_cube();
    #[unroll]
    for level in 0..comptime!(units.ilog2()) {
        let active = comptime!(units >> (level + 1));
        if UNIT_POS < active {
            let (here, there) = (UNIT_POS as usize, (UNIT_POS + active) as usize);
            if values[there] > values[here] || (values[there] == values[here] && places[there] < places[here])
            {
                values[here] = values[there];
                places[here] = places[there];
            }
        }
        sync_cube();
    }
}

#[cube(launch)]
fn choose_kernel(
    logits: &[f32],
    suppressed: &[f32],
    memory: &[f32],
    next: &mut [f32],
    picked: &mut [f32],
    chosen: &mut [i32],
    begin: u32,
    size: u32,
    end_of_text: u32,
    #[comptime] goes_on: bool,
    #[comptime] units: u32,
) {
    let mut values = Shared::new_slice(comptime!(units as usize));
    let mut places = Shared::new_slice(comptime!(units as usize));
    let last_is_time = memory[1] > 0.5f32;
    let opens = last_is_time && memory[2] > 0.5f32;
    let closes = last_is_time && memory[2] < 0.5f32;
    // An opened segment says something, where speech cannot go on after the sound.
    let must_speak = opens && memory[3] > 0.5f32 && comptime!(!goes_on);
    // The same time only where a segment ends, so that its twin may begin the next.
    let latest = u32::cast_from(memory[4]);
    let earliest = if closes { latest } else { latest + 1 };

    let mut best = f32::new(BLOCKED);
    let mut place = 0u32;
    for token in range_stepped(UNIT_POS, begin, units) {
        let is_kept = suppressed[token as usize] < 0.5f32
            && !(closes && token < end_of_text)
            && !(must_speak && token == end_of_text);
        if is_kept && logits[token as usize] > best {
            best = logits[token as usize];
            place = token;
        }
    }
    values[UNIT_POS as usize] = best;
    places[UNIT_POS as usize] = place;
    best_of(&mut values, &mut places, units);
    let (mut best_text, text) = (values[0], places[0]);
    sync_cube();

    best = BLOCKED;
    place = begin;
    if !opens {
        for token in range_stepped(begin + earliest + UNIT_POS, size, units) {
            if logits[token as usize] > best {
                best = logits[token as usize];
                place = token;
            }
        }
    }
    values[UNIT_POS as usize] = best;
    places[UNIT_POS as usize] = place;
    best_of(&mut values, &mut places, units);
    let (best_time, time) = (values[0], places[0]);
    sync_cube();

    let mut sum = 0.0f32;
    for token in range_stepped(UNIT_POS, begin, units) {
        let is_kept = suppressed[token as usize] < 0.5f32
            && !(closes && token < end_of_text)
            && !(must_speak && token == end_of_text);
        if is_kept {
            sum += (logits[token as usize] - best_text).exp();
        }
    }
    values[UNIT_POS as usize] = sum;
    let mut all_text = best_text + sum_of(&mut values, units).ln();
    sum = 0.0f32;
    if !opens {
        for token in range_stepped(begin + earliest + UNIT_POS, size, units) {
            sum += (logits[token as usize] - best_time).exp();
        }
    }
    values[UNIT_POS as usize] = sum;
    let time_sum = sum_of(&mut values, units);

    if UNIT_POS == 0 {
        let mut all_time = f32::new(BLOCKED);
        if time_sum > 0.0f32 {
            all_time = best_time + time_sum.ln();
        }
        // Where a timestamp is likelier than any one word, it is a timestamp.
        if all_time > best_text {
            best_text = BLOCKED;
            all_text = BLOCKED;
        }
        let is_time = best_time > best_text;
        let mut token = text;
        let mut top = best_text;
        let mut ticks = memory[4];
        let mut kind = 0.0f32;
        if is_time {
            token = time;
            top = best_time;
            ticks = f32::cast_from(time - begin);
            kind = 1.0f32;
        }
        chosen[0] = i32::cast_from(token);
        picked[0] = f32::cast_from(token);
        picked[1] = 0.0f32 - ((all_time - top).exp() + (all_text - top).exp()).ln();
        next[0] = f32::cast_from(token);
        next[1] = kind;
        next[2] = memory[1];
        next[3] = 1.0f32;
        next[4] = ticks;
    }
}

impl GreedySampler {
    /// `suppressed`: tokens that are never said.
    pub fn new(suppressed: impl Iterator<Item = usize>, limits: Limits, device: &Device) -> GreedySampler {
        let mut is_suppressed = vec![0.0; limits.timestamp_begin as usize];
        suppressed.for_each(|token| {
            if let Some(value) = is_suppressed.get_mut(token) {
                *value = 1.0;
            }
        });
        let suppressed = on_gpu(Tensor::<1>::from_data(TensorData::from(is_suppressed.as_slice()), device));
        GreedySampler { suppressed, limits, device: device.clone() }
    }

    /// What is remembered after the first token of a window, always a timestamp.
    pub fn after_first(&self, token: u32) -> Memory {
        let ticks = token.saturating_sub(self.limits.timestamp_begin);
        let state: [f32; REMEMBERED] = [token as f32, 1.0, 1.0, 0.0, ticks as f32];
        Memory {
            state: Tensor::from_data(TensorData::from(state), &self.device),
            token: Tensor::from_data(TensorData::from([token.cast_signed()]), &self.device),
        }
    }

    /// Chooses from `logits` (`[1, tokens]`) → what is remembered then, and the token with its log-probability, `[1, 2]`.
    /// `goes_on`: speech may go on where the sound ends.
    pub fn choose(&self, logits: Tensor<2>, memory: &Memory, goes_on: bool) -> (Memory, Tensor<2>) {
        let logits = on_gpu(logits);
        let (next, picked) = (room(&logits, [REMEMBERED]), room(&logits, [1, 2]));
        let token = room(&whole_numbers(memory.token.clone()), [1]);
        choose_kernel::launch(
            &logits.client.clone(),
            CubeCount::new_single(),
            CubeDim::new_1d(UNITS),
            logits.into_buffer_arg(),
            self.suppressed.clone().into_buffer_arg(),
            on_gpu(memory.state.clone()).into_buffer_arg(),
            next.clone().into_buffer_arg(),
            picked.clone().into_buffer_arg(),
            token.clone().into_buffer_arg(),
            self.limits.timestamp_begin,
            size(self.limits.size),
            self.limits.end_of_text,
            goes_on,
            UNITS,
        );
        (Memory { state: tensor(next), token: Tensor::from_primitive::<Wgpu>(token) }, tensor(picked))
    }
}
