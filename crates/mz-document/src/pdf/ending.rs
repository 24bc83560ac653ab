//! Whether a PDF reaches its end: what is left of a cut file reads like a whole one with pages missing.

/// Written behind the last object, by every writer, and again by every later change.
const MARKS: [&[u8]; 2] = [b"%%EOF", b"startxref"];
/// Stands at the head of every object.
const OBJECT: &[u8] = b" obj";

/// Whether the file was cut off: no end mark at all, or objects behind the last one.
/// Files made for the web have an end mark behind their first page too, so the mark alone proves nothing.
pub fn is_cut(bytes: &[u8]) -> bool {
    let end = MARKS.iter().filter_map(|mark| last(bytes, mark)).max();
    match end.and_then(|at| bytes.get(at..)) {
        Some(rest) => last(rest, OBJECT).is_some(),
        None => true,
    }
}

/// Where a word stands last.
fn last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_file_is_told_from_a_whole_one() {
        let whole = b"%PDF-1.7\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n";
        assert!(!is_cut(whole));
        assert!(!is_cut(whole.strip_suffix(b"%%EOF\n").unwrap()));
        assert!(is_cut(&whole[..20]));
        let mut first_page_only = whole.to_vec();
        first_page_only.extend(b"2 0 obj\n<<");
        assert!(is_cut(&first_page_only));
    }
}
