//! The parts of a Word file beside its body: styles, fonts, settings, footers, what it says of itself.

use crate::{Metadata, write::escaped};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// The opening of a part: declaration and root element.
pub(super) fn open(root: &str) -> String {
    format!("{HEAD}<w:{root} {W}>")
}

pub(super) const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/fontTable.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml\"/>",
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/word/footer2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/word/footer3.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    "<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>",
    "</Types>",
);

pub(super) const RELATIONSHIPS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>",
    "</Relationships>",
);

pub(super) const DOCUMENT_RELATIONSHIPS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable\" Target=\"fontTable.xml\"/>",
    "<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>",
    "<Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer2.xml\"/>",
    "<Relationship Id=\"rId6\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer3.xml\"/>",
    "</Relationships>",
);

pub(super) const APP: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">",
    "<Application>Mingzhang</Application></Properties>",
);

/// No field is marked for updating: the program that opens the file asks nothing.
pub(super) const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/>",
    "<w:characterSpacingControl w:val=\"compressPunctuation\"/>",
    "<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>",
    "<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>",
    "</w:settings>",
);

pub(super) fn core(metadata: &Metadata) -> String {
    let language = if metadata.language.is_empty() {
        "zh-CN"
    } else {
        &metadata.language
    };
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <dc:language>{}</dc:language></cp:coreProperties>",
        escaped(&metadata.title),
        escaped(&metadata.unit),
        escaped(language),
    )
}

/// A typeface of the standard with what may stand in for it, official ones first.
struct Typeface {
    name: &'static str,
    others: &'static str,
    family: &'static str,
}

const TITLE: &str = "方正小标宋简体";
const BODY: &str = "仿宋_GB2312";
const KAI: &str = "楷体_GB2312";
const HEI: &str = "黑体";
const SONG: &str = "宋体";

const TYPEFACES: &[Typeface] = &[
    Typeface {
        name: TITLE,
        others: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,Noto Serif CJK SC,思源宋体",
        family: "roman",
    },
    Typeface {
        name: BODY,
        others: "仿宋,FangSong,FangSong_GB2312,华文仿宋,FandolFang,Noto Serif CJK SC",
        family: "modern",
    },
    Typeface {
        name: KAI,
        others: "楷体,KaiTi,KaiTi_GB2312,华文楷体,LXGW WenKai,AR PL UKai CN",
        family: "modern",
    },
    Typeface {
        name: HEI,
        others: "SimHei,微软雅黑,Noto Sans CJK SC,思源黑体",
        family: "swiss",
    },
    Typeface {
        name: SONG,
        others: "SimSun,Noto Serif CJK SC,思源宋体",
        family: "roman",
    },
];

pub(super) fn fonts() -> String {
    let mut out = open("fonts");
    for one in TYPEFACES {
        out.push_str(&format!(
            "<w:font w:name=\"{}\"><w:altName w:val=\"{}\"/><w:charset w:val=\"86\"/><w:family w:val=\"{}\"/><w:pitch w:val=\"variable\"/></w:font>",
            one.name, one.others, one.family
        ));
    }
    out.push_str("</w:fonts>");
    out
}

/// A paragraph style.
struct Style {
    id: &'static str,
    name: &'static str,
    /// Chinese typeface; Latin letters and digits follow the body.
    typeface: &'static str,
    half_points: u16,
    is_bold: bool,
    /// Paragraph properties, in the order of the schema.
    paragraph: &'static str,
}

const HEADING: &str = "<w:keepNext/><w:keepLines/><w:spacing w:line=\"570\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"left\"/>";
const ENTRY: &str = "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"8844\"/></w:tabs><w:spacing w:line=\"570\" w:lineRule=\"exact\"/>";

