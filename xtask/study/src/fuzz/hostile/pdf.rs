//! Hostile PDFs.

use std::{fmt::Write as _, io::Write as _};

use flate2::{Compress, Compression, FlushCompress, write::ZlibEncoder};
use mz_simulate::Random;

use super::Hostile;

/// All of them.
pub const ALL: &[Hostile] = &[
    Hostile {
        name: "flate-bomb.pdf",
        make: |scale| page(&Part::packed(&bomb(b" ", 4_096 / scale), "/FlateDecode")),
    },
    Hostile {
        name: "flate-bomb-of-text.pdf",
        make: |scale| {
            page(&Part::packed(
                &bomb(b"BT /A 12 Tf 72 700 Td (1.00) Tj ET\n", 256 / scale),
                "/FlateDecode",
            ))
        },
    },
    Hostile {
        name: "flate-bomb-of-lines.pdf",
        make: |scale| {
            page(&Part::packed(
                &bomb(b"0 5 m 500 5 l S 9 0 m 9 500 l S\n", 64 / scale),
                "/FlateDecode",
            ))
        },
    },
    Hostile {
        name: "flate-bomb-twice.pdf",
        make: |scale| {
            page(&Part::packed(
                &zlib(&bomb(b" ", 4_096 / scale)),
                "[/FlateDecode /FlateDecode]",
            ))
        },
    },
    Hostile {
        name: "lzw-of-noise.pdf",
        make: |scale| page(&Part::packed(&noise(4_000_000 / scale), "/LZWDecode")),
    },
    Hostile {
        name: "lzw-bomb.pdf",
        make: |scale| page(&Part::packed(&codes(400 / scale), "/LZWDecode")),
    },
    Hostile {
        name: "bomb-in-letters.pdf",
        make: |scale| {
            let packed = bomb(b"BT ET ", 4_000 / scale);
            let letters: String = packed.iter().map(|byte| format!("{byte:02x}")).collect();
            page(&Part::packed(
                letters.as_bytes(),
                "[/ASCIIHexDecode /FlateDecode]",
            ))
        },
    },
    Hostile {
        name: "run-lengths.pdf",
        make: |scale| {
            page(&Part::packed(
                &[129, b' '].repeat(8_000_000 / scale),
                "/RunLengthDecode",
            ))
        },
    },
    Hostile {
        name: "predictor-of-huge-rows.pdf",
        make: |_| {
            page(&Part { dictionary: "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 32 /BitsPerComponent 32 >>".into(), content: zlib(b"BT ET") })
        },
    },
    Hostile {
        name: "forms-of-forms.pdf",
        make: |_| forms(24, 10),
    },
    Hostile {
        name: "long-chain-of-forms.pdf",
        make: |scale| forms(20_000 / scale, 1),
    },
    Hostile {
        name: "pattern-of-itself.pdf",
        make: |_| {
            resources(
                "/Pattern cs /P scn 0 0 500 500 re f",
                "/Pattern << /P 5 0 R >>",
                &[
                    "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << /Pattern << /P 5 0 R >> >> /Length 40 >>\nstream\n/Pattern cs /P scn 0 0 1 1 re f         \nendstream",
                ],
            )
        },
    },
    Hostile {
        name: "letters-drawn-by-letters.pdf",
        make: |_| {
            resources(
                "BT /T 12 Tf 72 700 Td (aaaaaaaa) Tj ET",
                "/Font << /T 5 0 R >>",
                &[
                    "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [1] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /T 5 0 R >> >> >>",
                    "<< /Length 44 >>\nstream\n1 0 d0 BT /T 12 Tf (aaaaaaaaaaaaaa) Tj ET   \nendstream",
                ],
            )
        },
    },
    Hostile {
        name: "huge-image.pdf",
        make: |_| {
            resources(
                "q 500 0 0 500 0 0 cm /I Do Q",
                "/XObject << /I 5 0 R >>",
                &[
                    "<< /Type /XObject /Subtype /Image /Width 2147483647 /Height 2147483647 /ColorSpace /DeviceRGB /BitsPerComponent 16 /Length 1 >>\nstream\n0\nendstream",
                ],
            )
        },
    },
    Hostile {
        name: "huge-inline-image.pdf",
        make: |_| {
            page(&Part::plain(
                "q BI /W 999999999 /H 999999999 /BPC 8 /CS /RGB ID 0 EI Q",
            ))
        },
    },
    Hostile {
        name: "huge-shading.pdf",
        make: |_| {
            resources(
                "/S sh",
                "/Shading << /S << /ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1e9 0 1e9] /Function << /FunctionType 2 /Domain [0 1e9] /C0 [0 0 0] /C1 [1 1 1] /N 1e9 >> >> >>",
                &[],
            )
        },
    },
    Hostile {
        name: "huge-tounicode.pdf",
        make: |scale| unicode(scale),
    },
    Hostile {
        name: "huge-widths.pdf",
        make: |_| {
            resources(
                "BT /C 12 Tf 72 700 Td <00010002> Tj ET",
                "/Font << /C 5 0 R >>",
                &[
                    "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
                    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [0 2147483647 500 0 4294967295 600] /DW 1e30 >>",
                ],
            )
        },
    },
    Hostile {
        name: "simple-font-without-end.pdf",
        make: |_| {
            resources(
                "BT /C 12 Tf 72 700 Td (abc) Tj ET",
                "/Font << /C << /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 0 /LastChar 2147483647 /Widths [500] >> >>",
                &[],
            )
        },
    },
    Hostile {
        name: "million-letters.pdf",
        make: |scale| {
            page(&Part::plain(
                &"BT /A 9 Tf 9 9 Td (111111111111111111) Tj ET ".repeat(60_000 / scale),
            ))
        },
    },
    Hostile {
        name: "letters-all-over.pdf",
        make: |scale| letters(190_000 / scale),
    },
    Hostile {
        name: "grid-of-thousands.pdf",
        make: |scale| page(&Part::plain(&lattice(1_400 / scale))),
    },
    Hostile {
        name: "many-small-grids.pdf",
        make: |scale| page(&Part::plain(&small_grids(20_000 / scale))),
    },
    Hostile {
        name: "million-rectangles.pdf",
        make: |scale| page(&Part::plain(&"10 10 5 0.5 re f ".repeat(1_000_000 / scale))),
    },
    Hostile {
        name: "one-path-of-a-million.pdf",
        make: |scale| {
            page(&Part::plain(&format!(
                "0 0 m {} f S",
                "5 5 l 9 9 l ".repeat(1_000_000 / scale)
            )))
        },
    },
    Hostile {
        name: "million-clips.pdf",
        make: |scale| {
            page(&Part::plain(
                &"q 0 0 500 500 re W n ".repeat(300_000 / scale),
            ))
        },
    },
    Hostile {
        name: "huge-size-and-xref.pdf",
        make: |_| {
            b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [] /Count 2147483647 >> endobj\nxref\n0 4294967295\n0000000000 65535 f \ntrailer << /Size 4294967295 /Root 1 0 R /Prev 9 >>\nstartxref\n124\n%%EOF".to_vec()
        },
    },
    Hostile {
        name: "xref-stream-without-end.pdf",
        make: |_| {
            b"%PDF-1.5\n1 0 obj << /Type /XRef /Size 2147483647 /Index [0 2147483647 5 2147483647] /W [0 0 0] /Root 1 0 R /Prev 9 /Length 4 >>\nstream\n    \nendstream endobj\nstartxref\n9\n%%EOF".to_vec()
        },
    },
    Hostile {
        name: "object-stream-of-itself.pdf",
        make: |_| {
            b"%PDF-1.5\n1 0 obj << /Type /ObjStm /N 2147483647 /First 2147483647 /Extends 1 0 R /Length 8 >>\nstream\n1 0 2 0 \nendstream endobj\ntrailer << /Root 2 0 R >>\n%%EOF".to_vec()
        },
    },
    Hostile {
        name: "pages-without-end.pdf",
        make: |scale| pages(400_000 / scale),
    },
    Hostile {
        name: "pages-full-of-text.pdf",
        make: |scale| full_pages(4_000 / scale),
    },
    Hostile {
        name: "page-tree-deep.pdf",
        make: |scale| deep_tree(100_000 / scale),
    },
    Hostile {
        name: "deep-dictionaries.pdf",
        make: |scale| {
            page(&Part {
                dictionary: format!(
                    "/X {}1{}",
                    "<< /A ".repeat(400_000 / scale),
                    " >>".repeat(400_000 / scale)
                ),
                content: Vec::new(),
            })
        },
    },
    Hostile {
        name: "deep-arrays-in-content.pdf",
        make: |scale| page(&Part::plain(&"[".repeat(3_000_000 / scale))),
    },
    Hostile {
        name: "locked.pdf",
        make: |_| {
            b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\ntrailer << /Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 6 /Length 2147483647 /O () /U () /P -1 >> /ID [() ()] >>\n%%EOF".to_vec()
        },
    },
];

