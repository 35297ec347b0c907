"""The demo's indicator tree, its scoring plan, and the points entered by hand."""

from survey.rules.audience import Audience
from survey.rules.indicator import IndicatorDefinition, TreeDefinition
from survey.rules.scoring_plan import PlanContent, Source, default_plan

_STAFF = (Audience.STAFF, "staff-establishment")
_PARTNER = (Audience.PARTNER, "partner-cooperation")
_CITIZEN = (Audience.CITIZEN, "citizen-service")

PLAN: PlanContent = default_plan(
    (
        Source(*_STAFF, "duties", 625),
        Source(*_STAFF, "structure", 625),
        Source(*_STAFF, "staffing", 625),
        Source(*_STAFF, "operation", 625),
        Source(*_PARTNER, "boundaries", 850),
        Source(*_PARTNER, "response", 850),
        Source(*_PARTNER, "results", 800),
        Source(*_CITIZEN, "ease", 1000),
        Source(*_CITIZEN, "conduct", 1000),
        Source(*_CITIZEN, "satisfaction", 3000),
    )
)


def _branch(code: str, chinese: str, english: str) -> IndicatorDefinition:
    parent = code[:-1] or None
    return IndicatorDefinition(code, {"zh-Hans": chinese, "en": english}, parent)


def _leaf(
    code: str, chinese: str, english: str, points: int, standard: str, *sources: Source
) -> IndicatorDefinition:
    method = "问卷得分直接换算" if sources else "查阅资料、实地核查后评分"
    return IndicatorDefinition(
        code=code,
        title={"zh-Hans": chinese, "en": english},
        parent=code[:-1],
        points_bp=points * 100,
        sources=sources,
        standard=standard,
        method=method,
    )


TREE = TreeDefinition(
    tree_id="demo-establishment",
    version=1,
    title={
        "zh-Hans": "机构编制使用效益评估指标体系（演示）",
        "en": "Indicators of how establishment is used (demo)",
    },
    indicators=(
        _branch("A", "职能配置与机构设置", "Duties and structure"),
        _branch("A1", "职能配置", "Duties"),
        _leaf(
            "A11",
            "职责清晰与落实",
            "Duties clear and carried out",
            8,
            "职责边界清楚，规定的职责有人做",
            Source(*_STAFF, "duties", 10_000),
        ),
        _leaf("A12", "“三定”规定执行", "Approved plan observed", 6, "职责未擅自增减或调整"),
        _branch("A2", "机构设置", "Structure"),
        _leaf(
            "A21",
            "机构设置效益",
            "Structure fits the work",
            6,
            "内设机构与工作需要相符",
            Source(*_STAFF, "structure", 10_000),
        ),
        _leaf("A22", "内设机构规范", "Divisions as approved", 4, "名称、数量与规定一致"),
        _branch("B", "人员编制使用", "Use of posts"),
        _branch("B1", "编制执行", "Posts as approved"),
        _leaf("B11", "编制和领导职数", "Posts and leading posts", 7, "不超编、不超职数"),
        _leaf("B12", "实名制信息", "Register of posts", 4, "登记及时、准确"),
        _branch("B2", "使用效益", "Posts well used"),
        _leaf(
            "B21",
            "人岗匹配",
            "People suit their posts",
            8,
            "人员与岗位相适应，忙闲均匀",
            Source(*_STAFF, "staffing", 10_000),
        ),
        _leaf("B22", "空编使用与人员结构", "Vacancies and mix of staff", 5, "优先保障主要业务"),
        _branch("C", "运行机制", "Operation"),
        _branch("C1", "内部运行", "Inside the unit"),
        _leaf(
            "C11",
            "运行机制",
            "How work runs",
            7,
            "牵头明确、环节精简、信息共享",
            Source(*_STAFF, "operation", 10_000),
        ),
        _leaf("C12", "制度建设", "Rules in writing", 3, "制度完备并公开"),
        _branch("C2", "协作配合", "With other departments"),
        _leaf(
            "C21",
            "部门协作",
            "Cooperation",
            12,
            "分工清楚、响应及时、协作有成效",
            Source(*_PARTNER, "boundaries", 3_500),
            Source(*_PARTNER, "response", 3_500),
            Source(*_PARTNER, "results", 3_000),
        ),
        _branch("D", "群众满意", "Citizens"),
        _branch("D1", "服务评价", "Service rated"),
        _leaf(
            "D11",
            "群众满意度",
            "Satisfaction",
            18,
            "办事群众和企业满意",
            Source(*_CITIZEN, "satisfaction", 10_000),
        ),
        _leaf(
            "D12",
            "便民程度与服务态度",
            "Ease and conduct",
            7,
            "好办、尊重人、一视同仁",
            Source(*_CITIZEN, "ease", 5_000),
            Source(*_CITIZEN, "conduct", 5_000),
        ),
        _branch("D2", "整改落实", "Follow-up"),
        _leaf("D21", "问题整改", "Problems put right", 5, "上次评估指出的问题整改到位"),
    ),
)
