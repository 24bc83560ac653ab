//! What a legacy workbook claims to hold, seen before the library reserves memory for it: a damaged length or position of a few
//! bytes asks for hundreds of gigabytes.

/// Cells of the rectangle around all cells of a sheet; the format itself has room for twice as many.
const MAX_AREA: u64 = 8_000_000;
/// Sectors with this number or a larger one end a chain.
const END: u32 = 0xffff_fff0;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let number = |four: &[u8]| u32_at(four, 0);
    bytes.chunks_exact(4).filter_map(number)
}

/// The content of a chain of sectors. A chain that runs in a circle ends when it has as many sectors as there are.
fn chain(bytes: &[u8], next: &[u32], size: usize, start: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut sector = start;
    for _ in 0..=next.len() {
        let at = usize::try_from(sector)
            .unwrap_or(usize::MAX)
            .saturating_mul(size);
        let Some(content) = bytes.get(at..).filter(|_| sector < END) else {
            break;
        };
        out.extend(content.iter().take(size));
        let Some(following) = next.get(sector as usize) else {
            break;
        };
        sector = *following;
    }
    out
}

/// The stream of the workbook inside its compound file.
pub(super) fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = 1_usize << u16_at(bytes, 30)?.clamp(7, 12);
    let sectors = bytes.get(size..)?;
    let sector = |i: u32| {
        let at = (i as usize).checked_mul(size)?;
        sectors.get(at..)?.get(..size)
    };
    let mut tables: Vec<u32> = numbers(bytes.get(76..512)?).collect();
    let mut more = u32_at(bytes, 68)?;
    while let Some(list) = sector(more).filter(|_| tables.len() * size < bytes.len()) {
        tables.extend(numbers(list));
        more = tables.pop()?;
    }
    let next: Vec<u32> = tables
        .iter()
        .filter_map(|i| sector(*i))
        .flat_map(numbers)
        .collect();
    let directory = chain(sectors, &next, size, u32_at(bytes, 48)?);
    let entries = || directory.chunks_exact(128);
    let is_workbook = |entry: &&[u8]| {
        let name = entry.get(..64).unwrap_or(&[]).iter().filter(|b| **b != 0);
        let name: Vec<u8> = name.map(u8::to_ascii_lowercase).collect();
        name == b"workbook" || name == b"book"
    };
    let entry = entries().find(is_workbook)?;
    let start = u32_at(entry, 116)?;
    if u32_at(entry, 120)? >= u32_at(bytes, 56)? {
        return Some(chain(sectors, &next, size, start));
    }
    // Short streams are kept in small sectors inside the root's stream.
    let root = entries().next()?;
    let small = chain(sectors, &next, size, u32_at(root, 116)?);
    let next_small: Vec<u32> = numbers(&chain(sectors, &next, size, u32_at(bytes, 60)?)).collect();
    Some(chain(&small, &next_small, 64, start))
}

/// Whether a sheet claims more cells than there is any use for.
pub(super) fn has_huge_sheet(stream: &[u8]) -> bool {
    let mut at = 0;
    let mut cells = Bounds::default();
    while let (Some(kind), Some(len)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let data = stream.get(at + 4..).unwrap_or(&[]);
        let data = data.get(..usize::from(len)).unwrap_or(data);
        match kind {
            // A sheet begins.
            0x0809 => cells = Bounds::default(),
            0x0200 if claimed(data).is_some_and(|area| area > MAX_AREA) => return true,
            // Records of one cell begin with its row and column; one of many ends with the last column.
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x0006 | 0x00bd => {
                let first = u16_at(data, 2);
                let last = if kind == 0x00bd {
                    u16_at(data, data.len().saturating_sub(2))
                } else {
                    first
                };
                if let (Some(row), Some(first), Some(last)) = (u16_at(data, 0), first, last) {
                    cells.include(row.into(), first.into(), last.into());
                }
                if cells.area() > MAX_AREA {
                    return true;
                }
            }
            _ => {}
        }
        at += 4 + usize::from(len);
    }
    false
}

/// The area a sheet says it has.
fn claimed(data: &[u8]) -> Option<u64> {
    let (top, bottom, left, right) = if data.len() < 14 {
        let short = |at| u16_at(data, at).map(u64::from);
        (short(0)?, short(2)?, short(4)?, short(6)?)
    } else {
        let (top, bottom) = (u32_at(data, 0)?, u32_at(data, 4)?);
        let (left, right) = (u16_at(data, 8)?, u16_at(data, 10)?);
        (top.into(), bottom.into(), left.into(), right.into())
    };
    // A first column that cannot be counts as none, as in the library.
    let left = if left > 0xff || right < left { 0 } else { left };
    let is_backward = top > bottom && bottom > 0 && right > 0;
    // The library counts backwards past zero.
    Some(if is_backward {
        u64::MAX
    } else {
        bottom.saturating_sub(top) * (right - left)
    })
}

/// The rectangle around cells.
#[derive(Default)]
struct Bounds(Option<[u64; 4]>);

impl Bounds {
    fn include(&mut self, row: u64, first: u64, last: u64) {
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, first, last]);
        self.0 = Some([
            top.min(row),
            bottom.max(row),
            left.min(first),
            right.max(first).max(last),
        ]);
    }

    fn area(&self) -> u64 {
        self.0.map_or(0, |[top, bottom, left, right]| {
            (bottom - top + 1) * (right - left + 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let len = data.len() as u16;
        [&kind.to_le_bytes(), &len.to_le_bytes(), data].concat()
    }

    #[test]
    fn lying_sizes_and_positions_are_seen() {
        let cell = |row: u16, column: u16| {
            let at = [row.to_le_bytes(), column.to_le_bytes()].concat();
            record(0x0203, &[at.as_slice(), &[0; 10]].concat())
        };
        let sheet = record(0x0809, &[0; 16]);
        assert!(!has_huge_sheet(
            &[sheet.clone(), cell(0, 0), cell(9, 9)].concat()
        ));
        assert!(has_huge_sheet(
            &[sheet.clone(), cell(0, 0), cell(65_535, 65_535)].concat()
        ));
        let mut size = vec![0; 14];
        size[4..8].fill(0xff);
        size[10] = 9;
        assert!(has_huge_sheet(&[sheet, record(0x0200, &size)].concat()));
        size[..8].copy_from_slice(&[9, 0, 0, 0, 3, 0, 0, 0]);
        assert!(has_huge_sheet(&record(0x0200, &size)));
        assert!(workbook(b"\xd0\xcf\x11\xe0 cut").is_none());
    }
}
