//! Many words looked for at once.

/// Characters by their lowest ten bits: what is not in it is in no set it was made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letters([u64; 16]);

impl Letters {
    /// Adds a character.
    pub fn add(&mut self, c: char) {
        let bit = u32::from(c) & 1023;
        if let Some(word) = self.0.get_mut((bit >> 6) as usize) {
            *word |= 1 << (bit & 63);
        }
    }

    /// Adds all characters from one to another.
    pub fn add_range(&mut self, low: char, high: char) {
        if u32::from(high) - u32::from(low) >= 1023 {
            self.0 = [u64::MAX; 16];
        } else {
            (low..=high).for_each(|c| self.add(c));
        }
    }

    /// Whether a text with these characters may have one of those of the other.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// Whether the character may be one of those added.
    #[inline]
    pub fn may_have(&self, c: char) -> bool {
        let bit = u32::from(c) & 1023;
        self.0
            .get((bit >> 6) as usize)
            .is_some_and(|word| word >> (bit & 63) & 1 == 1)
    }
}

/// A list of words, by their first characters.
#[derive(Clone, Debug, Default)]
pub struct Words {
    first: Letters,
    /// First character, the word, its place in the list; sorted.
    words: Vec<(char, String, usize)>,
}

impl Words {
    /// The words of a list; empty ones are left out.
    pub fn new<'w>(list: impl IntoIterator<Item = &'w str>) -> Self {
        let mut words = Self::default();
        for (i, word) in list.into_iter().enumerate() {
            if let Some(first) = word.chars().next() {
                words.first.add(first);
                words.words.push((first, word.to_owned(), i));
            }
        }
        words.words.sort();
        words
    }

    /// A word of the list.
    pub fn word(&self, which: usize) -> &str {
        let word = self.words.iter().find(|(_, _, i)| *i == which);
        word.map_or("", |(_, word, _)| word)
    }

    /// Where words of the list stand: byte offset and place in the list, left to right. Occurrences may overlap.
    pub fn find_iter(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        text.char_indices()
            .filter(|(_, c)| self.first.may_have(*c))
            .flat_map(move |(at, c)| {
                let from = self.words.partition_point(|(first, ..)| *first < c);
                let rest = text.get(at..).unwrap_or_default();
                self.words
                    .iter()
                    .skip(from)
                    .take_while(move |(first, ..)| *first == c)
                    .filter(move |(_, word, _)| rest.starts_with(word.as_str()))
                    .map(move |(_, _, i)| (at, *i))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_of_every_word_is_found() {
        let words = Words::new(["预算", "预算数", "算数", ""]);
        let found: Vec<_> = words.find_iter("本年预算数；预算").collect();
        assert_eq!(found, [(6, 0), (6, 1), (9, 2), (18, 0)]);
    }

    #[test]
    fn letters_never_miss_one_of_their_own() {
        let mut letters = Letters::default();
        letters.add_range('一', '龥');
        letters.add('x');
        assert!(letters.may_have('算') && letters.may_have('x'));
        let mut few = Letters::default();
        few.add_range('0', '9');
        assert!(few.may_have('5') && !few.may_have('预'));
    }
}