/// A stream.
struct Part {
    dictionary: String,
    content: Vec<u8>,
}

impl Part {
    fn plain(content: &str) -> Self {
        Self {
            dictionary: String::new(),
            content: content.as_bytes().to_vec(),
        }
    }

    fn packed(content: &[u8], filter: &str) -> Self {
        Self {
            dictionary: format!("/Filter {filter}"),
            content: content.to_vec(),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        let _ = write!(
            out,
            "<< {} /Length {} >>\nstream\n",
            self.dictionary,
            self.content.len()
        );
        out.extend(&self.content);
        out.extend(b"\nendstream");
    }
}

fn zlib(content: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    let packed = packer.write_all(content).and_then(|()| packer.finish());
    packed.unwrap_or_default()
}

/// A zlib stream of that many MiB of a repeated text. One MiB is packed, its blocks are repeated: packing GBs would take longer
/// than the study.
fn bomb(text: &[u8], n_mib: usize) -> Vec<u8> {
    let mut unit = text.repeat((1 << 20) / text.len() + 1);
    unit.truncate(1 << 20);
    let mut packer = Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(1 << 18);
    let _ = packer.compress_vec(&unit, &mut block, FlushCompress::Full);
    let mut out = vec![0x78, 0x9c];
    out.extend(block.repeat(n_mib.max(1)));
    // The last block, empty; no reader needs the checksum.
    out.extend([0x03, 0x00]);
    out
}

/// Spaces packed with LZW: the table filled so many times, seven million spaces each.
fn codes(n_tables: usize) -> Vec<u8> {
    let (mut out, mut bits, mut n_bits) = (Vec::new(), 0_usize, 0);
    let mut put = |code: usize, width: usize| {
        bits = (bits << width | code) & 0xff_ffff;
        n_bits += width;
        while n_bits >= 8 {
            n_bits -= 8;
            out.push((bits >> n_bits) as u8);
        }
    };
    for table in 0..n_tables.max(1) {
        put(256, if table == 0 { 9 } else { 12 });
        put(32, 9);
        for code in 258_usize..4_095 {
            // Codes grow by a bit one entry early.
            put(code, (code + 1).ilog2() as usize + 1);
        }
    }
    put(257, 12);
    put(0, 8);
    out
}

fn noise(n: usize) -> Vec<u8> {
    let mut random = Random::new(7);
    (0..n).map(|_| random.bits() as u8).collect()
}

/// A file of these objects, numbered from 1. There is no table of objects: readers find them.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(out, "{} 0 obj", i + 1);
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let _ = write!(
        out,
        "trailer\n<< /Root 1 0 R /Size {} >>\n%%EOF\n",
        objects.len() + 1
    );
    out
}

