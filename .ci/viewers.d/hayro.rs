//! Draws each page of a PDF with hayro. Usage: draw FILE PREFIX DPI
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, PixmapSettings, render};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let scale: f32 = arguments[3].parse::<f32>().unwrap() / 72.0;
    let pdf = Pdf::new(std::fs::read(&arguments[1]).unwrap()).unwrap();
    let cache = RenderCache::new();
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..Default::default() };
    for (n, page) in pdf.pages().iter().enumerate() {
        let picture = render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
        std::fs::write(format!("{}-{}.png", arguments[2], n + 1), picture.into_png().unwrap()).unwrap();
    }
}
