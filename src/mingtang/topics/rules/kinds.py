"""The regulation's lists: kinds of meeting, focus areas, forms of openness, audiences (1.1–1.3, 3.2)."""

from __future__ import annotations

from enum import StrEnum

from mingtang.kernel.text import Text, t


class MeetingKind(StrEnum):
    """1.1: four kinds of meeting."""

    PLENARY = "plenary"
    EXECUTIVE = "executive"
    MAYORS_OFFICE = "mayors_office"
    OTHER = "other"


KIND_LABELS: dict[str, Text] = {
    MeetingKind.PLENARY: t("政府全体会议", "Plenary meeting"),
    MeetingKind.EXECUTIVE: t("政府常务会议", "Executive meeting"),
    MeetingKind.MAYORS_OFFICE: t("区长办公会议", "Mayor's office meeting"),
    MeetingKind.OTHER: t("其他需社会广泛知晓的会议", "Other meeting of wide concern"),
}


class FocusArea(StrEnum):
    """1.2: eleven areas that touch people's interests."""

    PLANNING = "planning"
    GOVERNANCE = "governance"
    MARKET = "market"
    RESOURCES = "resources"
    WELFARE = "welfare"
    ECONOMY = "economy"
    TAX = "tax"
    RELIEF = "relief"
    JOBS = "jobs"
    ENVIRONMENT = "environment"
    EDUCATION_HEALTH = "education_health"


FOCUS_LABELS: dict[str, Text] = {
    FocusArea.PLANNING: t("城乡规划", "Urban and rural planning"),
    FocusArea.GOVERNANCE: t("城市治理", "City management"),
    FocusArea.MARKET: t("市场监管", "Market regulation"),
    FocusArea.RESOURCES: t("公共资源配置", "Allocation of public resources"),
    FocusArea.WELFARE: t("社会公益事业建设", "Public welfare"),
    FocusArea.ECONOMY: t("经济社会政策", "Economic and social policy"),
    FocusArea.TAX: t("减税降费", "Tax and fee cuts"),
    FocusArea.RELIEF: t("社会救助", "Social relief"),
    FocusArea.JOBS: t("就业创业", "Jobs and enterprise"),
    FocusArea.ENVIRONMENT: t("环境保护", "Environment"),
    FocusArea.EDUCATION_HEALTH: t("教育卫生", "Education and health"),
}


class OpennessForm(StrEnum):
    """3.2, 2.2: how a meeting is opened."""

    ATTENDANCE = "attendance"
    OBSERVATION = "observation"
    BROADCAST = "broadcast"
    INTERVIEW = "interview"
    PUBLICATION = "publication"
    CLOSED = "closed"


FORM_LABELS: dict[str, Text] = {
    OpennessForm.ATTENDANCE: t("代表列席", "Representatives attend"),
    OpennessForm.OBSERVATION: t("旁听", "Public observation"),
    OpennessForm.BROADCAST: t("直播", "Broadcast"),
    OpennessForm.INTERVIEW: t("媒体采访", "Media interview"),
    OpennessForm.PUBLICATION: t("会后公开", "Published afterwards"),
    OpennessForm.CLOSED: t("不开放", "Not open"),
}


class Audience(StrEnum):
    """1.3: seven audiences."""

    PUBLIC = "public"
    STAKEHOLDER = "stakeholder"
    NPC_DEPUTY = "npc_deputy"
    CPPCC_MEMBER = "cppcc_member"
    EXPERT = "expert"
    ENTREPRENEUR = "entrepreneur"
    MEDIA = "media"


AUDIENCE_LABELS: dict[str, Text] = {
    Audience.PUBLIC: t("社会公众", "The public"),
    Audience.STAKEHOLDER: t("利益相关方", "Stakeholders"),
    Audience.NPC_DEPUTY: t("人大代表", "People's Congress deputies"),
    Audience.CPPCC_MEMBER: t("政协委员", "CPPCC members"),
    Audience.EXPERT: t("专家学者", "Experts"),
    Audience.ENTREPRENEUR: t("企业家代表", "Entrepreneurs"),
    Audience.MEDIA: t("新闻媒体", "Media"),
}


class StepKind(StrEnum):
    """3.1: the five statutory steps of a major decision."""

    PARTICIPATION = "participation"
    EXPERT = "expert"
    RISK = "risk"
    LEGALITY = "legality"
    COLLECTIVE = "collective"


STEP_LABELS: dict[str, Text] = {
    StepKind.PARTICIPATION: t("公众参与", "Public participation"),
    StepKind.EXPERT: t("专家论证", "Expert argument"),
    StepKind.RISK: t("风险评估", "Risk assessment"),
    StepKind.LEGALITY: t("合法性审查", "Legality review"),
    StepKind.COLLECTIVE: t("集体讨论决定", "Collective decision"),
}


