//! Whatever the text, reading it ends without a panic, and every figure is bound or listed.

use super::read;

/// A small linear congruential generator: the same texts on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below.max(1)
    }
}

const PIECES: [&str; 60] = [
    "基本支出",
    "项目支出",
    "一般公共预算",
    "（类）",
    "(款)",
    "（项）",
    "其中：",
    "包括：",
    "比上年预算",
    "增加",
    "减少",
    "持平",
    "3,210.54",
    " 万元",
    "万 元",
    "％",
    "占",
    "，",
    "。",
    "；",
    "、",
    "：",
    "主要原因是",
    "主要用于",
    "未安排",
    "无",
    "为空表",
    "2030 年",
    "2029年",
    "1.",
    "（一）",
    "一、",
    "【2020】",
    "4号",
    "第",
    "50 万元以上",
    "设备",
    "台",
    "车辆",
    "价值",
    "\"",
    "（",
    "）",
    "项目名称：",
    "资金分配情况：",
    "委托业务费",
    "特定目标 0310034F",
    "-",
    "5.5.5",
    "999999999999999999999",
    "𠮷",
    "\u{200b}",
    "\n",
    "\n\n",
    "**",
    "<p>",
    "九、关于政府性基金预算说明\n",
    "七、一般公共预算项目支出情况说明\n",
    "收入全部为",
    "个百分点",
];

#[test]
fn arbitrary_strings_are_read() {
    let mut random = Random(7);
    for _ in 0..150 {
        let n = random.next(40);
        let text: String = (0..n).map(|_| PIECES[random.next(PIECES.len())]).collect();
        read(&text);
    }
}

#[test]
fn mutated_narrative_is_read() {
    let sound: Vec<char> = "三、关于红石市农机局 2030 年支出预算情况说明\n\n红石市农机局 2030 年支出预算 500.00 万元，其中：\n\n\
        基本支出 300.00 万元，占 60.00%，比上年预算增加 12.00 万元，增长 4.17%，主要原因是人员增加。\n\n\
        七、关于红石市农机局 2030 年一般公共预算项目支出情况说明\n\n(一) 项目名称：农机平台经费\n\n预算安排规模：30.00 万元\n\n\
        资金分配情况：委托业务费 27 万元，办公费 3 万元\n\n十二、 其他重要事项的情况说明\n\n(三) 国有资产占用使用情况\n\n\
        2. 车辆 6 辆，价值 72.51 万元；其中：一般公务用车 5 辆（价值 60.51 万元）；农林水支出（类）农业农村（款）：3 万元。"
        .chars()
        .collect();
    let mut random = Random(11);
    for _ in 0..200 {
        let mut text = sound.clone();
        for _ in 0..=random.next(6) {
            let at = random.next(text.len());
            match random.next(3) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, sound[random.next(sound.len())]),
                _ => text.insert(at, text[at]),
            }
        }
        let text: String = text.into_iter().collect();
        let disclosure = read(&text);
        for claim in &disclosure.claims {
            assert!(!claim.place.quote.is_empty(), "{text}");
        }
    }
}
