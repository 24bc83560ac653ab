//! Outlines of the Compact Font Format. Programs of glyphs that are not wanted become the shortest program there is;
//! everything behind moves forward, and the offsets that point there are written anew in the place they have.

use std::{collections::BTreeSet, io, ops::Range};

use mz_fonts::Table;

use super::{Reader, big_endian};

/// Operators whose operands are offsets from the beginning.
const CHARSET: u16 = 15;
const ENCODING: u16 = 16;
const PROGRAMS: u16 = 17;
const PRIVATE: u16 = 18;
const SUBROUTINES: u16 = 19;
const FONTS: u16 = 0x0c24;
const SELECT: u16 = 0x0c25;
/// The program that ends at once.
const END: u8 = 14;
/// Bytes read for the head, which holds the names and the top dictionary.
const HEAD: u64 = 1 << 16;

/// The table with the wanted glyphs' programs; `None` when it cannot be understood.
pub fn cut(
    reader: &mut Reader<'_>,
    table: &Table,
    glyphs: &BTreeSet<u16>,
) -> io::Result<Option<Vec<u8>>> {
    let head = reader.bytes(table.offset, table.length.min(HEAD))?;
    let Some((top, at)) = top(&head) else {
        return Ok(None);
    };
    let Some(programs) = programs(reader, table, at, glyphs)? else {
        return Ok(None);
    };
    let end = programs.old.end;
    let before = reader.bytes(table.offset, programs.old.start)?;
    let behind = reader.bytes(table.offset + end, table.length - end)?;
    let moved = Moved {
        end,
        by: (end - programs.old.start) - programs.new.len() as u64,
    };
    let mut out = before;
    out.extend(programs.new);
    out.extend(behind);
    Ok(moved.patch(&mut out, top).map(|()| out))
}

/// The range of the top dictionary, and where the programs stand.
fn top(head: &[u8]) -> Option<(Range<usize>, u64)> {
    let names = Index::read(head, usize::from(*head.get(2)?))?;
    let tops = Index::read(head, names.end)?;
    let top = tops.item(head, 0)?;
    let entries = entries(head, top.clone())?;
    let programs = entries.iter().find(|entry| entry.operator == PROGRAMS)?;
    let at = u64::try_from(programs.operands.first()?.value).ok()?;
    Some((top, at))
}

/// The programs where they stood, and what stands there instead.
struct Programs {
    old: Range<u64>,
    new: Vec<u8>,
}

fn programs(
    reader: &mut Reader<'_>,
    table: &Table,
    at: u64,
    glyphs: &BTreeSet<u16>,
) -> io::Result<Option<Programs>> {
    if at + 3 > table.length {
        return Ok(None);
    }
    let head = reader.bytes(table.offset + at, 3)?;
    let (n, size) = (
        u64::from(big_endian(&head, 0, 2).unwrap_or(0)),
        u64::from(head[2]),
    );
    let length = (n + 1) * size;
    if !(1..=4).contains(&size) || at + 3 + length > table.length {
        return Ok(None);
    }
    let offsets = reader.bytes(table.offset + at + 3, length)?;
    let offset = |i: usize| big_endian(&offsets, i * size as usize, size as usize).map(u64::from);
    let data = at + 3 + length - 1;
    let end = data + offset(n as usize).unwrap_or(0);
    if end > table.length {
        return Ok(None);
    }
    let (mut places, mut bytes) = (head, Vec::new());
    let mut place = |length: usize| {
        let place = (length as u32 + 1).to_be_bytes();
        places.extend(&place[4 - size as usize..]);
    };
    for i in 0..n as usize {
        place(bytes.len());
        let (Some(from), Some(to)) = (offset(i), offset(i + 1)) else {
            return Ok(None);
        };
        // No program is empty, so what is cut is never longer than what was there.
        if from >= to || data + to > end {
            return Ok(None);
        }
        if u16::try_from(i).is_ok_and(|glyph| glyphs.contains(&glyph)) {
            bytes.extend(reader.bytes(table.offset + data + from, to - from)?);
        } else {
            bytes.push(END);
        }
    }
    place(bytes.len());
    places.extend(bytes);
    Ok(Some(Programs {
        old: at..end,
        new: places,
    }))
}

/// What lay behind `end` lies `by` bytes before now.
struct Moved {
    end: u64,
    by: u64,
}

impl Moved {
    /// Writes all offsets anew that point behind the programs.
    fn patch(&self, out: &mut [u8], top: Range<usize>) -> Option<()> {
        let mut fonts = None;
        for entry in entries(out, top)? {
            let offset = match entry.operator {
                CHARSET | ENCODING | FONTS | SELECT => entry.operands.first()?,
                PRIVATE => {
                    self.private(out, &entry)?;
                    continue;
                }
                _ => continue,
            };
            let at = self.offset(out, offset)?;
            if entry.operator == FONTS {
                fonts = Some(at);
            }
        }
        let Some(fonts) = fonts else {
            return Some(());
        };
        let index = Index::read(out, fonts)?;
        for i in 0..index.n {
            let font = index.item(out, i)?;
            for entry in entries(out, font)? {
                if entry.operator == PRIVATE {
                    self.private(out, &entry)?;
                }
            }
        }
        Some(())
    }

