"""START HERE. Everything the guard can find: its name, why it matters, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mingtang.kernel.text import Text, t

Level = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding. `block` stops publication until it is cleared; `warn` is only said.

    What is `stripped` is taken out of the copy the public gets, so it stops nobody.
    """

    label: Text
    level: Level
    clause: str
    why: Text
    remedy: Text
    stripped: bool = False


PRIVACY, COPY, REVIEW = "711 Art.15", "711 Art.17", "711 Art.14"
SENSITIVE = t("属于个人敏感信息，公开后收不回来。", "Sensitive personal data; once public it cannot be taken back.")
PERSONAL = t("能找到某个具体的人。", "It leads to one particular person.")
UNSEEN = t("页面上看不见，复制或打开文件就能读出。", "Not seen on the page, but read by whoever copies or opens the file.")
INSIDE = t("只供内部使用，会随文件一起公开。", "Meant for inside; it would go public with the file.")
DELETE = t("删去，或只留必要的几位。", "Delete it, or keep only the digits needed.")
RESAVE = t("在原文件里去掉，重新上传。", "Remove it in the original file and upload it again.")

KINDS: dict[str, Kind] = {
    "id_number": Kind(t("身份证号", "Identity number"), "block", PRIVACY, SENSITIVE, DELETE),
    "id_old": Kind(t("15 位旧身份证号", "Old 15-digit identity number"), "block", PRIVACY, SENSITIVE, DELETE),
    "id_like": Kind(
        t("形似身份证号", "Looks like an identity number"),
        "warn",
        PRIVACY,
        t("位数和出生日期都对，校验位不对，可能抄错了一位。", "Length and birth date fit, the check digit does not: perhaps a slip."),
        DELETE,
    ),
    "passport": Kind(t("护照或通行证号", "Passport or permit number"), "block", PRIVACY, SENSITIVE, DELETE),
    "bank_card": Kind(t("银行卡号", "Bank card number"), "block", PRIVACY, SENSITIVE, DELETE),
    "account_like": Kind(
        t("形似银行账号", "Looks like an account number"),
        "warn",
        PRIVACY,
        t("前面写着账号，但校验不通过；如是单位账户可以保留。", "Named an account, but the check fails; a public body's own may stay."),
        DELETE,
    ),
    "mobile": Kind(t("手机号", "Mobile number"), "block", PRIVACY, PERSONAL, DELETE),
    "mobile_spelt": Kind(t("汉字写的手机号", "Mobile number in Chinese numerals"), "warn", PRIVACY, PERSONAL, DELETE),
    "home_phone": Kind(t("住宅电话", "Home telephone"), "block", PRIVACY, PERSONAL, DELETE),
    "landline": Kind(
        t("固定电话", "Landline"),
        "warn",
        PRIVACY,
        t("不在本件公布的联系方式之内。", "Not among the contacts this notice gives."),
        t("如是单位电话可以保留。", "An office's own number may stay."),
    ),
    "email": Kind(t("电子邮箱", "E-mail address"), "block", PRIVACY, PERSONAL, DELETE),
    "plate": Kind(t("车牌号", "Vehicle plate"), "block", PRIVACY, PERSONAL, DELETE),
    "address": Kind(t("住址", "Home address"), "block", PRIVACY, PERSONAL, t("只写到小区或街道。", "Keep the estate or street only.")),
    "closed_title": Kind(
        t("不公开议题的标题", "Title of a closed matter"),
        "block",
        REVIEW,
        t("这件议题依法不公开，标题也不能出现。", "This matter is lawfully closed; its title must not appear either."),
        t("删去标题，改用“有关事项”一类的说法。", "Take the title out; say “a related matter”."),
    ),
    "covered_text": Kind(
        t("被遮住的文字", "Covered text"),
        "block",
        PRIVACY,
        UNSEEN,
        t("色块只盖住了看的人：删去底下的文字再导出。", "The box only covers the eye: delete the words below it, then export again."),
    ),
    "hidden_text": Kind(t("隐藏的文字", "Hidden text"), "block", PRIVACY, UNSEEN, RESAVE),
    "hidden_sheet": Kind(t("隐藏的工作表", "Hidden sheet"), "block", PRIVACY, UNSEEN, RESAVE),
    "hidden_cells": Kind(t("隐藏的行或列", "Hidden rows or columns"), "block", PRIVACY, UNSEEN, RESAVE),
    "hidden_slide": Kind(t("隐藏的幻灯片", "Hidden slide"), "block", PRIVACY, UNSEEN, RESAVE),
    "hidden_layer": Kind(t("关闭的图层", "Layer switched off"), "block", PRIVACY, UNSEEN, RESAVE),
    "comment": Kind(
        t("批注", "Comment"),
        "block",
        COPY,
        INSIDE,
        t(
            "公开副本会去掉批注；先看清它没有指出未改的错误。",
            "The public copy drops comments; first see that none names an unmended mistake.",
        ),
    ),
    "notes": Kind(t("演讲者备注", "Speaker notes"), "block", COPY, INSIDE, RESAVE),
    "tracked_change": Kind(
        t("修订痕迹", "Tracked change"),
        "block",
        COPY,
        t("删去的原文和修改人还在文件里。", "The deleted words and who changed them are still in the file."),
        t("接受或拒绝全部修订，再重新上传。", "Accept or reject every change, then upload it again."),
    ),
    "earlier_version": Kind(
        t("文件里留着改前的内容", "Earlier content kept in the file"),
        "block",
        COPY,
        t("增量保存把改前的页面留在了文件里，能还原。", "Saved incrementally: the former pages are still inside and can be restored."),
        t("另存为新文件，或用公开副本。", "Save it as a new file, or use the public copy."),
    ),
    "attachment": Kind(t("夹带的文件", "File inside the file"), "block", COPY, INSIDE, RESAVE),
    "embedded": Kind(t("嵌入的对象", "Embedded object"), "block", COPY, INSIDE, RESAVE),
    "external_link": Kind(
        t("指向内部文件的链接", "Link to an internal file"),
        "block",
        COPY,
        t("露出内部的机器名、文件夹或用户名。", "It shows an internal machine, folder or user name."),
        RESAVE,
    ),
    "form_field": Kind(t("填过的表单域", "Filled form field"), "warn", PRIVACY, INSIDE, RESAVE),
    "script": Kind(
        t("脚本或自动动作", "Script or automatic action"),
        "block",
        COPY,
        t("打开文件时会自动运行。", "It runs when the file is opened."),
        RESAVE,
    ),
    "author": Kind(
        t("文件属性里的人名", "Name in the file's properties"),
        "block",
        COPY,
        t("文件属性里的作者、修改人会随文件公开。", "Author and last editor go public with the file."),
        t("公开副本已去掉；也可以在“属性”里删去。", "Taken out of the public copy; or delete it under Properties."),
        stripped=True,
    ),
    "position": Kind(
        t("照片里的拍摄地点", "Place a picture was taken"),
        "block",
        PRIVACY,
        t("照片记着拍摄的经纬度。", "The picture keeps the co-ordinates where it was taken."),
        RESAVE,
    ),
    "scan": Kind(
        t("没有文字的页", "Page without text"),
        "warn",
        COPY,
        t("可能是扫描件，机器看不到里面的字。", "Perhaps a scan: the words in it cannot be read by the machine."),
        t("请人工看过再公开。", "Have somebody look at it before it goes public."),
    ),
    "unjudged": Kind(
        t("机器判断不了的内容", "Could not be judged"),
        "warn",
        COPY,
        t("字体没有嵌入，或内容太多，没有全部看完。", "Fonts are not embedded, or there is too much to look through."),
        t("请人工看过再公开。", "Have somebody look at it before it goes public."),
    ),
    "signed": Kind(
        t("带电子签章的文件", "Electronically signed file"),
        "warn",
        COPY,
        t("去掉属性会使签章失效，所以按原件公开。", "Taking out properties would break the signature, so the original is published."),
        t("有不宜公开的内容，请改好后重新签章。", "If it holds what must not be public, mend it and sign it again."),
    ),
    "unreadable": Kind(
        t("打不开的文件", "File that cannot be opened"),
        "block",
        COPY,
        t("打不开就看不出里面有什么。", "What cannot be opened cannot be looked through."),
        t("去掉密码或重新导出后再上传。", "Remove its password or export it again, then upload."),
    ),
}

