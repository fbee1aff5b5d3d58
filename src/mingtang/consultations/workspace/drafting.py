"""The side-by-side page: source blocks and what they were taken for; later versions and their alignment."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries
from mingtang.consultations.rules.drafting import compare, gaps
from mingtang.consultations.rules.versions import VERSION_LABELS, may_revise
from mingtang.kernel.text import t
from mingtang.platform.codes import row_id
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell

SHORT = 60


def _version(request: Request, consultation_id: int, number: int) -> Any:
    found = queries.version(request.actor.government_id, consultation_id, number)
    policy.may_see(request.actor, found.consultation.topic.department_id).require()
    return found


def _url(name: str, consultation_id: int, number: int) -> str:
    return reverse(f"workspace:{name}", args=[consultation_id, number])


@staff_page
def draft_blocks(request: Request, consultation_id: int, number: int) -> HttpResponse:
    """The file's blocks on the left, what they are on the right; a refused correction keeps what was typed."""
    version = _version(request, consultation_id, number)
    only = request.GET.get("only", "")
    after = request.GET.get("after", "")
    typed: dict[int, Any] = {}
    if request.method == "POST":
        block_id = row_id(request.POST.get("block", "")) or 0
        form = forms.BlockForm(request.POST, auto_id=f"b{block_id}_%s")
        if form.is_valid() and attempt(request, lambda: _place(request, version.pk, block_id, form.cleaned_data)):
            return HttpResponseRedirect(f"{request.get_full_path()}#b{block_id}")
        typed[block_id] = form
    found = queries.blocks(version, only=only, after=after)
    context = {
        "version": version,
        "row": version.consultation,
        "page": found,
        "rows": [(each, typed.get(each.pk) or _form(each), each.pk in typed) for each in found],
        "moves": queries.neighbours(found.rows),
        "left": queries.left_of(version),
        "total": queries.blocks_total(version),
        "only": only,
        "needed": "2.1a",
        "gaps": gaps(each.label for each in queries.clauses_standing(version)),
        "may_change": version.published_at is None and bool(policy.may_prepare(request.actor, version.consultation.topic.department_id)),
    }
    return page(request, "consultations/workspace/blocks.html", context)


def _form(block: Any) -> Any:
    kind = "text" if block.kind == "unrecognised" else block.kind
    initial = {
        "kind": kind,
        "label": block.label,
        "heading": block.heading,
        "body": block.body or block.text.strip(),
        "reason": block.reason,
    }
    return forms.BlockForm(initial=initial, auto_id=f"b{block.pk}_%s")


def _place(request: Request, version_id: int, block_id: int, data: dict[str, Any]) -> Any:
    return actions.place_block(version_id, block_id, actor=request.actor, now=request.now, **data)


@staff_page
@require_POST
def block_move(request: Request, consultation_id: int, number: int, block_id: int) -> HttpResponse:
    """Put a block behind another."""
    version = _version(request, consultation_id, number)
    after = row_id(request.POST.get("after", "")) or 0
    back = f"{_url('draft-blocks', consultation_id, number)}?{request.GET.urlencode()}#b{block_id}"
    return perform(request, lambda: actions.move_block(version.pk, block_id, after=after, actor=request.actor, now=request.now), to=back)


@staff_page
@require_POST
def blocks_leave_out(request: Request, consultation_id: int, number: int) -> HttpResponse:
    """Leave out everything that is still not recognised, with one reason."""
    version = _version(request, consultation_id, number)
    reason = request.POST.get("reason", "")[:200]
    return perform(
        request,
        lambda: actions.leave_out_rest(version.pk, actor=request.actor, now=request.now, reason=reason),
        to=_url("draft-blocks", consultation_id, number),
        said=t("其余未识别的段落已写明理由，不收入草案。", "The rest is left out, with the reason."),
    )


