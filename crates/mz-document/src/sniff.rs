//! Which format a file is, from its bytes. Names lie: reports called `.doc` are HTML, `.txt` are PDFs, `.xls` are zips.

use crate::{Format, ReadError, ReadErrorKind, json};

/// What the bytes look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sniffed {
    /// A format of documents.
    Format(Format),
    /// A format that another program can turn into one of ours.
    Legacy(Legacy),
    /// A known format that holds no document we could read, with its Chinese and English name.
    Foreign(&'static str, &'static str),
    /// A package without its list of contents, which stands at its end; with its Chinese and English name.
    Cut(&'static str, &'static str),
}

/// A format read through another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Legacy {
    /// Extension the converter knows it by.
    pub(crate) from: &'static str,
    /// Extension of the format it becomes.
    pub(crate) to: &'static str,
    /// Chinese name.
    pub(crate) zh: &'static str,
    /// English name.
    pub(crate) en: &'static str,
}

const fn legacy(
    from: &'static str,
    to: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Sniffed {
    Sniffed::Legacy(Legacy { from, to, zh, en })
}

/// Magic bytes of formats that are often sent instead of a document.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "PNG 图片", "a PNG image"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG image"),
    (b"GIF8", "GIF 图片", "a GIF image"),
    (b"II*\0", "TIFF 图片", "a TIFF image"),
    (b"MM\0*", "TIFF 图片", "a TIFF image"),
    (b"BM", "BMP 图片", "a BMP image"),
    (b"Rar!\x1a\x07", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", "gzip 压缩文件", "a gzip file"),
    (b"\x7fELF", "程序文件", "a program"),
    (b"MZ", "程序文件", "a program"),
];

/// OLE2 compound file: legacy Office, WPS, encrypted Office.
const OLE2: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Looks at the bytes.
pub(crate) fn sniff(bytes: &[u8]) -> Sniffed {
    let head = &bytes[..bytes.len().min(1024)];
    // Some exporters put white space or a byte order mark before the header; the PDF rule is "within the first 1024 bytes".
    if find(head, b"%PDF-")
        .is_some_and(|at| at == 0 || head[..at].iter().all(|b| !b.is_ascii_graphic()))
    {
        return Sniffed::Format(Format::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return sniff_zip(bytes);
    }
    if bytes.starts_with(OLE2) {
        return sniff_ole2(bytes);
    }
    if head.trim_ascii_start().starts_with(b"{") && find(head, json::SCHEMA.as_bytes()).is_some() {
        return Sniffed::Format(Format::Json);
    }
    if bytes.starts_with(b"{\\rtf") {
        return legacy("rtf", "docx", "RTF 文档", "an RTF document");
    }
    for (magic, zh, en) in FOREIGN {
        // Two-letter magic may begin a text as well; such a file must also hold NUL bytes.
        if bytes.starts_with(magic) && (magic.len() > 2 || head.contains(&0) || !magic.is_ascii()) {
            return Sniffed::Foreign(zh, en);
        }
    }
    if is_html(bytes) {
        Sniffed::Format(Format::Html)
    } else {
        Sniffed::Format(Format::Text)
    }
}

/// Decides by the names in the central directory, which are never compressed.
fn sniff_zip(bytes: &[u8]) -> Sniffed {
    let mut sniffed = Sniffed::Foreign("ZIP 压缩包", "a ZIP archive");
    let names = zip_names(bytes);
    if names.is_empty() && bytes.starts_with(b"PK\x03\x04") {
        return cut_zip(bytes);
    }
    for name in names {
        if name == b"word/document.xml" || name == b"word/document2.xml" {
            return Sniffed::Format(Format::Docx);
        }
        if name == b"xl/workbook.xml" {
            return Sniffed::Format(Format::Workbook);
        }
        if name == b"xl/workbook.bin" {
            return legacy(
                "xlsb",
                "xlsx",
                "二进制工作簿（.xlsb）",
                "a binary workbook (.xlsb)",
            );
        }
        if name == b"OFD.xml" {
            sniffed = Sniffed::Foreign("OFD 文档", "an OFD document");
        } else if name == b"content.xml" {
            sniffed = match () {
                () if is_ods(bytes) => Sniffed::Format(Format::Workbook),
                () if is_odt(bytes) => legacy(
                    "odt",
                    "docx",
                    "OpenDocument 文档（.odt）",
                    "an OpenDocument text (.odt)",
                ),
                () => Sniffed::Foreign("OpenDocument 文档", "an OpenDocument file"),
            };
        } else if name == b"ppt/presentation.xml" {
            sniffed = Sniffed::Foreign("演示文稿", "a presentation");
        }
    }
    sniffed
}

/// What a zip without its directory was: the entries that are left name themselves.
fn cut_zip(bytes: &[u8]) -> Sniffed {
    let has = |folder: &[u8]| find(bytes, folder).is_some();
    match () {
        () if has(b"word/") => Sniffed::Cut("Word 文档（.docx）", "a Word document (.docx)"),
        () if has(b"xl/") => Sniffed::Cut("电子表格（.xlsx）", "a spreadsheet (.xlsx)"),
        () => Sniffed::Cut(
            "压缩包（Word 文档、电子表格也是这种格式）",
            "a ZIP archive (as Word documents and spreadsheets are)",
        ),
    }
}

/// OpenDocument files begin with their media type, uncompressed.
fn has_media_type(bytes: &[u8], name: &[u8]) -> bool {
    find(&bytes[..bytes.len().min(160)], name).is_some()
}

/// Whether a zip is an OpenDocument spreadsheet.
pub(crate) fn is_ods(bytes: &[u8]) -> bool {
    has_media_type(bytes, b"application/vnd.oasis.opendocument.spreadsheet")
}

fn is_odt(bytes: &[u8]) -> bool {
    has_media_type(bytes, b"application/vnd.oasis.opendocument.text")
}

/// Names in the central directory of a zip, at most ten thousand.
fn zip_names(bytes: &[u8]) -> Vec<&[u8]> {
    let tail_start = bytes.len().saturating_sub(65_557);
    let mut names = Vec::new();
    let Some(end) = bytes
        .get(tail_start..)
        .and_then(|tail| rfind(tail, b"PK\x05\x06"))
    else {
        return names;
    };
    let Some(mut at) = u32_at(bytes, tail_start + end + 16) else {
        return names;
    };
    while names.len() < 10_000 && bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
        let (Some(n_name), Some(n_extra), Some(n_comment)) = (
            u16_at(bytes, at + 28),
            u16_at(bytes, at + 30),
            u16_at(bytes, at + 32),
        ) else {
            break;
        };
        let Some(name) = bytes.get(at + 46..at + 46 + n_name) else {
            break;
        };
        names.push(name);
        at += 46 + n_name + n_extra + n_comment;
    }
    names
}

/// Tells legacy Word from legacy Excel by the names of the streams, which are UTF-16.
fn sniff_ole2(bytes: &[u8]) -> Sniffed {
    let utf16 = |name: &str| -> Vec<u8> { name.bytes().flat_map(|b| [b, 0]).collect() };
    let has = |name: &str| find(bytes, &utf16(name)).is_some();
    if has("EncryptedPackage") {
        return Sniffed::Foreign("加密的 Office 文档", "an encrypted Office document");
    }
    if has("WordDocument") {
        return legacy(
            "doc",
            "docx",
            "旧版 Word 文档（.doc）",
            "a legacy Word document (.doc)",
        );
    }
    if has("Workbook") || has("Book") {
        return Sniffed::Format(Format::Workbook);
    }
    Sniffed::Foreign("旧版 Office 文档", "a legacy Office document")
}

/// HTML begins with a tag. Plain text with a stray tag inside stays text: that tag is a defect to report.
fn is_html(bytes: &[u8]) -> bool {
    // Most texts say within a line that they are none.
    let start = ascii_head(&bytes[..bytes.len().min(256)]);
    if !start.trim_ascii().is_empty() && !start.trim_ascii_start().starts_with(b"<") {
        return false;
    }
    let head = ascii_head(bytes);
    let mut rest = head.as_slice().trim_ascii_start();
    while let Some(body) = rest.strip_prefix(b"<!--") {
        let Some(end) = find(body, b"-->") else { break };
        rest = body[end + 3..].trim_ascii_start();
    }
    if rest.starts_with(b"<!doctype html") || rest.starts_with(b"<html") {
        return true;
    }
    let has = |tag: &[u8]| find(rest, tag).is_some();
    rest.starts_with(b"<")
        && ([b"<html".as_slice(), b"<body", b"<head>", b"<table"]
            .into_iter()
            .any(has)
            || (has(b"<div") && has(b"</div>")))
}

/// The first 64 KB without byte order mark and, for UTF-16, without the NUL halves; lower case.
fn ascii_head(bytes: &[u8]) -> Vec<u8> {
    let head = &bytes[..bytes.len().min(64 << 10)];
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let body = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let body = if wide { &body[2..] } else { body };
    body.iter()
        .filter(|b| !wide || **b != 0)
        .map(u8::to_ascii_lowercase)
        .collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(pair.try_into().ok()?)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .position(|window| window == needle)
}

fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .rposition(|window| window == needle)
}

