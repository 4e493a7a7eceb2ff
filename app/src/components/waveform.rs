//! The sound as a line to look at and to seek on, with the clips drawn over it.
//! What the columns are is `project::view::waveform`'s; here they become pixels and keys.

use crate::format;
use crate::reactive::{effect, memo};
use crate::session::{Session, session};
use clip::order;
use clip::timeline::SourceRange;
use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use media::time::{Instant, Span};
use project::view::waveform::Waveform as Sound;
use text::say;
use wasm_bindgen::prelude::*;
use web_sys::{
    CanvasRenderingContext2d, Element, HtmlCanvasElement, KeyboardEvent, PointerEvent, ResizeObserver,
};

const BAR_PX: f64 = 2.0;
const GAP_PX: f64 = 1.0;
/// What is left of a clip's height, above and below, where it is cut.
const CUT_EDGE_PX: f64 = 3.0;

/// Bars for one width, kept between frames because only the playhead moves.
#[derive(Default)]
struct Columns {
    made_of: (u32, usize, Span),
    heights: Vec<Option<f32>>,
}

/// A clip over the sound.
#[derive(Debug, Clone, PartialEq)]
struct Drawn {
    hull: SourceRange,
    ranges: Vec<SourceRange>,
    is_chosen: bool,
}

#[component]
pub fn Waveform() -> impl IntoView {
    let session = session();
    let canvas = NodeRef::<Canvas>::new();
    let frame = NodeRef::<Div>::new();
    let resized = RwSignal::new(0_u32);
    let columns = StoredValue::new(Columns::default());

    let edition = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| (file.waveform.edition, file.duration())))
    });
    let ranges = memo(move || {
        session.state.with(|state| {
            let chosen = state.chosen;
            let drawn = |clip: clip::edit::ClipEdit| Drawn {
                hull: clip.timeline.hull(),
                ranges: clip.timeline.ranges().to_vec(),
                is_chosen: chosen == Some(clip.id),
            };
            state.shown_clips().into_iter().map(drawn).collect::<Vec<_>>()
        })
    });
    let duration = memo(move || edition.get().map(|(_, duration)| duration).unwrap_or_default());

    // The drawing follows.
    watch_size(
        move || frame.get().map(Into::into),
        move || resized.update(|count| *count = count.wrapping_add(1)),
    );
    effect(move || {
        resized.track();
        edition.get();
        session.settings.track();
        let (now, duration, ranges) = (session.now.get(), duration.get(), ranges.get());
        let Some(canvas) = canvas.get() else { return };
        session.state.with_untracked(|state| {
            let Some(file) = &state.file else { return };
            columns.update_value(|columns| {
                // A browser that gives no drawing context shows the empty frame; keys and clicks still work.
                let _ = draw(&canvas, columns, &file.waveform, duration, now, &ranges);
            });
        });
    });

    let seek_to_pointer = move |event: &PointerEvent| {
        let Some(frame) = frame.get_untracked() else { return };
        let area = frame.get_bounding_client_rect();
        if area.width() > 0.0 {
            let part = ((client_x(event) - area.left()) / area.width()).clamp(0.0, 1.0);
            session.seek(Instant::from_seconds(part * duration.get_untracked().seconds()));
        }
    };
    let second = memo(move || session.now.get().seconds().floor() as i64);
    view! {
        <div
            node_ref=frame
            id="waveform"
            class="waveform"
            role="slider"
            tabindex="0"
            aria-label=say!("outline-position")
            aria-valuemin="0"
            aria-valuemax=move || (duration.get().seconds().floor() as i64).to_string()
            aria-valuenow=move || second.get().to_string()
            aria-valuetext=move || {
                let at = Instant::from_seconds(second.get() as f64);
                let end = Instant::ZERO + duration.get();
                say!("outline-position-of", position = format::spoken_position(at), end = format::spoken_position(end))
            }
            on:pointerdown=move |event| {
                if event.button() == 0 {
                    if let Some(frame) = frame.get_untracked() {
                        // Without capture a drag ends at the edge, nothing worse.
                        let _ = frame.set_pointer_capture(event.pointer_id());
                    }
                    seek_to_pointer(&event);
                }
            }
            on:pointermove=move |event| {
                if event.buttons() & 1 == 1 {
                    seek_to_pointer(&event);
                }
            }
            on:keydown=move |event| seek_by_key(session, &event, duration.get_untracked())
        >
            <canvas node_ref=canvas class="waveform-canvas" aria-hidden="true"></canvas>
        </div>
    }
}

/// The bindings say whole or real pixels by how they are built; the browser always gives a number.
pub fn client_x(event: &PointerEvent) -> f64 {
    js_sys::Reflect::get(event, &"clientX".into()).ok().and_then(|x| x.as_f64()).unwrap_or_default()
}