class StepStatus(StrEnum):
    """How far one statutory step is."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_NEEDED = "not_needed"


STATUS_LABELS: dict[str, Text] = {
    StepStatus.OPEN: t("未开始", "Not begun"),
    StepStatus.UNDER_WAY: t("进行中", "Under way"),
    StepStatus.DONE: t("已完成", "Done"),
    StepStatus.NOT_NEEDED: t("不需要", "Not needed"),
}


class Disclosure(StrEnum):
    """711: how far information is public."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    CLOSED = "closed"


DISCLOSURE_LABELS: dict[str, Text] = {
    Disclosure.OPEN: t("主动公开", "Public"),
    Disclosure.ON_REQUEST: t("依申请公开", "On request"),
    Disclosure.CLOSED: t("不予公开", "Not public"),
}
PARTIAL = "partial"
DOCUMENT_DISCLOSURES: dict[str, Text] = {
    Disclosure.OPEN: DISCLOSURE_LABELS[Disclosure.OPEN],
    PARTIAL: t("部分公开（遮盖后公开）", "In part (a redacted copy)"),
    Disclosure.ON_REQUEST: DISCLOSURE_LABELS[Disclosure.ON_REQUEST],
    Disclosure.CLOSED: DISCLOSURE_LABELS[Disclosure.CLOSED],
}

GROUND_LABELS: dict[str, Text] = {
    "secret": t("国家秘密", "State secret"),
    "law": t("法律法规禁止公开", "Forbidden by law"),
    "security": t("危及国家安全、公共安全、经济安全、社会稳定", "Endangers national, public or economic security or stability"),
    "trade": t("商业秘密", "Trade secret"),
    "privacy": t("个人隐私", "Personal privacy"),
    "internal": t("内部事务信息", "Internal affairs"),
    "process": t("过程性信息", "Information in process"),
    "enforcement": t("执法案卷信息", "Enforcement files"),
    "work_secret": t("工作秘密", "Work secret"),
}
GROUND_CLAUSES: dict[str, str] = {
    "secret": "711 Art.14",
    "law": "711 Art.14",
    "security": "711 Art.14",
    "trade": "711 Art.15",
    "privacy": "711 Art.15",
    "internal": "711 Art.16",
    "process": "711 Art.16",
    "enforcement": "711 Art.16",
    "work_secret": "711 Art.16",
}


def named(before: str = "") -> dict[str, bool]:
    """Lookups that leave out the matters whose very title is not public: secret ones and those approved as not public (711 Art.14–16).

    `before` is the way to the matter, e.g. ``"topic__"``; a row may be shown or named in public only if it passes them.
    """
    return {f"{before}is_secret": False, f"{before}nameless": False}


CATEGORY_LABELS: dict[str, Text] = {
    "policy": t("公共服务、市场监管、社会管理、环境保护等重大公共政策和措施", "Major public policies and measures"),
    "plan": t("经济和社会发展等重要规划", "Important plans"),
    "resource": t("开发利用、保护重要自然资源和文化资源的重大公共政策和措施", "Major policies on natural and cultural resources"),
    "project": t("重大公共建设项目", "Major public construction projects"),
    "other": t("对经济社会发展有重大影响、涉及重大公共利益或者社会公众切身利益的其他重大事项", "Other matters of major public interest"),
}
EXCLUSION_LABELS: dict[str, Text] = {
    "macro": t("财政政策、货币政策等宏观调控决策", "Fiscal, monetary and other macro policy"),
    "legislation": t("政府立法决策", "Government legislation"),
    "emergency": t("突发事件应急处置决策", "Emergency response"),
    "minor": t("不属于重大行政决策事项", "Not a major administrative decision"),
}


class DocumentKind(StrEnum):
    """What a document of a matter is."""

    DRAFT = "draft"
    BASIS = "basis"
    EXPLANATION = "explanation"
    EXPERT = "expert"
    RISK = "risk"
    LEGALITY = "legality"
    FAIR_COMPETITION = "fair_competition"
    ADOPTION_NOTE = "adoption_note"
    REPORT = "report"
    MATERIAL = "material"
    OTHER = "other"


DOCUMENT_LABELS: dict[str, Text] = {
    DocumentKind.DRAFT: t("决策草案", "Draft"),
    DocumentKind.BASIS: t("决策依据", "Basis"),
    DocumentKind.EXPLANATION: t("起草说明", "Drafting explanation"),
    DocumentKind.EXPERT: t("专家论证意见", "Expert opinion"),
    DocumentKind.RISK: t("风险评估报告", "Risk assessment"),
    DocumentKind.LEGALITY: t("合法性审查意见", "Legality review"),
    DocumentKind.FAIR_COMPETITION: t("公平竞争审查", "Fair-competition review"),
    DocumentKind.ADOPTION_NOTE: t("意见征集和采纳情况说明", "Statement on solicitation and adoption"),
    DocumentKind.REPORT: t("采纳情况报告", "Adoption report"),
    DocumentKind.MATERIAL: t("会议审议材料", "Meeting paper"),
    DocumentKind.OTHER: t("其他", "Other"),
}
