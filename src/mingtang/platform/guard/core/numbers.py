"""Numbers that carry their own proof: identity numbers, bank cards, credit codes."""

from __future__ import annotations

from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
FIRST_YEAR, LAST_YEAR = 1900, 2049
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CARD_HEADS = ("62", "4", "51", "52", "53", "54", "55", "35", "60", "955", "69")
LEAST_CARD, MOST_CARD = 16, 19
FULL, OLD = 18, 15
YOUNGEST_OLD = 30


def check_digit(first: str) -> str:
    """The eighteenth sign of an identity number, by ISO 7064 MOD 11-2, from its first seventeen digits."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True)) % 11]


def born_on(digits: str) -> date | None:
    """The birth date in the eight digits, None when there is no such day or no such person."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def shaped_as_identity(number: str) -> bool:
    """Whether region and birth date of an 18-sign number fit an identity number, whatever its check digit."""
    return number[:2] in PROVINCES and born_on(number[6:14]) is not None


def is_identity(number: str) -> bool:
    """Whether 18 signs are an identity number: region, birth date and check digit."""
    number = number.upper()
    return len(number) == FULL and number[:17].isdecimal() and shaped_as_identity(number) and number[17] == check_digit(number[:17])


def is_old_identity(number: str) -> bool:
    """Whether 15 digits fit the form used until 1999: region and a birth date of the last century."""
    return len(number) == OLD and number.isdecimal() and number[:2] in PROVINCES and born_on(f"19{number[6:12]}") is not None


def passes_luhn(number: str) -> bool:
    """The check bank cards carry."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0  # noqa: PLR2004 - the digits of a number below twenty


def is_bank_card(number: str) -> bool:
    """Whether the digits are a bank card: its length, a known head, the Luhn check, not one digit over and over."""
    fits = LEAST_CARD <= len(number) <= MOST_CARD and number.startswith(CARD_HEADS)
    return fits and len(set(number)) > 2 and passes_luhn(number)  # noqa: PLR2004 - 6222 2222 … is a specimen, not a card


def is_credit_code(code: str) -> bool:
    """Whether 18 signs are a unified social credit code of an organisation (GB 32100), which is public."""
    if len(code) != FULL or any(sign not in CREDIT_SIGNS for sign in code):
        return False
    total = sum(CREDIT_SIGNS.index(sign) * weight for sign, weight in zip(code, CREDIT_WEIGHTS, strict=False))
    return CREDIT_SIGNS[(31 - total % 31) % 31] == code[17]
