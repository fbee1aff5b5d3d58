"""The gate itself: nothing goes public with a finding nobody cleared; and clearing one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import ELSEWHERE, record
from mingtang.platform.files.keep import content_of, keep
from mingtang.platform.files.models import StoredFile
from mingtang.platform.guard import policy
from mingtang.platform.guard.core.clean import CLEANED, CannotCleanError, clean
from mingtang.platform.guard.core.patterns import contacts
from mingtang.platform.guard.core.scan import scan_words
from mingtang.platform.guard.holding import count_stops, let_go
from mingtang.platform.guard.looking import Seen, ending, look
from mingtang.platform.guard.models import Clearance, PublicCopy
from mingtang.platform.guard.subjects import Material, provider_of, titles_closed_in

MOST_LISTED = 6


def require_clean(material: Material, *, actor: Actor, now: datetime) -> None:
    """Let a thing go public only when every finding that stops it was cleared; then make its public copies."""
    seen = look(material, now)
    may_publish(material, seen).require()
    for file in material.files:
        if not _has_copy(file, actor=actor, now=now) and any(each.stripped and str(each.source) == file.name for each in seen):
            no(
                t(
                    "“{name}”的属性里有人名，又做不出去掉人名的公开副本。",
                    "“{name}” names somebody in its properties, and no copy without it can be made.",
                    name=file.name,
                ),
                "711 Art.17",
                t("请在文件的“属性”里删去作者，再重新上传。", "Delete the author under Properties, then upload it again."),
                code="no_copy",
            ).require()
    let_go(material.government_id, material.kind, material.id)


def require_plain(words: str, *, actor: Actor) -> None:
    """A sentence typed in passing that the public reads at once (a reason, a reply): nothing to clear, only to mend.

    Office contacts in it are meant to be read; what names a person and titles of closed matters are not.
    """
    found = scan_words(words, allowed=contacts(words), titles=titles_closed_in(actor.government_id))
    kinds = tuple(dict.fromkeys(each.label for each in found if each.level == "block"))
    if kinds:
        no(
            t("这段话会公开，里面有：{kinds}。", "The public reads this, and it holds: {kinds}.", kinds=kinds),
            "711 Art.15",
            t("请删去后再提交。", "Take it out, then send again."),
            code="guard",
        ).require()


@carries(
    "3.4b",
    title=t(
        "发布前检查个人信息、隐藏内容和不公开议题", "Personal data, hidden content and closed matters are looked for before publication"
    ),
)
def may_publish(material: Material, seen: list[Seen]) -> Decision:
    """711 Art.14, 15, 17: not while a finding stands uncleared; the refusal lists them and leads to their page."""
    stops = [each for each in seen if each.stops]
    if not stops:
        return YES
    more = t("等", "and others") if len(stops) > MOST_LISTED else NOTHING
    return no(
        t(
            "发布检查发现 {n} 处问题，还没有处理：{list}{more}。",
            "The publish guard found {n} things nobody has dealt with: {list} {more}",
            n=len(stops),
            list=tuple(map(_told, stops[:MOST_LISTED])),
            more=more,
        ),
        "711 Art.17",
        t(
            "改掉，或请审核编辑、保密审查人逐处写明理由后放行。",
            "Mend them, or have an editor or the secrecy reviewer clear each with a reason.",
        ),
        code="guard",
        url=reverse("workspace:guard", args=[material.kind, material.id]),
    )


def _told(each: Seen) -> Text:
    names = {"source": each.source, "place": each.place, "label": each.finding.label}
    return t("{source}{place}的{label}", "{label} in {source}, {place}", **names)


@transaction.atomic
def clear_finding(material: Material, fingerprint: str, *, actor: Actor, now: datetime, reason: str) -> Clearance:
    """A reviewer lets one finding pass with a reason; a second time gives the first clearance."""
    policy.may_clear(actor, material).require()
    if material.government_id != actor.government_id:
        ELSEWHERE.require()
    seen = next((each for each in look(material, now) if each.fingerprint == fingerprint), None)
    if seen is None:
        no(
            t("内容已经改动，这一处不在了。", "The content has changed; this finding is gone."),
            "711 Art.17",
            t("请重新看一遍现在的结果。", "Look at the present findings again."),
            code="gone",
        ).require()
    assert seen is not None
    if seen.clearance is not None:
        return seen.clearance
    if not reason.strip():
        no(
            t("放行要写明理由。", "Clearing a finding needs a reason."),
            "711 Art.17",
            t("例如：单位公开电话；本人书面同意公开。", "For example: an office's public number; published with written consent."),
            code="reason",
        ).require()
    made = Clearance.objects.create(
        government_id=material.government_id,
        subject_kind=material.kind,
        subject_id=material.id,
        fingerprint=fingerprint,
        kind=seen.finding.kind,
        place=f"{seen.source.within('zh')} {seen.place.within('zh')}"[:200],
        excerpt=seen.finding.excerpt[:200],
        reason=reason.strip(),
        cleared_by_id=actor.person,
        cleared_at=now,
    )
    record("guard.clear", made, actor=actor, now=now, reason=reason.strip(), clause="711 Art.17", data={"kind": made.kind})
    count_stops(material, now)
    return made


def _has_copy(file: StoredFile, *, actor: Actor, now: datetime) -> bool:
    """Make the public's copy of a file once; False when the format or the content allows none."""
    if ending(file) not in CLEANED:
        return False
    if PublicCopy.objects.filter(original=file).exists():
        return True
    try:
        cleaned = clean(content_of(file), ending(file))
    except CannotCleanError:
        return False
    copy = keep(cleaned, file.name, government_id=file.government_id, person_id=actor.person_id, now=now)
    PublicCopy.objects.create(original=file, copy=copy, original_sha256=file.sha256, copy_sha256=copy.sha256, made_at=now)
    home = Government.objects.get(pk=file.government_id)
    record("guard.copy", home, actor=actor, now=now, clause="711 Art.17", data={"original": file.sha256, "copy": copy.sha256})
    return True


def public_file(file: StoredFile) -> StoredFile:
    """What outsiders are handed in place of `file`: its cleaned copy when there is one."""
    held: PublicCopy | None = getattr(file, "public_copy", None)
    return held.copy if held is not None else file


def material_of(actor: Actor, kind: str, subject_id: int) -> Material:
    """One thing as its capability describes it, for the findings page; `Refused` for strangers to it."""
    provider = provider_of(kind)
    if provider is None:
        ELSEWHERE.require()
    assert provider is not None
    material = provider(actor.government_id, subject_id)
    policy.may_look(actor, material).require()
    return material
