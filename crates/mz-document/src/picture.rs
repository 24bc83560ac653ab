//! A page as it looks, for reports that show where a finding stands.

use crate::Turn;

/// A page drawn in gray.
#[derive(Clone, Debug, PartialEq)]
pub struct PagePicture {
    /// 1-based page.
    pub page: u32,
    /// Pixels a point.
    pub scale: f32,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Sixteen shades, 15 being white, two pixels a byte, the left one in the high half; each row begins a byte.
    shades: Vec<u8>,
}

impl PagePicture {
    /// A white page.
    pub fn white(page: u32, scale: f32, width: usize, height: usize) -> Self {
        Self {
            page,
            scale,
            width,
            height,
            shades: vec![0xFF; width.div_ceil(2) * height],
        }
    }

    /// Bytes a row.
    fn stride(&self) -> usize {
        self.width.div_ceil(2)
    }

    /// The shade of a pixel, 0 black to 15 white; white outside.
    pub fn shade(&self, x: usize, y: usize) -> u8 {
        if x >= self.width {
            return 15;
        }
        let byte = self
            .shades
            .get(y * self.stride() + x / 2)
            .copied()
            .unwrap_or(0xFF);
        if x.is_multiple_of(2) {
            byte >> 4
        } else {
            byte & 15
        }
    }

    /// Sets the shade of a pixel; pixels outside are ignored.
    pub fn set(&mut self, x: usize, y: usize, shade: u8) {
        let at = y * self.stride() + x / 2;
        if x < self.width
            && let Some(byte) = self.shades.get_mut(at)
        {
            *byte = if x.is_multiple_of(2) {
                (*byte & 15) | (shade.min(15) << 4)
            } else {
                (*byte & 0xF0) | shade.min(15)
            };
        }
    }

    /// The picture of the page turned.
    #[must_use]
    pub fn turned(&self, turn: Turn) -> Self {
        let (width, height) = turn.size((self.width, self.height));
        let mut turned = Self::white(self.page, self.scale, width, height);
        for y in 0..self.height {
            for x in 0..self.width {
                let shade = self.shade(x, y);
                if shade < 15 {
                    match turn {
                        Turn::Right => turned.set(width - 1 - y, x, shade),
                        Turn::Over => turned.set(width - 1 - x, height - 1 - y, shade),
                        Turn::Left => turned.set(y, height - 1 - x, shade),
                    }
                }
            }
        }
        turned
    }

    /// The packed rows from top to bottom, as pictures of four bits a pixel have them.
    pub fn rows(&self) -> &[u8] {
        &self.shades
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_picture_has_its_corners_elsewhere() {
        let mut picture = PagePicture::white(1, 1.0, 3, 2);
        picture.set(0, 0, 1);
        picture.set(2, 0, 2);
        let right = picture.turned(Turn::Right);
        assert_eq!((right.width, right.height), (2, 3));
        assert_eq!((right.shade(1, 0), right.shade(1, 2)), (1, 2));
        assert_eq!(right.turned(Turn::Left), picture);
        let over = picture.turned(Turn::Over);
        assert_eq!((over.shade(2, 1), over.shade(0, 1)), (1, 2));
        assert_eq!(over.turned(Turn::Over), picture);
    }

    #[test]
    fn pixels_keep_their_shades() {
        let mut picture = PagePicture::white(1, 1.0, 3, 2);
        picture.set(2, 1, 4);
        picture.set(1, 0, 7);
        picture.set(9, 9, 0);
        assert_eq!((picture.shade(2, 1), picture.shade(1, 0)), (4, 7));
        assert_eq!((picture.shade(0, 0), picture.shade(9, 9)), (15, 15));
        assert_eq!(picture.rows().len(), 4);
    }
}
