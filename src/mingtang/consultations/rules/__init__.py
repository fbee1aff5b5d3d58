"""START HERE. The life of a consultation, when it may open, what counts as an answer."""

from mingtang.consultations.rules.adoption import (
    VERDICT_LABELS,
    Places,
    ReportFacts,
    Verdict,
    concentrated,
    may_answer,
    may_publish_report,
)
from mingtang.consultations.rules.asking import INQUIRY
from mingtang.consultations.rules.figures import FIGURES
from mingtang.consultations.rules.life import APPEAL, CONSULTATION, OPINION
from mingtang.consultations.rules.mails import MAIL
from mingtang.consultations.rules.masking import MASK_LABELS, blacked, masked, may_mask, names_a_number
from mingtang.consultations.rules.opening import (
    CONSULTATION_KINDS,
    OpeningFacts,
    low_response,
    may_extend,
    may_open,
    may_take_opinions,
    minimum_closing_day,
)
from mingtang.consultations.rules.opinions import (
    CHANNEL_LABELS,
    STANCE_LABELS,
    WITHHOLD_LABELS,
    Channel,
    Stance,
    may_receive,
    may_restore,
    may_stand,
)
from mingtang.consultations.rules.replies import CORRECTION, REASON_LABELS

__all__ = [
    "APPEAL",
    "CHANNEL_LABELS",
    "CONSULTATION",
    "CONSULTATION_KINDS",
    "CORRECTION",
    "FIGURES",
    "INQUIRY",
    "MAIL",
    "MASK_LABELS",
    "OPINION",
    "REASON_LABELS",
    "STANCE_LABELS",
    "VERDICT_LABELS",
    "WITHHOLD_LABELS",
    "Channel",
    "OpeningFacts",
    "Places",
    "ReportFacts",
    "Stance",
    "Verdict",
    "blacked",
    "concentrated",
    "low_response",
    "masked",
    "may_answer",
    "may_extend",
    "may_mask",
    "may_open",
    "may_publish_report",
    "may_receive",
    "may_restore",
    "may_stand",
    "may_take_opinions",
    "minimum_closing_day",
    "names_a_number",
]