    /// Where something is now.
    fn place(&self, old: u64) -> u64 {
        if old >= self.end { old - self.by } else { old }
    }

    /// Writes an offset anew; returns it.
    fn offset(&self, out: &mut [u8], operand: &Operand) -> Option<usize> {
        let old = u64::try_from(operand.value).ok()?;
        let new = self.place(old);
        if new != old {
            write(out.get_mut(operand.at.clone())?, i64::try_from(new).ok()?)?;
        }
        usize::try_from(new).ok()
    }

    /// A private dictionary: its offset is written anew; that of its subroutines counts from its own beginning.
    fn private(&self, out: &mut [u8], entry: &Entry) -> Option<()> {
        let [size, offset] = entry.operands.as_slice() else {
            return None;
        };
        let old = u64::try_from(offset.value).ok()?;
        let at = self.offset(out, offset)?;
        let range = at..at.checked_add(usize::try_from(size.value).ok()?)?;
        for inner in entries(out, range)? {
            if inner.operator == SUBROUTINES {
                let further = u64::try_from(inner.operands.first()?.value).ok()?;
                let (from, to) = (self.place(old), self.place(old.checked_add(further)?));
                // Both have to have moved alike.
                if to.checked_sub(from) != Some(further) {
                    return None;
                }
            }
        }
        Some(())
    }
}

/// A number of a dictionary and the bytes it is written in.
struct Operand {
    value: i64,
    at: Range<usize>,
}

struct Entry {
    operator: u16,
    operands: Vec<Operand>,
}

/// The entries of a dictionary. Real numbers are passed over: no offset is one.
fn entries(bytes: &[u8], range: Range<usize>) -> Option<Vec<Entry>> {
    let dictionary = bytes.get(..range.end)?;
    let mut entries = Vec::new();
    let mut operands = Vec::new();
    let mut at = range.start;
    while let Some(first) = dictionary.get(at) {
        let length = match first {
            0..=21 => {
                let mut operator = u16::from(*first);
                if *first == 12 {
                    at += 1;
                    operator = operator << 8 | u16::from(*dictionary.get(at)?);
                }
                let operands = std::mem::take(&mut operands);
                entries.push(Entry { operator, operands });
                at += 1;
                continue;
            }
            28 => 3,
            29 => 5,
            // Two digits a byte, to the mark of the end.
            30 => {
                2 + dictionary
                    .get(at + 1..)?
                    .iter()
                    .position(|byte| byte & 15 == 15)?
            }
            32..=246 => 1,
            247..=254 => 2,
            _ => return None,
        };
        let at_now = at..at + length;
        let value = value(dictionary.get(at_now.clone())?).unwrap_or(-1);
        operands.push(Operand { value, at: at_now });
        at += length;
    }
    Some(entries)
}

fn value(bytes: &[u8]) -> Option<i64> {
    Some(match *bytes {
        [b] => i64::from(b) - 139,
        [b @ 247..=250, low] => (i64::from(b) - 247) * 256 + i64::from(low) + 108,
        [b @ 251..=254, low] => -(i64::from(b) - 251) * 256 - i64::from(low) - 108,
        [28, high, low] => i64::from(i16::from_be_bytes([high, low])),
        [29, a, b, c, d] => i64::from(i32::from_be_bytes([a, b, c, d])),
        _ => return None,
    })
}

/// Writes a number in as many bytes as there are; `None` when it does not fit.
fn write(into: &mut [u8], value: i64) -> Option<()> {
    match into {
        [29, rest @ ..] => rest.copy_from_slice(&i32::try_from(value).ok()?.to_be_bytes()),
        [28, rest @ ..] => rest.copy_from_slice(&i16::try_from(value).ok()?.to_be_bytes()),
        _ => return None,
    }
    Some(())
}

/// A list of items.
struct Index {
    n: usize,
    size: usize,
    /// Where the offsets begin.
    offsets: usize,
    /// Where what follows begins.
    end: usize,
}

impl Index {
    fn read(bytes: &[u8], at: usize) -> Option<Self> {
        let n = big_endian(bytes, at, 2)? as usize;
        if n == 0 {
            return Some(Self {
                n,
                size: 1,
                offsets: at,
                end: at + 2,
            });
        }
        let size = usize::from(*bytes.get(at + 2)?);
        let mut index = Self {
            n,
            size,
            offsets: at + 3,
            end: 0,
        };
        index.end = index.place(bytes, n)?;
        (1..=4).contains(&size).then_some(index)
    }

    fn place(&self, bytes: &[u8], i: usize) -> Option<usize> {
        let offset = big_endian(bytes, self.offsets + i * self.size, self.size)? as usize;
        (self.offsets + (self.n + 1) * self.size + offset).checked_sub(1)
    }

    fn item(&self, bytes: &[u8], i: usize) -> Option<Range<usize>> {
        (i < self.n).then_some(())?;
        Some(self.place(bytes, i)?..self.place(bytes, i + 1)?)
    }
}
