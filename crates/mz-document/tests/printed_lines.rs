//! Every character of a paragraph of a PDF knows where it is printed. Needs the shared samples; says so without them.

use std::{fs, path::Path};

/// As many files, the smallest first, as a debug build reads in seconds.
const N_FILES: usize = 10;

#[test]
fn characters_of_paragraphs_have_places() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/provinces");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("no shared samples here; nothing tested");
        return;
    };
    let mut files: Vec<(u64, std::path::PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.len(), entry.path())))
        .filter(|(_, path)| path.extension().is_some_and(|e| e == "pdf"))
        .collect();
    files.sort();
    let mut n_lines = 0;
    for (_, path) in files.into_iter().take(N_FILES) {
        let bytes = fs::read(&path).expect("readable");
        let Ok(document) = mz_document::read(&bytes, "a.pdf") else {
            continue;
        };
        for block in &document.blocks {
            let Some(text) = block.text() else { continue };
            let n_chars = text.chars().count();
            let end = block.lines.last().map_or(0, |l| l.start + l.lefts.len());
            assert_eq!(end, n_chars, "{}: {text}", path.display());
            let boxes = block.boxes(&(0..n_chars));
            assert_eq!(boxes.len(), block.lines.len());
            assert_eq!(boxes.first().map(|(page, _)| *page), block.place.page);
            for (_, rect) in boxes {
                assert!(rect.left < rect.right && rect.top < rect.bottom, "{text}");
                n_lines += 1;
            }
        }
    }
    assert!(n_lines > 500, "{n_lines}");
}
