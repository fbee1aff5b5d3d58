"""Recorded acts in words people read: the arrows of the workflow tables, and the acts that move nothing."""

from __future__ import annotations

from dataclasses import dataclass

from mingtang.consultations.rules import APPEAL, CONSULTATION, OPINION
from mingtang.kernel.text import Text, same, t
from mingtang.meetings.rules import ITEM, MEETING
from mingtang.minutes.rules import MINUTES, RECORD
from mingtang.platform.audit.models import Act
from mingtang.publishing.rules import RELEASE
from mingtang.representatives.rules import APPLICATION, CALL, INVITATION, POOL
from mingtang.topics.rules import ACT_LABELS, TOPIC

WORKFLOWS = (TOPIC, CONSULTATION, OPINION, APPEAL, MEETING, ITEM, INVITATION, POOL, CALL, APPLICATION, MINUTES, RECORD, RELEASE)
KINDS: dict[str, Text] = {
    "topic": t("议题", "Matter"),
    "consultation": t("征求意见", "Consultation"),
    "opinion": t("意见", "Opinion"),
    "appeal": t("申诉", "Appeal"),
    "meeting": t("会议", "Meeting"),
    "agenda_item": t("议程项", "Agenda item"),
    "representative": t("列席代表", "Representative"),
    "invitation": t("邀请", "Invitation"),
    "call": t("代表征集", "Call"),
    "application": t("报名", "Application"),
    "draw": t("抽签", "Draw"),
    "hearing_draw": t("听证席位抽签", "Draw of hearing seats"),
    "house_rules": t("列席规定", "House rules"),
    "minutes": t("纪要", "Minutes"),
    "template": t("公文模板", "Document template"),
    "record": t("内部记录", "Internal record"),
    "speech": t("发言", "Statement"),
    "suggestion": t("代表建议", "Suggestion"),
    "release": t("发布件", "Release"),
    "mail": t("来信", "Mail"),
    "notice": t("通知", "Notice"),
    "figure": t("法定数字", "Figure"),
    "calendar": t("工作日日历", "Working days"),
    "levels": t("审批层级", "Sign-off levels"),
    "person": t("人员", "Person"),
}
ACTS: dict[str, Text] = {
    **{f"{table.name}.{arrow.name}": arrow.label for table in WORKFLOWS for arrow in table.arrows},
    **ACT_LABELS,
    "agenda_item.state_adoption": t("说明采纳情况", "state what was adopted"),
    "appeal.make": t("申诉", "appeal"),
    "application.look_at_contact": t("查看报名人", "look at the applicant"),
    "application.receive": t("收到", "receive"),
    "calendar.import": t("录入放假安排", "take the holiday notice"),
    "mail.forget": t("到期删除放在一边的邮件", "delete mails set aside"),
    "levels.set": t("设定", "set"),
    "call.begin": t("开始准备", "begin"),
    "call.extend": t("延长报名", "extend"),
    "call.forget_applicants": t("到期删除报名人信息", "delete who the applicants were"),
    "call.relax_quota": t("放宽名额", "relax a quota"),
    "call.remove_quota": t("删去名额", "take a quota out"),
    "call.save": t("保存", "save"),
    "call.set_quota": t("填写名额", "write a quota"),
    "consultation.answer": t("单独答复", "answer singly"),
    "consultation.answer_group": t("答复一组", "answer a group"),
    "consultation.begin": t("开始准备", "begin"),
    "consultation.give_review": t("公开前审核", "review before opening"),
    "consultation.group": t("归组", "group"),
    "consultation.keep_out": t("不归入这些组", "keep out of these groups"),
    "consultation.move_matching": t("按筛选移动", "move all that match"),
    "consultation.part_group": t("拆散一组", "take a group apart"),
    "consultation.receive_many": t("导入意见", "import opinions"),
    "consultation.rename_group": t("改组名", "rename a group"),
    "consultation.save": t("保存", "save"),
    "consultation.save_clauses": t("保存条款", "save the clauses"),
    "consultation.save_report": t("保存报告", "save the report"),
    "consultation.show_all": t("批量显示", "show many"),
    "consultation.sign_report": t("签署报告", "sign the report"),
    "consultation.redo": t("重做", "do again"),
    "consultation.stance_only": t("列为只表态", "set down as stance only"),
    "consultation.undo": t("撤销", "undo"),
    "consultation.ungroup": t("移出所在组", "take out of a group"),
    "draw.annulled": t("作废", "annul"),
    "draw.frozen": t("冻结", "freeze"),
    "draw.replaced": t("候补递补", "let a reserve move up"),
    "draw.revealed": t("填入随机数", "enter the randomness"),
    "hearing_draw.annulled": t("作废", "annul"),
    "hearing_draw.frozen": t("冻结", "freeze"),
    "hearing_draw.revealed": t("填入随机数", "enter the randomness"),
    "figure.set": t("设定数字", "set a figure"),
    "house_rules.publish": t("公布", "publish"),
    "invitation.acknowledge": t("确认收到", "confirm receipt"),
    "invitation.check_back": t("返回会场", "come back in"),
    "invitation.confirm_rules": t("确认新版列席规定", "confirm the new house rules"),
    "invitation.nominate": t("登记推荐函", "note the nomination letter"),
    "invitation.check_out": t("签退", "check out"),
    "invitation.leave_empty": t("空席不再递补", "leave the seat empty"),
    "invitation.notice": t("告知并送材料", "notify with the papers"),
    "invitation.record_answer": t("登记答复", "record an answer"),
    "invitation.record_bounce": t("登记退回", "record that it came back"),
    "invitation.record_delivery": t("记录送达", "record a delivery"),
    "invitation.tell_outcome": t("告知结果", "tell the outcome"),
    "invitation.remind": t("提醒", "remind"),
    "invitation.renew": t("提供新材料", "hand over a changed paper"),
    "invitation.select": t("选定", "select"),
    "meeting.approve_late": t("批准临时增列", "let a late item in"),
    "meeting.ask_late": t("报批临时增列", "ask for a late item"),
    "meeting.break": t("休会", "take a break"),
    "meeting.members": t("确定组成人员", "list the members"),
    "meeting.presence": t("记录到会", "note attendance"),
    "meeting.recording": t("登记录像", "enter the recording"),
    "meeting.resume": t("复会", "resume"),
    "meeting.add_item": t("列入议题", "put a matter on"),
    "meeting.call_back": t("请回代表", "call representatives back"),
    "meeting.change": t("修改", "change"),
    "meeting.emergency": t("紧急缩短告知", "shorten the notice"),
    "meeting.move_item": t("调整次序", "move an item"),
    "meeting.plan": t("安排", "plan"),
    "meeting.send_out": t("请代表离场", "send representatives out"),
    "minutes.compose": t("生成底稿", "compose"),
    "minutes.answer_comment": t("答复批注", "answer a comment"),
    "minutes.close_comment": t("了结批注", "close a comment"),
    "minutes.comment": t("提批注", "comment"),
    "minutes.export": t("导出会议档案", "export the dossier"),
    "minutes.restore": t("恢复较早的文字", "bring back older words"),
    "minutes.write": t("写一节", "write a section"),
    "notice.resend": t("重发", "send again"),
    "opinion.look_at_contact": t("查看联系方式", "look at the contact"),
    "opinion.mask": t("遮盖部分内容", "black out parts"),
    "opinion.unmask": t("取消遮盖", "show parts again"),
    "opinion.receive": t("收到", "receive"),
    "person.add": t("添加", "add"),
    "person.give_role": t("给岗位", "give a role"),
    "person.set_active": t("停用或启用", "close or open"),
    "person.take_role": t("收回岗位", "take a role back"),
    "record.correct": t("更正", "correct"),
    "record.export": t("导出归档", "export for the archive"),
    "record.look": t("查看", "read"),
    "record.write": t("记录发言", "write down"),
    "release.attach": t("附文件", "attach"),
    "release.detach": t("移除文件", "detach"),
    "release.draft": t("起草", "draft"),
    "release.save": t("保存", "save"),
    "representative.add": t("加入名册", "add to the pool"),
    "representative.ask_renewal": t("问是否续期", "ask about another term"),
    "representative.conflict": t("登记利益冲突", "note a conflict of interest"),
    "representative.consent": t("答复是否公开姓名", "say whether the name may be published"),
    "representative.correct": t("更正信息", "correct the data"),
    "representative.import": t("导入名单", "bring in a table"),
    "representative.join": t("自荐", "come forward"),
    "representative.send_link": t("发专用链接", "give the personal link"),
    "representative.look_at_contact": t("查看联系方式", "look at the contact"),
    "speech.ask": t("登记发言", "ask to speak"),
    "speech.begin": t("开始发言", "take the floor"),
    "speech.end": t("发言结束", "end a statement"),
    "speech.move": t("调整次序", "change the order"),
    "speech.withdraw": t("划去", "cross out"),
    "suggestion.confirm": t("确认表述", "confirm the wording"),
    "suggestion.reword": t("改表述", "reword"),
    "suggestion.settle": t("处理本人的表述", "settle a wish"),
    "suggestion.wish": t("希望改表述", "wish for other words"),
    "suggestion.judge": t("判断是否合理", "judge"),
    "suggestion.record": t("记录", "record"),
    "suggestion.reply": t("答复", "reply"),
    "template.put": t("启用公文模板", "put a document template to use"),
}


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act as the auditor reads it; the code stays beside the words."""

    row: Act
    kind: Text
    what: Text


def in_words(row: Act) -> ActLine:
    """The act with its words; an act nobody has named yet keeps its code."""
    kind = row.event.partition(".")[0]
    return ActLine(row, KINDS.get(kind, same(kind)), ACTS.get(row.event, same(row.event.partition(".")[2])))
