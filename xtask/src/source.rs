//! A small scanner of Rust source: identifiers, numbers, strings and punctuation with their lines, comments left out.

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Identifier or keyword.
    Word(String),
    /// Numeric literal as written.
    Number(String),
    /// Contents of a string or character literal, escapes as written.
    Text(String),
    /// Any other character.
    Mark(char),
}

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// 1-based line it begins on.
    pub line: usize,
    /// What it is.
    pub kind: Kind,
}

impl Token {
    /// Whether it is this word.
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(w) if w == word)
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

struct Scanner<'s> {
    characters: std::iter::Peekable<std::str::Chars<'s>>,
    line: usize,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.characters.next()?;
        self.line += usize::from(c == '\n');
        Some(c)
    }

    fn peek(&mut self) -> Option<char> {
        self.characters.peek().copied()
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> String {
        let mut out = String::new();
        while let Some(c) = self.peek().filter(|c| keep(*c)) {
            out.push(c);
            self.next();
        }
        out
    }

    fn line_comment(&mut self) {
        self.take_while(|c| c != '\n');
    }

    fn block_comment(&mut self) {
        let (mut depth, mut previous) = (1, ' ');
        while let Some(c) = self.next() {
            match (previous, c) {
                ('/', '*') => (depth, previous) = (depth + 1, ' '),
                ('*', '/') => (depth, previous) = (depth - 1, ' '),
                _ => previous = c,
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// The rest of a literal whose opening quote was taken.
    fn quoted(&mut self, quote: char) -> String {
        let mut out = String::new();
        while let Some(c) = self.next() {
            if c == quote {
                break;
            }
            out.push(c);
            if c == '\\' {
                out.extend(self.next());
            }
        }
        out
    }

    /// The rest of a raw string whose `r` was taken.
    fn raw(&mut self) -> String {
        let end = format!("\"{}", self.take_while(|c| c == '#'));
        self.next();
        let mut out = String::new();
        while let Some(c) = self.next() {
            out.push(c);
            if out.ends_with(&end) {
                out.truncate(out.len() - end.len());
                break;
            }
        }
        out
    }

    /// After `'`: a lifetime gives nothing, a character its text.
    fn character_or_lifetime(&mut self) -> Option<String> {
        let mut ahead = self.characters.clone();
        let (first, second) = (ahead.next()?, ahead.next());
        if first == '\\' || second == Some('\'') {
            return Some(self.quoted('\''));
        }
        self.take_while(|c| c.is_alphanumeric() || c == '_');
        None
    }

    fn number(&mut self) -> String {
        let mut out = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        let mut ahead = self.characters.clone();
        if ahead.next() == Some('.') && ahead.next().is_some_and(|c| c.is_ascii_digit()) {
            out.extend(self.next());
            out.push_str(&self.take_while(|c| c.is_ascii_alphanumeric() || c == '_'));
        }
        out
    }
}

/// The tokens of a source text.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        characters: source.chars().peekable(),
        line: 1,
    };
    let mut out = Vec::new();
    while let Some(c) = scanner.peek() {
        let line = scanner.line;
        let kind = if c.is_alphabetic() || c == '_' {
            let word = scanner.take_while(|c| c.is_alphanumeric() || c == '_');
            match (word.as_str(), scanner.peek()) {
                ("r" | "br", Some('"' | '#')) => Kind::Text(scanner.raw()),
                _ => Kind::Word(word),
            }
        } else if c.is_ascii_digit() {
            Kind::Number(scanner.number())
        } else {
            scanner.next();
            match (c, scanner.peek()) {
                ('/', Some('/')) => {
                    scanner.line_comment();
                    continue;
                }
                ('/', Some('*')) => {
                    scanner.next();
                    scanner.block_comment();
                    continue;
                }
                ('"', _) => Kind::Text(scanner.quoted('"')),
                ('\'', _) => match scanner.character_or_lifetime() {
                    Some(text) => Kind::Text(text),
                    None => continue,
                },
                _ if c.is_whitespace() => continue,
                _ => Kind::Mark(c),
            }
        };
        out.push(Token { line, kind });
    }
    out
}

/// The tokens outside `#[cfg(test)]` items.
pub fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if is_test_attribute(tokens.get(i..).unwrap_or_default()) {
            i = end_of_item(tokens, i + 7);
        } else {
            out.extend(tokens.get(i).cloned());
            i += 1;
        }
    }
    out
}

