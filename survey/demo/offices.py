"""The invented city: its units, who works and who is served there, and what people wrote."""

from dataclasses import dataclass

DEPARTMENT = "政府部门"
INSTITUTION = "事业单位"


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit with its answers to come; `merit` shifts what people think of it."""

    code: str
    name: str
    category: str
    head_count: int
    staff_answers: int
    partner_offices: int
    citizen_answers: int
    merit: float


UNITS = (
    DemoUnit("DEMO01", "示范市政务服务局", DEPARTMENT, 46, 39, 8, 126, 0.45),
    DemoUnit("DEMO02", "示范市人力资源局", DEPARTMENT, 58, 47, 8, 118, 0.10),
    DemoUnit("DEMO03", "示范市住房建设局", DEPARTMENT, 64, 51, 8, 109, -0.30),
    DemoUnit("DEMO04", "示范市交通运输局", DEPARTMENT, 52, 43, 7, 87, -0.10),
    DemoUnit("DEMO05", "示范市市场监管局", DEPARTMENT, 70, 58, 8, 134, 0.05),
    DemoUnit("DEMO06", "示范市民政局", DEPARTMENT, 38, 33, 7, 102, 0.25),
    DemoUnit("DEMO07", "示范市生态环境局", DEPARTMENT, 44, 36, 7, 64, -0.05),
    DemoUnit("DEMO08", "示范市不动产登记中心", INSTITUTION, 41, 34, 7, 141, 0.20),
    DemoUnit("DEMO09", "示范市公积金中心", INSTITUTION, 36, 31, 6, 128, 0.35),
    DemoUnit("DEMO10", "示范市图书馆", INSTITUTION, 32, 29, 6, 115, 0.55),
    DemoUnit("DEMO11", "示范市疾病预防中心", INSTITUTION, 48, 40, 7, 72, 0.00),
    DemoUnit("DEMO12", "示范市老年服务指导站", INSTITUTION, 6, 4, 6, 58, 0.15),
)

OFFICES = (
    ("DEMO-P1", "示范市发展改革局"),
    ("DEMO-P2", "示范市财政局"),
    ("DEMO-P3", "示范市审计局"),
    ("DEMO-P4", "示范市司法局"),
    ("DEMO-P5", "示范市教育局"),
    ("DEMO-P6", "示范市卫生健康局"),
    ("DEMO-P7", "示范市大数据局"),
    ("DEMO-P8", "示范市信访局"),
)

PLACES = ("办事大厅", "服务网站")

WORDS = {
    "citizen": (
        "取号以后等的时间有点长，希望多开一个窗口。",
        "工作人员讲得很清楚，一次就办好了。",
        "网上写的材料和窗口要的不完全一样。",
        "停车不方便，老人来办事要走很远。",
        "希望中午也能有人值班。",
        "电话经常占线，打了好几次才通。",
        "叫号屏幕的字能再大一些就好了。",
        "希望办理进度能发短信告诉我们。",
    ),
    "staff": (
        "有的科室忙不过来，有的科室比较空，希望调一调。",
        "跨科室的事最好明确一个牵头的人。",
        "职责调整以后，人员没有及时跟上。",
        "报表太多，内容有不少是重复的。",
        "希望新人有人带一带。",
        "建议把常用的数据放在一个地方共享。",
    ),
    "partner": (
        "希望固定一位联络员。",
        "来函回复还可以再快一些。",
        "同一份材料不要反复报送。",
    ),
}
