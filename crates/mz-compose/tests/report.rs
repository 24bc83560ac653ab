//! Reports of hand-made findings at odd places: nothing panics, nothing is lost, nothing in a document can act.

use mz_budget::{
    disclosure::{Disclosure, ReadingProblem, Unproved},
    finding::{
        Counts, Finding, Obligation, ObligationStatus, Report, Severity, Side, Suspect, Verdict,
    },
    library::Library,
    money::{Fen, MoneyUnit},
    place::{Place, Rect},
};
use mz_compose::{
    lang::Lang,
    pictures::Pictures,
    report::{self, AuditedDocument, Failure, Format, Laws, Settings},
};
use mz_document::{Block, Cell, Content, Document, PagePicture, Row, Table};

const FORMATS: [Format; 5] = [
    Format::Human,
    Format::Json,
    Format::Sarif,
    Format::Html,
    Format::Xlsx,
];

fn block(content: Content, line: u32) -> Block {
    let place = mz_document::Place {
        line: Some(line),
        ..mz_document::Place::default()
    };
    Block::new(content, place)
}

fn cell(text: &str, column: usize, column_span: usize, row_span: usize) -> Cell {
    Cell {
        text: text.to_owned(),
        column,
        column_span,
        row_span,
        place: mz_document::Place::default(),
    }
}

/// A heading, a sentence, and a table whose spans overlap and leave holes.
fn document() -> Document {
    let rows = vec![
        vec![
            cell("表头", 0, 2, 1),
            cell("跨行", 2, 1, 3),
            cell("很宽", 3, 100_000, 100_000),
        ],
        vec![cell("=1+1", 0, 1, 1), cell("", 1, 1, 1)],
        vec![cell("甲\n乙", 5, 1, 1)],
        vec![],
    ];
    let rows = rows
        .into_iter()
        .map(|cells| Row {
            cells,
            place: mz_document::Place::default(),
        })
        .collect();
    let table = Table {
        rows,
        n_columns: 4,
        ..Table::default()
    };
    Document::new(
        mz_document::Format::Text,
        vec![
            block(
                Content::Heading {
                    level: 200,
                    text: "标题".to_owned(),
                },
                1,
            ),
            block(
                Content::Paragraph(
                    "安排\u{1b}[31m 13.00 万元，\u{202e}其中 13.00 万元。".to_owned(),
                ),
                2,
            ),
            block(Content::Table(table), 3),
            block(Content::Paragraph(String::new()), 9),
        ],
    )
}

fn disclosure(document: &Document) -> Disclosure {
    let profile = Library::embedded()
        .profiles()
        .iter()
        .find(|profile| profile.unit == MoneyUnit::WanYuan)
        .expect("a profile that prints 万元")
        .clone();
    let start = mz_document::read("单位预算公开\n".as_bytes(), "x.txt").expect("readable");
    let mut disclosure = mz_recognise::recognise(&start, Library::embedded(), Some(&profile.id))
        .expect("recognised");
    disclosure.unit = Some("某<b>单位".to_owned());
    disclosure.problems = vec![ReadingProblem {
        name: "line-too-long".to_owned(),
        message: "读不懂".to_owned(),
        place: Place::default(),
    }];
    disclosure.unproved = vec![Unproved {
        number: "=7 个".to_owned(),
        why: "无主".to_owned(),
        place: place(document.blocks.len() + 5, Some((3, 1)), "7"),
    }];
    disclosure
}

fn place(block: usize, span: Option<(usize, usize)>, quote: &str) -> Place {
    Place {
        line: Some(0),
        block,
        span,
        quote: quote.to_owned(),
        ..Place::default()
    }
}

