//! Sample descriptions of pictures (ISO/IEC 14496-12 §12.1): codec, size, shape of the pixels, colors. What the container
//! states comes first, then what the header of the bit stream says.

use std::ops::Range;

use super::boxes::{self, Kind};
use super::sample_entry::{SampleEntry, name_of, original_format, parse_esds};
use crate::bytes::Fields;
use crate::codec::vui::Vui;
use crate::codec::{self, av1, avc, hevc, vp9};
use crate::color::ColorTags;

pub(super) fn parse_video(data: &[u8], kind: Kind, body: &Range<usize>) -> Option<SampleEntry> {
    let mut fields = Fields::new(data.get(body.clone())?);
    fields.skip(24)?;
    let (width, height) = (u32::from(fields.u16()?), u32::from(fields.u16()?));
    fields.skip(50)?;
    let inside = body.start + fields.position()..body.end;
    let child = |kind: &Kind| boxes::find(data, &inside, kind).and_then(|body| data.get(body));
    let original = original_format(data, &inside);
    let mut entry = SampleEntry {
        is_protected: kind == *b"encv" || original.is_some(),
        width,
        height,
        pixel_aspect: child(b"pasp").and_then(parse_pasp),
        color: colors(data, &inside),
        ..SampleEntry::default()
    };
    entry.codec = match &original.unwrap_or(kind) {
        b"avc1" | b"avc2" | b"avc3" | b"avc4" | b"dva1" | b"dvav" => {
            let record = child(b"avcC").unwrap_or_default();
            match avc::sps_of_record(record) {
                Some(sps) => {
                    entry.take(sps.vui);
                    if width == 0 || height == 0 {
                        (entry.width, entry.height) = (sps.width, sps.height);
                    }
                }
                None => entry.lacks_header = true,
            }
            avc::from_record(record)
        }
        name @ (b"hvc1" | b"dvh1" | b"hev1" | b"dvhe") => {
            let record = child(b"hvcC").unwrap_or_default();
            entry.take(hevc::vui_of_record(record).unwrap_or_default());
            hevc::from_record(if matches!(name, b"hvc1" | b"dvh1") { "hvc1" } else { "hev1" }, record)
        }
        b"av01" => {
            let record = child(b"av1C");
            match record.and_then(av1::color_of_record) {
                Some(color) => entry.color = entry.color.or(color),
                None => entry.lacks_header = true,
            }
            av1::from_record(record)
        }
        b"vp08" => {
            entry.color = entry.color.or(ColorTags::VP8);
            codec::simple("vp8", "vp8")
        }
        b"vp09" => match child(b"vpcC").and_then(vp9::from_record) {
            Some((codec, color)) => {
                entry.color = entry.color.or(color);
                entry.lacks_header = color.matrix == ColorTags::default().matrix;
                codec
            }
            None => {
                entry.lacks_header = true;
                vp9::from_frame(&[], width, height, None)
            }
        },
        b"mp4v" => match child(b"esds").and_then(parse_esds) {
            Some((object_type, _)) => codec::named(video_object(object_type)),
            None => codec::named("mpeg4"),
        },
        other => codec::named(name_of(*other)),
    };
    Some(entry)
}

fn parse_pasp(body: &[u8]) -> Option<(u32, u32)> {
    let mut fields = Fields::new(body);
    let (x, y) = (fields.u32()?, fields.u32()?);
    // Anything flatter or taller than 1:10 is damage.
    (x > 0 && y > 0 && x / y < 10 && y / x < 10).then_some((x, y))
}

/// What the `colr` boxes of an entry say together; there may be one with a color profile beside one with numbers.
fn colors(data: &[u8], inside: &Range<usize>) -> ColorTags {
    let boxes = boxes::children(data, inside.clone()).filter(|child| child.kind == *b"colr");
    let stated = boxes.filter_map(|child| parse_colr(data.get(child.body)?));
    stated.fold(ColorTags::default(), ColorTags::or)
}

fn parse_colr(body: &[u8]) -> Option<ColorTags> {
    let mut fields = Fields::new(body);
    let kind: Kind = fields.array()?;
    let states_range = match &kind {
        b"nclx" => true,
        b"nclc" => false,
        _ => return None,
    };
    let [primaries, transfer, matrix] = [fields.u16()?, fields.u16()?, fields.u16()?];
    let full_range = fields.u8().filter(|_| states_range).map(|flags| flags & 0x80 != 0);
    Some(ColorTags { primaries, transfer, matrix, full_range })
}

impl SampleEntry {
    /// What the bit stream says, where the container is silent.
    fn take(&mut self, vui: Vui) {
        self.color = self.color.or(vui.color);
        self.pixel_aspect = self.pixel_aspect.or(vui.pixel_aspect);
    }
}

fn video_object(object_type: u8) -> &'static str {
    match object_type {
        0x60..=0x65 => "mpeg2video",
        0x6A => "mpeg1video",
        0x6C => "mjpeg",
        0x6D => "png",
        _ => "mpeg4",
    }
}