const FONT: &str = "/Font << /A << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";

fn with_page(content: &Part, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut stream = Vec::new();
    content.write(&mut stream);
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {resources} >> >>").into_bytes(),
        stream,
    ];
    objects.extend_from_slice(more);
    file(&objects)
}

fn page(content: &Part) -> Vec<u8> {
    with_page(content, FONT, &[])
}

fn resources(content: &str, resources: &str, more: &[&str]) -> Vec<u8> {
    let more: Vec<Vec<u8>> = more
        .iter()
        .map(|object| object.as_bytes().to_vec())
        .collect();
    with_page(&Part::plain(content), resources, &more)
}

/// Forms that each draw the next `times` times.
fn forms(n: usize, times: usize) -> Vec<u8> {
    let more: Vec<Vec<u8>> = (0..n)
        .map(|i| {
            let content = if i + 1 < n {
                "/F Do ".repeat(times)
            } else {
                "BT /A 12 Tf 72 700 Td (1) Tj ET".to_owned()
            };
            let dictionary = format!(
                "/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << {FONT} /XObject << /F {} 0 R >> >>",
                i + 6
            );
            let mut out = Vec::new();
            Part { dictionary, content: content.into_bytes() }.write(&mut out);
            out
        })
        .collect();
    with_page(&Part::plain("/F Do"), "/XObject << /F 5 0 R >>", &more)
}

