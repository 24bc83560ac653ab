//! Pages that stand sideways: tables wider than the paper are printed so, and the reader turns the page.

/// How far a page is turned clockwise to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A quarter.
    Right,
    /// Half.
    Over,
    /// Three quarters.
    Left,
}

impl Turn {
    /// The size of the page after turning.
    pub fn size<T>(self, (width, height): (T, T)) -> (T, T) {
        match self {
            Self::Over => (width, height),
            Self::Right | Self::Left => (height, width),
        }
    }
}