/// `#[cfg(test)]` is seven tokens.
fn is_test_attribute(rest: &[Token]) -> bool {
    matches!(rest, [hash, open, cfg, _, test, ..]
        if hash.is_mark('#') && open.is_mark('[') && cfg.is_word("cfg") && test.is_word("test"))
}

/// The index after the item that begins at `start`: its `;` or its closing brace.
fn end_of_item(tokens: &[Token], start: usize) -> usize {
    let (mut depth, mut nested) = (0_usize, 0_usize);
    for (i, token) in tokens.iter().enumerate().skip(start) {
        match token.kind {
            Kind::Mark('(' | '[') => nested += 1,
            Kind::Mark(')' | ']') => nested = nested.saturating_sub(1),
            Kind::Mark('{') => depth += 1,
            Kind::Mark('}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return i + 1;
                }
            }
            Kind::Mark(';') if depth + nested == 0 => return i + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// A function and how long it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// 1-based line of `fn`.
    pub line: usize,
    /// Lines from `fn` to the closing brace.
    pub n_lines: usize,
}

/// The functions with bodies.
pub fn functions(tokens: &[Token]) -> Vec<Function> {
    let mut out = Vec::new();
    for (i, pair) in tokens.windows(2).enumerate() {
        let [
            keyword,
            Token {
                kind: Kind::Word(name),
                ..
            },
        ] = pair
        else {
            continue;
        };
        if !keyword.is_word("fn") {
            continue;
        }
        let end = end_of_item(tokens, i);
        let last = tokens
            .get(end.saturating_sub(1))
            .map_or(keyword.line, |token| token.line);
        out.push(Function {
            name: name.clone(),
            line: keyword.line,
            n_lines: last + 1 - keyword.line,
        });
    }
    out
}

/// The words of an identifier, in lower case: `three_public`, `ThreePublic` → three, public.
pub fn words(identifier: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut previous_lower = false;
    for c in identifier.chars() {
        if c == '_' || (c.is_uppercase() && previous_lower) {
            out.push(String::new());
        }
        if let Some(word) = out.last_mut().filter(|_| c != '_') {
            word.extend(c.to_lowercase());
        }
        previous_lower = c.is_lowercase() || c.is_ascii_digit();
    }
    out.retain(|word| !word.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_lifetimes_do_not_hide_code() {
        let source = "fn a<'x>(s: &'x str) -> char { /* unsafe /* f64 */ */ let _ = r#\"unsafe \" \"#; '\\'' } // f32\nlet b = 1..2;";
        let words: Vec<String> = tokens(source)
            .into_iter()
            .filter_map(|t| {
                if let Kind::Word(w) = t.kind {
                    Some(w)
                } else {
                    None
                }
            })
            .collect();
        assert_eq!(
            words,
            ["fn", "a", "s", "str", "char", "let", "_", "let", "b"]
        );
        assert!(
            tokens("1.5 + 2.0e3")
                .iter()
                .any(|t| t.kind == Kind::Number("1.5".into()))
        );
        assert!(
            tokens("1..2")
                .iter()
                .any(|t| t.kind == Kind::Number("1".into()))
        );
    }

    #[test]
    fn functions_are_measured_and_tests_left_out() {
        let source = "fn a() {\n  if x { y }\n}\ntrait T { fn b(); }\n#[cfg(test)]\nmod tests {\n fn c() { }\n}\nfn d() {}";
        let all = tokens(source);
        let names: Vec<(String, usize)> = functions(&without_tests(&all))
            .into_iter()
            .map(|f| (f.name, f.n_lines))
            .collect();
        assert_eq!(names, [("a".into(), 3), ("b".into(), 1), ("d".into(), 1)]);
    }

    #[test]
    fn identifiers_split_into_words() {
        assert_eq!(
            words("ThreePublic_total2Sum"),
            ["three", "public", "total2", "sum"]
        );
        assert_eq!(words("FINAL_ACCOUNTS"), ["final", "accounts"]);
    }
}