@staff_page
def draft_versions(request: Request, consultation_id: int) -> HttpResponse:
    """All versions of a draft; a revised or final one can be begun."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        begun = attempt(request, lambda: actions.begin_version(row.pk, kind, actor=request.actor, now=request.now))
        if begun:
            return HttpResponseRedirect(_url("draft-version", row.pk, begun.number))
    may = policy.may_prepare(request.actor, row.topic.department_id)
    kinds = [(kind, label, may_revise(row.state, kind)) for kind, label in VERSION_LABELS.items() if kind != "for_comment"]
    context = {"row": row, "versions": queries.versions(row.pk), "kinds": kinds if may else []}
    return page(request, "consultations/workspace/versions.html", context)


@staff_page
def draft_version(request: Request, consultation_id: int, number: int) -> HttpResponse:
    """A later version: read it in, say what changed, correct the alignment, have it published."""
    version = _version(request, consultation_id, number)
    form = forms.VersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        found = attempt(request, lambda: _read(request, version.pk, form.cleaned_data))
        if found:
            said = t(
                "识别出 {n} 条，{m} 段未识别。", "{n} clauses recognised, {m} blocks not.", n=len(found.clauses), m=len(found.unrecognised)
            )
            tell(request, said)
            return HttpResponseRedirect(_url("draft-blocks" if found.unrecognised else "draft-version", consultation_id, number))
    department = version.consultation.topic.department_id
    base = queries.base_clauses(version)
    stems = {each.stem for each in version.clauses.all()}
    context = {
        "version": version,
        "row": version.consultation,
        "form": form,
        "note_form": forms.NoteForm(initial={"note": version.note}, auto_id="note_%s"),
        "left": queries.left_of(version),
        "rows": _aligned(version, base),
        "gone": [each for each in base.values() if each.stem not in stems],
        "base": list(base.values()),
        "may_change": version.published_at is None and bool(policy.may_prepare(request.actor, department)),
        "may_publish": policy.may_publish_version(request.actor, department, version),
    }
    return page(request, "consultations/workspace/version.html", context)


def _read(request: Request, version_id: int, data: dict[str, Any]) -> Any:
    upload = data.get("upload")
    given = {"content": upload.read(), "name": upload.name} if upload else {}
    return actions.import_version(version_id, data.get("text", ""), actor=request.actor, now=request.now, **given)


def _aligned(version: Any, base: dict[int, Any]) -> list[dict[str, Any]]:
    rows = []
    for each in version.clauses.all():
        old = base.get(each.stem)
        rows.append({"clause": each, "old": old, "pieces": compare(old.text if old else "", each.text)})
    return rows


@staff_page
@require_POST
def version_note(request: Request, consultation_id: int, number: int) -> HttpResponse:
    """Say what changed and why."""
    version = _version(request, consultation_id, number)
    note = request.POST.get("note", "")[:2000]
    to = _url("draft-version", consultation_id, number)
    return perform(
        request, lambda: actions.note_version(version.pk, note, actor=request.actor, now=request.now), to=to, said=t("已保存。", "Saved.")
    )


@staff_page
@require_POST
def version_align(request: Request, consultation_id: int, number: int, clause_id: int) -> HttpResponse:
    """Correct which earlier clause this one grew from."""
    version = _version(request, consultation_id, number)
    stem = row_id(request.POST.get("stem", "")) or 0
    to = f"{_url('draft-version', consultation_id, number)}#c{clause_id}"
    return perform(request, lambda: actions.align_clause(version.pk, clause_id, stem, actor=request.actor, now=request.now), to=to)


@staff_page
@require_POST
def version_publish(request: Request, consultation_id: int, number: int) -> HttpResponse:
    """Publish a later version."""
    version = _version(request, consultation_id, number)
    return perform(
        request,
        lambda: actions.publish_version(version.pk, actor=request.actor, now=request.now),
        to=_url("draft-version", consultation_id, number),
        said=t("这一稿已公开，不能再改。", "This version is public and cannot be changed."),
    )


urlpatterns = [
    path("consultations/<int:consultation_id>/draft/versions/", draft_versions, name="draft-versions"),
    path("consultations/<int:consultation_id>/draft/v<int:number>/", draft_version, name="draft-version"),
    path("consultations/<int:consultation_id>/draft/v<int:number>/note/", version_note, name="draft-version-note"),
    path("consultations/<int:consultation_id>/draft/v<int:number>/publish/", version_publish, name="draft-version-publish"),
    path("consultations/<int:consultation_id>/draft/v<int:number>/align/<int:clause_id>/", version_align, name="draft-version-align"),
    path("consultations/<int:consultation_id>/draft/v<int:number>/blocks/", draft_blocks, name="draft-blocks"),
    path("consultations/<int:consultation_id>/draft/v<int:number>/blocks/rest/", blocks_leave_out, name="draft-blocks-rest"),
    path("consultations/<int:consultation_id>/draft/v<int:number>/blocks/<int:block_id>/move/", block_move, name="draft-block-move"),
]