const STYLES: &[Style] = &[
    style(
        "CoverTitle",
        "封面标题",
        TITLE,
        52,
        true,
        "<w:spacing w:before=\"3300\" w:line=\"840\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
    ),
    style(
        "CoverUnit",
        "封面单位",
        KAI,
        36,
        false,
        "<w:spacing w:before=\"4400\" w:line=\"570\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
    ),
    style(
        "CoverDate",
        "封面日期",
        KAI,
        32,
        false,
        "<w:spacing w:before=\"570\" w:line=\"570\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
    ),
    style(
        "ContentsTitle",
        "目录标题",
        TITLE,
        44,
        true,
        "<w:spacing w:after=\"570\" w:line=\"570\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
    ),
    style(
        "Heading1",
        "heading 1",
        HEI,
        36,
        true,
        "<w:keepNext/><w:keepLines/><w:spacing w:before=\"285\" w:line=\"570\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>",
    ),
    style(
        "TableTitle",
        "表题",
        TITLE,
        36,
        true,
        "<w:keepNext/><w:keepLines/><w:spacing w:line=\"570\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>",
    ),
    style(
        "TableNote",
        "表注",
        SONG,
        21,
        false,
        "<w:spacing w:before=\"80\" w:line=\"320\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>",
    ),
    style(
        "TableCaption",
        "表头说明",
        SONG,
        21,
        false,
        "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"80\" w:line=\"320\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/>",
    ),
    style(
        "TableText",
        "表格文字",
        SONG,
        21,
        false,
        "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/>",
    ),
    style(
        "Gap",
        "分隔",
        SONG,
        2,
        false,
        "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>",
    ),
    style(
        "Footer",
        "footer",
        SONG,
        28,
        false,
        "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>",
    ),
];

const fn style(
    id: &'static str,
    name: &'static str,
    typeface: &'static str,
    half_points: u16,
    is_bold: bool,
    paragraph: &'static str,
) -> Style {
    Style {
        id,
        name,
        typeface,
        half_points,
        is_bold,
        paragraph,
    }
}

pub(super) fn styles() -> String {
    let mut out = open("styles");
    out.push_str(&format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/>\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:spacing w:line=\"570\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>\
         <w:jc w:val=\"both\"/></w:pPr></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/>\
         <w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>",
        typeface(BODY)
    ));
    for one in STYLES {
        push(
            &mut out,
            one.id,
            one.name,
            one.typeface,
            one.half_points,
            one.is_bold,
            one.paragraph,
        );
    }
    // Levels below the first stand like paragraphs: 黑体, 楷体, then bold 仿宋.
    for level in 2..=9_u8 {
        let (face, is_bold) = match level {
            2 => (HEI, false),
            3 => (KAI, false),
            _ => (BODY, level == 4),
        };
        let paragraph = format!("{HEADING}<w:outlineLvl w:val=\"{}\"/>", level - 1);
        push(
            &mut out,
            &format!("Heading{level}"),
            &format!("heading {level}"),
            face,
            32,
            is_bold,
            &paragraph,
        );
    }
    for level in 1..=9_u16 {
        let left = (level - 1) * 640;
        let paragraph = format!(
            "{ENTRY}<w:ind w:left=\"{left}\" w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/>"
        );
        let face = if level == 1 { HEI } else { BODY };
        push(
            &mut out,
            &format!("TOC{level}"),
            &format!("toc {level}"),
            face,
            32,
            false,
            &paragraph,
        );
    }
    out.push_str("</w:styles>");
    out
}

/// Latin letters and digits in Times New Roman, Chinese in a typeface.
fn typeface(name: &str) -> String {
    format!(
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{name}\" w:cs=\"Times New Roman\"/>"
    )
}

fn push(
    out: &mut String,
    id: &str,
    name: &str,
    face: &str,
    half_points: u16,
    is_bold: bool,
    paragraph: &str,
) {
    let bold = if is_bold { "<w:b/><w:bCs/>" } else { "" };
    out.push_str(&format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr>{paragraph}</w:pPr><w:rPr>{}{bold}<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/></w:rPr></w:style>",
        typeface(face)
    ));
}

/// A footer with the page number between dashes, one character from the outer edge.
pub(super) fn footer(side: &str) -> String {
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    format!(
        "{}<w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind w:left=\"280\" w:right=\"280\" w:firstLineChars=\"0\" w:firstLine=\"0\"/>\
         <w:jc w:val=\"{side}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>{field}<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>",
        open("ftr")
    )
}

pub(super) fn footer_without_number() -> String {
    format!(
        "{}<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr></w:p></w:ftr>",
        open("ftr")
    )
}
