//! From bytes to a document: the limits, the decision which format it is, and the reader of that format.

use std::panic;

use crate::{
    Document, Format, Place, Problem, ReadError, ReadErrorKind, continued, docx, html, json,
    office, pdf,
    sniff::{self, Legacy, Sniffed},
    text, workbook,
};

/// Largest file read. Published budgets have less than 30 MB, scans included.
pub const MAX_FILE_BYTES: usize = 64 << 20;

/// A reader of one format. Adding a format adds a folder and one word in [`READERS`].
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The format it reads.
    pub format: Format,
    /// Reads a file that was recognised as of this format.
    pub read: fn(&[u8]) -> Result<Document, ReadError>,
}

/// All readers.
pub const READERS: &[Reader] = &[
    docx::READER,
    html::READER,
    json::READER,
    pdf::READER,
    text::READER,
    workbook::READER,
];

/// Reads a document. The format is decided from the content; the name is used in messages only.
///
/// # Errors
///
/// Only when nothing at all can be read: an empty, oversized, damaged or binary file, or a format without a reader.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Document, ReadError> {
    check_size(bytes.len(), file_name)?;
    let sniffed = sniff::sniff(bytes);
    if let Sniffed::Format(format) = sniffed
        && let Some(reader) = READERS.iter().find(|reader| reader.format == format)
    {
        return guarded(reader, bytes, file_name);
    }
    if let Sniffed::Legacy(legacy) = sniffed {
        return read_legacy(bytes, legacy, file_name);
    }
    Err(sniffed.unsupported(file_name))
}

/// Reads a legacy format through the format LibreOffice turns it into.
fn read_legacy(bytes: &[u8], legacy: Legacy, file_name: &str) -> Result<Document, ReadError> {
    let Legacy { from, to, zh, en } = legacy;
    let converted = office::convert(bytes, from, to).map_err(|refusal| match refusal {
        office::Refusal::NotInstalled => ReadError::new(
            ReadErrorKind::Unsupported,
            format!(
                "文件“{file_name}”的内容是{zh}，要经 LibreOffice 转换才能读，本机没有安装；请安装 LibreOffice，或用 Word、WPS 另存为 .{to} 后再试"
            ),
            format!(
                "the content of “{file_name}” is {en}, which is read through LibreOffice, not installed here; install it, or save the file as .{to} and try again"
            ),
        ),
        office::Refusal::Failed(reason) => ReadError::new(
            ReadErrorKind::Damaged,
            format!("文件“{file_name}”是{zh}，{reason}；可用 Word、WPS 另存为 .{to} 后再试"),
            format!("“{file_name}” is {en} and LibreOffice could not convert it; save it as .{to} and try again"),
        ),
    })?;
    check_size(converted.len(), file_name)?;
    let Sniffed::Format(format) = sniff::sniff(&converted) else {
        return Err(sniff::sniff(bytes).unsupported(file_name));
    };
    let Some(reader) = READERS.iter().find(|reader| reader.format == format) else {
        return Err(sniff::sniff(bytes).unsupported(file_name));
    };
    let mut document = guarded(reader, &converted, file_name)?;
    document.problems.insert(
        0,
        Problem {
            name: "converted",
            message: format!("{zh}，经 LibreOffice 转换为 .{to} 后读取"),
            place: Place::default(),
        },
    );
    Ok(document)
}

/// Formats are read with other people's code as well. What falls over a damaged file there costs that file, not the batch.
fn guarded(reader: &Reader, bytes: &[u8], file_name: &str) -> Result<Document, ReadError> {
    let read = panic::catch_unwind(|| {
        let mut document = (reader.read)(bytes)?;
        continued::align(&mut document.blocks);
        Ok(document)
    });
    read.unwrap_or_else(|_| {
        Err(ReadError::new(
            ReadErrorKind::Damaged,
            format!("文件“{file_name}”损坏，读取中断；请重新下载或另存后再试"),
            format!("the file “{file_name}” is damaged, reading broke off; save it anew"),
        ))
    })
}

fn check_size(n_bytes: usize, file_name: &str) -> Result<(), ReadError> {
    if n_bytes == 0 {
        return Err(ReadError::new(
            ReadErrorKind::Empty,
            format!("文件“{file_name}”是空的（0 字节），没有可读的内容"),
            format!("the file “{file_name}” is empty (0 bytes)"),
        ));
    }
    if n_bytes > MAX_FILE_BYTES {
        let (size, limit) = (megabytes(n_bytes), megabytes(MAX_FILE_BYTES));
        return Err(ReadError::new(
            ReadErrorKind::TooLarge,
            format!("文件“{file_name}”大小 {size} MB，超过上限 {limit} MB，未读取"),
            format!(
                "the file “{file_name}” has {size} MB, more than the limit of {limit} MB; not read"
            ),
        ));
    }
    Ok(())
}

/// Megabytes with one decimal, rounded up, so that a size above the limit never prints as the limit.
fn megabytes(n_bytes: usize) -> String {
    let tenths = (n_bytes * 10).div_ceil(1 << 20);
    if tenths.is_multiple_of(10) {
        format!("{}", tenths / 10)
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_named_with_the_limit() {
        assert_eq!(megabytes(64 << 20), "64");
        assert_eq!(megabytes((64 << 20) + 1), "64.1");
        let error = read(b"", "空.txt").expect_err("empty");
        assert_eq!(error.kind, ReadErrorKind::Empty);
        assert!(error.message_zh.contains("空.txt"));
    }
}
