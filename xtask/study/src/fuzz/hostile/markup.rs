//! Hostile pages, text and stored documents.

use super::Hostile;

/// All of them.
pub const ALL: &[Hostile] = &[
    Hostile {
        name: "spans.html",
        make: |_| {
            html(
                "<table><tr><td colspan=1000000000 rowspan=1000000000>1</td><td>2</td></tr><tr><td colspan=99999999999999999999>3</td></tr></table>",
            )
        },
    },
    Hostile {
        name: "many-spans.html",
        make: |scale| {
            html(&format!(
                "<table>{}</table>",
                format!(
                    "<tr>{}</tr>",
                    "<td colspan=1000 rowspan=1000>1</td>".repeat(10)
                )
                .repeat(20_000 / scale)
            ))
        },
    },
    Hostile {
        name: "wide-rows.html",
        make: |scale| {
            html(&format!(
                "<table>{}</table>",
                format!("<tr>{}</tr>", "<td>1".repeat(1_000)).repeat(5_000 / scale)
            ))
        },
    },
    Hostile {
        name: "stairs-of-row-spans.html",
        make: |scale| {
            html(&format!(
                "<table>{}</table>",
                "<tr><td rowspan=65534>1<td rowspan=65534>2".repeat(60_000 / scale)
            ))
        },
    },
    Hostile {
        name: "deep-boxes.html",
        make: |scale| html(&"<div>".repeat(5_000_000 / scale)),
    },
    Hostile {
        name: "deep-tables.html",
        make: |scale| html(&"<table><tr><td>1".repeat(1_000_000 / scale)),
    },
    Hostile {
        name: "deep-styles.html",
        make: |scale| html(&"<b><i><font><span style='x'>".repeat(500_000 / scale)),
    },
    Hostile {
        name: "many-cells-positioned.html",
        make: |scale| positioned(300_000 / scale),
    },
    Hostile {
        name: "positions-that-are-none.html",
        make: |_| {
            html(&"<div style='position:absolute;left:1e38px;top:-1e38px;width:NaNpx;height:99999999999999px'><span style='position:absolute;left:9999999999px;top:infpx'>预算 1.00</span></div>".repeat(2_000))
        },
    },
    Hostile {
        name: "long-attribute.html",
        make: |scale| {
            html(&format!(
                "<td style='{}'>1",
                "left:".repeat(8_000_000 / scale)
            ))
        },
    },
    Hostile {
        name: "tag-without-end.html",
        make: |scale| html(&format!("<{}", "a".repeat(40_000_000 / scale))),
    },
    Hostile {
        name: "comments.html",
        make: |scale| html(&"<!--".repeat(8_000_000 / scale)),
    },
    Hostile {
        name: "entities.html",
        make: |scale| html(&"&#99999999999999;&lt&notanentity;".repeat(1_500_000 / scale)),
    },
    Hostile {
        name: "deep.json",
        make: |scale| "[".repeat(30_000_000 / scale).into_bytes(),
    },
    Hostile {
        name: "deep-objects.json",
        make: |scale| "{\"blocks\":[".repeat(4_000_000 / scale).into_bytes(),
    },
    Hostile {
        name: "deep-in-schema.json",
        make: |scale| json(&"{\"kind\":[".repeat(1_000_000 / scale)),
    },
    Hostile {
        name: "spans.json",
        make: |_| {
            json(
                "{\"kind\":\"table\",\"n_header_rows\":18446744073709551615,\"rows\":[[{\"text\":\"1\",\"column_span\":18446744073709551615,\"row_span\":18446744073709551615}],[{\"text\":\"2\"}]]}]}",
            )
        },
    },
    Hostile {
        name: "wide.json",
        make: |scale| {
            json(&format!(
                "{{\"kind\":\"table\",\"rows\":[[{}{{\"text\":\"2\"}}]]}}]}}",
                "{\"text\":\"1\"},".repeat(1_000_000 / scale)
            ))
        },
    },
    Hostile {
        name: "long-line.txt",
        make: |scale| {
            "预算收入合计12.50万元，"
                .repeat(1_800_000 / scale)
                .into_bytes()
        },
    },
    Hostile {
        name: "many-lines.txt",
        make: |scale| "\n预算\n".repeat(4_000_000 / scale).into_bytes(),
    },
    Hostile {
        name: "wide-table.txt",
        make: |scale| {
            format!(
                "# 部门收支总表\n{}\n{}\n",
                "| 1 ".repeat(3_000_000 / scale),
                "| - ".repeat(3_000_000 / scale)
            )
            .into_bytes()
        },
    },
    Hostile {
        name: "long-table.txt",
        make: |scale| {
            format!(
                "# 2026年部门预算\n\n部门收支总表\n单位：万元\n{}",
                "| 201 一般公共服务支出 | 12.50 | 12.50 | 12.50 |\n".repeat(400_000 / scale)
            )
            .into_bytes()
        },
    },
    Hostile {
        name: "same-sentence.txt",
        make: |scale| {
            format!(
                "某局2026年部门预算\n{}",
                "2026年收入预算12.50万元，比上年增加1.50万元，增长13.6%，主要原因是人员增加。\n"
                    .repeat(300_000 / scale)
            )
            .into_bytes()
        },
    },
    Hostile {
        name: "parts-of-a-long-list.txt",
        make: |scale| {
            format!(
                "某局2026年部门预算\n其中：{}",
                "公务接待费0.50万元、".repeat(500_000 / scale)
            )
            .into_bytes()
        },
    },
    Hostile {
        name: "open-brackets.txt",
        make: |scale| {
            format!("某局2026年部门预算\n{}", "（《“".repeat(2_000_000 / scale)).into_bytes()
        },
    },
    Hostile {
        name: "digits.txt",
        make: |scale| {
            format!(
                "某局2026年部门预算\n支出{}万元",
                "9".repeat(50_000_000 / scale)
            )
            .into_bytes()
        },
    },
    Hostile {
        name: "headings.txt",
        make: |scale| "# 一、部门收支总表\n".repeat(500_000 / scale).into_bytes(),
    },
    Hostile {
        name: "zeros.bin",
        make: |scale| vec![0; (60 << 20) / scale],
    },
];

fn html(body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html><meta charset=utf-8><body>{body}").into_bytes()
}

fn json(blocks: &str) -> Vec<u8> {
    format!(
        "{{\"schema\":\"{}\",\"blocks\":[{blocks}",
        mz_document::json::SCHEMA
    )
    .into_bytes()
}

fn positioned(n: usize) -> Vec<u8> {
    let cell = |i: usize| {
        let (x, y) = ((i * 7_919) % 800, (i * 104_729) % 100_000);
        format!("<span style=\"position:absolute;left:{x}px;top:{y}px\">8</span>")
    };
    html(&(0..n).map(cell).collect::<String>())
}
