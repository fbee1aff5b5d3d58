"""Forms our way: widgets with our classes, sentences that say the fix."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy

from mingtang.kernel.text import Text, t
from mingtang.platform.clock import CHINA

_spoken = lazy(str, str)  # takes Django's %-placeholders when it is shown, which a Text does not
REQUIRED = t("请填写这一项。", "Please fill this in.")
MESSAGES = {
    "required": _spoken(REQUIRED),
    "invalid_choice": _spoken(t("请从列出的选项里选。", "Please choose from the list.")),
    "invalid_list": _spoken(t("请从列出的选项里选。", "Please choose from the list.")),
    "max_length": _spoken(
        t("最多 %(limit_value)d 字，现有 %(show_value)d 字。", "At most %(limit_value)d characters; there are %(show_value)d.")
    ),
    "min_length": _spoken(
        t("至少 %(limit_value)d 字，现有 %(show_value)d 字。", "At least %(limit_value)d characters; there are %(show_value)d.")
    ),
    "max_value": _spoken(t("不能大于 %(limit_value)s。", "At most %(limit_value)s.")),
    "min_value": _spoken(t("不能小于 %(limit_value)s。", "At least %(limit_value)s.")),
    "empty": _spoken(t("这个文件是空的，请换一个。", "This file is empty; please choose another.")),
    "missing": _spoken(t("没有收到文件，请再选一次。", "No file arrived; please choose it again.")),
}
BY_KIND: dict[type[forms.Field], Text] = {
    forms.IntegerField: t("请写一个整数，如 12。", "Please give a whole number, such as 12."),
    forms.EmailField: t("邮箱写得不对，应像 name@example.org。", "This is no e-mail address; it should look like name@example.org."),
    forms.URLField: t("网址写得不对，应以 https 开头。", "This is no address; it should begin with https."),
    forms.FileField: t("没有收到文件，请再选一次。", "No file arrived; please choose it again."),
}


class Form(forms.Form):
    """A plain form whose messages are ours in both languages."""

    use_required_attribute = False
    error_css_class = "f--err"

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.speak()

    def speak(self) -> None:
        """Give every field our messages; once more for fields that a form adds to itself."""
        for field in self.fields.values():
            field.error_messages.update({code: said for code, said in MESSAGES.items() if _is_ours(field, code)})
            if type(field) in BY_KIND:
                field.error_messages["invalid"] = _spoken(BY_KIND[type(field)])
            if isinstance(field, forms.CharField) and field.max_length and isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("maxlength", str(field.max_length))


def _is_ours(field: forms.Field, code: str) -> bool:
    """File fields count the length of a name with other placeholders than texts do."""
    return code != "max_length" or not isinstance(field, forms.FileField)


def words(label: Text, *, limit: int = 200, required: bool = True, hint: Text | str = "", **options: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=limit, required=required, help_text=hint, **options)  # type: ignore[arg-type]  # rendered by str()


def passage(label: Text, *, limit: int = 2000, rows: int = 4, required: bool = True, hint: Text | str = "") -> forms.CharField:
    """Several lines of text, with a counter."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # rendered by str()
        max_length=limit,
        required=required,
        help_text=hint,  # type: ignore[arg-type]  # rendered by str()
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def number(label: Text, *, most: int = 1000, required: bool = True, hint: Text | str = "") -> forms.IntegerField:
    """A whole number from zero."""
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=required, help_text=hint)  # type: ignore[arg-type]  # rendered by str()


def one_of(
    label: Text, choices: Any, *, required: bool = True, hint: Text | str = "", radio: bool = False, empty: Text | None = None
) -> forms.ChoiceField:
    """One of several; as radio buttons or as a list."""
    listed = [("", empty)] if empty is not None else []
    return forms.ChoiceField(
        label=label,  # type: ignore[arg-type]  # rendered by str()
        choices=[*listed, *choices],
        required=required,
        help_text=hint,  # type: ignore[arg-type]  # rendered by str()
        widget=forms.RadioSelect if radio else forms.Select,
    )


def many_of(label: Text, choices: Any, *, required: bool = True, hint: Text | str = "") -> forms.MultipleChoiceField:
    """Any of several, as boxes."""
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]  # rendered by str()
        choices=choices,
        required=required,
        help_text=hint,  # type: ignore[arg-type]  # rendered by str()
        widget=forms.CheckboxSelectMultiple,
    )


def tick(label: Text, *, hint: Text | str = "", required: bool = False) -> forms.BooleanField:
    """A single box."""
    return forms.BooleanField(label=label, required=required, help_text=hint)  # type: ignore[arg-type]  # rendered by str()


class DayField(forms.Field):
    """A day typed as 2026-11-24 (2026/11/24, 2026.11.24 and 2026年11月24日 are understood)."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, label: Text | str | None = None, help_text: Text | str = "", **options: Any) -> None:
        super().__init__(label=label, help_text=help_text, **options)  # type: ignore[arg-type]  # rendered by str()

    def to_python(self, value: object) -> date | None:
        """The day; ValidationError with the form that is understood."""
        if value in self.empty_values or value is None:
            return None
        if isinstance(value, date):
            return value
        typed = str(value).strip().replace("年", "-").replace("月", "-").replace("日", "")
        try:
            return datetime.strptime(typed.replace("/", "-").replace(".", "-"), "%Y-%m-%d").replace(tzinfo=CHINA).date()
        except ValueError:
            raise ValidationError(
                t("“{typed}”不是日期，请写成 2026-11-24 这样。", "“{typed}” is not a day; write it like 2026-11-24.", typed=value),  # type: ignore[arg-type]  # rendered by str()
                code="day",
            ) from None


class InstantField(forms.Field):
    """A day and time in China typed as 2026-11-24 09:30."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, *, label: Text | str | None = None, help_text: Text | str = "", **options: Any) -> None:
        super().__init__(label=label, help_text=help_text, **options)  # type: ignore[arg-type]  # rendered by str()

    def to_python(self, value: object) -> datetime | None:
        """The instant; ValidationError with the form that is understood."""
        if value in self.empty_values or value is None:
            return None
        if isinstance(value, datetime):
            return value
        typed = str(value).strip().replace("T", " ").replace("/", "-")
        for pattern in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
            try:
                return datetime.strptime(typed, pattern).replace(tzinfo=CHINA)
            except ValueError:
                continue
        raise ValidationError(
            t("“{typed}”不是时间，请写成 2026-11-24 09:30 这样。", "“{typed}” is not a time; write it like 2026-11-24 09:30.", typed=value),  # type: ignore[arg-type]  # rendered by str()
            code="instant",
        )

    def prepare_value(self, value: object) -> object:
        """Show instants on a Chinese clock."""
        return value.astimezone(CHINA) if isinstance(value, datetime) else value


class Several(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads at once, at most `at_most`."""

    def __init__(self, *, at_most: int = 3, **options: Any) -> None:
        self.at_most = at_most
        super().__init__(widget=Several(), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, each checked as one."""
        given = [each for each in (data if isinstance(data, (list, tuple)) else [data]) if each]
        if len(given) > self.at_most:
            raise ValidationError(
                t("一次最多 {n} 个文件。", "At most {n} files at a time.", n=self.at_most),  # type: ignore[arg-type]  # rendered by str()
                code="too_many",
            )
        if not given:
            super().clean(None, initial)
        return [super(FilesField, self).clean(each, initial) for each in given]