impl Sniffed {
    /// The error for a format without a reader.
    pub(crate) fn unsupported(self, file_name: &str) -> ReadError {
        let (zh, en) = match self {
            Self::Format(Format::Pdf) => ("PDF 文档", "a PDF document"),
            Self::Format(Format::Docx) => ("Word 文档（.docx）", "a Word document (.docx)"),
            Self::Format(Format::Workbook) => ("电子表格", "a spreadsheet"),
            Self::Format(Format::Html) => ("网页（HTML）", "a web page (HTML)"),
            Self::Format(Format::Json) => ("JSON", "JSON"),
            Self::Format(Format::Text | Format::Composed) => ("文本", "text"),
            Self::Foreign(zh, en) | Self::Legacy(Legacy { zh, en, .. }) => (zh, en),
            Self::Cut(zh, en) => return incomplete(file_name, zh, en),
        };
        ReadError::new(
            ReadErrorKind::Unsupported,
            format!(
                "文件“{file_name}”的内容是{zh}，本版本不能读取这种格式；可另存为 UTF-8 文本（表格用制表符分列）后再试"
            ),
            format!(
                "the content of “{file_name}” is {en}, which this version cannot read; save it as UTF-8 text with tab-separated tables and try again"
            ),
        )
    }
}

fn incomplete(file_name: &str, zh: &str, en: &str) -> ReadError {
    ReadError::new(
        ReadErrorKind::Damaged,
        format!(
            "文件“{file_name}”是{zh}，但不完整（缺少一段，多半是没有下载完），未读取；请重新下载或另存"
        ),
        format!(
            "“{file_name}” is {en}, but incomplete (a part is missing; not downloaded to the end?); not read"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A zip that has only a central directory with these names.
    fn zip(names: &[&str]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        let start = bytes.len();
        for name in names {
            let mut entry = vec![0; 46];
            entry[..4].copy_from_slice(b"PK\x01\x02");
            entry[28] = u8::try_from(name.len()).unwrap();
            bytes.extend(entry);
            bytes.extend(name.as_bytes());
        }
        let mut end = vec![0; 22];
        end[..4].copy_from_slice(b"PK\x05\x06");
        end[16] = u8::try_from(start).unwrap();
        bytes.extend(end);
        bytes
    }

    #[test]
    fn formats_are_told_by_content() {
        let ole = |stream: &str| {
            let mut bytes = OLE2.to_vec();
            bytes.extend(stream.bytes().flat_map(|b| [b, 0]));
            bytes
        };
        for (bytes, expected) in [
            (b"%PDF-1.7\n".to_vec(), Format::Pdf),
            (b"\r\n%PDF-1.4\n".to_vec(), Format::Pdf),
            (
                zip(&["[Content_Types].xml", "word/document.xml"]),
                Format::Docx,
            ),
            (
                zip(&["[Content_Types].xml", "xl/workbook.xml"]),
                Format::Workbook,
            ),
            (ole("Workbook"), Format::Workbook),
            (b"<!-- x --> <!DOCTYPE HTML PUBLIC>".to_vec(), Format::Html),
            (b"<?xml version=\"1.0\"?><html>".to_vec(), Format::Html),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0".to_vec(), Format::Html),
            (b"<div><p>a</p></div>".to_vec(), Format::Html),
            ("<p>确保项目实施</p>".as_bytes().to_vec(), Format::Text),
            (b"see %PDF-1.4".to_vec(), Format::Text),
            (b"BM is a text".to_vec(), Format::Text),
            (b"MZ8001".to_vec(), Format::Text),
        ] {
            assert_eq!(
                sniff(&bytes),
                Sniffed::Format(expected),
                "{:?}",
                String::from_utf8_lossy(&bytes)
            );
        }
        for (bytes, expected) in [
            (zip(&["OFD.xml"]), "OFD 文档"),
            (zip(&["a.txt"]), "ZIP 压缩包"),
            (b"PK\x05\x06".to_vec(), "ZIP 压缩包"),
            (b"\x89PNG\r\n\x1a\n".to_vec(), "PNG 图片"),
            (b"MZ\x90\0\x03".to_vec(), "程序文件"),
        ] {
            let Sniffed::Foreign(name, _) = sniff(&bytes) else {
                panic!("{expected} taken for a document")
            };
            assert_eq!(name, expected);
        }
    }

    #[test]
    fn cut_packages_say_what_they_were() {
        for (entry, expected) in [("word/styles.xml", "Word"), ("xl/", "表格"), ("", "压缩包")]
        {
            let error = sniff(format!("PK\x03\x04{entry}").as_bytes()).unsupported("a");
            assert_eq!(error.kind, ReadErrorKind::Damaged);
            assert!(error.message_zh.contains(expected) && error.message_zh.contains("不完整"));
        }
    }

    #[test]
    fn legacy_formats_are_told_with_what_they_become() {
        let mut doc = OLE2.to_vec();
        doc.extend("WordDocument".bytes().flat_map(|b| [b, 0]));
        for (bytes, from, to) in [
            (doc, "doc", "docx"),
            (zip(&["xl/workbook.bin"]), "xlsb", "xlsx"),
            (b"{\\rtf1}".to_vec(), "rtf", "docx"),
        ] {
            let Sniffed::Legacy(legacy) = sniff(&bytes) else {
                panic!("{from} not told")
            };
            assert_eq!((legacy.from, legacy.to), (from, to));
        }
    }

    #[test]
    fn unsupported_formats_say_what_to_do() {
        let error = sniff(b"%PDF-1.7").unsupported("a.txt");
        assert_eq!(error.kind, ReadErrorKind::Unsupported);
        assert!(error.message_zh.contains("a.txt") && error.message_zh.contains("PDF"));
    }
}
