//! Draws pages to PGM files: `cargo run -p mz-picture --example draw -- IN.pdf OUT 3 4` writes `OUT-3.pgm`, `OUT-4.pgm`.
//! For looking at pages.

use std::{env, fs, io, time::Instant};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, output, pages @ ..] = arguments.as_slice() else {
        return Err(io::Error::other("usage: draw IN.pdf OUT PAGE…"));
    };
    let pages: Vec<u32> = pages.iter().filter_map(|page| page.parse().ok()).collect();
    let bytes = fs::read(input)?;
    let begun = Instant::now();
    let drawn = mz_picture::draw(&bytes, &pages);
    println!(
        "{:?}, failed: {:?}, left out: {:?}",
        begun.elapsed(),
        drawn.failed,
        drawn.left_out
    );
    for picture in &drawn.pictures {
        let mut out = format!("P5\n{} {}\n15\n", picture.width, picture.height).into_bytes();
        for y in 0..picture.height {
            out.extend((0..picture.width).map(|x| picture.shade(x, y)));
        }
        fs::write(format!("{output}-{}.pgm", picture.page), out)?;
    }
    Ok(())
}