fn seek_by_key(session: Session, event: &KeyboardEvent, duration: Span) {
    let now = session.now.get_untracked();
    let seconds = |seconds: f64| Span::from_seconds(if event.shift_key() { seconds / 5.0 } else { seconds });
    let at = match event.key().as_str() {
        "ArrowLeft" | "ArrowDown" => now - seconds(5.0),
        "ArrowRight" | "ArrowUp" => now + seconds(5.0),
        "PageDown" => now - Span::from_seconds(30.0),
        "PageUp" => now + Span::from_seconds(30.0),
        "Home" => Instant::ZERO,
        "End" => Instant::ZERO + duration,
        " " | "k" => {
            session.toggle_playing();
            return event.prevent_default();
        }
        _ => return,
    };
    event.prevent_default();
    session.seek(at);
}

/// Calls `on_size` whenever the element gets another size.
pub fn watch_size(element: impl Fn() -> Option<Element> + 'static, on_size: impl Fn() + Clone + 'static) {
    let kept = StoredValue::new_local(None::<SizeWatch>);
    effect(move || {
        let Some(element) = element() else { return };
        let on_size = Closure::<dyn FnMut()>::new(on_size.clone());
        if let Ok(observer) = ResizeObserver::new(on_size.as_ref().unchecked_ref()) {
            observer.observe(&element);
            kept.set_value(Some(SizeWatch { observer, _on_size: on_size }));
        }
    });
}

/// An observer that outlived what it calls would call nothing, which is an exception.
struct SizeWatch {
    observer: ResizeObserver,
    _on_size: Closure<dyn FnMut()>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// `None` where the browser gives no drawing context.
fn draw(
    canvas: &HtmlCanvasElement,
    columns: &mut Columns,
    sound: &Sound,
    duration: Span,
    now: Instant,
    clips: &[Drawn],
) -> Option<()> {
    let window = web_sys::window()?;
    let scale = window.device_pixel_ratio().clamp(1.0, 3.0);
    let (width, height) = (f64::from(canvas.client_width()), f64::from(canvas.client_height()));
    let (pixels_wide, pixels_high) = ((width * scale) as u32, (height * scale) as u32);
    if canvas.width() != pixels_wide || canvas.height() != pixels_high {
        canvas.set_width(pixels_wide);
        canvas.set_height(pixels_high);
    }
    let style = window.get_computed_style(canvas).ok()??;
    let color = |name: &str| style.get_property_value(name).unwrap_or_default();
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0).ok()?;
    pen.clear_rect(0.0, 0.0, width, height);

    let seconds = duration.seconds().max(0.001);
    let x_of = |at: Instant| (at.seconds() / seconds).clamp(0.0, 1.0) * width;
    for Drawn { hull, ranges, is_chosen } in clips {
        pen.set_fill_style_str(&color(if *is_chosen { "--range-chosen" } else { "--range" }));
        let (left, right) = (x_of(hull.start), x_of(hull.end));
        pen.begin_path();
        pen.round_rect_with_f64(left, 0.0, (right - left).max(2.0), height, 4.0).ok()?;
        pen.fill();
        // What is cut out is left open, between two lines that hold the clip together.
        let mut played: Vec<_> = ranges.iter().map(|range| (range.start, range.end)).collect();
        order::sort_by(&mut played, Ord::cmp);
        for gap in played.windows(2) {
            let (left, right) = (x_of(gap[0].1), x_of(gap[1].0));
            pen.clear_rect(left, CUT_EDGE_PX, (right - left).max(1.0), height - 2.0 * CUT_EDGE_PX);
        }
    }

    let count = (width / (BAR_PX + GAP_PX)) as usize;
    if columns.made_of != (sound.edition, count, duration) {
        *columns =
            Columns { made_of: (sound.edition, count, duration), heights: sound.columns(count, duration) };
    }
    let (played, ahead) = (color("--wave-played"), color("--wave"));
    let playhead = x_of(now);
    for (index, height_part) in columns.heights.iter().enumerate() {
        let x = index as f64 * (BAR_PX + GAP_PX);
        pen.set_fill_style_str(if x < playhead { &played } else { &ahead });
        let bar = match height_part {
            Some(part) => (f64::from(*part) * (height - 8.0)).max(2.0),
            // Not heard yet: a dotted line says that something will come.
            None if index % 3 == 0 => 1.0,
            None => continue,
        };
        pen.fill_rect(x, (height - bar) / 2.0, BAR_PX, bar);
    }
    pen.set_fill_style_str(&played);
    pen.fill_rect(playhead - 1.0, 0.0, 2.0, height);
    Some(())
}
