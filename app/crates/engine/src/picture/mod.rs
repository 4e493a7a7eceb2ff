//! What is seen: captions drawn by the browser, pictures painted by the domain's recipe, for the preview, stills and export alike.

pub mod canvas;
pub mod caption_raster;
pub mod fonts;
pub mod painter;
pub mod poster;
pub mod preview;
pub mod thumbnails;
