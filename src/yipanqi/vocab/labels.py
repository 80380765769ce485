"""Who may know: the labels a record carries, and the one that may never enter."""

import re
from enum import StrEnum


class Label(StrEnum):
    """Sensitivity of a record. State secrets are not a member: they are refused at entry."""

    PUBLIC = "public"
    INTERNAL = "internal"
    WORK_SECRET = "work_secret"  # noqa: S105 -- a label, not a password
    BUSINESS_SECRET = "business_secret"  # noqa: S105 -- a label, not a password

    @property
    def title(self) -> str:  # type: ignore[override]  # nobody title-cases a code
        """The official term."""
        return TITLES[self]


TITLES = {
    Label.PUBLIC: "公开",
    Label.INTERNAL: "内部",
    Label.WORK_SECRET: "工作秘密",
    Label.BUSINESS_SECRET: "商业秘密",
}


class StateSecret(Exception):
    """The text bears a mark of state secrecy; this platform must not hold it.

    Source: 保守国家秘密法 (2024) art. 13, 31: state secrets stay off networks not built for them.
    """


# Marks as the law writes them: 绝密/机密/秘密 followed by ★, or a declared classification.
_MARKS = re.compile(r"(绝密|机密|秘密)\s*[★☆]|密级\s*[:：]\s*(绝密|机密|秘密)|国家秘密\s*[（(★:：]")
_DECLARED = {"国家秘密", "state_secret", "绝密", "机密", "秘密"}


def refuse_state_secrets(*texts: str) -> None:
    """Raise StateSecret when any text bears a classification mark."""
    for text in texts:
        if _MARKS.search(text):
            raise StateSecret(
                "内容带有国家秘密标志，本系统不得登记；请按保密规定另行处理，并立即删除本机副本"
            )


def declared(text: str) -> Label:
    """Read a label as typed or sent. Raises StateSecret or, for another word, ValueError."""
    if text in _DECLARED:
        raise StateSecret("国家秘密不得录入本系统；请按保密规定另行处理")
    by_title = {title: label for label, title in TITLES.items()}
    return by_title[text] if text in by_title else Label(text)