fn finding(severity: Severity, places: Vec<Place>) -> Finding {
    Finding {
        message: "合计 13.00 万元，分项之和 13.20 万元，相差 0.20 万元".to_owned(),
        advice: Some("=HYPERLINK(\"http://x\")".to_owned()),
        places,
        sides: vec![
            Side {
                label: "@合计".to_owned(),
                printed: "13.00 万元".to_owned(),
                fen: Some(Fen(i64::MIN)),
            },
            Side {
                label: "分项".to_owned(),
                printed: "13.20 万元".to_owned(),
                fen: None,
            },
            Side {
                label: "第三方".to_owned(),
                printed: "-".to_owned(),
                fen: None,
            },
        ],
        difference: Some(Fen(i64::MIN)),
        law: &["no-such-law"],
        ..Finding::new("MZ1001", "parts-miss-total", severity)
    }
}

/// Places inside, outside, reversed, empty, overlapping, twice the same, on a page, nowhere at all.
fn odd_report() -> Report {
    let odd = [
        place(0, None, "标题"),
        place(1, Some((9, 3)), "13.00 万元"),
        place(1, Some((0, 9_999)), "不在文中"),
        place(1, Some((13, 18)), "其中 13.00"),
        place(2, Some((1, 0)), "=1+1"),
        place(2, Some((1, 1)), ""),
        place(2, Some((99, 99)), "无此格"),
        place(2, None, "整张表"),
        place(3, Some((0, 0)), ""),
        place(usize::MAX, Some((usize::MAX, usize::MAX)), "远方"),
        Place {
            page: Some(7),
            rect: Some(Rect {
                left: f32::MAX,
                ..Rect::default()
            }),
            ..Place::default()
        },
        Place {
            page: Some(7),
            rect: Some(Rect {
                left: 20.0,
                top: 30.0,
                right: 60.0,
                bottom: 42.0,
            }),
            block: usize::MAX,
            ..Place::default()
        },
        Place::default(),
    ];
    let mut findings: Vec<Finding> = odd
        .iter()
        .map(|one| finding(Severity::Error, vec![one.clone()]))
        .collect();
    let mut all = finding(Severity::Warning, odd.to_vec());
    all.verdict = Verdict::Undecided;
    all.suspects = odd
        .iter()
        .chain(&odd)
        .map(|one| Suspect {
            place: one.clone(),
            printed: "13.00".to_owned(),
            implied: Some("13.20".to_owned()),
        })
        .collect();
    all.consequences = vec![
        finding(Severity::Info, Vec::new()),
        finding(Severity::Info, odd.to_vec()),
    ];
    findings.push(all);
    findings.push(finding(Severity::Query, Vec::new()));
    findings.extend(
        odd.iter()
            .map(|one| finding(Severity::Info, vec![one.clone()])),
    );
    let obligations = [
        ObligationStatus::Done,
        ObligationStatus::NotApplicable,
        ObligationStatus::NotEnoughData,
        ObligationStatus::Ambiguous,
        ObligationStatus::Unread,
    ];
    Report {
        findings,
        obligations: obligations
            .into_iter()
            .map(|status| Obligation {
                id: "identities".to_owned(),
                name: "勾稽".to_owned(),
                name_en: "identities".to_owned(),
                status,
                n_checked: 3,
                reason: "缘由".to_owned(),
            })
            .collect(),
        counts: Counts::default(),
    }
}

fn render(report: &Report, format: Format, lang: Lang, columns: Option<usize>) -> Vec<u8> {
    let document = document();
    let disclosure = disclosure(&document);
    let laws = Laws::default();
    let settings = Settings {
        lang,
        version: "0",
        rules: &[],
        laws: &laws,
        checklist: Library::embedded()
            .file("checklist/disclosure.toml")
            .expect("the checklist"),
        min_severity: Severity::Info,
        color: false,
        verbose: columns.is_some(),
        columns,
    };
    let pictures = Pictures {
        pages: vec![PagePicture::white(7, 1.0, 200, 300)],
        left_out: vec![9],
    };
    let audited = AuditedDocument {
        pictures: &pictures,
        index: 0,
        file: "目录/<x>.txt",
        part: Some((2, 3)),
        sha256: "00",
        document: &document,
        disclosure: &disclosure,
        report,
    };
    let failures = [Failure {
        index: 1,
        file: "=坏.txt".to_owned(),
        reason: "空".to_owned(),
    }];
    let piece = report::piece(&audited, format, &settings);
    report::whole(vec![piece], &failures, format, &settings).expect("a report")
}