/// A font whose table of characters has ranges of everything.
fn unicode(scale: usize) -> Vec<u8> {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n",
    );
    for _ in 0..(20_000 / scale).max(1) {
        map.push_str("1 beginbfrange <00000000> <FFFFFFFF> <4E00> endbfrange\n1 begincidrange <0000> <FFFFFFFF> 0 endcidrange\n");
    }
    map.push_str("endcmap end");
    let mut stream = Vec::new();
    Part::plain(&map).write(&mut stream);
    with_page(
        &Part::plain("BT /C 12 Tf 72 700 Td <0001000200030004> Tj ET"),
        "/Font << /C << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X >>] >> >>",
        &[stream],
    )
}

fn letters(n: usize) -> Vec<u8> {
    let mut content = String::from("BT /A 5 Tf ");
    for i in 0..n {
        let (x, y) = ((i * 7_919) % 590, (i * 104_729) % 840);
        let _ = write!(content, "1 0 0 1 {x} {y} Tm (8) Tj ");
    }
    content.push_str("ET");
    page(&Part::plain(&content))
}

fn lattice(n: usize) -> String {
    let mut out = String::new();
    for i in 0..n {
        let (x, y) = (i as f64 * 590.0 / n as f64, i as f64 * 840.0 / n as f64);
        let _ = write!(out, "{x:.3} 0 m {x:.3} 840 l S 0 {y:.3} m 590 {y:.3} l S ");
    }
    out.push_str("BT /A 5 Tf 9 9 Td (8) Tj ET");
    out
}

fn small_grids(n: usize) -> String {
    let mut out = String::new();
    for i in 0..n {
        let (x, y) = ((i % 140) * 4, (i / 140) * 4);
        let _ = write!(out, "{x} {y} 3.5 3.5 re S {x} {y} 3.5 1.7 re S ");
    }
    out.push_str("BT /A 5 Tf 9 9 Td (8) Tj ET");
    out
}

fn pages(n: usize) -> Vec<u8> {
    let kids = "3 0 R ".repeat(n);
    file(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count 2147483647 >>").into_bytes(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_vec(),
    ])
}

/// Many pages that show the same text of two hundred lines.
fn full_pages(n: usize) -> Vec<u8> {
    let kids = "3 0 R ".repeat(n);
    let lines: String = (0..60)
        .map(|i| {
            format!(
                "1 0 0 1 50 {} Tm (2026 budget {i} 123,456.78 and more words) Tj ",
                800 - i * 12
            )
        })
        .collect();
    let mut stream = Vec::new();
    Part::plain(&format!("BT /A 9 Tf {lines} ET")).write(&mut stream);
    file(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {n} >>").into_bytes(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {FONT} >> >>").into_bytes(),
        stream,
    ])
}

fn deep_tree(n: usize) -> Vec<u8> {
    let mut objects = vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()];
    for i in 0..n {
        objects.push(format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", i + 3).into_bytes());
    }
    objects.push(b"<< /Type /Page /MediaBox [0 0 595 842] >>".to_vec());
    file(&objects)
}
