//! What a disclosure needs fonts for, and which families serve, best first.

/// What a font is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Titles of covers and tables: 小标宋.
    Title,
    /// Running text: 仿宋.
    Body,
    /// Headings of the first level: 黑体.
    Heading,
    /// Headings of the second level: 楷体.
    Subheading,
    /// Tables: 宋体.
    Table,
}

/// All uses.
pub const USES: [Use; 5] = [
    Use::Title,
    Use::Body,
    Use::Heading,
    Use::Subheading,
    Use::Table,
];

/// Families that are complete and open; every use ends with them.
const OPEN_SERIF: [&str; 4] = [
    "noto serif cjk sc",
    "source han serif sc",
    "思源宋体",
    "noto serif sc",
];

/// Families that at least show every common character, for systems with little installed.
const LAST: [&str; 10] = [
    "songti sc",
    "stsong",
    "宋体",
    "simsun",
    "noto sans cjk sc",
    "microsoft yahei",
    "pingfang sc",
    "ar pl uming cn",
    "wenquanyi zen hei",
    "droid sans fallback",
];

/// Families that hold rare characters of names, after everything else.
pub const RARE: [&str; 6] = [
    "simsun-extb",
    "simsun-extg",
    "noto serif cjk tc",
    "noto serif cjk jp",
    "noto sans cjk tc",
    "hanamina",
];

impl Use {
    /// Key in the template.
    pub fn key(self) -> &'static str {
        match self {
            Use::Title => "title",
            Use::Body => "body",
            Use::Heading => "heading",
            Use::Subheading => "subheading",
            Use::Table => "table",
        }
    }

    /// Name of the typeface the standard of official documents asks for.
    pub fn name(self) -> &'static str {
        match self {
            Use::Title => "标题（小标宋）",
            Use::Body => "正文（仿宋）",
            Use::Heading => "一级标题（黑体）",
            Use::Subheading => "二级标题（楷体）",
            Use::Table => "表格（宋体）",
        }
    }

    /// Weight asked for where a family has several.
    pub fn weight(self) -> u16 {
        match self {
            Use::Title | Use::Heading => 700,
            Use::Body | Use::Subheading | Use::Table => 400,
        }
    }

    /// Families in lower case, best first: those of the typeface asked for, open ones, then whatever shows the text.
    pub fn families(self) -> Vec<&'static str> {
        let mut families: Vec<&str> = Vec::new();
        for family in self.own().iter().chain(&OPEN_SERIF).chain(&LAST) {
            if !families.contains(family) {
                families.push(family);
            }
        }
        families
    }

    /// Whether a family is of the typeface that the standard of official documents asks for.
    pub fn is_own(self, family: &str) -> bool {
        self.own().contains(&family) || (self == Use::Table && OPEN_SERIF.contains(&family))
    }

    fn own(self) -> &'static [&'static str] {
        match self {
            Use::Title => &[
                "方正小标宋_gbk",
                "方正小标宋gbk",
                "方正小标宋简体",
                "fzxiaobiaosong-b05",
                "fzxiaobiaosong-b05s",
                "小标宋",
                "华文中宋",
                "stzhongsong",
            ],
            Use::Body => &[
                "仿宋_gb2312",
                "fangsong_gb2312",
                "仿宋",
                "fangsong",
                "方正仿宋_gbk",
                "华文仿宋",
                "stfangsong",
                "zhuque fangsong",
                "朱雀仿宋",
                "fandolfang",
                "fandolfang r",
            ],
            Use::Heading => &[
                "黑体",
                "simhei",
                "方正黑体_gbk",
                "heiti sc",
                "stheiti",
                "noto sans cjk sc",
                "source han sans sc",
                "思源黑体",
                "noto sans sc",
                "pingfang sc",
                "microsoft yahei",
            ],
            Use::Subheading => &[
                "楷体_gb2312",
                "kaiti_gb2312",
                "楷体",
                "kaiti",
                "方正楷体_gbk",
                "华文楷体",
                "stkaiti",
                "kaiti sc",
                "lxgw wenkai",
                "霞鹜文楷",
                "ar pl ukai cn",
            ],
            Use::Table => &["宋体", "simsun", "nsimsun", "songti sc", "stsong"],
        }
    }
}