#[test]
fn odd_places_are_shown_and_never_panic() {
    for format in FORMATS {
        for lang in [Lang::Zh, Lang::En] {
            for columns in [None, Some(1), Some(60)] {
                let once = render(&odd_report(), format, lang, columns);
                assert!(!once.is_empty());
                assert_eq!(
                    once,
                    render(&odd_report(), format, lang, columns),
                    "{format:?}"
                );
            }
        }
        assert!(!render(&Report::default(), format, Lang::Zh, None).is_empty());
    }
}

#[test]
fn a_part_of_a_file_is_named() {
    for (format, name) in [
        (Format::Human, "（内有 3 份公开，此为第 2 份）"),
        (Format::Html, "（内有 3 份公开，此为第 2 份）"),
        (Format::Json, "\"part\":{\"number\":2,\"of\":3}"),
    ] {
        let text = String::from_utf8(render(&odd_report(), format, Lang::Zh, None)).expect("UTF-8");
        assert!(text.contains(name), "{format:?}: {text}");
    }
}

#[test]
fn pages_are_shown_with_their_boxes() {
    let html =
        String::from_utf8(render(&odd_report(), Format::Html, Lang::Zh, None)).expect("UTF-8");
    assert_eq!(html.matches("<figure class=\"sheet\"").count(), 1);
    assert!(html.contains("<rect x=\"18.5\" y=\"28.5\" width=\"43.0\" height=\"15.0\"/>"));
    assert!(html.contains("第 9 页。</p>"), "what was left out is said");
    // Every link to a box has its box.
    for link in html.split("href=\"#b0-").skip(1) {
        let n = link.split('"').next().unwrap_or_default();
        assert!(html.contains(&format!("id=\"b0-{n}\"")), "{n}");
    }
    let xlsx = render(&odd_report(), Format::Xlsx, Lang::Zh, None);
    let name = b"xl/media/image1.png";
    assert!(xlsx.windows(name.len()).any(|window| window == name));
}

#[test]
fn text_shows_every_quote_and_controls_no_terminal() {
    let text =
        String::from_utf8(render(&odd_report(), Format::Human, Lang::Zh, None)).expect("UTF-8");
    for shown in [
        "⟦标题⟧",
        "⟦13.00 万元⟧",
        "⟦=1+1⟧",
        "⟦　⟧",
        "⟦远方⟧",
        "第 7 页",
        "依据 no-such-law",
        "第三方：-",
    ] {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
    assert!(
        text.contains("差额 −9,223,372,036,854.775808 万元"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    assert!(
        text.contains("MZ1001 parts-miss-total × 13"),
        "information is folded\n{text}"
    );
    assert!(
        text.contains("共审核 1 份公开，1 个未能读取 · 错误 13 · 警告 1 · 待说明 1 · 提示 13"),
        "{text}"
    );
}

#[test]
fn lines_fit_the_terminal() {
    let text =
        String::from_utf8(render(&odd_report(), Format::Human, Lang::Zh, Some(60))).expect("UTF-8");
    let framed = text
        .lines()
        .filter(|line| line.starts_with("  ├") || line.starts_with("  │"));
    for line in framed {
        // One closing mark may hang over the edge, because no line begins with one.
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 62, "{line}");
    }
}

#[test]
fn pages_escape_documents_and_paths() {
    let page =
        String::from_utf8(render(&odd_report(), Format::Html, Lang::Zh, None)).expect("UTF-8");
    assert!(page.contains("某&lt;b&gt;单位") && page.contains("目录/&lt;x&gt;.txt"));
    assert!(!page.contains("某<b>") && !page.contains("<x>"));
    assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'));
    let spans: Vec<usize> = page
        .split("span=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect();
    assert!(spans.iter().all(|span| *span <= 1000), "{spans:?}");
}
