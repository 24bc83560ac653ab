//! Paths as URI references.

/// A relative path stays relative; an absolute one becomes a `file:` URI.
pub fn of(path: &str) -> String {
    let slashed = if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let mut out = String::new();
    if slashed.starts_with('/') {
        out.push_str("file://");
    } else if cfg!(windows) && slashed.as_bytes().get(1) == Some(&b':') {
        out.push_str("file:///");
    } else if slashed
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'))
    {
        out.push_str("./");
    }
    for byte in slashed.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(of("a b/预算.txt"), "a%20b/%E9%A2%84%E7%AE%97.txt");
        assert_eq!(of("/tmp/x.txt"), "file:///tmp/x.txt");
        assert_eq!(of("a:b.txt"), "./a:b.txt");
        assert_eq!(of("50%.txt"), "50%25.txt");
    }
}
