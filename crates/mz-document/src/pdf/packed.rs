//! How long packed data of a PDF are, told without unpacking them.

/// No byte of codes unpacks to more than this: the longest entry of the table, in twelve bits.
pub const MAX_CODE_RATIO: usize = MAX_ENTRIES * 8 / 12;

/// Entries of the table of codes.
const MAX_ENTRIES: usize = 4_096;
/// Begins the table anew.
const CLEAR: usize = 256;
/// Ends the data.
const END: usize = 257;

/// Length of run-length encoded data: a code up to 127 is followed by that many bytes and one, a larger one by a byte to repeat.
pub fn length_of_runs(body: &[u8]) -> usize {
    let (mut len, mut at) = (0, 0);
    while let Some(code) = body.get(at).map(|code| usize::from(*code)) {
        let (n, step) = match code {
            128 => break,
            0..128 => (code + 1, code + 2),
            _ => (257 - code, 2),
        };
        len += n;
        at += step;
    }
    len
}

/// Length of data packed with LZW, counted until it exceeds `most`. Only lengths of table entries are kept: each is one
/// longer than the one before it in the data. A code that is not in the table counts as the longest there could be.
pub fn length_of_codes(body: &[u8], is_early: bool, most: usize) -> usize {
    let mut lengths: Vec<usize> = vec![1; END + 1];
    let (mut len, mut before, mut longest) = (0_usize, None, 1);
    let (mut bits, mut n_bits, mut width) = (0_usize, 0, 9);
    for byte in body {
        bits = (bits << 8 | usize::from(*byte)) & 0xff_ffff;
        n_bits += 8;
        if n_bits < width {
            continue;
        }
        n_bits -= width;
        let code = bits >> n_bits & ((1 << width) - 1);
        match code {
            CLEAR => {
                lengths.truncate(END + 1);
                (before, longest, width) = (None, 1, 9);
                continue;
            }
            END => break,
            _ => {}
        }
        let own = match (lengths.get(code), before) {
            (Some(own), _) => *own,
            (None, Some(_)) => longest + 1,
            (None, None) => 1,
        };
        len += own;
        if len > most {
            break;
        }
        if let Some(before) = before.filter(|_| lengths.len() < MAX_ENTRIES) {
            lengths.push(before + 1);
            longest = longest.max(before + 1);
        }
        before = Some(own);
        width = width_of(lengths.len() + usize::from(is_early));
    }
    len
}

/// Bits of a code while the table has so many entries.
fn width_of(n_entries: usize) -> usize {
    match n_entries {
        0..512 => 9,
        512..1_024 => 10,
        1_024..2_048 => 11,
        _ => 12,
    }
}

/// Bytes written in letters: as pairs of hexadecimal digits, or five letters for four bytes.
pub fn from_letters(body: &[u8], is_hex: bool) -> Vec<u8> {
    let (base, n_letters, n_bytes) = if is_hex { (16, 2, 1) } else { (85, 5, 4) };
    let mut out = Vec::with_capacity(body.len() / n_letters * n_bytes + n_bytes);
    let (mut value, mut n) = (0_u32, 0);
    for letter in body {
        let digit = match letter {
            b'>' if is_hex => break,
            b'~' => break,
            b'z' if !is_hex && n == 0 => {
                out.extend([0; 4]);
                continue;
            }
            b'!'..=b'u' if !is_hex => u32::from(letter - b'!'),
            _ if is_hex => match char::from(*letter).to_digit(16) {
                Some(digit) => digit,
                None => continue,
            },
            _ => continue,
        };
        value = value.wrapping_mul(base).wrapping_add(digit);
        n += 1;
        if n == n_letters {
            out.extend(&value.to_be_bytes()[4 - n_bytes..]);
            (value, n) = (0, 0);
        }
    }
    out
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// One byte repeated, packed with LZW: the table filled so many times, seven million bytes each.
    pub fn codes_of_one_byte(n_tables: usize) -> Vec<u8> {
        let (mut out, mut bits, mut n_bits) = (Vec::new(), 0_usize, 0);
        let mut put = |code: usize, width: usize| {
            bits = (bits << width | code) & 0xff_ffff;
            n_bits += width;
            while n_bits >= 8 {
                n_bits -= 8;
                out.push((bits >> n_bits) as u8);
            }
        };
        for i in 0..n_tables {
            put(CLEAR, if i == 0 { 9 } else { 12 });
            put(usize::from(b' '), 9);
            for code in END + 1..MAX_ENTRIES - 1 {
                put(code, width_of(code + 1));
            }
        }
        put(END, 12);
        put(0, 8);
        out
    }

    #[test]
    fn lengths_are_those_of_what_is_unpacked() {
        let entries = MAX_ENTRIES - 1 - (END + 1);
        let one_table = 1 + (2..=entries + 1).sum::<usize>();
        let most = usize::MAX;
        assert_eq!(
            length_of_codes(&codes_of_one_byte(1), true, most),
            one_table
        );
        assert_eq!(
            length_of_codes(&codes_of_one_byte(3), true, most),
            3 * one_table
        );
        assert!(length_of_codes(&codes_of_one_byte(3), true, 1_000) < 10_000);
        // The example of the standard: 45 45 45 45 45 65 45 45 45 66.
        let example = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(length_of_codes(&example, true, most), 10);
    }

    #[test]
    fn letters_are_bytes() {
        assert_eq!(from_letters(b"4D 5a>00", true), b"MZ");
        assert_eq!(from_letters(b"87cUR D]i,\"z~>", false), b"Hello Wo\0\0\0\0");
    }
}