PLACES: dict[str, Text] = {
    "page": t("第 {n} 页", "page {n}"),
    "paragraph": t("第 {n} 段", "paragraph {n}"),
    "line": t("第 {n} 行", "line {n}"),
    "slide": t("第 {n} 张幻灯片", "slide {n}"),
    "header": t("页眉", "header"),
    "footer": t("页脚", "footer"),
    "note": t("脚注或尾注", "footnote or endnote"),
    "comment": t("批注 {n}", "comment {n}"),
    "cell": t("单元格 {name}", "cell {name}"),
    "sheet": t("工作表 {name}", "sheet {name}"),
    "property": t("属性 {name}", "property {name}"),
    "part": t("{name}", "{name}"),
    "whole": t("整个文件", "the whole file"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a page, a paragraph, a cell, a property."""

    code: str
    n: int = 0
    name: str = ""

    @property
    def label(self) -> Text:
        """The place in words."""
        return PLACES[self.code].filled(n=self.n, name=self.name)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its kind, where, a masked excerpt that never shows the value, and how strongly it counts."""

    kind: str
    place: Place
    excerpt: str
    level: Level = "block"

    @property
    def what(self) -> Kind:
        """The kind with its reason and remedy."""
        return KINDS[self.kind]

    @property
    def label(self) -> Text:
        """The kind's name."""
        return self.what.label

    def stored(self) -> dict[str, Any]:
        """Plain values, to be kept by the hash of what was looked at."""
        return {"kind": self.kind, "place": [self.place.code, self.place.n, self.place.name], "excerpt": self.excerpt, "level": self.level}


def restored(values: Mapping[str, Any]) -> Finding:
    """A finding from its plain values."""
    return Finding(values["kind"], Place(*values["place"]), values["excerpt"], values["level"])


def found(kind: str, place: Place, excerpt: str = "", level: Level | None = None) -> Finding:
    """A finding at the kind's own level, unless another is given."""
    return Finding(kind, place, excerpt, level or KINDS[kind].level)
