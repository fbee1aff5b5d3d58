"""The pool: states of a person in it, terms, consent, conflicts, seats a year (2.2a, 3.2b-c; 5.1 and 6.7 of the domain notes)."""

from __future__ import annotations

from datetime import date

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

POOL = Workflow(
    "representative",
    t("代表库里的人", "Somebody in the pool"),
    (
        State("waiting", t("待核验", "To be verified")),
        State("listed", t("在库", "In the pool")),
        State("refused", t("未通过核验", "Not admitted"), final=True),
        State("lapsed", t("到期未续", "Term over")),
        State("left", t("已出库", "Left"), final=True),
    ),
    (
        arrow("verify", "waiting", "listed", t("核验通过", "verify"), "3.2b"),
        arrow("refuse", "waiting", "refused", t("不通过核验", "not admit"), "3.2b", reason_required=True),
        arrow("check_anew", "listed", "waiting", t("更正姓名后重新核验", "check anew after a change of name"), "3.2b"),
        arrow("renew", ("listed", "lapsed"), "listed", t("续期", "renew"), "3.2b"),
        arrow("lapse", "listed", "lapsed", t("到期未续", "let lapse"), "3.2b"),
        arrow("leave", ("waiting", "listed", "lapsed"), "left", t("出库", "leave"), "2.2a"),
    ),
)
LIVE = ("waiting", "listed", "lapsed")
SOURCES: dict[str, Text] = {
    "self": t("自荐报名", "Came forward"),
    "unit": t("单位推荐", "Put forward by a unit"),
    "body": t("组织推荐", "Nominated by a body"),
    "call": t("公开征集抽中", "Drawn in a call"),
    "office": t("牵头部门邀请", "Asked by a department"),
}
CONSENT = 1  # the version people agree to now
CONSENTS: dict[int, Text] = {
    1: t(
        "我同意：列席会议时，在会议页面、列席名单和会议纪要中公开我的姓名和单位。不同意的，网页上只写代表类别，不影响列席。同意后可随时撤回，撤回后新的名单不再写姓名。",
        "I agree that my name and unit are published on the page, the attendance list and the minutes of meetings I sit in. "
        "Without it the site shows the audience only, and I can sit in all the same. I can take it back at any time; later lists then omit my name.",
    ),
}
CONFLICT = t("已申报利益冲突", "conflict declared")
WHYS: dict[str, Text] = {
    "unselected": t("报名没有入选，期满", "Applied and not selected; days over"),
    "refused": t("没有通过核验，期满", "Not admitted; days over"),
    "unverified": t("自荐后无人核验，期满", "Came forward and never verified; days over"),
    "lapsed": t("到期未续，期满", "Term over and not renewed; days over"),
    "left": t("本人或部门办理出库", "Left the pool"),
    "kept_years": t("出库后保存年限已到", "Years after leaving are over"),
    "rejected_rows": t("导入文件中未收下的行，期满", "Rows of an import that were not taken; days over"),
}


def term_end(day: date, years: int) -> date:
    """The last day of a term of `years` that begins on `day`."""
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def may_join(*, name: str, phone: str, email: str, meets_conditions: bool, figures: Figures) -> Decision:
    """Somebody with a name who can be reached and who says they meet the conditions of age and residence."""
    reachable = bool(name.strip() and (phone.strip() or email.strip()))
    return all_of(
        YES
        if reachable
        else no(
            t("要写姓名和一种联系方式。", "A name and a way to reach you are needed."),
            "2.2a",
            t("电话或邮箱，只用于联系和核对。", "Phone or e-mail, used to reach you and to check only."),
            code="contact",
        ),
        YES
        if meets_conditions
        else no(
            t("入库条件是：{what}。", "The conditions are: {what}.", what=conditions(figures)),
            "2.2a",
            t("符合的请勾选；不符合的可以直接在征求意见页提意见。", "Tick the box if you meet them; anybody may comment on the drafts."),
            code="conditions",
        ),
    )


def conditions(figures: Figures) -> tuple[Text, ...]:
    """Age and residence as the figures ask for them, and being able to act for oneself."""
    least, most, months = (figures.number(f"rep.{key}") for key in ("min_age", "max_age", "residence_min_months"))
    age = (
        t("年满 {a} 周岁、不超过 {b} 周岁", "aged {a} to {b}", a=least, b=most)
        if most
        else t("年满 {a} 周岁", "{a} years or older", a=least)
    )
    lived = t("在本地居住或工作满 {n} 个月", "living or working here for {n} months", n=months)
    able = t("能独立承担民事责任", "able to act for yourself in law")
    return (age, lived, able) if months else (age, able)


def must_check_anew(state: str, before: str, after: str) -> bool:
    """Another name than the one verified is verified again."""
    return state == "listed" and before.strip() != after.strip()


def may_renew(until_on: date | None, today: date, figures: Figures) -> Decision:
    """A term is renewed in its last days, or after it is over."""
    days = figures.number("rep.renew_ask_days")
    if until_on is None or (until_on - today).days <= days:
        return YES
    return no(
        t("本期到 {day}，现在还不用续。", "The term runs until {day}; there is nothing to renew yet.", day=until_on),
        "3.2b",
        t("到期前 {n} 日起可以续，届时会提醒。", "It can be renewed in its last {n} days; a reminder comes then.", n=days),
        code="too_early",
    )


@carries("3.2c", title=t("在库、无利益冲突、未超过每年次数", "In the pool, no conflict, not too many seats a year"))
def may_hold_seat(state: str, *, has_conflict: bool, seats: int, figures: Figures) -> Decision:
    """3.2c: somebody in the pool without a declared conflict in the matter, and below the year's number of meetings."""
    most = figures.number("rep.max_repeat_per_year")
    return all_of(
        YES
        if state == "listed"
        else no(
            t("这个人现在是“{state}”，不能安排席位。", "This person is “{state}” and cannot have a seat.", state=POOL.label(state)),
            "3.2c",
            t("先核验或续期，或另选一位。", "Verify or renew first, or choose somebody else."),
            code="not_listed",
        ),
        YES
        if not has_conflict
        else no(
            t("已就这个议题申报利益冲突。", "A conflict of interest is declared in this matter."),
            "3.2c",
            t("请另选一位；公开说明只写“已申报利益冲突”。", "Choose somebody else; the public reason is “conflict declared”."),
            code="conflict",
        ),
        YES
        if seats < most
        else no(
            t(
                "今年已列席 {n} 次会议，每人每年不超过 {most} 次。",
                "{n} meetings this year already; nobody sits in more than {most} times a year.",
                n=seats,
                most=most,
            ),
            "3.2c",
            t(
                "请另选一位，让更多人有机会；确需调整的，由区政府办改“同一人每年列席”这个数字。",
                "Choose somebody else, so that more people have a chance; the office can change the figure “Seats of one person a year”.",
            ),
            code="repeat",
        ),
    )


def may_find(audience: str, method: str, figures: Figures) -> Decision:
    """Where a government draws its seats of the public by lot, they are not given otherwise (rep.public_by_draw)."""
    if audience != "public" or method == "draw" or not figures.on("rep.public_by_draw"):
        return YES
    return no(
        t("本地规定社会公众席位一律抽签产生。", "Here the seats of the public are drawn by lot."),
        "3.2c",
        t("请公布征集并抽签，或由区政府办改这条规定。", "Publish a call and draw, or have the office change the rule."),
        code="by_draw",
    )


def may_nominate(body: str, letter_no: str, dated_on: date | None, today: date) -> Decision:
    """3.2c: a nomination names the body, its letter and the letter's day."""
    if body.strip() and letter_no.strip() and dated_on is not None and dated_on <= today:
        return YES
    return no(
        t(
            "推荐要写明推荐单位、函号和函的日期，日期不晚于今天。",
            "A nomination names the body, its letter's number and its day, not after today.",
        ),
        "3.2c",
        t(
            "照推荐函填写；单位、函号和日期会公开，函本身不公开。",
            "Copy it from the letter; body, number and day are published, the letter is not.",
        ),
        code="letter",
    )


def must_confirm_anew(accepted: int | None, in_force: int | None, state: str) -> bool:
    """3.2b: who accepted an earlier version of the house rules confirms the one in force."""
    return state in {"accepted", "noticed"} and in_force is not None and accepted != in_force
